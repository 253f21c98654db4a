//! A module whose statements change in a move: imports that join or go, and text that is written at its end.

use std::collections::BTreeMap;

use super::super::{Objection, Reason};
use super::needs::Need;
use crate::project::FileId;
use crate::python::edit::{
    Change, Entry, ImportChange, ListChange, ListEntry, NewEntry, NewImport, Own, Suite, change_list, change_suite,
};
use crate::python::syntax::{BlockId, StatementId, StatementKind, Syntax, Test, Value};
use crate::python::{Identifier, parse};
use crate::rule::Rule;
use crate::semantics::{Facts, World};
use crate::text::{Edit, Edits, Span};

/// A file whose statements change.
pub(super) struct Sheet<'a> {
    pub file: FileId,
    pub path: &'a str,
    pub facts: &'a Facts,
    pub text: &'a str,
    pub width: usize,
    pub(super) changes: BTreeMap<BlockId, BTreeMap<usize, Change>>,
    pub(super) raw: Vec<Edit>,
    /// Imports that no statement is there to stand beside; with those for types apart.
    late: [Vec<Need>; 2],
}

impl<'a> Sheet<'a> {
    pub(super) fn new(world: &'a World, rule: &Rule, file: FileId) -> Result<Self, Objection> {
        let source = world.project.file(file);
        let path = source.path.as_str();
        let unread = || (Reason::NotPython, format!("`{path}` is not valid Python"));
        if !source.editable || rule.exception(path).is_some() {
            return Err((Reason::NotEdited, format!("`{path}` is not edited")));
        }
        let stub = format!("{path}i");
        if world.project.file_by_path(&stub).is_some() {
            return Err((Reason::Form, format!("`{stub}` stands beside it, and stubs do not move")));
        }
        let facts = world.facts(file).ok_or_else(unread)?;
        let text = world.project.text(file).ok_or_else(unread)?;
        let width = world.project.line_length(path);
        Ok(Self { file, path, facts, text, width, changes: BTreeMap::new(), raw: Vec::new(), late: Default::default() })
    }

    /// What happens to a statement.
    pub(super) fn changes(&mut self, statement: StatementId) -> &mut Change {
        let block = self.facts.syntax.statements[statement.index()].block;
        let inside = &self.facts.syntax.blocks[block.index()].statements;
        let index = inside.iter().position(|id| *id == statement).expect("a statement is in its block");
        self.changes.entry(block).or_default().entry(index).or_default()
    }

    /// Whether every statement of a block is an import that loses all its entries.
    pub(super) fn loses_all(&self, block: BlockId) -> bool {
        let Some(changes) = self.changes.get(&block) else { return false };
        let all = self.facts.syntax.blocks[block.index()].statements.len();
        let is_emptied = |change: &Change| matches!(&change.own, Own::Import(import) if import.add.is_empty() && import.entries.iter().all(|entry| *entry == Entry::Drop));
        changes.len() == all && changes.values().all(is_emptied)
    }

    /// Takes a compound statement away, of whose block nothing is left.
    pub(super) fn remove_block(&mut self, statement: StatementId, block: BlockId) {
        self.changes.remove(&block);
        self.changes(statement).own = Own::Remove;
    }

    pub(super) fn lead(&self) -> Option<usize> {
        lead(&self.facts.syntax)
    }

    /// The whole lines of a statement, with the comment lines directly above it.
    pub(super) fn lines_of(&self, statement: StatementId) -> Result<Span, Objection> {
        let span = self.facts.syntax.statements[statement.index()].span;
        let start = self.text[..span.start()].rfind('\n').map_or(0, |found| found + 1);
        let end = self.text[span.end()..].find('\n').map_or(self.text.len(), |found| span.end() + found + 1);
        let rest = self.text[span.end()..end].trim();
        if start != span.start() || !(rest.is_empty() || rest.starts_with('#')) {
            return Err((Reason::Form, "the definition shares its line with another statement".to_owned()));
        }
        let comments = self.text[..start].split_inclusive('\n').rev().take_while(|line| line.starts_with('#'));
        let above: usize = comments.map(str::len).sum();
        let is_header = above == start;
        Ok(Span::new(if is_header { start } else { start - above }, end))
    }

    /// The text of an entry in `__all__`, between its quotes.
    pub(super) fn listed(&self, name: &Identifier) -> Option<Span> {
        let exports = self.facts.exports.as_ref()?;
        let entry = exports.entries.iter().find(|entry| entry.name == *name)?;
        self.facts.syntax.strings[entry.string.index()].content
    }

