//! Where imports are written: in place, joined to an import of the same module, or after the old one.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::Note;
use super::context::Draft;
use super::hosts::Hosts;
use super::wish::{EntryWish, Needed, Wishes};
use crate::python::DottedName;
use crate::python::edit::{Change, Entry, ImportChange, NewEntry, NewImport, Own};
use crate::python::syntax::{BlockId, FromImport, StatementId, StatementKind};

/// The changes of import statements, while they are being placed.
pub(super) struct Placer<'a> {
    draft: &'a Draft<'a>,
    wishes: &'a Wishes,
    changes: BTreeMap<StatementId, (Change, Note)>,
    hosts: Hosts<'a>,
    /// Imports that have been placed, by block.
    placed: FxHashSet<(BlockId, Needed)>,
}

/// Where an entry comes from: a statement and the place in it.
#[derive(Clone, Copy)]
struct Source {
    statement: StatementId,
    entry: Option<usize>,
}

impl<'a> Placer<'a> {
    pub(super) fn new(draft: &'a Draft<'a>, wishes: &'a Wishes) -> Self {
        let hosts = Hosts::new(draft, wishes);
        Self { draft, wishes, changes: BTreeMap::new(), hosts, placed: FxHashSet::default() }
    }

    /// The change of every statement whose imports change.
    pub(super) fn changes(mut self) -> BTreeMap<StatementId, (Change, Note)> {
        let entries = self.wishes.entries.keys().map(|(statement, _)| *statement);
        let mut statements: Vec<_> = entries.chain(self.wishes.imports.keys().copied()).collect();
        statements.sort();
        statements.dedup();
        for statement in statements {
            match &self.draft.facts.syntax.statements[statement.index()].kind {
                StatementKind::From(from) if from.star.is_none() => self.place_from(statement, from),
                StatementKind::Import(names) => self.place_import(statement, names.len()),
                _ => {}
            }
            for (needed, note) in self.wishes.imports.get(&statement).into_iter().flatten() {
                self.add(needed, *note, Source { statement, entry: None });
            }
        }
        self.changes
    }

