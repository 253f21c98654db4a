//! What a check has found, for the next one: only files that have changed, and those that depend on them, are looked at again.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::findings::found;
use super::ignore::without_ignored;
use super::{Finding, moves};
use crate::project::{FileId, Project};
use crate::rule::{Day, RuleSet};
use crate::semantics::{ANY, World};
use crate::site::{Families, Mismatch, Trail, find_changed, find_sides};

/// The findings of a tree under some rules, and what they depend on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// All findings, sorted by place.
    pub findings: Vec<Finding>,
    /// The files on which all that is found can depend.
    shared: BTreeSet<FileId>,
    /// For each file those on which what is found in it depends.
    needed: BTreeMap<FileId, BTreeSet<FileId>>,
    /// The same for what is found in files that are not Python.
    needed_elsewhere: BTreeSet<FileId>,
    /// What the tree says of the rules.
    said: String,
    /// Where modules are looked for.
    roots: String,
    /// One for each side.
    trails: Vec<Trail>,
}

impl Memory {
    /// Looks at a whole tree.
    pub fn new(world: &World, rules: &RuleSet, today: Day) -> Result<Self, Vec<Mismatch>> {
        let settled = world.found_anew(|| moves::settled(world, rules));
        let (families, said) = families(world, &settled)?;
        let sites = find_sides(&families);
        let project = &world.project;
        let findings = without_ignored(world, project.par_files(), found(&families, &sites, today));
        let needed = files(world).map(|file| (file, world.needed_in(file)));
        Ok(Self {
            findings,
            shared: shared(world).collect(),
            needed: needed.filter(|(_, needed)| !needed.is_empty()).collect(),
            needed_elsewhere: world.needed_elsewhere(),
            said,
            roots: roots(project),
            trails: sites.iter().map(|sites| sites.trail(project)).collect(),
        })
    }

    /// Looks at the files of the tree that have changed since, and at those that depend on them; `None` if all must be looked at:
    /// all can depend on them, modules are looked for elsewhere, the tree says something else of the rules, or aliases go by other
    /// names.
    ///
    /// The tree has the same files as before, and what is not Python in it has not changed.
    pub fn updated(
        mut self,
        world: &World,
        (rules, today): (&RuleSet, Day),
        changed: &FxHashSet<FileId>,
    ) -> Option<Self> {
        if changed.is_empty() {
            return Some(self);
        }
        if changed.iter().any(|file| self.shared.contains(file)) || self.roots != roots(&world.project) {
            return None;
        }
        let settled = world.found_anew(|| moves::settled(world, rules));
        let (families, _) = families(world, &settled).ok().filter(|(_, said)| *said == self.said)?;
        let depends = |needed: &BTreeSet<FileId>| needed.iter().any(|file| *file == ANY || changed.contains(file));
        let dependent = self.needed.iter().filter(|(_, needed)| depends(needed)).map(|(file, _)| *file);
        let stale: FxHashSet<FileId> = changed.iter().copied().chain(dependent).collect();
        let is_elsewhere = depends(&self.needed_elsewhere);
        let sites = find_changed(&families, &stale, is_elsewhere, &mut self.trails)?;
        let fresh = without_ignored(world, stale.par_iter().copied(), found(&families, &sites, today));
        self.findings.retain(|finding| match world.project.file_by_path(&finding.path) {
            Some(file) => !stale.contains(&file),
            None => !is_elsewhere,
        });
        self.findings.extend(fresh);
        self.findings.sort();
        self.needed_elsewhere.extend(world.needed_elsewhere());
        self.needed.extend(stale.into_iter().map(|file| (file, world.needed_in(file))));
        self.shared.extend(shared(world));
        Some(self)
    }
}

/// The families of all sides, and what the tree says of the rules: these are found anew every time.
fn families<'w>(world: &'w World, rules: &'w RuleSet) -> Result<(Vec<Families<'w>>, String), Vec<Mismatch>> {
    world.found_anew(|| {
        let families = Families::of_sides(world, rules)?;
        let said: String = families.iter().map(Families::said).collect();
        Ok((families, format!("{said} {rules:?}")))
    })
}

fn shared(world: &World) -> impl Iterator<Item = FileId> {
    files(world).filter(|file| world.is_shared(*file))
}

fn files(world: &World) -> impl Iterator<Item = FileId> + use<> {
    (0..world.project.files.len() as u32).map(FileId)
}

fn roots(project: &Project) -> String {
    format!("{:?}", project.roots)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::findings;
    use crate::project::{Loaded, RootConfig};
    use crate::rule::{Asked, RuleText, read};

    const RULE: &str = "[[rule]]\nid = \"new\"\ncanonical = \"new:New\"\naliases = [\"old:Old\"]\n";

    fn world(first: &str, second: &str) -> World {
        let files = [
            ("new.py", "class New: pass\n"),
            ("old.py", "from new import New as Old\n"),
            ("first.py", first),
            ("second.py", second),
            ("third.py", "from second import Other\n"),
        ];
        let files = files.map(|(path, text)| Loaded::text(path, text));
        World::new(Project::new(files.into(), &RootConfig::default()))
    }

    #[test]
    fn what_a_changed_file_passes_on_by_the_name_of_another_is_looked_for_everywhere() {
        let rules = read(&[RuleText { name: "rule.toml".into(), bytes: RULE.into(), asked: Asked::ByName }]).unwrap();
        let day = Day::parse("2027-01-01").unwrap();
        let before = world("from old import Old as X\n", "from first import X\n");
        let after = world("\nfrom old import Old as X\n", "from first import X as Other\n");
        let changed = ["first.py", "second.py"].iter().filter_map(|path| after.project.file_by_path(path)).collect();
        let updated = Memory::new(&before, &rules, day).unwrap().updated(&after, (&rules, day), &changed);
        let fresh = findings(&after, &rules, day).unwrap();
        assert!(fresh.iter().any(|finding| finding.path == "third.py"));
        assert!(updated.is_none_or(|memory| memory.findings == fresh));
    }
}
