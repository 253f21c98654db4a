//! The family of a rule: its aliases, how each leads to the canonical symbol, and what becomes of each.

use serde::Serialize;

use super::super::explain::hop_word;
use super::super::view::View;
use super::super::visible::{shown_path, shown_text};
use crate::plan::{Action, FileChange};
use crate::python::Symbol;
use crate::rule::{Alias, Rule};
use crate::semantics::{Hop, Resolution, World};

/// One alias of a rule.
#[derive(Serialize)]
pub(super) struct AliasData {
    symbol: String,
    /// Another object, named under `merge`.
    merged: bool,
    route: Vec<HopData>,
    fate: Fate,
}

/// A name on the way from an alias to the definition.
#[derive(Serialize)]
struct HopData {
    symbol: String,
    path: String,
    line: u32,
    hop: &'static str,
}

/// What becomes of the statement that makes an alias exist.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Fate {
    Removed,
    Held,
    Stays,
    /// There is no such statement, or it is a whole module of them.
    Unsaid,
}

pub(super) fn aliases(rule: &Rule, view: &View, world: &World) -> Vec<AliasData> {
    let merged = rule.merge.iter().map(|symbol| (Alias::Symbol(symbol.clone()), true));
    let all = rule.aliases.iter().cloned().map(|alias| (alias, false)).chain(merged);
    all.map(|(alias, merged)| {
        let resolution = match &alias {
            Alias::Symbol(symbol) => known(world, symbol),
            Alias::Module(_) | Alias::Star(_) => None,
        };
        let route = resolution.map(|resolution| resolution.route).unwrap_or_default();
        let fate = route.first().map_or(Fate::Unsaid, |hop| fate(hop, view));
        let route = route.iter().map(|hop| hop_data(hop, view)).collect();
        AliasData { symbol: shown_text(&alias.to_string()).into_owned(), merged, route, fate }
    })
    .collect()
}

fn known(world: &World, symbol: &Symbol) -> Option<Resolution> {
    Some(world.symbol(symbol)).filter(|resolution| resolution.origin.unknown().is_none())
}

fn hop_data(hop: &Hop, view: &View) -> HopData {
    HopData {
        symbol: shown_text(&hop.symbol.to_string()).into_owned(),
        path: shown_path(&view.project.file(hop.file).path).into_owned(),
        line: line(hop, view),
        hop: hop_word(hop.kind),
    }
}

fn line(hop: &Hop, view: &View) -> u32 {
    view.project.line(hop.file, hop.span.start())
}

fn fate(hop: &Hop, view: &View) -> Fate {
    let path = &view.project.file(hop.file).path;
    let line = line(hop, view);
    let is_held = |refusal: &&crate::plan::Refusal| refusal.path == *path && refusal.position.line == line;
    if view.plan.refusals.iter().filter(is_held).any(|refusal| refusal.kind.is_shim()) {
        return Fate::Held;
    }
    let change = view.plan.changes.binary_search_by(|change| change.path.cmp(path)).ok();
    match change.is_some_and(|index| removes(&view.plan.changes[index], hop)) {
        true => Fate::Removed,
        false => Fate::Stays,
    }
}

/// Whether the change takes away what binds the name.
fn removes(change: &FileChange, hop: &Hop) -> bool {
    match &change.action {
        Action::Delete { .. } => true,
        Action::Create { .. } => false,
        Action::Edit { edits, notes } => edits.as_slice().iter().zip(notes).any(|(edit, note)| {
            note.kind.is_shim() && edit.span.start() <= hop.span.end() && hop.span.start() <= edit.span.end()
        }),
    }
}
