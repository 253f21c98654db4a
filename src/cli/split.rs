//! `--split`: one change as several commits that different people can review, each of which holds all laws by itself.

use std::collections::{BTreeMap, BTreeSet};

use super::arguments::Split;
use super::base::Base;
use super::failure::Failure;
use super::flow::Proven;
use super::session::Session;
use crate::disk::{self, Draft};
use crate::plan::FileChange;
use crate::report;
use crate::rule::RuleSet;

/// A part of the change.
struct Part {
    /// What the message says of it.
    title: Option<String>,
    rules: RuleSet,
    /// What it may edit; everything if empty.
    paths: BTreeSet<String>,
}

/// The commits of a change that was planned as `whole`; one if it is not split.
///
/// Every part is planned on what the parts before it leave, and proven there. What only the last of them makes
/// possible, as the removal of a shim that several parts used, is a commit of its own.
pub(super) fn drafts(
    base: &mut Base,
    whole: &Proven,
    (split, commit): (Option<Split>, &str),
    session: &Session,
) -> Result<Vec<Draft>, Failure> {
    let Some(split) = split else {
        let message = report::commit::message(&whole.view(), None);
        return Ok(vec![Draft::new(&whole.verified, &whole.input.world.project, message)]);
    };
    let mut parts = match split {
        Split::Rule => by_rule(base),
        Split::Package => by_paths(base, whole, |change| Ok(package(whole, change)))?,
        Split::Codeowners => {
            let paths = || whole.verified.plan().changes.iter().map(|change| change.path.as_str());
            let owners = disk::owners(&base.tree, commit, paths()).map_err(disk::ApplyError::from)?;
            let owner = |path: &str| owners.get(path).cloned().unwrap_or_else(|| "without an owner".to_owned());
            by_paths(base, whole, |change| Ok(owner(&change.path)))?
        }
    };
    parts.push(Part { title: Some("the rest".to_owned()), rules: base.all_rules(), paths: BTreeSet::new() });
    let mut drafts = Vec::new();
    for Part { title, rules, paths } in parts {
        let proven = base.prove(rules, |path| paths.is_empty() || paths.contains(path), session)?;
        if !proven.is_empty() {
            let message = report::commit::message(&proven.view(), title.as_deref());
            let draft = Draft::new(&proven.verified, &proven.input.world.project, message);
            draft.carry_out(&mut base.files);
            drafts.push(draft);
        }
    }
    Ok(drafts)
}

fn by_rule(base: &Base) -> Vec<Part> {
    let part = |rule: &crate::rule::Rule| Part {
        title: None,
        rules: RuleSet { rules: vec![rule.clone()] },
        paths: BTreeSet::new(),
    };
    base.rules.rules.iter().map(part).collect()
}

fn by_paths(
    base: &Base,
    whole: &Proven,
    title: impl Fn(&FileChange) -> Result<String, Failure>,
) -> Result<Vec<Part>, Failure> {
    let mut groups: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for change in &whole.verified.plan().changes {
        groups.entry(title(change)?).or_default().insert(change.path.clone());
    }
    Ok(groups.into_iter().map(|(title, paths)| Part { title: Some(title), rules: base.all_rules(), paths }).collect())
}

/// The top-level package of a file, or its first folder.
fn package(whole: &Proven, change: &FileChange) -> String {
    let project = &whole.input.world.project;
    let module = project.file_by_path(&change.path).and_then(|file| project.modules_of(file).first().copied());
    match module {
        Some(module) => project.modules[module.index()].name.root().to_string(),
        None => change.path.split('/').next().unwrap_or_default().to_owned(),
    }
}
