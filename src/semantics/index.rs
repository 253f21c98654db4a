//! What the facts of a file are looked up by, put in order when somebody first asks.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{BindingId, Bindings, Facts, ScopeId};
use crate::python::Identifier;
use crate::python::syntax::{BindKind, Call, CallId, ChainId, ScopeKind, StatementId, StringId, Value};
use crate::text::Span;

/// Names that are bound more often are counted once and for all.
const FEW: usize = 16;

#[derive(Debug, Default)]
pub(super) struct Index {
    /// All calls by where they begin.
    calls: OnceLock<Vec<CallId>>,
    /// All strings by where they begin.
    strings: OnceLock<Vec<StringId>>,
    classes: OnceLock<FxHashMap<Identifier, Vec<ScopeId>>>,
    /// The chains by where they begin.
    chains: OnceLock<FxHashMap<usize, ChainId>>,
    /// What class statements bind.
    class_bindings: OnceLock<FxHashMap<StatementId, BindingId>>,
    /// The scopes of classes by where they begin.
    class_scopes: OnceLock<Vec<ScopeId>>,
    /// What is bound by the name that begins at an offset.
    bound: OnceLock<FxHashMap<usize, Bindings>>,
    /// The first parameter of each function.
    parameters: OnceLock<FxHashMap<ScopeId, Span>>,
    /// The calls that are given a string, by that.
    given: OnceLock<FxHashMap<StringId, CallId>>,
    /// For each binding how many definitions of its name its scope has before it.
    nths: OnceLock<Vec<u32>>,
    /// The places of lists and tuples.
    displays: OnceLock<FxHashSet<Span>>,
    /// Of each key of a dictionary that is a string, all that is there for it.
    entries: OnceLock<FxHashMap<StringId, Span>>,
}

impl Facts {
    /// The calls that stand in a stretch of the file, by where they begin.
    pub fn calls_in(&self, stretch: Span) -> impl Iterator<Item = CallId> {
        let span = |id: &CallId| self.syntax.calls[id.index()].span;
        let all = || (0..self.syntax.calls.len() as u32).map(CallId);
        inside(self.index.calls.get_or_init(|| sorted(all(), span)), stretch, span)
    }

    /// The chain whose root begins at `offset`.
    pub fn chain_at(&self, offset: usize) -> Option<ChainId> {
        let chains = self.index.chains.get_or_init(|| {
            let chains = self.syntax.chains.iter().zip(0..);
            let mut found = FxHashMap::default();
            chains.for_each(|(chain, id)| _ = *found.entry(chain.root_span.start()).or_insert(ChainId(id)));
            found
        });
        chains.get(&offset).copied()
    }

    /// What a class statement binds.
    pub fn class_binding(&self, statement: StatementId) -> Option<BindingId> {
        let classes = self.index.class_bindings.get_or_init(|| {
            let classes = self.bindings.iter().zip(0..).filter(|(binding, _)| matches!(binding.kind, BindKind::Class));
            classes.map(|(binding, id)| (binding.statement, BindingId(id))).collect()
        });
        classes.get(&statement).copied()
    }

    /// The classes around a place, the innermost first.
    pub fn classes_around(&self, place: Span) -> impl Iterator<Item = ScopeId> {
        let start = |id: &ScopeId| self.scopes[id.index()].span.start;
        let classes = self.index.class_scopes.get_or_init(|| {
            let scopes = (0..self.scopes.len() as u32).map(ScopeId);
            let mut classes: Vec<_> = scopes.filter(|id| self.scopes[id.index()].kind == ScopeKind::Class).collect();
            classes.sort_by_key(start);
            classes
        });
        // All that are around the place are around the last one that begins before it, or are that one.
        let before = classes.partition_point(|id| start(id) <= place.start);
        let last = before.checked_sub(1).map(|last| classes[last]);
        let outwards = std::iter::successors(last, |id| self.scopes[id.index()].parent);
        outwards.filter(move |id| {
            let scope = &self.scopes[id.index()];
            scope.kind == ScopeKind::Class && scope.span.contains(place)
        })
    }

    /// The scope of a class whose name begins at `offset`.
    pub fn class_scope_at(&self, offset: usize) -> Option<ScopeId> {
        let place = Span::empty(offset);
        self.classes_around(place).find(|id| self.scopes[id.index()].span.start() == offset)
    }

