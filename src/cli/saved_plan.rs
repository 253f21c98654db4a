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
use crate::disk::{self, Asked, Digests, SavedPlan, Tree};

/// Plans the change of what lies at `path`, with the digests of all that it depends on.
fn prove(path: &Path, session: &Session) -> Result<(Proven, Digests), Failure> {
    let tree = flow::tree(path, session)?;
    let named: Vec<PathBuf> = session.global.rules.iter().map(|path| session.folder.join(path)).collect();
    let mut rules = rules::files(&named, &tree)?;
    rules.iter_mut().for_each(|rule| rule.name = rooted(Path::new(&rule.name), &tree));
    let mut digests = Digests::new();
    let proven = flow::prove_and(path, session, |reading| digests = disk::digests(&reading.files, &rules))?;
    Ok((proven, digests))
}

/// Plans the change of what lies at `path`, and saves the plan.
pub(super) fn prove_and_save(file: &Path, path: &Path, session: &Session) -> Result<Proven, Failure> {
    let (proven, read) = prove(path, session)?;
    let tree = flow::tree(path, session)?;
    let global = session.global;
    let asked = Asked {
        rules: global.rules.iter().map(|path| rooted(&session.folder.join(path), &tree)).collect(),
        roots: global.root.clone(),
        excludes: global.exclude.clone(),
        safety: global
            .safety
            .and_then(|level| level.to_possible_value())
            .map_or_else(String::new, |value| value.get_name().to_owned()),
        path: tree.inside,
    };
    let changes = disk::outcome(&proven.verified, &proven.input.world.project);
    SavedPlan { asked, read, changes }.save(&session.folder.join(file))?;
    session.note(&format!("the plan is saved: `unshim apply --plan {}`", file.display()));
    Ok(proven)
}

/// Makes the plan of a file again, on the tree that the user is in; it has to come out the same.
pub(super) fn load(file: &Path, session: &Session) -> Result<Proven, Failure> {
    let file = session.folder.join(file);
    let plan = SavedPlan::load(&file)?;
    let tree = Tree::around(&session.folder)?;
    let global = Global {
        rules: plan.asked.rules.iter().map(|path| tree.top.join(path)).collect(),
        root: plan.asked.roots.clone(),
        exclude: plan.asked.excludes.clone(),
        safety: SafetyLevel::from_str(&plan.asked.safety, false).ok(),
        ..session.global.clone()
    };
    let (folder, screen, progress) = (tree.top.clone(), session.screen, Progress::hidden());
    let session = Session { global: &global, folder, out: &mut io::sink(), screen, progress };
    let (proven, read) = prove(Path::new(&plan.asked.path), &session)?;
    plan.compare_read(&read, &tree, &file)?;
    plan.compare_outcome(&disk::outcome(&proven.verified, &proven.input.world.project))?;
    Ok(proven)
}

/// A path as it is named from the tree's top.
fn rooted(path: &Path, tree: &Tree) -> String {
    path.strip_prefix(&tree.top).unwrap_or(path).display().to_string()
}
