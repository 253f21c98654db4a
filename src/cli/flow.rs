//! The pipeline as far as a command needs it: rules, tree, project, meaning, proven plan.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use super::failure::Failure;
use super::rules;
use super::session::Session;
use crate::disk::{
    self, Ledger, ReadError, ReadOptions, Reading, Receipt, Recovered, RecoveryOutcome, RuleShare, Tree,
};
use crate::plan::{self, Left, Safety, Verified};
use crate::project::{Content, Loaded, Project, RootConfig};
use crate::report::apply::Done;
use crate::report::baseline::is_baseline;
use crate::report::{self, View, counted};
use crate::rule::{Day, RuleSet};
use crate::semantics::World;
use crate::timing::stage;

/// A tree with the rules that count in it, read into memory.
pub(super) struct Input {
    pub(super) rules: RuleSet,
    pub(super) world: World,
    /// How sure a site must be, if not the rules say.
    pub(super) safety: Option<Safety>,
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

    /// The change without what a review leaves as it is.
    pub(super) fn without(&self, left: &Left) -> Result<Verified, Failure> {
        let Input { rules, world, safety } = &self.input;
        plan::plan_without(world, rules, *safety, left).map_err(|mismatches| Failure::mismatch(&mismatches, rules))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.verified.plan().changes.is_empty()
    }
}

/// The tree around `path`.
pub(super) fn tree(path: &Path, session: &Session) -> Result<Tree, Failure> {
    Ok(Tree::around(&session.folder.join(path)).map_err(|error| as_typed(error, path))?)
}

/// Takes the lock of a tree that shall be changed, and ends what was cut off in it; whether anything was taken back.
pub(super) fn lock(tree: &Tree, session: &Session) -> Result<(Ledger, bool), Failure> {
    let ledger = Ledger::locked(tree)?;
    let mut is_taken_back = false;
    for Recovered { id, outcome } in disk::recover(&ledger)? {
        is_taken_back |= outcome == RecoveryOutcome::TakenBack;
        session.note(&match outcome {
            RecoveryOutcome::TakenBack => format!("change {id} was cut off and is taken back: all is as it was before"),
            RecoveryOutcome::Finished => format!("change {id} was cut off at its very end and is finished now"),
        });
    }
    Ok((ledger, is_taken_back))
}

/// What was done, for the report.
pub(super) fn done(receipt: &Receipt) -> Done {
    let Receipt { id, edited, deleted, created, folders, left_behind: _ } = receipt.clone();
    Done { id, edited, deleted, created, folders, branch: None, without_git: false }
}

/// How much each rule asks for, for the journal.
pub(super) fn rule_shares(proven: &Proven) -> Vec<RuleShare> {
    report::rule_shares(&proven.view()).into_iter().map(|(rule, edits)| RuleShare { rule, edits }).collect()
}

/// Reads the rules and the tree around `path`, with a look at what was read before it is decoded.
fn read_and(path: &Path, session: &Session, look: impl FnOnce(&Reading)) -> Result<Input, Failure> {
    let (tree, rules) = rules_at(path, session)?;
    let reading = read_tree(&tree, &rules, session)?;
    look(&reading);
    Ok(Input { rules, world: decode(reading, session)?, safety: session.global.safety.map(Safety::from) })
}

/// The tree around `path` and the rules that count in it.
pub(super) fn rules_at(path: &Path, session: &Session) -> Result<(Tree, RuleSet), Failure> {
    let tree = settled_tree(path, session)?;
    let rules = rules::read(&session.global.rules, &tree)?;
    Ok((tree, rules))
}

/// The tree around `path`, if no change of it is under way.
pub(super) fn settled_tree(path: &Path, session: &Session) -> Result<Tree, Failure> {
    let tree = tree(path, session)?;
    match disk::open_change(&tree) {
        Some(id) => Err(Failure::OpenChange { id }),
        None => Ok(tree),
    }
}

/// The world of what was read; a root that holds nothing would leave every name without a module.
pub(super) fn decode(reading: Reading, session: &Session) -> Result<World, Failure> {
    session.progress.stage("decode", counted(reading.files.len(), "file"));
    let config = RootConfig { roots: session.global.root.clone() };
    let project = stage("decode", || Project::new(reading.files, &config));
    match config.roots.into_iter().find(|root| !project.files.is_empty() && !project.holds(root)) {
        Some(root) => Err(Failure::EmptyRoot { root }),
        None => Ok(World::new(project)),
    }
}

/// Reads the tree; files that are not Python are kept if they mention what the rules speak of.
pub(super) fn read_tree(tree: &Tree, rules: &RuleSet, session: &Session) -> Result<Reading, Failure> {
    session.progress.stage("read", counted(rules.rules.len(), "rule"));
    read_with(tree, &read_options(rules, session), session)
}

/// Reads the tree, and tells what could not be read.
pub(super) fn read_with(tree: &Tree, options: &ReadOptions, session: &Session) -> Result<Reading, Failure> {
    let mut reading = stage("read", || disk::read(tree, options))?;
    settle(&mut reading, session);
    Ok(reading)
}

/// What is looked for, and what may be edited.
pub(super) fn read_options(rules: &RuleSet, session: &Session) -> ReadOptions {
    ReadOptions {
        names: rules.names().into_iter().map(str::to_owned).collect(),
        kept: Some(rules.names_of_sites().into_iter().map(str::to_owned).collect()),
        excludes: session.global.exclude.clone(),
        documents: rules.wants_docs(),
        ..ReadOptions::default()
    }
}

/// Leaves rule files and baselines out: they speak of aliases and are no reason to keep one.
pub(super) fn leave_out(reading: &mut Reading) {
    let is_baseline = |file: &Loaded| matches!(&file.content, Content::Bytes(bytes) if is_baseline(bytes));
    reading.files.retain(|file| !is_baseline(file) && !rules::is_rule_file(file));
}

/// Leaves rule files out, and tells what could not be read.
pub(super) fn settle(reading: &mut Reading, session: &Session) {
    leave_out(reading);
    session.warn(reading.problems.iter().map(|problem| (problem.path.as_str(), problem.what.as_str())));
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
    prove_and(path, session, |_| {})
}

/// The same, with a look at what was read before it is decoded.
pub(super) fn prove_and(path: &Path, session: &Session, look: impl FnOnce(&Reading)) -> Result<Proven, Failure> {
    let input = read_and(path, session, look)?;
    session.progress.stage("plan", counted(input.world.project.files.len(), "file"));
    let verified = plan::plan(&input.world, &input.rules, input.safety)
        .map_err(|mismatches| Failure::mismatch(&mismatches, &input.rules))?;
    Ok(Proven { input, verified })
}

/// Whether a path, at which there may be nothing any more, lies in the PATH that was asked for, and is not excluded.
pub(super) fn is_looked_at(project: &Project, tree: &Tree, path: &str) -> bool {
    let is_there = project.file_by_path(path).is_some() || project.other_by_path(path).is_some();
    let inside = path.strip_prefix(tree.inside.as_str());
    let is_inside = inside.is_some_and(|rest| tree.inside.is_empty() || rest.is_empty() || rest.starts_with('/'));
    if is_there { project.is_editable(path) } else { is_inside }
}

/// The day that it is here, as far as the clock knows; rule files name days without a zone.
pub(super) fn today() -> Day {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Day::after_epoch(since.as_secs() / 86_400)
}
