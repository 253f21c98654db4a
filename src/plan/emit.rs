//! From wishes to edits: one change a statement, one call a suite.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::collapse::collapse;
use super::context::Draft;
use super::leftover::gone;
use super::place::Placer;
use super::wish::{EntryWish, Wishes};
use super::{Note, Reason};
use crate::python::edit::{Change, ListChange, ListEntry, Own, Suite, change_list, change_suite};
use crate::python::syntax::{BlockId, StatementId, StatementKind, StringId, Target};
use crate::text::{Cover, Edit, Edits, Span};

/// The edits of a file, each with the reason for it.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub edits: Edits,
    pub notes: Vec<Note>,
}

/// A statement that cannot be written as wished, and why.
#[derive(Debug)]
pub(super) struct Unwritten {
    pub statement: StatementId,
    pub reason: Reason,
    pub text: String,
}

/// Writes all wishes of a file.
pub(super) fn write(draft: &Draft, mut wishes: Wishes) -> Result<Written, Unwritten> {
    remove_appends(draft, &mut wishes);
    drop_emptied_tries(draft, &mut wishes);
    let mut changes = Placer::new(draft, &wishes).changes();
    collapse(draft, &wishes, &mut changes);
    remove(draft, &wishes, &mut changes);
    let gone: Cover = gone(draft, &wishes).into_iter().map(|(span, _)| span).collect();
    let cuts: Cover = wishes.cuts.keys().copied().collect();
    changes.retain(|id, _| !cuts.contains(draft.facts.syntax.statements[id.index()].span));
    let mut noted = suites(draft, changes)?;
    noted.extend(wishes.cuts.iter().map(|(span, note)| (Edit::new(*span, ""), *note)));
    noted.extend(lists(draft, &wishes, &gone)?);
    for (span, (text, note)) in wishes.tokens.iter().filter(|(span, _)| !gone.contains(**span)) {
        noted.push((Edit::new(*span, text.clone()), *note));
    }
    if let Some((block, note)) = wishes.appendix {
        append(draft.text, &mut noted, &block, note);
    }
    join(draft, noted)
}

/// Writes `block` at the end of the file, behind the last line that stays.
fn append(text: &str, noted: &mut Vec<(Edit, Note)>, block: &str, note: Note) {
    noted.sort_by(|(one, _), (other, _)| one.cmp(other));
    let mut end = text.trim_end().len();
    while let Some((edit, _)) = noted.pop_if(|(edit, _)| edit.span.end() >= end && edit.text.trim().is_empty()) {
        end = text[..edit.span.start()].trim_end().len();
    }
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let start = noted.last().map_or(end, |(edit, _)| end.max(edit.span.end()));
    if let Some((edit, _)) = noted.last_mut().filter(|(edit, _)| edit.span.end() == start) {
        edit.text.truncate(edit.text.trim_end().len());
    }
    let gap = match start {
        0 if noted.is_empty() => 0,
        _ if block.starts_with("def ") => 3,
        _ => 2,
    };
    noted.push((Edit::new(Span::new(start, text.len()), format!("{}{block}", newline.repeat(gap))), note));
}

/// `__all__.append("Old")` goes as a statement.
fn remove_appends(draft: &Draft, wishes: &mut Wishes) {
    let syntax = &draft.facts.syntax;
    if wishes.unlisted.is_empty() {
        return;
    }
    let lists = syntax.displays.iter().chain(&syntax.dictionaries);
    let listed: FxHashSet<StringId> = lists.flat_map(|list| list.elements.iter().flatten().copied()).collect();
    for (string, note) in wishes.unlisted.iter().filter(|(string, _)| !listed.contains(string)) {
        let statement = syntax.strings[string.index()].statement;
        if matches!(syntax.statements[statement.index()].kind, StatementKind::Expression(_)) {
            wishes.removed.insert(statement, *note);
        }
    }
}

/// A `try` whose arms make nothing but shims that go, goes as a whole.
fn drop_emptied_tries(draft: &Draft, wishes: &mut Wishes) {
    let syntax = &draft.facts.syntax;
    for (index, statement) in syntax.statements.iter().enumerate() {
        let StatementKind::Try { body, handlers, orelse: None, finally: None } = &statement.kind else { continue };
        let mut arms = std::iter::once(*body).chain(handlers.iter().map(|handler| handler.block));
        let first = syntax.blocks[body.index()].statements.first().copied();
        let Some(note) = first.and_then(|id| gone_note(draft, wishes, id)) else { continue };
        if arms.all(|arm| syntax.blocks[arm.index()].statements.iter().all(|id| leaves(draft, wishes, *id))) {
            wishes.removed.insert(StatementId(index as u32), note);
        }
    }
    let removed: Cover = wishes.removed.keys().map(|id| syntax.statements[id.index()].span).collect();
    let is_inside = |id: &StatementId| {
        let span = syntax.statements[id.index()].span;
        removed.around(span).is_some_and(|outer| outer != span)
    };
    wishes.removed.retain(|id, _| !is_inside(id));
    wishes.entries.retain(|(id, _), _| !is_inside(id));
    wishes.imports.retain(|id, _| !is_inside(id));
    wishes.targets.retain(|id, _| !is_inside(id));
}

fn gone_note(draft: &Draft, wishes: &Wishes, id: StatementId) -> Option<Note> {
    if !leaves(draft, wishes, id) {
        return None;
    }
    let entry = wishes.entries.range((id, 0)..=(id, usize::MAX)).next().map(|(_, (_, note))| *note);
    wishes.removed.get(&id).copied().or(entry)
}

