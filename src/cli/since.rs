//! `unshim check --since REV`: the findings that the tree of that revision did not have, whichever file has caused them.

use std::path::Path;

use super::failure::Failure;
use super::flow::{self, Input};
use super::session::Session;
use crate::disk;
use crate::plan::{self, Finding, FoundIn};
use crate::project::{Project, RootConfig};
use crate::rule::RuleSet;
use crate::semantics::World;
use crate::text::Search;

/// The new ones among the findings in what lies at `path`.
pub(super) fn new_since(
    revision: &str,
    path: &Path,
    (input, findings): (&Input, Vec<Finding>),
    session: &Session,
) -> Result<Vec<Finding>, Failure> {
    let tree = flow::tree(path, session)?;
    if !tree.is_repository {
        return Err(Failure::NoHistory);
    }
    session.progress.stage("read", revision);
    let options = flow::read_options(&input.rules, session);
    let mut committed = disk::read_revision(&tree, revision, &options)?;
    flow::leave_out(&mut committed.reading);
    let config = RootConfig { roots: session.global.root.clone() };
    let mut project = Project::new(committed.reading.files, &config);
    project.share(&input.world.project, &Search::new(input.rules.names()));
    let world = input.world.changed(project);
    let before = found_before(&world, &input.rules);
    let now = FoundIn { findings: &findings, project: &input.world.project };
    Ok(plan::new_since(now, FoundIn { findings: &before, project: &world.project }))
}

/// What the rules found before; a rule that did not fit the tree then, as its canonical symbol came later, found nothing.
fn found_before(world: &World, rules: &RuleSet) -> Vec<Finding> {
    let mut rules = RuleSet { rules: rules.rules.clone() };
    loop {
        match plan::findings(world, &rules, flow::today()) {
            Ok(findings) => return findings,
            Err(mismatches) => {
                let mut index = 0;
                rules.rules.retain(|_| {
                    index += 1;
                    !mismatches.iter().any(|mismatch| mismatch.rule == index - 1)
                });
            }
        }
    }
}
