//! The imports of a file that an entry can join, and those that give a name already.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::context::Draft;
use super::wish::{Needed, Wishes};
use crate::python::syntax::{BindingId, BlockId, ScopeId, StatementId, StatementKind};
use crate::python::{DottedName, Identifier};

/// What the statements of a file import, looked at once for all that is placed.
pub(super) struct Hosts<'a> {
    draft: &'a Draft<'a>,
    wishes: &'a Wishes,
    /// The `from` imports of each module of which no entry changes, in the order of their block.
    imports: FxHashMap<(BlockId, DottedName), Vec<StatementId>>,
    /// For each statement, how many of its block up to it are no imports.
    others: Vec<u32>,
    /// Where the names of each statement are bound.
    scopes: FxHashMap<StatementId, ScopeId>,
    /// What binds the names that were asked for.
    latest: RefCell<FxHashMap<(ScopeId, Identifier), Latest>>,
}

/// The statements that bind a name, each with the latest binding up to it.
type Latest = Vec<(StatementId, usize)>;

impl<'a> Hosts<'a> {
    pub(super) fn new(draft: &'a Draft<'a>, wishes: &'a Wishes) -> Self {
        let facts = draft.facts;
        let mut hosts = Self {
            draft,
            wishes,
            imports: FxHashMap::default(),
            others: vec![0; facts.syntax.statements.len()],
            scopes: FxHashMap::default(),
            latest: RefCell::default(),
        };
        for (index, block) in facts.syntax.blocks.iter().enumerate() {
            let mut others = 0;
            for &id in &block.statements {
                match &facts.syntax.statements[id.index()].kind {
                    StatementKind::From(from) if from.star.is_none() && !hosts.changes(id) => {
                        let module = draft.run.world.from_module(draft.file, from.level, from.module.as_ref());
                        let place = module.map(|module| (BlockId(index as u32), module));
                        place.into_iter().for_each(|place| hosts.imports.entry(place).or_default().push(id));
                    }
                    StatementKind::From(_) | StatementKind::Import(_) => {}
                    _ => others += 1,
                }
                hosts.others[id.index()] = others;
            }
        }
        for binding in &facts.bindings {
            hosts.scopes.entry(binding.statement).or_insert(binding.scope);
        }
        hosts
    }

    /// The import of `module` that an entry of `statement` can join: its own, the first before it in its block, or one after
    /// it in the same unbroken run of imports.
    pub(super) fn host(&self, statement: StatementId, module: &DottedName) -> Option<StatementId> {
        let hosts = self.imports.get(&(self.block(statement), module.clone()))?;
        if hosts.binary_search(&statement).is_ok() {
            return Some(statement);
        }
        let first = hosts.first().copied()?;
        let in_run = |id: StatementId| self.others[id.index()] == self.others[statement.index()];
        (first < statement || in_run(first)).then_some(first)
    }

    /// Whether the last statement before this one that binds the name is an import of its block that gives the very thing.
    pub(super) fn gives(&self, needed: &Needed, statement: StatementId) -> bool {
        self.latest(needed.bound(), statement).is_some_and(|id| {
            let before = self.draft.facts.bindings[id.index()].statement;
            self.block(before) == self.block(statement) && self.draft.gives(id, needed) && !self.changes(before)
        })
    }

    /// The last binding of a name by statements before this one.
    fn latest(&self, name: &str, statement: StatementId) -> Option<BindingId> {
        let facts = self.draft.facts;
        let scope = *self.scopes.get(&statement)?;
        let (name, bindings) = facts.scopes[scope.index()].names.get_key_value(&Identifier::new(name))?;
        let mut latest = self.latest.borrow_mut();
        let latest = latest.entry((scope, name.clone())).or_insert_with(|| {
            let statements = bindings.iter().map(|id| facts.bindings[id.index()].statement);
            let mut latest: Vec<_> = statements.enumerate().map(|(index, statement)| (statement, index)).collect();
            latest.sort_unstable();
            (1..latest.len()).for_each(|at| latest[at].1 = latest[at].1.max(latest[at - 1].1));
            latest
        });
        let before = latest.partition_point(|(other, _)| *other < statement);
        Some(bindings[latest[before.checked_sub(1)?].1])
    }

    fn block(&self, statement: StatementId) -> BlockId {
        self.draft.facts.syntax.statements[statement.index()].block
    }

    /// Whether a statement goes, or an entry of it changes.
    fn changes(&self, statement: StatementId) -> bool {
        let mut entries = self.wishes.entries.range((statement, 0)..=(statement, usize::MAX));
        entries.next().is_some() || self.wishes.removed.contains_key(&statement)
    }
}
