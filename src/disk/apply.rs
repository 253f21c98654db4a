//! Applying a proven plan in place: refused while git could not give the tree back, done for all files or for none.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use super::clean::{Dirt, find_dirt};
use super::git::GitError;
use super::interrupt::Interrupts;
use super::journal::{Head, RuleShare};
use super::ledger::Ledger;
use super::step::{Step, steps};
use super::swap::{Job, swap};
use super::top::Tree;
use super::verify::Check;
use crate::plan::Verified;
use crate::project::Project;

#[derive(Clone, Debug, Default)]
pub struct ApplyOptions {
    /// Changes that are not committed are no reason to refuse.
    pub allow_dirty: bool,
    /// A tree without git is no reason to refuse.
    pub allow_no_vcs: bool,
    /// `--verify`: what must succeed on the changed tree.
    pub check: Option<Check>,
    /// For the journal: how much each rule asks for.
    pub rules: Vec<RuleShare>,
}

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// What `undo` takes to take it back; empty if nothing was done.
    pub id: String,
    /// Files with new content.
    pub edited: usize,
    /// Files that are gone.
    pub deleted: usize,
    /// Files that were not there.
    pub created: usize,
    /// Folders that held nothing but deleted files, and are gone too.
    pub folders: usize,
    /// Old files under a temporary name that could not be removed, relative to the tree.
    pub left_behind: Vec<String>,
}

/// Why nothing was changed, or what could not be changed back.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    #[error("the work tree has changes that are not committed")]
    Dirty { dirt: Vec<Dirt> },
    #[error("the tree is no git repository, so git could not give it back")]
    NoRepository,
    #[error("cannot tell whether everything is committed: {0}")]
    Git(#[from] GitError),
    #[error("the tree changed since the preview")]
    Stale { files: Vec<StaleFile> },
    #[error("another `unshim` changes this tree{}", process.map(|id| format!(" (process {id})")).unwrap_or_default())]
    Locked { process: Option<u32> },
    #[error("an interrupted change cannot be taken back: files were edited since")]
    Unclear { files: Vec<StaleFile>, journal: String },
    #[error("cannot take back `{id}`: files were edited since")]
    Edited { id: String, files: Vec<StaleFile> },
    #[error("no change `{id}` is known in this tree")]
    UnknownId { id: String },
    #[error("several changes begin with `{id}`")]
    AmbiguousId { id: String, ids: Vec<String> },
    #[error("`{id}` is taken back already, by `{by}`")]
    UndoneAlready { id: String, by: String },
    #[error("there is a branch `{name}` already")]
    BranchExists { name: String },
    #[error("`{name}` is no name for a branch")]
    BranchName { name: String },
    #[error("`{command}` failed on the changed tree, {how}")]
    CheckFailed { command: String, how: String },
    #[error("cannot {action} `{path}`: {cause}")]
    Failed { action: &'static str, path: String, cause: io::Error },
    #[error("interrupted by signal {signal}")]
    Interrupted { signal: i32 },
    #[error("{cause}, and not every file could be put back")]
    Torn { cause: Box<ApplyError>, left: Vec<Unrestored> },
}

/// A file that is not what the plan was made for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaleFile {
    pub path: String,
    /// One line, lower case.
    pub why: String,
}

/// A file that could not be put back, and where its old content lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unrestored {
    pub path: String,
    pub old: String,
}

impl ApplyError {
    pub(super) fn failed(action: &'static str, path: &str, cause: io::Error) -> Self {
        ApplyError::Failed { action, path: path.to_owned(), cause }
    }
}

/// Makes the change that was proven for `project`, as it was read from the tree of `ledger`.
///
/// # Errors
/// All but [`ApplyError::Torn`] leave every file as it was.
pub fn apply(
    verified: &Verified,
    project: &Project,
    ledger: &Ledger,
    options: &ApplyOptions,
) -> Result<Receipt, ApplyError> {
    apply_steps(&steps(verified.plan(), project), ledger, options)
}

/// Refuses a change that [`apply`] would refuse as the tree is now.
pub fn may_apply(
    verified: &Verified,
    project: &Project,
    ledger: &Ledger,
    options: &ApplyOptions,
) -> Result<(), ApplyError> {
    let steps = steps(verified.plan(), project);
    if steps.is_empty() { Ok(()) } else { refuse_unsafe(&steps, &ledger.tree, options) }
}

