//! Imports that only a shim needed go with it.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Note;
use super::context::{Draft, Kept};
use super::names::{Outcomes, binding_kind};
use super::wish::{EntryWish, Wishes};
use crate::python::Identifier;
use crate::python::syntax::{BindKind, BindingId, ScopeId, StatementKind, Value};
use crate::semantics::Place;
use crate::text::{Cover, Span};

/// Drops the entries of module-level imports whose every use stands in a statement that goes.
pub(super) fn drop_imports(draft: &Draft, kept: &Kept, outcomes: &Outcomes, wishes: &mut Wishes) {
    let gone = gone(draft, wishes);
    let spans: Cover = gone.iter().map(|(span, _)| *span).collect();
    let kept_roots: FxHashSet<&str> = outcomes.values().filter_map(|text| text.split('.').next()).collect();
    for (scope, name, note) in roots(draft, &gone) {
        let Some(ids) = draft.facts.scopes[scope.index()].names.get(&name) else { continue };
        let unneeded = !kept_roots.contains(name.as_str())
            && ids.iter().all(|id| is_plain_import(draft, *id))
            && !draft.is_exported(scope, &name)
            && !draft.declares(scope, &name)
            && !draft.is_kept(kept, &name)
            && uses(draft, scope, &name).all(|span| spans.contains(span));
        if unneeded {
            ids.iter().for_each(|id| drop_entry(draft, *id, note, wishes));
        }
    }
}

/// The code that goes: statements, arms, the values of tuple elements and of keys.
pub(super) fn gone(draft: &Draft, wishes: &Wishes) -> Vec<(Span, Note)> {
    let removed = wishes.removed.iter().map(|(id, note)| (draft.facts.syntax.statements[id.index()].span, *note));
    let cuts = wishes.cuts.iter().map(|(span, note)| (*span, *note));
    let keys = wishes.unlisted.iter().map(|(string, note)| (Place::Text(*string).extent(draft.facts), *note));
    removed.chain(dropped_values(draft, wishes)).chain(cuts).chain(keys).collect()
}

/// The values of tuple elements that go: `New` of `Old, KEPT = New, 1`.
fn dropped_values<'a>(draft: &'a Draft, wishes: &'a Wishes) -> impl Iterator<Item = (Span, Note)> + 'a {
    let syntax = &draft.facts.syntax;
    wishes.targets.iter().flat_map(move |(id, (places, note))| {
        let values = match &syntax.statements[id.index()].kind {
            StatementKind::Assign { targets, value: Some(Value::Tuple(values)), .. } if targets.len() == 1 => {
                &values[..]
            }
            _ => &[],
        };
        let chains = places.iter().filter_map(|place| match values.get(*place) {
            Some(Value::Chain(chain)) => Some(syntax.chains[chain.index()].span()),
            _ => None,
        });
        chains.map(|span| (span, *note)).collect::<Vec<_>>()
    })
}

fn drop_entry(draft: &Draft, id: BindingId, note: Note, wishes: &mut Wishes) {
    let binding = &draft.facts.bindings[id.index()];
    if let BindKind::From(entry) | BindKind::Import(entry) = binding.kind {
        let note = Note { kind: binding_kind(draft, id), ..note };
        wishes.entries.insert((binding.statement, entry), (EntryWish::Drop, note));
    }
}

/// The names that statements which go read.
fn roots(draft: &Draft, gone: &[(Span, Note)]) -> Vec<(ScopeId, Identifier, Note)> {
    let mut found = BTreeSet::new();
    let mut roots = Vec::new();
    let spans: Cover = gone.iter().map(|(span, _)| *span).collect();
    let notes: FxHashMap<Span, Note> = gone.iter().rev().copied().collect();
    for reference in &draft.facts.references {
        let chain = &draft.facts.syntax.chains[reference.chain.index()];
        let Some(note) = spans.around(chain.root_span).map(|span| &notes[&span]) else { continue };
        let Some(scope) = reference.reach.scope.filter(|scope| *scope == ScopeId::MODULE) else { continue };
        if found.insert((scope, chain.root.clone())) {
            roots.push((scope, chain.root.clone(), *note));
        }
    }
    roots
}

/// An import of a module of the tree that does nothing but define things: to drop it has no other effect.
fn is_plain_import(draft: &Draft, id: BindingId) -> bool {
    let Some(module) = draft.source_module(id) else { return false };
    match draft.run.world.project.module(module.as_str()) {
        Some(module) => !draft.run.world.is_active(module),
        None => true,
    }
}

fn uses(draft: &Draft, scope: ScopeId, name: &Identifier) -> impl Iterator<Item = Span> {
    let facts = draft.facts;
    let of_scope =
        facts.chains_of(name).iter().filter(move |id| facts.references[id.index()].reach.scope == Some(scope));
    of_scope.map(|id| facts.syntax.chains[id.index()].root_span)
}
