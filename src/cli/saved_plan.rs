//! `diff --save-plan` and `apply --plan`: a plan that is reviewed now and carried out later, if nothing changed.

use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::arguments::{Global, SafetyLevel};
use super::failure::Failure;
use super::flow::{self, Proven};
use super::progress::Progress;
use super::rules;
use super::session::Session;
use crate::disk::{self, Asked, Digests, RuleBytes, SavedPlan, Tree};

/// A proven change, with all that it was made from.
pub(super) struct Made {
    pub(super) proven: Proven,
    pub(super) plan: SavedPlan,
    /// The top of the tree.
    pub(super) top: PathBuf,
}

/// Plans the change of what lies at `path`, with the digests of all that it depends on.
pub(super) fn make(path: &Path, session: &Session) -> Result<Made, Failure> {
    let tree = flow::tree(path, session)?;
    let rules = rule_files(&tree, session)?;
    let mut read = Digests::new();
    let proven = flow::prove_and(path, session, |reading| read = disk::digests(&reading.files, &rules))?;
    let changes = disk::outcome(&proven.verified, &proven.input.world.project);
    let top = tree.top.clone();
    let plan = SavedPlan { asked: asked(tree, session), read, changes, ..SavedPlan::default() };
    Ok(Made { proven, plan, top })
}

/// Plans the change of what lies at `path`, and saves the plan. What was decided on files that are still the same stays.
pub(super) fn prove_and_save(file: &Path, path: &Path, session: &Session) -> Result<Proven, Failure> {
    let Made { proven, mut plan, .. } = make(path, session)?;
    let place = session.folder.join(file);
    plan.verdicts = SavedPlan::load(&place).map(|old| old.verdicts_in(&plan.read)).unwrap_or_default();
    plan.save(&place)?;
    session.note(&format!("the plan is saved: `unshim apply --plan {}`", file.display()));
    Ok(proven)
}

/// Makes the plan of a file again, on the tree that the user is in; it has to come out the same.
pub(super) fn load(file: &Path, session: &Session) -> Result<Made, Failure> {
    let file = session.folder.join(file);
    let plan = SavedPlan::load(&file)?;
    let made = again(&plan, Tree::around(&session.folder)?.top, session, |_, path, session| make(path, session))?;
    let tree = Tree { top: made.top.clone(), inside: String::new(), is_repository: false };
    plan.compare_read(&made.plan.read, &tree, &file)?;
    plan.compare_outcome(&made.plan.changes)?;
    Ok(Made { plan, ..made })
}

/// Refuses a plan whose tree, or rules, changed since; `file` holds the plan itself, if one does.
pub(super) fn refuse_stale(made: &Made, file: Option<&Path>, session: &Session) -> Result<(), Failure> {
    let Made { plan, top, .. } = made;
    let file = file.map(|file| session.folder.join(file)).unwrap_or_default();
    again(plan, top.clone(), session, |tree, _, session| {
        let rules = rules::read(&session.global.rules, tree)?;
        let mut reading = disk::read(tree, &flow::read_options(&rules, session))?;
        flow::leave_out(&mut reading);
        Ok(plan.compare_read(&disk::digests(&reading.files, &rule_files(tree, session)?), tree, &file)?)
    })
}

/// Does something with the tree, the path and the options of a plan, without a word.
fn again<T>(
    plan: &SavedPlan,
    top: PathBuf,
    session: &Session,
    work: impl FnOnce(&Tree, &Path, &Session) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let path = Path::new(&plan.asked.path);
    let global = Global {
        rules: plan.asked.rules.iter().map(|path| top.join(path)).collect(),
        root: plan.asked.roots.clone(),
        exclude: plan.asked.excludes.clone(),
        safety: SafetyLevel::from_str(&plan.asked.safety, false).ok(),
        ..session.global.clone()
    };
    let (screen, progress) = (session.screen, Progress::hidden());
    let session = Session { global: &global, folder: top, out: &mut io::sink(), screen, progress };
    work(&flow::tree(path, &session)?, path, &session)
}

/// What a command was asked for.
fn asked(tree: Tree, session: &Session) -> Asked {
    let global = session.global;
    let safety = global.safety.and_then(|level| level.to_possible_value());
    Asked {
        rules: global.rules.iter().map(|path| rooted(&session.folder.join(path), &tree)).collect(),
        roots: global.root.clone(),
        excludes: global.exclude.clone(),
        safety: safety.map_or_else(String::new, |value| value.get_name().to_owned()),
        path: tree.inside,
    }
}

/// The rule files that count, named from the tree's top.
fn rule_files(tree: &Tree, session: &Session) -> Result<Vec<RuleBytes>, Failure> {
    let named: Vec<PathBuf> = session.global.rules.iter().map(|path| session.folder.join(path)).collect();
    let mut rules = rules::files(&named, tree)?;
    rules.iter_mut().for_each(|rule| rule.name = rooted(Path::new(&rule.name), tree));
    Ok(rules)
}

/// A path as it is named from the tree's top.
fn rooted(path: &Path, tree: &Tree) -> String {
    path.strip_prefix(&tree.top).unwrap_or(path).display().to_string()
}
