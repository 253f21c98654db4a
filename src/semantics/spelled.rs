//! Where a file spells each name: made when it is first asked for, so that nobody looks through a file for one name after another.

use rustc_hash::{FxHashMap, FxHashSet};

use super::facts::{Binding, Facts};
use crate::python::Identifier;
use crate::python::syntax::{BindKind, ChainId, ScopeId, StatementKind};
use crate::text::Span;

/// The places of one file by the names that they spell.
#[derive(Debug, Default)]
pub(super) struct Spelled {
    chains: FxHashMap<Identifier, Vec<ChainId>>,
    globals: FxHashMap<Identifier, Vec<Span>>,
    nonlocals: FxHashSet<Identifier>,
    reexported: FxHashSet<Identifier>,
}

impl Spelled {
    fn new(facts: &Facts) -> Self {
        let mut spelled = Self::default();
        for (index, chain) in facts.syntax.chains.iter().enumerate() {
            spelled.chains.entry(chain.root.clone()).or_default().push(ChainId(index as u32));
        }
        for statement in &facts.syntax.statements {
            match &statement.kind {
                StatementKind::Global(names) => {
                    for (name, span) in names {
                        spelled.globals.entry(name.clone()).or_default().push(*span);
                    }
                }
                StatementKind::Nonlocal(names) => {
                    spelled.nonlocals.extend(names.iter().map(|(name, _)| name.clone()));
                }
                _ => {}
            }
        }
        let own = facts.bindings.iter().filter(|binding| binding.scope == ScopeId::MODULE);
        let shown = own.filter(|binding| match (&binding.kind, facts.statement_of(binding)) {
            (BindKind::From(entry), StatementKind::From(from)) => {
                let entry = &from.names[*entry];
                entry.name == binding.name && entry.local.is_some()
            }
            _ => false,
        });
        spelled.reexported = shown.map(|binding| binding.name.clone()).collect();
        spelled
    }
}

impl Facts {
    fn spelled(&self) -> &Spelled {
        self.spelled.get_or_init(|| Spelled::new(self))
    }

    /// The chains with this root, in source order.
    pub fn chains_of(&self, root: &Identifier) -> &[ChainId] {
        self.spelled().chains.get(root).map_or(&[], |chains| chains)
    }

    /// Where a `global` statement has the name.
    pub fn globals_of(&self, name: &Identifier) -> &[Span] {
        self.spelled().globals.get(name).map_or(&[], |spans| spans)
    }

    /// Whether some `nonlocal` statement has the name.
    pub fn is_nonlocal(&self, name: &Identifier) -> bool {
        self.spelled().nonlocals.contains(name)
    }

    /// Whether `from m import X as X` shows the name to others (PEP 484, "Stub Files").
    pub fn is_reexported(&self, name: &Identifier) -> bool {
        self.spelled().reexported.contains(name)
    }

    fn statement_of(&self, binding: &Binding) -> &StatementKind {
        &self.syntax.statements[binding.statement.index()].kind
    }
}
