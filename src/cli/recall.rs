//! A check of a tree that was looked at before: what it found then holds, where nothing has changed that it depends on.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::arguments::Check;
use super::failure::Failure;
use super::flow::{self, Input, today};
use super::session::Session;
use crate::disk::{Cache, ReadOptions, Snapshot};
use crate::plan::{Finding, Memory, Safety};
use crate::report::counted;
use crate::rule::RuleSet;
use crate::timing::stage;

/// Finds what goes through an alias, or makes one, in what lies at the path that is asked for.
pub(super) fn find(check: &Check, session: &Session) -> Result<(Input, Vec<Finding>), Failure> {
    let (tree, rules) = flow::rules_at(&check.path, session)?;
    // What another revision holds is found in the whole of this one.
    let is_cached = !check.no_cache && check.since.is_none();
    let cache = is_cached.then(|| Cache::of(&tree, &question(&rules, session)).ok()).flatten();
    let known: Option<(Snapshot, Memory)> = cache.as_ref().and_then(|cache| stage("recall", || cache.load()));
    let (before, memory) = known.unzip();
    let before = cache.is_some().then(|| Arc::new(before.unwrap_or_default()));
    let options = ReadOptions { before: before.clone(), ..flow::read_options(&rules, session) };
    let mut reading = flow::read_with(&tree, &options, session)?;
    let snapshot = std::mem::take(&mut reading.snapshot);
    let changed = before.as_ref().and_then(|before| snapshot.changed_since(before));
    let world = flow::decode(reading, session)?;
    session.progress.stage("check", counted(world.project.files.len(), "file"));
    let updated = memory.zip(changed).and_then(|(memory, changed)| {
        let changed: FxHashSet<_> = changed.iter().filter_map(|path| world.project.file_by_path(path)).collect();
        memory.updated(&world, (&rules, today()), &changed)
    });
    let memory = updated.map_or_else(|| Memory::new(&world, &rules, today()), Ok);
    let known = (snapshot, memory.map_err(|mismatches| Failure::mismatch(&mismatches, &rules))?);
    if let Some(cache) = cache.filter(|_| before.is_none_or(|before| *before != known.0)) {
        // A run without what an earlier one has found is only slower.
        let _ = stage("remember", || cache.store(&known));
    }
    let mut findings = known.1.findings;
    findings.retain(|finding| world.project.is_editable(&finding.path));
    Ok((Input { rules, world, safety: session.global.safety.map(Safety::from) }, findings))
}

/// All that the answer depends on beside the tree. The day counts only where a rule has a last one.
fn question(rules: &RuleSet, session: &Session) -> String {
    let day = rules.rules.iter().any(|rule| rule.deadline.is_some()).then(today);
    format!("check {day:?} {:?} {:?} {rules:?}", session.global.root, session.global.exclude)
}