/// Whether the check of `options` succeeds on the changed tree; the tree is as it was afterwards.
pub fn try_out(
    verified: &Verified,
    project: &Project,
    ledger: &Ledger,
    options: &ApplyOptions,
) -> Result<bool, ApplyError> {
    let steps = steps(verified.plan(), project);
    refuse_unsafe(&steps, &ledger.tree, options)?;
    let check = options.check.as_ref().expect("there is something to try");
    let interrupts = Interrupts::noted().map_err(|cause| ApplyError::failed("watch signals for", ".", cause))?;
    let run = || check.run(&ledger.tree.top, &|| interrupts.caught());
    if steps.is_empty() {
        return succeeded(run());
    }
    let passed = AtomicBool::new(false);
    let tried = || {
        passed.store(succeeded(run())?, Ordering::SeqCst);
        // The change is taken back either way.
        Err(ApplyError::CheckFailed { command: check.command.clone(), how: "as was asked for".to_owned() })
    };
    let watch = |_| interrupts.caught();
    match swap(
        ledger,
        &Job { steps: &steps, head: Head::default(), modes: &BTreeMap::new(), watch: &watch, check: &tried },
    ) {
        Err(ApplyError::CheckFailed { .. }) => Ok(passed.load(Ordering::SeqCst)),
        Err(error) => Err(error),
        Ok(_) => unreachable!("a check that always fails lets no change stay"),
    }
}