    fn wish(&self, statement: StatementId, entry: usize) -> Option<&'a (EntryWish, Note)> {
        self.wishes.entries.get(&(statement, entry))
    }

    /// `import a, b`: every entry is rewritten where it stands.
    fn place_import(&mut self, statement: StatementId, count: usize) {
        let mut entries = vec![Entry::Keep; count];
        for (place, entry) in entries.iter_mut().enumerate() {
            let Some((wish, note)) = self.wish(statement, place) else { continue };
            *entry = match wish {
                EntryWish::Needed(needed) if self.is_given(needed, statement) => Entry::Drop,
                EntryWish::Needed(Needed::Module { .. }) => Entry::Rewrite(String::new()),
                EntryWish::Needed(_) => Entry::Move,
                EntryWish::Drop => Entry::Drop,
            };
            self.change(statement, *note);
            let EntryWish::Needed(needed) = wish else { continue };
            match entry {
                Entry::Rewrite(text) => {
                    self.note_placed(statement, needed);
                    *text = needed.text();
                }
                Entry::Move => self.add(needed, *note, Source { statement, entry: Some(place) }),
                _ => {}
            }
        }
        self.set_entries(statement, None, entries);
    }

    /// `from m import a, b`: entries change in place if all that stay go to one module, else they leave.
    fn place_from(&mut self, statement: StatementId, from: &FromImport) {
        let own = self.draft.run.world.from_module(self.draft.file, from.level, from.module.as_ref());
        let mut entries = vec![Entry::Keep; from.names.len()];
        let mut leaving: Vec<(usize, &Needed, Note)> = Vec::new();
        for (place, entry) in entries.iter_mut().enumerate() {
            let Some((wish, note)) = self.wish(statement, place) else { continue };
            self.change(statement, *note);
            match wish {
                EntryWish::Needed(needed) if !self.is_given(needed, statement) => match needed {
                    Needed::From { module, .. } if Some(module) == own.as_ref() => {
                        *entry = Entry::Rewrite(needed.text());
                        self.note_placed(statement, needed);
                    }
                    _ => leaving.push((place, needed, *note)),
                },
                _ => *entry = Entry::Drop,
            }
        }
        let module = self.one_module(statement, &entries, &leaving);
        for (place, needed, note) in leaving {
            entries[place] = match &module {
                Some(_) if self.is_given(needed, statement) => Entry::Drop,
                Some(_) => {
                    self.note_placed(statement, needed);
                    Entry::Rewrite(needed.text())
                }
                None => {
                    let given = self.is_given(needed, statement);
                    if !given {
                        self.add(needed, note, Source { statement, entry: Some(place) });
                    }
                    if given { Entry::Drop } else { Entry::Move }
                }
            };
        }
        self.set_entries(statement, module.map(|module| self.spelled(&module, from.level)), entries);
    }

    /// The module that a statement can name instead, because every entry that stays goes there and none can join.
    fn one_module(
        &self,
        statement: StatementId,
        entries: &[Entry],
        leaving: &[(usize, &Needed, Note)],
    ) -> Option<DottedName> {
        let (_, first, _) = leaving.first()?;
        let Needed::From { module, .. } = first else { return None };
        let leaves = |place: usize| leaving.binary_search_by_key(&place, |(leaves, _, _)| *leaves).is_ok();
        let stays = |(place, entry): (usize, &Entry)| *entry != Entry::Drop && !leaves(place);
        let all_same = leaving
            .iter()
            .all(|(_, needed, _)| matches!(needed, Needed::From { module: other, .. } if other == module));
        let alone = !entries.iter().enumerate().any(stays);
        (all_same && alone && self.hosts.host(statement, module).is_none()).then(|| module.clone())
    }

    /// Writes an import that is needed at a statement: into one of the same module, else after the statement.
    fn add(&mut self, needed: &Needed, note: Note, source: Source) {
        if self.is_given(needed, source.statement) {
            return;
        }
        self.note_placed(source.statement, needed);
        let statements = &self.draft.facts.syntax.statements;
        let span = statements[source.statement.index()].span;
        let new = NewEntry::new(needed.text());
        let new = source.entry.map_or(new.clone(), |entry| new.continuing(span, entry));
        if let Needed::From { module, .. } = needed
            && let Some(host) = self.hosts.host(source.statement, module)
        {
            let count = match &statements[host.index()].kind {
                StatementKind::From(from) => from.names.len(),
                _ => 0,
            };
            let change = self.change(host, note);
            if !matches!(change.own, Own::Import(_)) {
                let entries = vec![Entry::Keep; count];
                change.own = Own::Import(ImportChange { module: None, entries, add: Vec::new() });
            }
            if let Own::Import(change) = &mut change.own {
                change.add.push(new);
            }
            return;
        }
        let level = match &statements[source.statement.index()].kind {
            StatementKind::From(from) => from.level,
            _ => 0,
        };
        let module = match needed {
            Needed::From { module, .. } => Some(self.spelled(module, level)),
            Needed::Module { .. } => None,
        };
        let change = self.change(source.statement, note);
        match change.after.iter_mut().find(|import| import.module.is_some() && import.module == module) {
            Some(import) => import.entries.push(new),
            None => change.after.push(NewImport { module, entries: vec![new] }),
        }
    }

    /// Whether an import before `statement` in its block binds the very thing already.
    fn is_given(&self, needed: &Needed, statement: StatementId) -> bool {
        self.placed.contains(&(self.block(statement), needed.clone())) || self.hosts.gives(needed, statement)
    }

    fn block(&self, statement: StatementId) -> BlockId {
        self.draft.facts.syntax.statements[statement.index()].block
    }

    fn note_placed(&mut self, statement: StatementId, needed: &Needed) {
        self.placed.insert((self.block(statement), needed.clone()));
    }

    fn change(&mut self, statement: StatementId, note: Note) -> &mut Change {
        &mut self.changes.entry(statement).or_insert_with(|| (Change::default(), note)).0
    }

    fn set_entries(&mut self, statement: StatementId, module: Option<String>, entries: Vec<Entry>) {
        if entries.iter().all(|entry| *entry == Entry::Keep) {
            return;
        }
        if let Some((change, _)) = self.changes.get_mut(&statement) {
            change.own = Own::Import(ImportChange { module, entries, add: Vec::new() });
        }
    }

    /// A module as an import of this level spells it: relative if it lies in the package that the dots mean.
    fn spelled(&self, module: &DottedName, level: u32) -> String {
        let dots = ".".repeat(level as usize);
        let base = (level > 0).then(|| self.draft.run.world.from_module(self.draft.file, level, None)).flatten();
        match base.and_then(|base| module.strip_prefix(&base)) {
            Some(rest) => format!("{dots}{rest}"),
            None => module.as_str().to_owned(),
        }
    }
}
