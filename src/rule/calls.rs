//! `[rule.calls]`: a call pattern with named placeholders on the left, a template on the right.
//!
//! ```toml
//! [rule.calls]
//! "Factory.create(ctx)" = "get_manager(ctx)"
//! "Factory().build(a, b=b)" = "make(b, key=a)"
//! ```

use super::problem::{Fault, Problem, quoted};
use super::reader::Reader;
use super::written::{Calls, Key, Written};
use super::{CallRule, Canonical};
use crate::python::call_path::{Argument, ArgumentShape, CallPath, PathStep, call_path};
use crate::python::{Identifier, Symbol};

/// The rules for calls that hold; what is wrong with the others is reported.
pub(super) fn calls(
    calls: Key<Calls>,
    canonical: Option<&Canonical>,
    merge: &[Written<Symbol>],
    reader: &mut Reader<'_>,
) -> Vec<CallRule> {
    let mut kept: Vec<CallRule> = Vec::new();
    let mut written = calls.or_default().0;
    written.sort_by_key(|(left, _)| left.span);
    for (left, right) in written {
        let pattern = read("the pattern", &left, |path| find_bad_pattern(path, merge), reader);
        let bound: Option<Vec<_>> = pattern.as_ref().map(|path| placeholders(path).cloned().collect());
        let check = |path: &CallPath| find_bad_template(path, canonical, bound.as_deref());
        let template = read("the template", &right, check, reader);
        let (Some(pattern), Some(template)) = (pattern, template) else { continue };
        if let Some(earlier) = kept.iter().find(|earlier| is_alike(&earlier.pattern, &pattern)) {
            let message =
                format!("the pattern {} matches what {} matches", quoted(&left.value), quoted(&earlier.written));
            let help = "the first one that matches counts: take one of them out";
            reader.report(Problem::new(reader.place(left.span), message, help));
            continue;
        }
        kept.push(CallRule { written: left.value, pattern, template, text: right.value });
    }
    kept
}

fn read(
    what: &str,
    written: &Written<String>,
    check: impl Fn(&CallPath) -> Option<Fault>,
    reader: &mut Reader<'_>,
) -> Option<CallPath> {
    // Nothing stands around the call: neither blanks, parentheses nor comments.
    let is_whole = |path: &CallPath| {
        let end = path.steps.last().map(|step| match step {
            PathStep::Attribute(_, span) | PathStep::Call(_, span) => span.end(),
        });
        path.root_span.start() == 0 && end == Some(written.value.len()) && !written.value.contains(['\n', '\r', '#'])
    };
    let path = call_path(&written.value).filter(is_whole);
    let fault = match &path {
        None => Some(Fault::new(0..written.value.len(), "is no call of a name", FORM)),
        Some(path) => check(path),
    };
    match fault {
        None => path,
        Some(fault) => {
            reader.report_fault(what, written, fault);
            None
        }
    }
}

const FORM: &str = "write one Python call on each side, such as `\"Factory.create(ctx)\" = \"get_manager(ctx)\"`";

fn placeholders(path: &CallPath) -> impl Iterator<Item = &Identifier> {
    path.arguments().filter_map(|argument| match &argument.shape {
        ArgumentShape::Name(name) => Some(name),
        _ => None,
    })
}

fn find_starred(path: &CallPath) -> Option<Fault> {
    let starred = path.arguments().find(|argument| argument.shape == ArgumentShape::Starred)?;
    let help = "name each argument: how many a star stands for is known only at run time";
    Some(Fault::new(starred.value.range(), "holds a starred argument", help))
}

fn find_bad_pattern(path: &CallPath, merge: &[Written<Symbol>]) -> Option<Fault> {
    if let Some(fault) = find_starred(path) {
        return Some(fault);
    }
    if let Some(other) = path.arguments().find(|argument| !matches!(argument.shape, ArgumentShape::Name(_))) {
        let help = "the arguments of a pattern are names, each for whatever a call has there";
        return Some(Fault::new(other.value.range(), "has an argument that is no name", help));
    }
    let mut seen: Vec<&Identifier> = Vec::new();
    for argument in path.arguments() {
        let ArgumentShape::Name(name) = &argument.shape else { continue };
        if seen.contains(&name) {
            let help = "give each argument a name of its own";
            return Some(Fault::new(argument.value.range(), format!("has the name `{name}` twice"), help));
        }
        seen.push(name);
    }
    let is_merged = |symbol: &Written<Symbol>| symbol.value.name.last() == path.root;
    if !merge.is_empty() && !merge.iter().any(is_merged) {
        let names: Vec<String> = merge.iter().map(|symbol| format!("`{}`", symbol.value.name.last())).collect();
        let help = format!("a pattern begins with the name of what is merged: {}", names.join(", "));
        return Some(Fault::new(path.root_span.range(), "begins with a name that is not merged", help));
    }
    None
}

fn find_bad_template(path: &CallPath, canonical: Option<&Canonical>, bound: Option<&[Identifier]>) -> Option<Fault> {
    if let Some(fault) = find_starred(path) {
        return Some(fault);
    }
    let fits = |argument: &&Argument| matches!(argument.shape, ArgumentShape::Name(_) | ArgumentShape::Constant);
    if let Some(other) = path.arguments().find(|argument| !fits(argument)) {
        let help = "the arguments of a template are names of the pattern, or constants";
        return Some(Fault::new(other.value.range(), "has an argument that is neither a name nor a constant", help));
    }
    if let Some(Canonical::Symbol(symbol)) = canonical
        && symbol.name.root() != path.root
    {
        let help = format!("a template begins with the canonical's name, `{}`", symbol.name.root());
        return Some(Fault::new(path.root_span.range(), "begins with another name than the canonical's", help));
    }
    let bound = bound?;
    let stray = path.arguments().find_map(|argument| match &argument.shape {
        ArgumentShape::Name(name) if !bound.contains(name) => Some((name, argument.value)),
        _ => None,
    });
    stray.map(|(name, span)| {
        let help = "a name on the right stands for an argument of the same name on the left";
        Fault::new(span.range(), format!("has the name `{name}`, which the pattern does not bind"), help)
    })
}

/// Whether two patterns match the same calls: the same steps, with as many arguments and the same keywords.
fn is_alike(one: &CallPath, other: &CallPath) -> bool {
    let alike = |one: &PathStep, other: &PathStep| match (one, other) {
        (PathStep::Attribute(one, _), PathStep::Attribute(other, _)) => one == other,
        (PathStep::Call(one, _), PathStep::Call(other, _)) => keys(one) == keys(other),
        _ => false,
    };
    one.root == other.root
        && one.steps.len() == other.steps.len()
        && one.steps.iter().zip(&other.steps).all(|(one, other)| alike(one, other))
}

/// What a call with these parameters is known by: how many are positional, and the keywords in any order.
fn keys(parameters: &[Argument]) -> (usize, Vec<&Identifier>) {
    let mut keywords: Vec<_> = parameters.iter().filter_map(|one| Some(&one.keyword.as_ref()?.0)).collect();
    keywords.sort();
    (parameters.len() - keywords.len(), keywords)
}
