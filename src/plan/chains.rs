//! Attribute chains that lead to an alias, grouped by the module variable that they go through.

use std::collections::{BTreeMap, BTreeSet};

use super::context::{Draft, Kept};
use super::module_style::Rewriter;
use super::refuse::{Refused, Stays, frozen, objection};
use super::wish::Wishes;
use super::{Reason, members};
use crate::python::Identifier;
use crate::python::syntax::{BindingId, Chain, ChainId, Form, ScopeId};
use crate::site::{Kind, UseSite, is_stored};
use crate::text::Span;

/// The uses that go through one module variable.
pub(super) struct Group<'a> {
    pub scope: ScopeId,
    pub root: Identifier,
    /// The binding that gives the root, where there is only one.
    pub binding: BindingId,
    pub uses: Vec<&'a UseSite>,
    /// The chains of the uses.
    pub moving: Vec<ChainId>,
    /// Every other chain with this root in this scope.
    pub others: Vec<ChainId>,
}

/// Decides every attribute chain of a file that leads to an alias; `by_text` are those whose last name stands in a string.
pub(super) fn settle(draft: &Draft, (kept, by_text): (&Kept, &[UseSite]), refused: &mut Refused, wishes: &mut Wishes) {
    let uses = draft.sites.uses.iter().filter(|site| site.attributes > 0).chain(by_text);
    let mut groups: BTreeMap<(ScopeId, Identifier, BindingId), Vec<&UseSite>> = BTreeMap::new();
    for site in uses {
        if let Some((reason, text)) = objects(draft, kept, site) {
            refuse(draft, site, refused, (reason, text));
            continue;
        }
        let chain = &draft.facts.syntax.chains[site.chain.index()];
        let reach = &draft.facts.references[site.chain.index()].reach;
        match (reach.scope, reach.bindings.last()) {
            (Some(scope), Some(binding)) => {
                groups.entry((scope, chain.root.clone(), *binding)).or_default().push(site);
            }
            _ => refuse(draft, site, refused, (Reason::Form, "the module comes from a star import".into())),
        }
    }
    for ((scope, root, binding), uses) in groups {
        let group = Group::new(draft, (scope, root, binding), uses);
        Rewriter::new(draft, &group, refused, wishes).rewrite();
    }
}

impl<'a> Group<'a> {
    fn new(draft: &Draft, (scope, root, binding): (ScopeId, Identifier, BindingId), uses: Vec<&'a UseSite>) -> Self {
        let moving: BTreeSet<ChainId> = uses.iter().map(|site| site.chain).collect();
        let of_scope = |id: &ChainId| draft.facts.references[id.index()].reach.scope == Some(scope);
        let others = draft.facts.chains_of(&root).iter().copied().filter(|id| of_scope(id) && !moving.contains(id));
        let others = others.collect();
        Self { scope, root, binding, uses, moving: moving.into_iter().collect(), others }
    }

    /// Every chain with this root in this scope.
    pub(super) fn references(&self) -> Vec<ChainId> {
        [&self.moving[..], &self.others].concat()
    }

    /// Whether all that uses the module variable moves.
    pub(super) fn is_alone(&self, draft: &Draft) -> bool {
        let bindings = draft.facts.scopes[self.scope.index()].names.get(&self.root);
        bindings.is_some_and(|ids| ids.len() == 1) && self.others.is_empty()
    }
}

/// Leaves a use as it is.
pub(super) fn refuse(draft: &Draft, site: &UseSite, refused: &mut Refused, (reason, text): (Reason, String)) {
    let span = site.name_span(&draft.facts.syntax);
    refused.chains.insert(site.chain);
    let kind = if site.text.is_some() { Kind::TextGetattr } else { Kind::UseAttribute };
    refused.add(draft, Stays { span, kind, reason, text }, &site.target);
}

/// From the root to the name that is the alias.
pub(super) fn site_span(chain: &Chain, site: &UseSite) -> Span {
    let end = chain.attributes.get(site.attributes - 1).map_or(chain.span().end, |(_, last)| last.end);
    Span { start: chain.root_span.start, end }
}

/// Why a use cannot be rewritten.
pub(super) fn objects(draft: &Draft, kept: &Kept, site: &UseSite) -> Option<(Reason, String)> {
    let chain = &draft.facts.syntax.chains[site.chain.index()];
    if let Some(why) = frozen(draft, site.target.rule()) {
        return Some((Reason::NotEdited, why));
    }
    if let Some(objection) = kept.objection(draft.file, chain.root_span) {
        return Some(objection);
    }
    if draft.is_asserted(site.target.rule(), |asserted| asserted.chains.contains(&site.chain)) {
        return Some((Reason::AssertsTheShim, "a test compares it with another name of its family".into()));
    }
    if is_stored(chain, site) {
        return Some((Reason::Rebound, "the alias itself is assigned or deleted here".into()));
    }
    if matches!(chain.form, Form::Unmapped(_)) {
        return Some((Reason::UnmappedString, "the string is escaped or joined from parts".into()));
    }
    members::objection(draft, site)
        .or_else(|| objection(&draft.run, kept, &site.target))
        .or_else(|| members::stuck(draft, kept, &site.target))
}