/// Whether a check succeeded, if nothing else went wrong.
pub(super) fn succeeded(result: Result<(), ApplyError>) -> Result<bool, ApplyError> {
    match result {
        Ok(()) => Ok(true),
        Err(ApplyError::CheckFailed { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Carries out all steps, or none, if the tree is one that may be changed.
fn apply_steps(steps: &[Step], ledger: &Ledger, options: &ApplyOptions) -> Result<Receipt, ApplyError> {
    let tree = &ledger.tree;
    if steps.is_empty() {
        return Ok(Receipt::default());
    }
    refuse_unsafe(steps, tree, options)?;
    let interrupts = Interrupts::noted().map_err(|cause| ApplyError::failed("watch signals for", ".", cause))?;
    let check = || match &options.check {
        Some(check) => check.run(&tree.top, &|| interrupts.caught()),
        None => Ok(()),
    };
    let head = Head { rules: options.rules.clone(), ..Head::default() };
    let watch = |_| interrupts.caught();
    swap(ledger, &Job { steps, head, modes: &BTreeMap::new(), watch: &watch, check: &check })
}

/// Refuses a tree that nothing could give back as it is.
fn refuse_unsafe(steps: &[Step], tree: &Tree, options: &ApplyOptions) -> Result<(), ApplyError> {
    if !tree.is_repository && !options.allow_no_vcs {
        return Err(ApplyError::NoRepository);
    }
    if tree.is_repository && !options.allow_dirty {
        let old = steps.iter().filter(|step| step.before().is_some());
        let paths: Vec<&str> = old.map(Step::path).collect();
        let dirt = find_dirt(tree, &paths)?;
        if !dirt.is_empty() {
            return Err(ApplyError::Dirty { dirt });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::clean::DirtKind;
    use super::super::scratch::{Scratch, replace};
    use super::*;

    const STRICT: ApplyOptions =
        ApplyOptions { allow_dirty: false, allow_no_vcs: false, check: None, rules: Vec::new() };

    fn apply_one(scratch: &Scratch, options: ApplyOptions) -> Result<Receipt, ApplyError> {
        apply_steps(&[replace("a.py", "old", "new")], &scratch.ledger(), &options)
    }

    /// What keeps a committed tree from being changed after something was done to it.
    fn dirt_after(change: impl Fn(&Scratch)) -> Vec<(String, DirtKind)> {
        let scratch = Scratch::committed(&[("a.py", "old"), ("b.py", "b")]);
        change(&scratch);
        match apply_one(&scratch, STRICT) {
            Ok(receipt) => {
                assert_eq!((receipt.edited, scratch.read("a.py").as_str()), (1, "new"));
                Vec::new()
            }
            Err(ApplyError::Dirty { dirt }) => {
                assert_eq!(scratch.read("a.py"), "old");
                dirt.into_iter().map(|dirt| (dirt.path, dirt.why)).collect()
            }
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn a_committed_tree_is_changed_whatever_else_lies_in_it() {
        assert_eq!(dirt_after(|_| {}), []);
        assert_eq!(dirt_after(|scratch| scratch.write("untracked.py", "x")), []);
    }

    #[test]
    fn every_uncommitted_change_is_dirt() {
        let dirt = |path: &str, why| vec![(path.to_owned(), why)];
        assert_eq!(dirt_after(|scratch| scratch.write("b.py", "longer")), dirt("b.py", DirtKind::Changed));
        assert_eq!(dirt_after(|scratch| scratch.write("b.py", "c")), dirt("b.py", DirtKind::Changed));
        assert_eq!(dirt_after(|scratch| scratch.remove("b.py")), dirt("b.py", DirtKind::Changed));
        let staged = |scratch: &Scratch| {
            scratch.write("c.py", "c");
            scratch.git(&["add", "c.py"]);
        };
        assert_eq!(dirt_after(staged), dirt("c.py", DirtKind::Staged));
        let hidden = |scratch: &Scratch| scratch.git(&["update-index", "--assume-unchanged", "a.py"]);
        assert_eq!(dirt_after(hidden), dirt("a.py", DirtKind::Untracked));
        let forgotten = |scratch: &Scratch| {
            scratch.git(&["rm", "-q", "--cached", "a.py"]);
            scratch.git(&["commit", "-qm", "forget"]);
        };
        assert_eq!(dirt_after(forgotten), dirt("a.py", DirtKind::Untracked));
    }

    #[test]
    fn a_file_that_was_only_touched_is_clean_and_so_are_converted_line_ends() {
        let touched = |scratch: &Scratch| {
            scratch.remove("b.py");
            scratch.write("b.py", "b");
        };
        assert_eq!(dirt_after(touched), []);
        let converted = |scratch: &Scratch| {
            scratch.write("c.py", "c\n");
            scratch.git(&["add", "c.py"]);
            scratch.git(&["commit", "-qm", "more"]);
            scratch.git(&["config", "core.autocrlf", "true"]);
            scratch.write("c.py", "c\r\n");
        };
        assert_eq!(dirt_after(converted), []);
    }

    #[test]
    fn no_program_of_the_repository_is_run() {
        let hostile = |scratch: &Scratch| {
            let program = format!("touch {}; cat", scratch.path().join("ran").display());
            for key in ["core.fsmonitor", "filter.x.clean", "filter.x.process", "filter.x.smudge", "diff.external"] {
                scratch.git(&["config", key, &program]);
            }
            scratch.git(&["config", "filter.x.required", "true"]);
            scratch.write(".git/info/attributes", "*.py filter=x diff=x");
            scratch.remove("b.py");
            scratch.write("b.py", "b");
        };
        let dirt = dirt_after(|scratch| {
            hostile(scratch);
            let tree = Tree::around(scratch.path()).unwrap();
            find_dirt(&tree, &["a.py"]).unwrap();
            assert!(!scratch.path().join("ran").exists());
        });
        assert_eq!(dirt, []);
    }

    #[test]
    fn nothing_committed_yet_is_dirt() {
        let scratch = Scratch::new(&[("a.py", "old")]);
        scratch.git(&["init", "-q"]);
        scratch.git(&["add", "a.py"]);
        let refused = apply_one(&scratch, STRICT).unwrap_err();
        assert!(matches!(refused, ApplyError::Dirty { dirt } if dirt[0].why == DirtKind::Staged));
        assert!(apply_one(&scratch, ApplyOptions { allow_dirty: true, ..STRICT }).is_ok());
    }

    #[test]
    fn a_tree_without_git_is_changed_only_if_that_is_allowed() {
        let scratch = Scratch::new(&[("a.py", "old")]);
        assert!(matches!(apply_one(&scratch, STRICT), Err(ApplyError::NoRepository)));
        assert!(apply_one(&scratch, ApplyOptions { allow_no_vcs: true, ..STRICT }).is_ok());
        assert_eq!(scratch.read("a.py"), "new");
    }

    #[test]
    fn no_steps_are_done_in_any_tree() {
        let scratch = Scratch::new(&[]);
        assert_eq!(apply_steps(&[], &scratch.ledger(), &STRICT).unwrap(), Receipt::default());
    }
}
