//! The edits that make a matched call the template's: in place if the arguments keep their order, else written anew.

use super::super::find::Visit;
use super::super::{FileSites, MemberSite};
use super::CallWish;
use super::bind::Bound;
use crate::python::Identifier;
use crate::python::call_path::{Argument, ArgumentShape, CallPath, PathStep};
use crate::python::syntax::ChainId;
use crate::rule::CallRule;
use crate::text::Span;

type Edited = Result<Vec<(Span, String)>, CallWish>;

/// What stands behind the alias in `region` becomes what stands behind the canonical's name in the template.
pub(super) fn rewrite(text: &str, region: Span, bound: &Bound, rule: &CallRule) -> Edited {
    keeps_order(bound, rule)?;
    let callee = Span { start: region.start, end: bound.last.start };
    let count = |character: char| callee.of(text).matches(character).count();
    if count('#') > 0 || bound.is_plain && count('(') != count(')') {
        return Err(CallWish::Form("a comment or parenthesis stands in the middle of the call".to_owned()));
    }
    match (bound.is_plain, in_place(bound, rule)) {
        (true, Some(keywords)) => {
            let mut edits = vec![(callee, callee_text(rule))];
            edits.extend(
                keywords
                    .into_iter()
                    .map(|(argument, keyword)| change_keyword(text, bound, argument, keyword))
                    .collect::<Result<Vec<_>, _>>()?
                    .into_iter()
                    .flatten(),
            );
            edits.retain(|(span, new)| span.of(text) != new);
            Ok(edits)
        }
        _ => anew(text, region, bound, rule),
    }
}

/// Arguments whose evaluation can matter are evaluated once each, in the order in which they were.
fn keeps_order(bound: &Bound, rule: &CallRule) -> Result<(), CallWish> {
    let matters = |argument: &Argument| matches!(argument.shape, ArgumentShape::Effect | ArgumentShape::Bare);
    let before = bound.arguments.iter().filter(|(_, argument)| matters(argument)).map(|(name, _)| *name);
    let after = rule.template.arguments().filter_map(|argument| match &argument.shape {
        ArgumentShape::Name(name) => Some(name),
        _ => None,
    });
    let after = after.filter(|name| bound.arguments.iter().any(|(other, argument)| other == name && matters(argument)));
    let (before, after): (Vec<_>, Vec<_>) = (before.collect(), after.collect());
    let first = before.iter().zip(&after).find(|(one, other)| one != other).map(|(one, _)| *one);
    let wrong = first.or_else(|| before.get(after.len()).or(after.get(before.len())).copied());
    match wrong {
        None => Ok(()),
        Some(name) => Err(CallWish::Order(format!(
            "the argument `{name}` does something, and `{}` would do it at another time, twice or not at all",
            rule.text
        ))),
    }
}

/// The arguments with the keywords that the template gives them, if it takes them all in the order in which they stand.
fn in_place<'a>(bound: &Bound<'a>, rule: &'a CallRule) -> Option<Vec<(&'a Argument, Option<&'a Identifier>)>> {
    let (last, earlier) = rule.template.steps.split_last()?;
    let PathStep::Call(wanted, _) = last else { return None };
    let is_plain = |step: &PathStep| !matches!(step, PathStep::Call(arguments, _) if !arguments.is_empty());
    let fits = |(argument, (name, _)): (&Argument, &(&Identifier, &Argument))| matches!(&argument.shape, ArgumentShape::Name(placeholder) if placeholder == *name);
    let same = wanted.len() == bound.arguments.len() && wanted.iter().zip(&bound.arguments).all(fits);
    let keyword = |argument: &'a Argument| argument.keyword.as_ref().map(|(name, _)| name);
    (same && earlier.iter().all(is_plain))
        .then(|| bound.arguments.iter().zip(wanted).map(|((_, own), wanted)| (*own, keyword(wanted))).collect())
}

/// What stands between the canonical's name and the last parentheses of the template.
fn callee_text(rule: &CallRule) -> String {
    let CallPath { root_span, steps, .. } = &rule.template;
    let Some(PathStep::Call(_, last)) = steps.last() else { return String::new() };
    rule.text[root_span.end()..last.start()].to_owned()
}

/// The edit that gives an argument another keyword, or takes it away.
fn change_keyword(
    text: &str,
    bound: &Bound,
    argument: &Argument,
    keyword: Option<&Identifier>,
) -> Result<Option<(Span, String)>, CallWish> {
    let written = argument.keyword.as_ref();
    let value = with_parentheses(text, bound, argument);
    match (written, keyword) {
        (None, None) => Ok(None),
        (Some((old, span)), Some(new)) => Ok((old != new).then(|| (*span, new.to_string()))),
        (Some((_, span)), None) => Ok(Some((Span { start: span.start, end: value.start }, String::new()))),
        (None, Some(_)) if argument.shape == ArgumentShape::Bare => {
            Err(CallWish::Form("an argument needs parentheses behind a keyword".to_owned()))
        }
        (None, Some(new)) => Ok(Some((Span::empty(value.start()), format!("{new}=")))),
    }
}

/// The value of an argument with the parentheses around it.
fn with_parentheses(text: &str, bound: &Bound, argument: &Argument) -> Span {
    let mut span = argument.value;
    loop {
        let before = text[..span.start()].trim_end();
        let after = text[span.end()..].trim_start();
        let start = before.len().saturating_sub(1);
        let end = text.len() - after.len() + 1;
        let inside = start > bound.last.start() && end < bound.last.end() || start >= bound.end as usize;
        if !(before.ends_with('(') && after.starts_with(')') && inside) {
            return span;
        }
        span = Span::new(start, end);
    }
}

/// The call as the template writes it, with the arguments as they are written.
fn anew(text: &str, region: Span, bound: &Bound, rule: &CallRule) -> Edited {
    let outside = bound.arguments.iter().fold(region.of(text).matches('#').count(), |count, (_, argument)| {
        count - argument.value.of(text).matches('#').count()
    });
    if outside > 0 {
        return Err(CallWish::Form("comments stand between arguments that move".to_owned()));
    }
    let mut new = String::new();
    let mut written = rule.template.root_span.end();
    let many = rule.template.arguments().count() > 1;
    for argument in rule.template.arguments() {
        new.push_str(&rule.text[written..argument.value.start()]);
        written = argument.value.end();
        let ArgumentShape::Name(name) = &argument.shape else {
            new.push_str(argument.value.of(&rule.text));
            continue;
        };
        let (_, own) = bound.arguments.iter().find(|(other, _)| *other == name).expect("the rule binds the name");
        let value = with_parentheses(text, bound, own);
        let is_bare = own.shape == ArgumentShape::Bare && value == own.value && (many || argument.keyword.is_some());
        let value = value.of(text);
        new.push_str(&if is_bare { format!("({value})") } else { value.to_owned() });
    }
    new.push_str(&rule.text[written..]);
    Ok(vec![(region, new)])
}

/// Whether an edit covers another place that changes.
pub(super) fn is_disturbed(visit: &Visit, sites: &FileSites, own: ChainId, edits: &[(Span, String)]) -> bool {
    let span = |chain: ChainId| visit.facts.syntax.chains[chain.index()].root_span;
    let others = sites.uses.iter().filter(|site| site.chain != own).map(|site| span(site.chain));
    let members = sites.members.iter().map(|MemberSite { span, .. }| *span);
    let mut places = others.chain(members);
    places.any(|place| edits.iter().any(|(edit, _)| edit.contains(place) && !place.is_empty()))
}
