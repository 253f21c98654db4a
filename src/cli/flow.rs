//! The pipeline as far as a command needs it: rules, tree, project, meaning, proven plan.

use std::path::Path;

use super::failure::Failure;
use super::rules;
use super::session::Session;
use crate::disk::{self, ReadError, ReadOptions, Reading, Tree};
use crate::plan::{self, Finding, Verified};
use crate::project::{Project, RootConfig};
use crate::report::{View, counted};
use crate::rule::RuleSet;
use crate::semantics::World;

/// A tree with the rules that count in it, read into memory.
pub(super) struct Input {
    pub(super) tree: Tree,
    pub(super) rules: RuleSet,
    pub(super) world: World,
}

/// A change that holds all laws, and what it was made from.
pub(super) struct Proven {
    pub(super) input: Input,
    pub(super) verified: Verified,
}

impl Proven {
    pub(super) fn view(&self) -> View<'_> {
        View::new(&self.input.world.project, &self.input.rules, &self.verified)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.verified.plan().changes.is_empty()
    }
}

/// Reads the rules and the tree around `path`.
pub(super) fn read(path: &Path, session: &Session) -> Result<Input, Failure> {
    let tree = Tree::around(&session.folder.join(path)).map_err(|error| as_typed(error, path))?;
    let rules = rules::read(&session.global.rules, &tree)?;
    let reading = read_tree(&tree, &rules, session)?;
    session.progress.stage("decode", counted(reading.files.len(), "file"));
    let config = RootConfig { roots: session.global.root.clone() };
    let world = World::new(Project::new(reading.files, &config));
    Ok(Input { tree, rules, world })
}

/// Reads the tree; files that are not Python are kept if they mention what the rules speak of.
pub(super) fn read_tree(tree: &Tree, rules: &RuleSet, session: &Session) -> Result<Reading, Failure> {
    session.progress.stage("read", counted(rules.rules.len(), "rule"));
    let options = ReadOptions {
        needles: rules.names().into_iter().map(str::to_owned).collect(),
        excludes: session.global.exclude.clone(),
        ..ReadOptions::default()
    };
    let mut reading = disk::read(tree, &options)?;
    // Rules speak of aliases and are no reason to keep one.
    reading.files.retain(|file| !rules::is_rule_file(file));
    session.warn(reading.problems.iter().map(|problem| (problem.path.as_str(), problem.what.as_str())));
    Ok(reading)
}

/// The error with the path as it stands on the command line.
fn as_typed(error: ReadError, path: &Path) -> ReadError {
    match error {
        ReadError::Path { cause, .. } => ReadError::Path { path: path.display().to_string(), cause },
        other => other,
    }
}

/// Plans the change of what lies at `path`, and proves it.
pub(super) fn prove(path: &Path, session: &Session) -> Result<Proven, Failure> {
    let input = read(path, session)?;
    session.progress.stage("plan", counted(input.world.project.files.len(), "file"));
    let verified = plan::plan(&input.world, &input.rules, session.global.safety.into())
        .map_err(|mismatches| Failure::mismatch(&mismatches, &input.rules))?;
    Ok(Proven { input, verified })
}

/// Finds what goes through an alias, or makes one, in what lies at `path`.
pub(super) fn find(path: &Path, session: &Session) -> Result<(Input, Vec<Finding>), Failure> {
    let input = read(path, session)?;
    session.progress.stage("check", counted(input.world.project.files.len(), "file"));
    let mut findings = plan::findings(&input.world, &input.rules)
        .map_err(|mismatches| Failure::mismatch(&mismatches, &input.rules))?;
    findings.retain(|finding| is_editable(&input.world.project, &finding.path));
    Ok((input, findings))
}

/// Whether a file lies in the PATH that was asked for, and is not excluded.
fn is_editable(project: &Project, path: &str) -> bool {
    project.file_by_path(path).is_some_and(|file| project.file(file).editable)
}
