//! Calls of merged aliases that a rule sends to another call, and uses that it has no pattern for.

mod bind;
mod rewrite;

use super::find::Visit;
use super::{FileSites, Hit, Standing, Target, UseSite};
use crate::python::call_path::{CallPath, PathStep, call_paths};
use crate::python::syntax::ChainId;
use crate::rule::CallRule;
use crate::text::Span;

/// A use of a merged alias that patterns for calls decide.
#[derive(Clone, Debug)]
pub struct CallSite {
    pub chain: ChainId,
    /// What stands between the alias and the arguments of the last call that the pattern names; empty if none matches.
    pub callee: Span,
    pub wish: CallWish,
}

/// What becomes of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallWish {
    /// What stands behind the alias reads differently; `pattern` is the place of the rule's pattern.
    Rewrite { pattern: usize, edits: Vec<(Span, String)> },
    /// No pattern matches.
    Unmatched(String),
    /// An argument would be evaluated at another time, not at all, or twice.
    Order(String),
    /// The call is written in a way that is not rewritten.
    Form(String),
}

/// Finds the uses that patterns decide; members inside of a call that is rewritten are no sites of their own.
pub(super) fn settle(visit: &Visit, sites: &mut FileSites) {
    let calls = find(visit, sites);
    let is_free = |span: Span| !calls.iter().any(|call| call.callee.contains(span));
    sites.members.retain(|site| is_free(site.span));
    sites.loose.retain(|site| is_free(site.span));
    sites.calls = calls;
}

/// In the order of the chains.
fn find(visit: &Visit, sites: &FileSites) -> Vec<CallSite> {
    let merged = sites.uses.iter().filter_map(|site| Some((site, asked(visit, site)?)));
    let asked: Vec<(&UseSite, Asked)> = merged.filter(|(site, _)| !is_gone(visit, site)).collect();
    if asked.is_empty() {
        return Vec::new();
    }
    let paths = call_paths(visit.text);
    let decided = asked.iter().filter_map(|(site, asked)| {
        let chain = &visit.facts.syntax.chains[site.chain.index()];
        let path = paths.get(&chain.root_span);
        let (callee, wish) = decide(visit, sites, (site, asked), path)?;
        Some(CallSite { chain: site.chain, callee, wish })
    });
    decided.collect()
}

/// The patterns for an alias.
struct Asked<'a> {
    hit: &'a Hit,
    rules: Vec<(usize, &'a CallRule)>,
    /// A class becomes a function: whatever is done with it needs a pattern.
    is_strict: bool,
}

fn asked<'a>(visit: &'a Visit, site: &'a UseSite) -> Option<Asked<'a>> {
    let Target::Symbol(hit) = &site.target else { return None };
    visit.families.members(hit).filter(|_| hit.standing == Standing::Merged)?;
    let name = hit.alias.name.last();
    let rules = visit.families.rules.rules[hit.rule].calls.iter().enumerate();
    let rules: Vec<_> = rules.filter(|(_, rule)| rule.pattern.root == name).collect();
    let is_strict = visit.families.loses_class(hit);
    (is_strict || !rules.is_empty()).then_some(Asked { hit, rules, is_strict })
}

/// Inside the definition that goes.
fn is_gone(visit: &Visit, site: &UseSite) -> bool {
    let Target::Symbol(hit) = &site.target else { return false };
    let view = visit.world.class(&visit.world.symbol(&hit.alias).origin).filter(|view| view.file == visit.file);
    let at = visit.facts.syntax.chains[site.chain.index()].root_span;
    view.is_some_and(|view| view.facts.syntax.statements[view.statement.index()].span.contains(at))
}

fn decide(
    visit: &Visit,
    sites: &FileSites,
    (site, asked): (&UseSite, &Asked),
    path: Option<&CallPath>,
) -> Option<(Span, CallWish)> {
    let steps = path.map_or(&[][..], |path| &path.steps[site.attributes.min(path.steps.len())..]);
    for (pattern, rule) in &asked.rules {
        if let Some(bound) = bind::bind(&rule.pattern, steps) {
            let region = Span { start: alias_end(visit, site), end: bound.end };
            let found = rewrite::rewrite(visit.text, region, &bound, rule);
            let wish = match found {
                Ok(edits) if rewrite::is_disturbed(visit, sites, site.chain, &edits) => {
                    CallWish::Form("an argument that moves holds another place that changes".to_owned())
                }
                Ok(edits) => CallWish::Rewrite { pattern: *pattern, edits },
                Err(wish) => wish,
            };
            return Some((Span { start: region.start, end: bound.last.start }, wish));
        }
    }
    let is_shaped = asked.rules.iter().any(|(_, rule)| has_shape(&rule.pattern.steps, steps));
    let text = || format!("no pattern of `calls` matches this use of `{}`", asked.hit.symbol);
    (asked.is_strict || is_shaped).then(|| (Span::empty(alias_end(visit, site) as usize), CallWish::Unmatched(text())))
}

/// Where the alias of a use ends.
fn alias_end(visit: &Visit, site: &UseSite) -> u32 {
    let chain = &visit.facts.syntax.chains[site.chain.index()];
    match site.attributes {
        0 => chain.root_span.end,
        attributes => chain.attributes[attributes - 1].1.end,
    }
}

/// Whether the steps are called as a pattern is, whatever their arguments.
fn has_shape(pattern: &[PathStep], steps: &[PathStep]) -> bool {
    let alike = |one: &PathStep, other: &PathStep| match (one, other) {
        (PathStep::Attribute(one, _), PathStep::Attribute(other, _)) => one == other,
        (PathStep::Call(..), PathStep::Call(..)) => true,
        _ => false,
    };
    pattern.len() <= steps.len() && pattern.iter().zip(steps).all(|(one, other)| alike(one, other))
}