    /// Adds a name to the last list of `__all__`, if there is one and it lacks the name.
    pub(super) fn list(&mut self, name: &Identifier) {
        let Some(exports) = self.facts.exports.as_ref().filter(|exports| !exports.dynamic) else { return };
        let Some(last) = exports.entries.last().filter(|_| self.listed(name).is_none()) else { return };
        let lists = &self.facts.syntax.displays;
        let Some(list) = lists.iter().find(|list| list.elements.contains(&Some(last.string))) else { return };
        let entries = vec![ListEntry::Keep; list.elements.len()];
        let change = ListChange { entries, add: vec![name.to_string()] };
        self.raw.extend(change_list(self.text, list.span, &change, self.width).unwrap_or_default());
    }

    /// Adds an import behind the first ones.
    pub(super) fn import(&mut self, need: &Need) {
        let statements = &self.facts.syntax.blocks[0].statements;
        let lead = self.lead();
        let type_block = |id: &StatementId| match &self.facts.syntax.statements[id.index()].kind {
            StatementKind::If { tests, blocks } if tests[..] == [Test::TypeChecking] => Some(blocks[0]),
            _ => None,
        };
        let run = &statements[..lead.map_or(0, |lead| lead + 1)];
        let entry = NewEntry::new(need.entry.clone());
        if need.for_types {
            match run.iter().find_map(type_block) {
                Some(block) => {
                    let last =
                        *self.facts.syntax.blocks[block.index()].statements.last().expect("a suite is not empty");
                    self.join(last, need, entry);
                }
                None => self.late[1].push(need.clone()),
            }
            return;
        }
        let same = |id: &&StatementId| match &self.facts.syntax.statements[id.index()].kind {
            StatementKind::From(from) => {
                from.star.is_none() && need.module.as_deref() == Some(from.module_span.of(self.text))
            }
            _ => false,
        };
        let is_future = |id: &&StatementId| match &self.facts.syntax.statements[id.index()].kind {
            StatementKind::From(from) => from.is_future(),
            _ => false,
        };
        let place = run.iter().find(same).or(run.last().filter(|last| !is_future(last)));
        match place.copied() {
            Some(place) => self.join(place, need, entry),
            None => self.late[0].push(need.clone()),
        }
    }

    /// Adds an entry to a statement that imports from the same module, else to a new one behind it.
    pub(super) fn join(&mut self, place: StatementId, need: &Need, entry: NewEntry) {
        let statement = &self.facts.syntax.statements[place.index()];
        let is_first_import = matches!(
            statement.kind,
            StatementKind::Import(_) | StatementKind::From(_) | StatementKind::Expression(_) | StatementKind::If { .. }
        );
        let count = match &statement.kind {
            StatementKind::From(from)
                if from.star.is_none() && need.module.as_deref() == Some(from.module_span.of(self.text)) =>
            {
                Some(from.names.len())
            }
            _ => None,
        };
        let module = need.module.clone();
        let change = self.changes(place);
        if let Some(count) = count {
            if !matches!(change.own, Own::Import(_)) {
                let entries = vec![Entry::Keep; count];
                change.own = Own::Import(ImportChange { module: None, entries, add: Vec::new() });
            }
            if let Own::Import(import) = &mut change.own {
                import.add.push(entry);
            }
            return;
        }
        let list = if is_first_import { &mut change.after } else { &mut change.before };
        match list.iter_mut().find(|import| import.module.is_some() && import.module == module) {
            Some(import) => import.entries.push(entry),
            None => list.push(NewImport { module, entries: vec![entry] }),
        }
    }

    /// Takes the binding away that the definition takes the place of.
    pub(super) fn fold(&mut self, statement: StatementId, entry: Option<usize>) {
        let count = match &self.facts.syntax.statements[statement.index()].kind {
            StatementKind::From(from) => from.names.len(),
            _ => 0,
        };
        let change = self.changes(statement);
        let Some(entry) = entry else {
            change.own = Own::Remove;
            return;
        };
        if !matches!(change.own, Own::Import(_)) {
            change.own = Own::Import(ImportChange { module: None, entries: vec![Entry::Keep; count], add: Vec::new() });
        }
        if let Own::Import(import) = &mut change.own {
            import.entries[entry] = Entry::Drop;
        }
    }

    /// All edits of the file but those of a body.
    pub(super) fn edits(&self) -> Result<Edits, Objection> {
        let form = |text: String| (Reason::Form, text);
        let mut all: Vec<Edit> = self.raw.clone();
        for (block, changes) in &self.changes {
            let suite = Suite::new(self.text, &self.facts.syntax, *block, self.width);
            all.extend(change_suite(&suite, changes).map_err(|error| form(error.to_string()))?);
        }
        Edits::new(all).map_err(|error| form(error.to_string()))
    }

