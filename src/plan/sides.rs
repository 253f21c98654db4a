//! The two worlds of a tree under one plan: each composes its own files, and what one keeps the other keeps as well.

use super::compose::{Composed, compose};
use super::context::{Kept, Run};
use super::{Plan, Safety, strings};
use crate::site::{Families, Sites};

/// A run for each side: the interpreter's, then that of type checkers, if the tree holds stubs.
pub(super) fn sides<'a>(families: &'a [Families<'a>], sites: &'a [Sites], safety: Option<Safety>) -> Vec<Run<'a>> {
    let pairs = families.iter().zip(sites);
    pairs.map(|(families, sites)| Run { world: families.world, families, sites, safety }).collect()
}

/// Composes every side, again and again until none keeps anything that another has not kept.
pub(super) fn compose_sides(runs: &[Run], mut kept: Kept) -> Vec<Composed> {
    loop {
        let before = kept.size();
        let mut composed = Vec::new();
        for run in runs {
            let side = compose(*run, kept);
            kept = side.kept.clone();
            composed.push(side);
        }
        if runs.len() == 1 || kept.size() == before {
            return composed;
        }
    }
}

/// What all sides change and leave alone.
pub(super) fn whole_plan(runs: &[Run], composed: &[Composed]) -> Plan {
    let mut plan = Plan::default();
    for (run, composed) in runs.iter().zip(composed) {
        let side = composed.plan(*run);
        plan.changes.extend(side.changes);
        plan.refusals.extend(side.refusals);
        plan.mentions = side.mentions;
        plan.shims_removed += side.shims_removed;
        strings::add(&mut plan.strings, side.strings);
    }
    plan.changes.sort_by(|one, other| one.path.cmp(&other.path));
    plan.refusals.sort();
    plan.refusals.dedup();
    plan
}
