//! Files in memory on which a change is planned as a whole or in parts, each part proven on its own.

use std::collections::BTreeSet;
use std::path::Path;

use super::failure::Failure;
use super::flow::{self, Input, Proven};
use super::rules;
use super::session::Session;
use crate::disk::{self, Tree};
use crate::plan::{self, Safety};
use crate::project::{Loaded, Project, RootConfig};
use crate::report::counted;
use crate::rule::RuleSet;
use crate::semantics::World;

pub(super) struct Base {
    pub(super) tree: Tree,
    pub(super) files: Vec<Loaded>,
    pub(super) rules: RuleSet,
    roots: Vec<String>,
    safety: Option<Safety>,
}

impl Base {
    /// The tree around `path` as it lies on the disk.
    pub(super) fn of_tree(path: &Path, session: &Session) -> Result<Self, Failure> {
        let tree = flow::tree(path, session)?;
        let rules = rules::read(&session.global.rules, &tree)?;
        let files = flow::read_tree(&tree, &rules, session)?.files;
        Ok(Self::new(tree, files, rules, session))
    }

    /// The tree around `path` as it is committed, and the name of the commit.
    pub(super) fn of_commit(path: &Path, session: &Session) -> Result<(Self, String), Failure> {
        let tree = flow::tree(path, session)?;
        if !tree.is_repository {
            return Err(Failure::NoBranches);
        }
        let rules = rules::read(&session.global.rules, &tree)?;
        session.progress.stage("read", "HEAD");
        let mut committed = disk::read_committed(&tree, &flow::read_options(&rules, session))?;
        flow::settle(&mut committed.reading, session);
        Ok((Self::new(tree, committed.reading.files, rules, session), committed.commit))
    }

    fn new(tree: Tree, files: Vec<Loaded>, rules: RuleSet, session: &Session) -> Self {
        let (roots, safety) = (session.global.root.clone(), session.global.safety.map(Safety::from));
        Self { tree, files, rules, roots, safety }
    }

    /// Plans and proves what `rules` ask for in the files that may be edited.
    pub(super) fn prove(
        &self,
        rules: RuleSet,
        may_edit: impl Fn(&str) -> bool,
        session: &Session,
    ) -> Result<Proven, Failure> {
        session.progress.stage("plan", counted(self.files.len(), "file"));
        let editable = |file: &Loaded| Loaded { editable: file.editable && may_edit(&file.path), ..file.clone() };
        let files = self.files.iter().map(editable).collect();
        let world = World::new(Project::new(files, &RootConfig { roots: self.roots.clone() }));
        let verified =
            plan::plan(&world, &rules, self.safety).map_err(|mismatches| Failure::mismatch(&mismatches, &rules))?;
        Ok(Proven { input: Input { rules, world, safety: self.safety }, verified })
    }

    /// The same for all rules and files.
    pub(super) fn prove_all(&self, session: &Session) -> Result<Proven, Failure> {
        self.prove(self.all_rules(), |_| true, session)
    }

    /// From now on all other files stay as they are.
    pub(super) fn edit_only(&mut self, paths: &BTreeSet<&str>) {
        self.files.iter_mut().for_each(|file| file.editable &= paths.contains(file.path.as_str()));
    }

    pub(super) fn all_rules(&self) -> RuleSet {
        RuleSet { rules: self.rules.rules.clone() }
    }
}
