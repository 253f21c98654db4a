//! What the facts of a file are looked up by, put in order when somebody first asks.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::{Facts, ScopeId};
use crate::python::Identifier;
use crate::python::syntax::{CallId, ScopeKind};
use crate::text::Span;

#[derive(Debug, Default)]
pub(super) struct Index {
    /// All calls by where they begin.
    calls: OnceLock<Vec<CallId>>,
    classes: OnceLock<FxHashMap<Identifier, Vec<ScopeId>>>,
}

impl Facts {
    /// The calls that stand in a stretch of the file, by where they begin.
    pub fn calls_in(&self, stretch: Span) -> impl Iterator<Item = CallId> {
        let span = |id: &CallId| self.syntax.calls[id.index()].span;
        let calls = self.index.calls.get_or_init(|| {
            let mut calls: Vec<_> = (0..self.syntax.calls.len() as u32).map(CallId).collect();
            calls.sort_by_key(span);
            calls
        });
        let from = calls.partition_point(|id| span(id).start < stretch.start);
        let begun = calls[from..].iter().take_while(move |id| span(id).start < stretch.end);
        begun.filter(move |id| stretch.contains(span(id))).copied()
    }

    /// The scopes of the classes of this name, in source order.
    pub(super) fn classes_named(&self, name: &Identifier) -> &[ScopeId] {
        let classes = self.index.classes.get_or_init(|| {
            let mut classes: FxHashMap<Identifier, Vec<ScopeId>> = FxHashMap::default();
            let scopes = self.scopes.iter().enumerate().filter(|(_, scope)| scope.kind == ScopeKind::Class);
            scopes.for_each(|(id, scope)| classes.entry(scope.name.clone()).or_default().push(ScopeId(id as u32)));
            classes
        });
        classes.get(name).map_or(&[], |scopes| scopes)
    }
}
