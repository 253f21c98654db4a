//! Calls of merged aliases that a rule sends to another call.

use super::context::Draft;
use super::members::means_kept_shim;
use super::names::note;
use super::refuse::Refused;
use super::wish::Wishes;
use super::{Objection, Reason};
use crate::python::Identifier;
use crate::site::{CallSite, CallWish, FileSites, Kind, UseSite};

/// What patterns decide of a use; `None` if they say nothing of it.
pub(super) fn decided<'a>(sites: &'a FileSites, site: &UseSite) -> Option<&'a CallSite> {
    sites.calls.iter().find(|call| call.chain == site.chain)
}

/// Why a call stays as it is.
pub(super) fn objection(call: &CallSite) -> Option<Objection> {
    match &call.wish {
        CallWish::Rewrite { .. } => None,
        CallWish::Unmatched(text) => Some((Reason::CallNotMatched, text.clone())),
        CallWish::Order(text) => Some((Reason::EvaluationOrder, text.clone())),
        CallWish::Form(text) => Some((Reason::Form, text.clone())),
    }
}

/// Rewrites what stands behind the aliases of calls that nothing refuses.
pub(super) fn settle(draft: &Draft, refused: &Refused, wishes: &mut Wishes) {
    for site in draft.sites.uses.iter().filter(|site| !refused.chains.contains(&site.chain)) {
        if let Some(CallSite { wish: CallWish::Rewrite { edits, .. }, .. }) = decided(draft.sites, site)
            && !means_kept_shim(draft, site, wishes)
        {
            let note = note(&site.target, Kind::UseCall);
            wishes.tokens.extend(edits.iter().map(|(span, text)| (*span, (text.clone(), note))));
        }
    }
}

/// The attributes between the canonical's name and the first call of the template.
pub(super) fn attributes(
    draft_rules: &crate::rule::RuleSet,
    site: &UseSite,
    call: &CallSite,
) -> Option<Vec<Identifier>> {
    let CallWish::Rewrite { pattern, .. } = &call.wish else { return None };
    let rule = draft_rules.rules[site.target.rule()].calls.get(*pattern)?;
    Some(rule.template.attributes().cloned().collect())
}