    /// What is bound by the name that begins at `offset`.
    pub(super) fn bound_at(&self, offset: usize) -> &[BindingId] {
        let bound = self.index.bound.get_or_init(|| {
            let mut bound: FxHashMap<usize, Bindings> = FxHashMap::default();
            let bindings = self.bindings.iter().zip(0..);
            bindings.for_each(|(binding, id)| bound.entry(binding.span.start()).or_default().push(BindingId(id)));
            bound
        });
        bound.get(&offset).map_or(&[], |bindings| bindings)
    }

    /// Where the first parameter of a function stands.
    pub(super) fn first_parameter(&self, function: ScopeId) -> Option<Span> {
        let parameters = self.index.parameters.get_or_init(|| {
            let mut first: FxHashMap<ScopeId, Span> = FxHashMap::default();
            for binding in self.bindings.iter().filter(|binding| matches!(binding.kind, BindKind::Parameter)) {
                let first = first.entry(binding.scope).or_insert(binding.span);
                *first = binding.span.min(*first);
            }
            first
        });
        parameters.get(&function).copied()
    }

    /// The call that has the string among its arguments.
    pub fn call_given(&self, string: StringId) -> Option<&Call> {
        let given = self.index.given.get_or_init(|| {
            let text = |argument: &Value| match argument {
                Value::Text(string) => Some(*string),
                _ => None,
            };
            let calls = self.syntax.calls.iter().zip(0..);
            let given =
                calls.flat_map(|(call, id)| call.arguments.iter().filter_map(text).map(move |text| (text, CallId(id))));
            given.collect()
        });
        given.get(&string).map(|call| &self.syntax.calls[call.index()])
    }

    /// How many definitions of its name the scope of a binding has before it.
    pub(super) fn nth(&self, id: BindingId) -> u32 {
        let binding = &self.bindings[id.index()];
        let is_definition = |id: &BindingId| !self.bindings[id.index()].kind.is_import();
        let siblings = &self.scopes[binding.scope.index()].names[&binding.name];
        if siblings.len() <= FEW {
            return siblings.iter().take_while(|other| **other != id).filter(|other| is_definition(other)).count()
                as u32;
        }
        let nths = self.index.nths.get_or_init(|| {
            let mut nths = vec![0; self.bindings.len()];
            for siblings in self.scopes.iter().flat_map(|scope| scope.names.values()) {
                let mut count = 0;
                for id in siblings {
                    nths[id.index()] = count;
                    count += u32::from(is_definition(id));
                }
            }
            nths
        });
        nths[id.index()]
    }

    /// The strings that stand in a stretch of the file, by where they begin.
    pub fn strings_in(&self, stretch: Span) -> impl Iterator<Item = StringId> {
        let span = |id: &StringId| self.syntax.strings[id.index()].span;
        let all = || (0..self.syntax.strings.len() as u32).map(StringId);
        inside(self.index.strings.get_or_init(|| sorted(all(), span)), stretch, span)
    }

    /// A key of a dictionary with its value, up to the next key that is a string.
    pub(super) fn entry_at(&self, key: StringId) -> Option<Span> {
        let entries = self.index.entries.get_or_init(|| {
            let mut entries = FxHashMap::default();
            for table in &self.syntax.dictionaries {
                let mut end = table.span.end;
                for key in table.elements.iter().rev().flatten() {
                    let start = self.syntax.strings[key.index()].span.start;
                    entries.insert(*key, Span { start, end });
                    end = start;
                }
            }
            entries
        });
        entries.get(&key).copied()
    }

    /// The string that is an element of a list or tuple which begins with one.
    pub fn element_at(&self, list: Span, element: Span) -> Option<StringId> {
        let spans = || self.syntax.displays.iter().map(|display| display.span).collect();
        let is_known = self.index.displays.get_or_init(spans).contains(&list);
        self.strings_in(element).find(|id| is_known && self.syntax.strings[id.index()].span == element)
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

fn sorted<T>(all: impl Iterator<Item = T>, span: impl Fn(&T) -> Span) -> Vec<T> {
    let mut all: Vec<T> = all.collect();
    all.sort_by_key(span);
    all
}

/// What stands in a stretch, of all that is sorted.
fn inside<T: Copy>(all: &[T], stretch: Span, span: impl Fn(&T) -> Span) -> impl Iterator<Item = T> {
    let from = all.partition_point(|one| span(one).start < stretch.start);
    let place = move |one: &T| Some(*one).filter(|one| span(one).start <= stretch.end).map(|one| (one, span(&one)));
    let begun = all[from..].iter().map_while(place);
    begun.filter(move |(_, span)| stretch.contains(*span)).map(|(one, _)| one)
}
