//! The move and the plan for the tree after it, as one change of the tree before it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Action, FileChange, Note, Proof, Refusal, Safety, Verified};
use super::{Moving, Stayed};
use crate::semantics::World;
use crate::site::Kind;
use crate::text::{Edit, Edits, LineIndex, Span};

pub(super) fn finish(world: &World, moving: Moving, verified: Verified, stayed: &BTreeMap<usize, Stayed>) -> Verified {
    let Verified { mut plan, proof } = verified;
    let planned = std::mem::take(&mut plan.changes);
    let mut changes: BTreeMap<String, FileChange> =
        planned.into_iter().map(|change| (change.path.clone(), change)).collect();
    for (path, (edits, rule)) in &moving.edits {
        let before = text(world, path);
        let note = Note { rule: *rule, kind: Kind::Definition, safety: Safety::Safe };
        let action = joined(&before, edits, (changes.remove(path), note));
        if !matches!(&action, Action::Edit { edits, .. } if edits.is_empty()) {
            changes.insert(path.clone(), FileChange { path: path.clone(), before, action });
        }
    }
    plan.changes = changes.into_values().collect();
    for refusal in &mut plan.refusals {
        *refusal = as_before(world, &moving, refusal.clone());
    }
    plan.refusals.extend(stayed.values().map(|stay| refusal(world, stay)));
    plan.refusals.sort();
    plan.refusals.dedup();
    plan.moves = moving.moves;
    let (proven, refused) = (proof.proven + moving.proven, plan.refusals.len());
    Verified { plan, proof: Proof { references: proven + refused, proven, refused, ..proof } }
}

/// Turns the edits of files that are not there into their making, with the packages around them.
pub(super) fn create(world: &World, paths: &BTreeSet<String>, verified: &mut Verified) {
    let mut packages: BTreeMap<String, usize> = BTreeMap::new();
    for change in verified.plan.changes.iter_mut().filter(|change| paths.contains(&change.path)) {
        let Action::Edit { edits, notes } = &change.action else { continue };
        let rule = notes.first().map_or(0, |note| note.rule);
        let text = edits.apply(&text(world, &change.path));
        change.before.clear();
        change.action = Action::Create { text, rule };
        let folders = change.path.match_indices('/').map(|(end, _)| format!("{}/__init__.py", &change.path[..end]));
        packages.extend(folders.filter(|path| paths.contains(path)).map(|path| (path, rule)));
    }
    let changes = &mut verified.plan.changes;
    packages.retain(|path, _| !changes.iter().any(|change| change.path == *path));
    changes.extend(packages.into_iter().map(|(path, rule)| {
        let action = Action::Create { text: String::new(), rule };
        FileChange { path, before: String::new(), action }
    }));
    changes.sort_by(|one, other| one.path.cmp(&other.path));
}

fn text(world: &World, path: &str) -> String {
    let file = world.project.file_by_path(path);
    file.and_then(|file| world.project.text(file)).unwrap_or_default().to_owned()
}

/// What happens to a file in both steps.
fn joined(before: &str, first: &Edits, (second, note): (Option<FileChange>, Note)) -> Action {
    match second.map(|change| change.action) {
        None => Action::Edit { notes: vec![note; first.as_slice().len()], edits: first.clone() },
        Some(Action::Edit { edits: later, notes }) => {
            let edits = first.then(before, &later);
            let own = |edit: &Edit| {
                let untouched = !first.as_slice().iter().any(|first| touches(first.span, edit.span));
                let starts = |later: &&(&Edit, &Note)| first.source(later.0.span.start()) == edit.span.start();
                let pairs: Vec<_> = later.as_slice().iter().zip(&notes).collect();
                pairs.iter().find(starts).filter(|_| untouched).map_or(note, |(_, note)| **note)
            };
            Action::Edit { notes: edits.as_slice().iter().map(own).collect(), edits }
        }
        Some(other) => other,
    }
}

fn touches(one: Span, other: Span) -> bool {
    one.start() <= other.end() && other.start() <= one.end()
}

/// A refusal at its place in the tree as it is.
fn as_before(world: &World, moving: &Moving, mut refusal: Refusal) -> Refusal {
    let Some((edits, _)) = moving.edits.get(&refusal.path) else { return refusal };
    let offset = refusal.span.start();
    let inside = moving
        .bodies
        .iter()
        .find(|body| body.to == refusal.path && body.start <= offset && offset < body.start + body.source.len());
    let (path, start) = match inside {
        Some(body) => (body.from.clone(), body.source.start() + offset - body.start),
        None => (refusal.path.clone(), edits.source(offset)),
    };
    let before = text(world, &path);
    let start = before.floor_char_boundary(start.min(before.len()));
    refusal.position = LineIndex::new(&before).position(start, &before);
    refusal.span = Span::new(start, start + refusal.span.len());
    refusal.path = path;
    refusal
}

fn refusal(world: &World, stayed: &Stayed) -> Refusal {
    Refusal {
        path: world.project.file(stayed.file).path.clone(),
        position: world.project.position(stayed.file, stayed.span.start()),
        span: stayed.span,
        rule: stayed.rule,
        kind: Kind::Definition,
        reason: stayed.why.0,
        text: stayed.why.1.clone(),
    }
}
