//! The numbers of a plan, counted once for every format.

use std::collections::{BTreeMap, BTreeSet};

use super::view::View;
use crate::plan::{Action, FileChange, Plan, Reason, Refusal};

/// What a plan comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Totals {
    pub(crate) edited: usize,
    pub(crate) deleted: usize,
    pub(crate) created: usize,
    pub(crate) edits: usize,
    pub(crate) shims_removed: usize,
    pub(crate) shims_held: usize,
    /// Files with a place that stays and is no shim.
    pub(crate) holders: usize,
}

impl Totals {
    pub(crate) fn of(plan: &Plan) -> Self {
        let mut totals = Self { shims_removed: plan.shims_removed, ..Self::default() };
        plan.changes.iter().for_each(|change| totals.add(change));
        totals.shims_held = plan.refusals.iter().filter(|refusal| is_held_shim(refusal)).count();
        let holders = plan.refusals.iter().filter(|refusal| !is_held_shim(refusal));
        totals.holders = holders.map(|refusal| &refusal.path).collect::<BTreeSet<_>>().len();
        totals
    }

    /// Files that change in any way.
    pub(crate) fn files(&self) -> usize {
        self.edited + self.deleted + self.created
    }

    fn add(&mut self, change: &FileChange) {
        match &change.action {
            Action::Edit { edits, .. } => {
                self.edited += 1;
                self.edits += edits.as_slice().len();
            }
            Action::Delete { .. } => self.deleted += 1,
            Action::Create { .. } => self.created += 1,
        }
    }
}

/// The rules at work in a plan, by their id, each with the number of its edits and deleted files.
pub fn rule_shares(view: &View) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for change in &view.plan.changes {
        match &change.action {
            Action::Edit { notes, .. } => notes.iter().for_each(|note| *counts.entry(note.rule).or_default() += 1),
            Action::Delete { rule } | Action::Create { rule, .. } => *counts.entry(*rule).or_default() += 1,
        }
    }
    let named = |(rule, count): (usize, usize)| Some((view.rules.rules.get(rule)?.id.clone(), count));
    counts.into_iter().filter_map(named).collect()
}

fn is_held_shim(refusal: &Refusal) -> bool {
    refusal.kind.is_shim() && matches!(refusal.reason, Reason::Held | Reason::HeldByText)
}
