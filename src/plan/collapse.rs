//! `try: from old import Old` with `except ImportError: from older import Old`, once both arms say the same.

use std::collections::BTreeMap;

use super::Note;
use super::context::Draft;
use super::wish::{EntryWish, Needed, Wishes};
use crate::python::DottedName;
use crate::python::edit::{Change, Own};
use crate::python::syntax::{BlockId, StatementId, StatementKind};

/// Replaces each `try` whose two arms are equal, statement for statement, by the statements of the first.
///
/// Only with one handler and neither `else` nor `finally`, and only where the change made them equal.
pub(super) fn collapse(draft: &Draft, wishes: &Wishes, changes: &mut BTreeMap<StatementId, (Change, Note)>) {
    let syntax = &draft.facts.syntax;
    for (index, statement) in syntax.statements.iter().enumerate() {
        let StatementKind::Try { body, handlers, orelse: None, finally: None } = &statement.kind else { continue };
        let [handler] = &handlers[..] else { continue };
        let (first, second) = (members(draft, *body), members(draft, handler.block));
        let Some(note) = first.iter().chain(second).find_map(|id| changes.get(id)).map(|(_, note)| *note) else {
            continue;
        };
        let imports =
            |ids: &[StatementId]| ids.iter().map(|id| imports(draft, wishes, *id)).collect::<Option<Vec<_>>>();
        if imports(first).is_none() || imports(first) != imports(second) {
            continue;
        }
        let kept = first.iter().map(|id| syntax.statements[id.index()].span).collect();
        let inner = first.iter().enumerate().filter_map(|(place, id)| Some((place, changes.remove(id)?.0))).collect();
        second.iter().for_each(|id| {
            changes.remove(id);
        });
        let own = Own::Collapse { kept, changes: inner };
        changes.insert(StatementId(index as u32), (Change::from(own), note));
    }
}

fn members<'a>(draft: &'a Draft, block: BlockId) -> &'a [StatementId] {
    &draft.facts.syntax.blocks[block.index()].statements
}

/// What a `from` statement imports after the change: module, name and local name of each entry.
fn imports(draft: &Draft, wishes: &Wishes, id: StatementId) -> Option<Vec<(DottedName, String, String)>> {
    let StatementKind::From(from) = &draft.facts.syntax.statements[id.index()].kind else { return None };
    let own = draft.run.world.from_module(draft.file, from.level, from.module.as_ref())?;
    let after = |(place, entry): (usize, &crate::python::syntax::FromName)| match wishes.entries.get(&(id, place)) {
        None => Some((own.clone(), entry.name.to_string(), entry.bound().0.to_string())),
        Some((EntryWish::Needed(needed @ Needed::From { module, name, .. }), _)) => {
            Some((module.clone(), name.clone(), needed.bound().to_owned()))
        }
        Some(_) => None,
    };
    let entries: Option<Vec<_>> = from.names.iter().enumerate().map(after).collect();
    entries.filter(|entries| !entries.is_empty() && !wishes.imports.contains_key(&id))
}
