//! The user's own command, run on the changed tree: what it says decides whether the change stays.

use std::fs;
use std::io;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

use super::apply::ApplyError;
use super::git::{Git, GitError};
use super::ledger::Ledger;

/// Between two looks at whether the command has ended, or somebody asks for an end.
const PAUSE: Duration = Duration::from_millis(20);
/// How long a command may tidy up that was asked to end.
const GRACE: Duration = Duration::from_millis(300);
/// What the name of a work tree for a command begins with.
const PREFIX: &str = "unshim-";

/// A command of the user, for `sh -c`, run at the top of the tree.
///
/// It comes from the command line alone: no file of the repository can name one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    pub command: String,
}

impl Check {
    /// Runs the command in `folder`. What it prints goes to standard error.
    ///
    /// # Errors
    /// [`ApplyError::CheckFailed`] if it fails, [`ApplyError::Interrupted`] if a signal came: the command is ended.
    pub(super) fn run(&self, folder: &Path, watch: &dyn Fn() -> Option<i32>) -> Result<(), ApplyError> {
        let failed = |cause| ApplyError::failed("run", &self.command, cause);
        let mut child = Command::new("sh")
            .args(["-c", &self.command])
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(io::stderr())
            .process_group(0)
            .spawn()
            .map_err(failed)?;
        let status = loop {
            if let Some(status) = child.try_wait().map_err(failed)? {
                break status;
            }
            if let Some(signal) = watch() {
                end(&mut child);
                return Err(ApplyError::Interrupted { signal });
            }
            thread::sleep(PAUSE);
        };
        match watch() {
            Some(signal) => Err(ApplyError::Interrupted { signal }),
            None if status.success() => Ok(()),
            None => Err(ApplyError::CheckFailed { command: self.command.clone(), how: how(status) }),
        }
    }
}

/// Ends the command and all that it started.
fn end(child: &mut Child) {
    let group = Pid::from_raw(child.id() as i32);
    let tell = |signal| group.map(|group| kill_process_group(group, signal));
    tell(Signal::TERM);
    let begin = Instant::now();
    while begin.elapsed() < GRACE && matches!(child.try_wait(), Ok(None)) {
        thread::sleep(PAUSE);
    }
    tell(Signal::KILL);
    child.wait().ok();
}

fn how(status: ExitStatus) -> String {
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("with exit code {code}"),
        (None, Some(signal)) => format!("with signal {signal}"),
        (None, None) => "in a way that the system does not tell".to_owned(),
    }
}

/// Runs the command in a work tree of its own that holds this commit, and is gone afterwards.
pub(super) fn in_worktree(
    ledger: &Ledger,
    commit: &str,
    check: &Check,
    watch: &dyn Fn() -> Option<i32>,
) -> Result<(), ApplyError> {
    let failed = |cause| ApplyError::failed("make a work tree for", &check.command, cause);
    let git = Git::for_contents(&ledger.tree.top)?;
    let folder = tempfile::Builder::new().prefix(PREFIX).tempdir().map_err(failed)?;
    // Git files what it knows of a work tree under the last part of its path: one that nobody else has.
    let place = folder.path().join(folder.path().file_name().unwrap_or_default());
    let path = place.to_str().ok_or_else(|| failed(io::Error::other("its path is not UTF-8")))?;
    // If all ends here, the next run finds the path and removes the work tree.
    ledger.note_worktree(path).map_err(failed)?;
    git.ask(&["worktree", "add", "--quiet", "--no-checkout", "--detach", path, commit])?;
    let checked = git.in_folder(&place).ask(&["read-tree", "--reset", "-u", commit]).map_err(ApplyError::from);
    let result = checked.and_then(|_| check.run(&place, watch));
    remove_worktree(ledger, path)?;
    result
}

/// Removes a work tree that was made for a command, and what git knows of it.
pub(super) fn remove_worktree(ledger: &Ledger, path: &str) -> Result<(), GitError> {
    let git = Git::for_names(&ledger.tree.top);
    // Git removes only what it made. A folder that it does not know is left to the system's own tidying.
    git.ask(&["worktree", "remove", "--force", "--force", "--", path]).ok();
    forget_worktree(&git, ledger, Path::new(path))?;
    Ok(fs::remove_file(ledger.worktree_note())?)
}

/// Removes what git knows of a work tree that it was killed while making. `git worktree prune` would take along those of
/// the user whose folders are not there just now, as on a disk that is not mounted.
fn forget_worktree(git: &Git, ledger: &Ledger, path: &Path) -> Result<(), GitError> {
    let Some(name) = path.file_name() else { return Ok(()) };
    let known = ledger.tree.top.join(git.line(&["rev-parse", "--git-path", "worktrees"], &[])?).join(name);
    let is_ours = match fs::read_to_string(known.join("gitdir")) {
        Ok(place) => Path::new(place.trim_end()) == path.join(".git"),
        Err(_) => name.as_encoded_bytes().starts_with(PREFIX.as_bytes()) && known.is_dir(),
    };
    if is_ours {
        fs::remove_dir_all(known)?;
    }
    Ok(())
}

/// Removes the work tree of a run that was cut off.
pub(super) fn remove_old_worktree(ledger: &Ledger) -> Result<(), GitError> {
    match fs::read_to_string(ledger.worktree_note()) {
        Ok(path) => remove_worktree(ledger, path.trim()),
        Err(_) => Ok(()),
    }
}
