//! What the page is drawn from. Text of the tree stands in it as people shall see it.

use rayon::prelude::*;
use serde::Serialize;

use super::family::{self, AliasData, Side};
use super::hunks::{Hunk, Hunks};
use crate::plan::{Action, FileChange, Proof, Reason, Safety, census};
use crate::report::html::picture::Drawn;
use crate::report::totals::Totals;
use crate::report::view::View;
use crate::report::visible::{shown_path, shown_text};
use crate::report::why::why;
use crate::report::words::sentence;
use crate::rule::Rule;
use crate::semantics::World;
use crate::site::Kind;

/// What asks for an edit: the rule, the kind of place, and how sure it is.
type Asker = (usize, Kind, Safety);

#[derive(Serialize)]
pub(super) struct Page {
    proof: Proof,
    /// Files read.
    read: usize,
    edited: usize,
    deleted: usize,
    created: usize,
    shims_removed: usize,
    shims_held: usize,
    /// All rules; changes and refusals name them by their index.
    rules: Vec<RuleData>,
    marks: Vec<Mark>,
    /// Sorted by path.
    files: Vec<File>,
    reasons: Vec<ReasonData>,
    /// Sorted by path and offset.
    refusals: Vec<RefusalData>,
    /// Mentions that are never edited, by file ending.
    mentions: Vec<(String, usize)>,
}

#[derive(Serialize)]
struct RuleData {
    id: String,
    why: String,
    canonical: String,
    /// The names of the family, those that most files read before first.
    aliases: Vec<AliasData>,
    before: Drawn,
    after: Drawn,
}

#[derive(Serialize)]
struct Mark {
    rule: usize,
    kind: Kind,
    safety: Safety,
    why: &'static str,
}

#[derive(Serialize)]
struct File {
    path: String,
    action: &'static str,
    added: usize,
    removed: usize,
    /// Marks, each with the number of its edits.
    marks: Vec<(usize, usize)>,
    hunks: Vec<Hunk>,
}

#[derive(Serialize)]
struct ReasonData {
    code: Reason,
    says: &'static str,
}

#[derive(Serialize)]
struct RefusalData {
    path: String,
    line: u32,
    column: u32,
    rule: usize,
    kind: Kind,
    /// Index into the reasons.
    reason: usize,
    text: String,
}

impl Page {
    pub(super) fn new(view: &View, world: &World) -> Self {
        let totals = Totals::of(view.plan);
        let mut askers: Vec<Asker> = view.plan.changes.iter().flat_map(askers).map(|(asker, _)| asker).collect();
        askers.sort_unstable();
        askers.dedup();
        let mut reasons: Vec<Reason> = view.plan.refusals.iter().map(|refusal| refusal.reason).collect();
        reasons.sort_unstable();
        reasons.dedup();
        let mark = |&(rule, kind, safety): &Asker| Mark { rule, kind, safety, why: why(kind, safety) };
        Self {
            proof: view.proof,
            read: view.project.files.len(),
            edited: totals.edited,
            deleted: totals.deleted,
            created: totals.created,
            shims_removed: totals.shims_removed,
            shims_held: totals.shims_held,
            rules: rules(view, world),
            marks: askers.iter().map(mark).collect(),
            files: view.plan.changes.par_iter().map(|change| file(change, &askers, view)).collect(),
            refusals: refusals(view, &reasons),
            reasons: reasons.into_iter().map(|code| ReasonData { code, says: sentence(code) }).collect(),
            mentions: view.plan.mentions.iter().map(|(end, count)| (shown_text(end).into_owned(), *count)).collect(),
        }
    }
}

/// What asks for a change, edit by edit, each with the offset at which it stands.
fn askers(change: &FileChange) -> Vec<(Asker, usize)> {
    match &change.action {
        Action::Edit { edits, notes } => edits
            .as_slice()
            .iter()
            .zip(notes)
            .map(|(edit, note)| ((note.rule, note.kind, note.safety), edit.span.start()))
            .collect(),
        Action::Delete { rule } => vec![((*rule, Kind::ShimModule, Safety::Safe), 0)],
        Action::Create { rule, .. } => vec![((*rule, Kind::Definition, Safety::Safe), 0)],
    }
}

fn file(change: &FileChange, all: &[Asker], view: &View) -> File {
    let versions = view.versions(change);
    let shape = view.shape(&change.path);
    let mut hunks = Hunks::new(&versions);
    let mut marks: Vec<(usize, usize)> = Vec::new();
    for (asker, offset) in askers(change) {
        let mark = all.binary_search(&asker).expect("the page knows all that ask");
        match marks.iter_mut().find(|(known, _)| *known == mark) {
            Some((_, count)) => *count += 1,
            None => marks.push((mark, 1)),
        }
        let start = shape.file_offset(&change.before, offset).unwrap_or_default();
        let line = versions.before.iter().take(start).filter(|&&byte| byte == b'\n').count();
        hunks.mark(line, mark);
    }
    let action = match change.action {
        Action::Edit { .. } => "edit",
        Action::Delete { .. } => "delete",
        Action::Create { .. } => "create",
    };
    let Hunks { all: hunks, added, removed } = hunks;
    File { path: shown_path(&change.path).into_owned(), action, added, removed, marks, hunks }
}

fn rules(view: &View, world: &World) -> Vec<RuleData> {
    let changes = view.plan.changes.iter().map(|change| (change.path.clone(), change.after()));
    let new = world.changed(world.project.replace(changes.collect()));
    let before = census(world, view.rules, &[]);
    let after = census(&new, view.rules, &before);
    let side = |world, census| Side { world, census };
    let sides = before.iter().zip(&after).map(|(before, after)| (side(world, before), side(&new, after)));
    view.rules.rules.iter().zip(sides).map(|(rule, sides)| rule_data(rule, sides, view)).collect()
}

fn rule_data(rule: &Rule, sides: (Side, Side), view: &View) -> RuleData {
    RuleData {
        id: shown_text(&rule.id).into_owned(),
        why: shown_text(&rule.why).into_owned(),
        canonical: shown_text(&rule.canonical.to_string()).into_owned(),
        aliases: family::aliases(rule, sides, view),
        before: sides.0.drawn(),
        after: sides.1.drawn(),
    }
}

fn refusals(view: &View, reasons: &[Reason]) -> Vec<RefusalData> {
    let refusals = view.plan.refusals.iter().map(|refusal| RefusalData {
        path: shown_path(&refusal.path).into_owned(),
        line: refusal.position.line,
        column: refusal.position.column,
        rule: refusal.rule,
        kind: refusal.kind,
        reason: reasons.binary_search(&refusal.reason).expect("the page knows all reasons"),
        text: shown_text(&refusal.text).into_owned(),
    });
    refusals.collect()
}
