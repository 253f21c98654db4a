//! What a check has found, for the next one: only files that have changed are looked at again, if no other depends on them.

use std::collections::BTreeSet;

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::findings::found;
use super::ignore::without_ignored;
use super::{Finding, moves};
use crate::project::{FileId, Project};
use crate::rule::{Day, RuleSet};
use crate::semantics::World;
use crate::site::{Families, Mismatch, Trail, find_changed, find_sides};

/// The findings of a tree under some rules, and what they depend on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// All findings, sorted by place.
    pub findings: Vec<Finding>,
    /// The files about which others have asked, by path.
    asked: BTreeSet<String>,
    /// Where modules are looked for.
    roots: String,
    /// One for each side.
    trails: Vec<Trail>,
}

impl Memory {
    /// Looks at a whole tree.
    pub fn new(world: &World, rules: &RuleSet, today: Day) -> Result<Self, Vec<Mismatch>> {
        let rules = &moves::settled(world, rules);
        let families = Families::of_sides(world, rules)?;
        let sites = find_sides(&families);
        let project = &world.project;
        let findings = without_ignored(world, project.par_files(), found(&families, &sites, today));
        let trails = sites.iter().map(|sites| sites.trail(project)).collect();
        Ok(Self { findings, asked: asked(world).collect(), roots: roots(project), trails })
    }

    /// Looks at the files of the tree that have changed since; `None` if what is found in others can be another as well.
    ///
    /// The tree has the same files as before, and what is not Python in it has not changed.
    pub fn updated(
        mut self,
        world: &World,
        (rules, today): (&RuleSet, Day),
        changed: &FxHashSet<FileId>,
    ) -> Option<Self> {
        let path = |file: &FileId| world.project.file(*file).path.as_str();
        if changed.is_empty() {
            return Some(self);
        }
        if changed.iter().any(|file| self.asked.contains(path(file))) || self.roots != roots(&world.project) {
            return None;
        }
        let settled = moves::settled(world, rules);
        let families = Families::of_sides(world, &settled).ok()?;
        let sites = find_changed(&families, changed, &mut self.trails)?;
        let fresh = without_ignored(world, changed.par_iter().copied(), found(&families, &sites, today));
        let paths: FxHashSet<&str> = changed.iter().map(path).collect();
        self.findings.retain(|finding| !paths.contains(finding.path.as_str()));
        self.findings.extend(fresh);
        self.findings.sort();
        self.asked.extend(asked(world));
        Some(self)
    }
}

fn asked(world: &World) -> impl Iterator<Item = String> {
    let files = (0..world.project.files.len() as u32).map(FileId);
    files.filter(|file| world.is_asked(*file)).map(|file| world.project.file(file).path.clone())
}

fn roots(project: &Project) -> String {
    format!("{:?}", project.roots)
}
