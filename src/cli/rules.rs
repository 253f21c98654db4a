//! Where rules come from: `--rules`, else the nearest folder upward with `[tool.unshim]` or `rules/` that holds some.

use std::path::PathBuf;

use super::failure::Failure;
use super::init::STARTER;
use crate::disk::{self, RuleBytes, Tree};
use crate::project::{Content, Loaded};
use crate::rule::{self, Asked, RuleSet, RuleText};

/// Reads and checks the rules that are named, or those of the tree.
pub(super) fn read(named: &[PathBuf], tree: &Tree) -> Result<RuleSet, Failure> {
    checked(&texts(named, tree)?, named, tree)
}

/// The texts of these files.
pub(super) fn texts(named: &[PathBuf], tree: &Tree) -> Result<Vec<RuleText>, Failure> {
    Ok(files(named, tree)?.into_iter().map(text_of).collect())
}

/// The rules of these files, of which there must be some.
pub(super) fn checked(texts: &[RuleText], named: &[PathBuf], tree: &Tree) -> Result<RuleSet, Failure> {
    let rules = rule::read(texts)?;
    if !rules.rules.is_empty() {
        return Ok(rules);
    }
    match named {
        [] => {
            let starter = tree.top.join(&tree.inside).join(STARTER);
            let has_starter = disk::read_text(&starter).is_ok();
            Err(Failure::NoRules { is_repository: tree.is_repository, has_starter })
        }
        _ => Err(Failure::NoRulesIn { paths: named.iter().map(|path| path.display().to_string()).collect() }),
    }
}

/// The rule files that are named, or those of the tree.
pub(super) fn files(named: &[PathBuf], tree: &Tree) -> Result<Vec<RuleBytes>, Failure> {
    if named.is_empty() {
        disk::default_rule_files(tree, |name, bytes| rule::read_locations(name, bytes).map_err(Failure::from))
    } else {
        Ok(disk::named_rule_files(named)?)
    }
}

/// Whether a file of the tree holds rules, in use or not.
pub(super) fn is_rule_file(file: &Loaded) -> bool {
    let Content::Bytes(bytes) = &file.content else { return false };
    if !file.path.ends_with(".toml") {
        return false;
    }
    let text = RuleText { name: file.path.clone(), bytes: bytes.clone(), asked: Asked::ByFolder };
    rule::read(&[text]).is_ok_and(|rules| !rules.rules.is_empty())
}

fn text_of(file: RuleBytes) -> RuleText {
    let asked = if file.is_named { Asked::ByName } else { Asked::ByFolder };
    RuleText { name: file.name, bytes: file.bytes, asked }
}
