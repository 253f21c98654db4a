//! Whether git could give the tree back as it is: no change that is not committed.

use rustc_hash::{FxHashMap, FxHashSet};

use super::git::{Git, GitError, fields};
use super::top::Tree;

/// A file that keeps the tree from being changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dirt {
    pub path: String,
    pub why: DirtKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DirtKind {
    /// Differs from what is staged.
    Changed,
    /// What is staged differs from the last commit.
    Staged,
    /// Shall be changed, and git does not have it, or was told not to look at it.
    Untracked,
}

/// Every change that is not committed, and those of `paths` that git does not keep; sorted.
///
/// Files that are not tracked do not matter otherwise. No program that the repository names is run.
pub(super) fn find_dirt(tree: &Tree, paths: &[&str]) -> Result<Vec<Dirt>, GitError> {
    let git = Git::for_contents(&tree.top)?;
    let mut dirt: Vec<Dirt> = Vec::new();
    let mut add = |paths: Vec<String>, why| dirt.extend(paths.into_iter().map(|path| Dirt { path, why }));
    add(changed(&git)?, DirtKind::Changed);
    add(staged(&git)?, DirtKind::Staged);
    add(untracked(&git, paths)?, DirtKind::Untracked);
    dirt.sort();
    let mut seen = FxHashSet::default();
    dirt.retain(|dirt| seen.insert(dirt.path.clone()));
    Ok(dirt)
}

/// Files whose content or mode is not what is staged.
fn changed(git: &Git<'_>) -> Result<Vec<String>, GitError> {
    let answer = git.ask(&["diff-files", "-z", "--raw", "--no-abbrev", "--no-renames", "--ignore-submodules=all"])?;
    let fields = fields(&answer);
    let mut dirty = Vec::new();
    let mut suspects: FxHashMap<&str, &str> = FxHashMap::default();
    for entry in fields.chunks_exact(2) {
        let (meta, path) = (&entry[0], entry[1].as_str());
        let meta: Vec<&str> = meta.trim_start_matches(':').split(' ').collect();
        // Only the time may differ: git compares contents when it next refreshes its index, and so do we.
        match meta[..] {
            [old, new, hash, _, "M"] if old == new && old.starts_with("100") && can_be_listed(path) => {
                suspects.insert(path, hash);
            }
            _ => dirty.push(path.to_owned()),
        }
    }
    dirty.extend(differing(git, &suspects)?);
    Ok(dirty)
}

/// `hash-object --stdin-paths` reads one path a line, and a quote opens a quoted one.
fn can_be_listed(path: &str) -> bool {
    !path.contains('\n') && !path.starts_with('"')
}

/// Those of the files whose content has another hash, after the conversions of line ends that are configured.
fn differing(git: &Git<'_>, suspects: &FxHashMap<&str, &str>) -> Result<Vec<String>, GitError> {
    if suspects.is_empty() {
        return Ok(Vec::new());
    }
    let paths: Vec<&str> = suspects.keys().copied().collect();
    let input: String = paths.iter().flat_map(|path| [*path, "\n"]).collect();
    let answer = git.ask_with_input(&["hash-object", "--stdin-paths"], input.as_bytes())?;
    let hashes = String::from_utf8_lossy(&answer);
    let pairs = paths.iter().zip(hashes.lines());
    Ok(pairs.filter(|(path, hash)| suspects[*path] != *hash).map(|(path, _)| path.to_string()).collect())
}

/// Files that are staged otherwise than they are committed.
fn staged(git: &Git<'_>) -> Result<Vec<String>, GitError> {
    let head = git.ask_tolerantly(&["rev-parse", "--quiet", "--verify", "HEAD^{tree}"])?;
    let head = if head.is_empty() { git.ask(&["hash-object", "-t", "tree", "--stdin"])? } else { head };
    let head = String::from_utf8_lossy(&head);
    let compare = ["diff-index", "--cached", "-z", "--name-only", "--no-renames", "--ignore-submodules=dirty"];
    Ok(fields(&git.ask(&[&compare[..], &[head.trim()]].concat())?))
}

/// Those of `paths` that git does not watch.
fn untracked(git: &Git<'_>, paths: &[&str]) -> Result<Vec<String>, GitError> {
    let tagged = fields(&git.ask(&["ls-files", "-z", "-v", "--cached"])?);
    let watched: FxHashSet<&str> = tagged.iter().filter_map(|entry| entry.strip_prefix("H ")).collect();
    Ok(paths.iter().filter(|path| !watched.contains(**path)).map(|path| path.to_string()).collect())
}