pub(super) fn leaves(draft: &Draft, wishes: &Wishes, id: StatementId) -> bool {
    if wishes.removed.contains_key(&id) {
        return true;
    }
    let count = match &draft.facts.syntax.statements[id.index()].kind {
        StatementKind::Import(names) => names.len(),
        StatementKind::From(from) if from.star.is_none() => from.names.len(),
        StatementKind::Pass => return true,
        _ => return false,
    };
    let dropped = |entry| matches!(wishes.entries.get(&(id, entry)), Some((EntryWish::Drop, _)));
    (0..count).all(dropped)
}

/// The statements that go, and the targets and elements that go from assignments.
fn remove(draft: &Draft, wishes: &Wishes, changes: &mut BTreeMap<StatementId, (Change, Note)>) {
    for (id, note) in &wishes.removed {
        changes.entry(*id).or_insert_with(|| (Change::default(), *note)).0.own = Own::Remove;
    }
    for (id, (places, note)) in &wishes.targets {
        let StatementKind::Assign { targets, .. } = &draft.facts.syntax.statements[id.index()].kind else { continue };
        let own = match &targets[..] {
            [Target::Tuple(_)] => Own::DropElements(places.clone()),
            _ => Own::DropTargets(places.clone()),
        };
        changes.insert(*id, (Change::from(own), *note));
    }
}

fn suites(draft: &Draft, changes: BTreeMap<StatementId, (Change, Note)>) -> Result<Vec<(Edit, Note)>, Unwritten> {
    let syntax = &draft.facts.syntax;
    let mut by_block: BTreeMap<BlockId, Vec<(StatementId, Change, Note)>> = BTreeMap::new();
    for (id, (change, note)) in changes {
        by_block.entry(syntax.statements[id.index()].block).or_default().push((id, change, note));
    }
    let width = draft.run.world.project.line_length(draft.path());
    let mut written = Vec::new();
    for (block, members) in by_block {
        let suite = Suite::new(draft.text, syntax, block, width);
        let order = &syntax.blocks[block.index()].statements;
        let place = |id: &StatementId| order.binary_search(id).expect("a statement is in its block");
        let notes: Vec<_> = members.iter().map(|(id, _, note)| (syntax.statements[id.index()].span, *note)).collect();
        let changes = members.iter().map(|(id, change, _)| (place(id), change.clone())).collect();
        let edits = change_suite(&suite, &changes).map_err(|not| Unwritten {
            statement: order[not.index],
            reason: Reason::Form,
            text: not.to_string(),
        })?;
        written.extend(edits.into_iter().map(|edit| {
            let note = nearest(&notes, edit.span);
            (edit, note)
        }));
    }
    Ok(written)
}

/// The note of the statement that an edit stands in or next to; the statements are in source order.
fn nearest(notes: &[(Span, Note)], edit: Span) -> Note {
    let distance = |span: &Span| match span.overlaps(edit) {
        true => 0,
        false => span.start.abs_diff(edit.end).min(edit.start.abs_diff(span.end)),
    };
    let at = notes.partition_point(|(span, _)| span.end < edit.start);
    let around = &notes[at.saturating_sub(1)..notes.len().min(at + 2)];
    around.iter().min_by_key(|(span, _)| distance(span)).expect("a suite changes by a statement").1
}

/// Entries that go from the lists of `__all__`.
fn lists(draft: &Draft, wishes: &Wishes, gone: &Cover) -> Result<Vec<(Edit, Note)>, Unwritten> {
    let syntax = &draft.facts.syntax;
    let width = draft.run.world.project.line_length(draft.path());
    let mut written = Vec::new();
    for list in syntax.displays.iter().chain(&syntax.dictionaries) {
        if gone.contains(list.span) {
            continue;
        }
        let wish = |element: &Option<StringId>| element.and_then(|string| wishes.unlisted.get(&string));
        let Some(note) = list.elements.iter().find_map(wish) else { continue };
        let entry = |element| if wish(element).is_some() { ListEntry::Drop } else { ListEntry::Keep };
        let change = ListChange { entries: list.elements.iter().map(entry).collect(), add: Vec::new() };
        let edits = change_list(draft.text, list.span, &change, width).map_err(|why| Unwritten {
            statement: list.statement,
            reason: Reason::Form,
            text: why.to_string(),
        })?;
        written.extend(edits.into_iter().map(|edit| (edit, *note)));
    }
    Ok(written)
}

fn join(draft: &Draft, mut noted: Vec<(Edit, Note)>) -> Result<Written, Unwritten> {
    noted.sort_by(|(one, _), (other, _)| one.cmp(other));
    noted.dedup_by(|(one, _), (other, _)| one == other);
    noted.retain(|(edit, _)| edit.span.of(draft.text) != edit.text);
    let notes = noted.iter().map(|(_, note)| *note).collect();
    let first = noted.first().map_or(0, |(edit, _)| edit.span.start());
    match Edits::new(noted.into_iter().map(|(edit, _)| edit).collect()) {
        Ok(edits) => Ok(Written { edits, notes }),
        Err(overlap) => {
            let at = overlap.second.start().max(first);
            let statement = draft.facts.statement_at(at).unwrap_or(StatementId(0));
            Err(Unwritten { statement, reason: Reason::Form, text: "its changes touch the same place".into() })
        }
    }
}