    /// The edits with the body behind everything, or behind the first imports; and where the body begins then.
    pub(super) fn with_body(&self, edits: Edits, body: &str, is_early: bool) -> (Edits, usize) {
        let newline = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
        let fit = |text: &str| text.replace("\r\n", "\n").replace('\n', newline);
        let mut edits = edits;
        let late = fit(&self.late_text());
        let late = if late.trim().is_empty() { String::new() } else { late };
        if !late.is_empty() {
            let changed = edits.apply(self.text);
            let at = behind_lead(&changed);
            edits = edits.then(self.text, &one_insert(at, late));
        }
        let changed = edits.apply(self.text);
        let at = if is_early { behind_lead(&changed) } else { changed.len() };
        let (before, behind) = (&changed[..at], &changed[at..]);
        let lines = |text: &str| text.matches('\n').count();
        let ends = before.len() - before.trim_end_matches(['\r', '\n']).len();
        let gap =
            if before.trim().is_empty() { 0 } else { 3_usize.saturating_sub(lines(&before[before.len() - ends..])) };
        let begins = behind.len() - behind.trim_start_matches(['\r', '\n']).len();
        let space = if behind.is_empty() { 0 } else { 2_usize.saturating_sub(lines(&behind[..begins])) };
        let last = if behind.is_empty() && ends == 0 && !before.is_empty() { "" } else { newline };
        let lead = newline.repeat(gap);
        let start = at + lead.len();
        let inserted = format!("{lead}{}{last}{}", fit(body.trim_end()), newline.repeat(space));
        (edits.then(self.text, &one_insert(at, inserted)), start)
    }

    /// Imports that stand in no statement yet, as a text of their own.
    pub(super) fn late_text(&self) -> String {
        let [plain, types] = &self.late;
        let gap = if self.lead().is_some() && !plain.is_empty() { "\n" } else { "" };
        let mut text: String = std::iter::once(gap.to_owned()).chain(plain.iter().map(need_text)).collect();
        if !types.is_empty() {
            let lead = if self.lead().is_some() || !plain.is_empty() { "\n" } else { "" };
            text += &format!("{lead}if TYPE_CHECKING:\n");
            types.iter().for_each(|need| text += &format!("    {}", need_text(need)));
        }
        let first = self.facts.syntax.blocks[0].statements.first().filter(|_| self.lead().is_none());
        match first.map(|id| &self.facts.syntax.statements[id.index()].kind) {
            Some(StatementKind::Class(_) | StatementKind::Function(_)) => text + "\n\n",
            Some(_) => text + "\n",
            None => text,
        }
    }
}

/// Where the line after the first imports of a text begins; without imports where its first statement does.
fn behind_lead(text: &str) -> usize {
    let Ok(syntax) = parse(text) else { return text.len() };
    let statements = &syntax.blocks[0].statements;
    let span = |index: usize| syntax.statements[statements[index].index()].span;
    let line_end = |end: usize| text[end..].find('\n').map_or(text.len(), |found| end + found + 1);
    match (lead(&syntax), statements.is_empty()) {
        (Some(lead), _) => line_end(span(lead).end()),
        (None, true) => text.len(),
        (None, false) => {
            let start = text[..span(0).start()].rfind('\n').map_or(0, |found| found + 1);
            let comments = text[..start].split_inclusive('\n').rev().take_while(|line| line.starts_with('#'));
            let above: usize = comments.map(str::len).sum();
            if above == start { start } else { start - above }
        }
    }
}

/// The last of the imports that a module begins with, or its docstring.
fn lead(syntax: &Syntax) -> Option<usize> {
    let statements = &syntax.blocks[0].statements;
    let leads = |(index, id): &(usize, &StatementId)| match &syntax.statements[id.index()].kind {
        StatementKind::Import(_) | StatementKind::From(_) => true,
        StatementKind::Expression(Value::Text(_)) => *index == 0,
        StatementKind::If { tests, .. } => tests[..] == [Test::TypeChecking],
        _ => false,
    };
    statements.iter().enumerate().take_while(leads).last().map(|(index, _)| index)
}

fn one_insert(at: usize, text: String) -> Edits {
    Edits::new(vec![Edit::insert(at, text)]).expect("one edit overlaps nothing")
}

fn need_text(need: &Need) -> String {
    match &need.module {
        Some(module) => format!("from {module} import {}\n", need.entry),
        None => format!("import {}\n", need.entry),
    }
}
