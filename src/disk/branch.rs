//! A change as commits on a new branch: made of objects and one reference, with the work tree and its index untouched.
//!
//! Nothing that the repository names is run: no hook, no filter, no signing program.

use std::fs;
use std::io;
use std::path::PathBuf;

use super::apply::{ApplyError, Receipt, succeeded};
use super::git::{Git, GitError};
use super::interrupt::Interrupts;
use super::journal::{BranchEntry, Head, Journal, RuleShare};
use super::ledger::{JournalFile, Ledger, Stage};
use super::step::{Step, steps};
use super::verify::{Check, in_worktree};
use crate::plan::Verified;
use crate::project::{Content, Loaded, Project};

/// The content of one commit: a proven change of what the commit before it holds.
#[derive(Debug)]
pub struct Draft {
    steps: Vec<Step>,
    message: String,
}

impl Draft {
    /// The change that was proven for `project`.
    pub fn new(verified: &Verified, project: &Project, message: String) -> Self {
        Self { steps: steps(verified.plan(), project), message }
    }

    /// The paths that it changes.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().map(Step::path)
    }

    /// Makes the change in memory.
    pub fn carry_out(&self, files: &mut Vec<Loaded>) {
        for step in &self.steps {
            let known = files.iter_mut().find(|file| file.path == step.path());
            match (known, step.after()) {
                (Some(file), Some(after)) => file.content = Content::Bytes(after.to_vec()),
                (None, Some(after)) => {
                    let content = Content::Bytes(after.to_vec());
                    files.push(Loaded { path: step.path().to_owned(), content, editable: true });
                }
                (_, None) => files.retain(|file| file.path != step.path()),
            }
        }
    }
}

/// What the branch is called, where it begins, and what must succeed on it.
#[derive(Debug)]
pub struct NewBranch<'b> {
    pub name: &'b str,
    /// The commit that it was planned on.
    pub base: &'b str,
    pub rules: Vec<RuleShare>,
    /// `--verify`
    pub check: Option<Check>,
}

/// Refuses a name that no new branch can have.
pub fn refuse_branch(ledger: &Ledger, name: &str) -> Result<(), ApplyError> {
    reference(&Git::for_objects(&ledger.tree.top), name).map(drop)
}

/// Makes the branch with one commit for each draft.
///
/// # Errors
/// [`ApplyError::BranchExists`] if there is one of that name. No error leaves a branch behind.
pub fn make_branch(ledger: &Ledger, branch: &NewBranch, drafts: &[Draft]) -> Result<Receipt, ApplyError> {
    let interrupts = Interrupts::noted().map_err(|cause| ApplyError::failed("watch signals for", ".", cause))?;
    let git = Git::for_objects(&ledger.tree.top);
    let name = reference(&git, branch.name)?;
    let workshop = Workshop::open(ledger).map_err(|cause| ApplyError::failed("make a folder for", ".", cause))?;
    let mut tip = branch.base.to_owned();
    for draft in drafts {
        tip = workshop.commit(&git, &tip, draft)?;
        if let Some(signal) = interrupts.caught() {
            return Err(ApplyError::Interrupted { signal });
        }
    }
    if let Some(check) = &branch.check {
        in_worktree(ledger, &tip, check, &|| interrupts.caught())?;
    }
    let entry = BranchEntry { name: name.clone(), old: None, new: Some(tip) };
    let head = Head { rules: branch.rules.clone(), branch: Some(entry), ..Head::default() };
    let count = |is: fn(&Step) -> bool| drafts.iter().flat_map(|draft| &draft.steps).filter(|step| is(step)).count();
    let head = Head {
        edited: count(|step| matches!(step, Step::Replace { .. })),
        deleted: count(|step| matches!(step, Step::Delete { .. })),
        created: count(|step| matches!(step, Step::Create { .. })),
        ..head
    };
    point(ledger, head)
}

/// Whether the check succeeds on a commit of this draft; no reference speaks of it afterwards.
pub fn try_draft(ledger: &Ledger, base: &str, draft: &Draft, check: &Check) -> Result<bool, ApplyError> {
    let interrupts = Interrupts::noted().map_err(|cause| ApplyError::failed("watch signals for", ".", cause))?;
    let workshop = Workshop::open(ledger).map_err(|cause| ApplyError::failed("make a folder for", ".", cause))?;
    let tip = workshop.commit(&Git::for_objects(&ledger.tree.top), base, draft)?;
    succeeded(in_worktree(ledger, &tip, check, &|| interrupts.caught()))
}

/// Makes, moves or deletes the reference that `head` speaks of, with a journal of its own.
pub(super) fn point(ledger: &Ledger, head: Head) -> Result<Receipt, ApplyError> {
    let failed = |cause| ApplyError::failed("write the journal of", ".", cause);
    let entry = head.branch.clone().expect("the caller speaks of a branch");
    let mut journal = Journal { head, ..Journal::default() };
    let mut file = ledger.begin(&mut journal).map_err(failed)?;
    let updated = update(&Git::for_objects(&ledger.tree.top), &entry);
    remove_stale_locks(ledger, &file, &[format!("{}.lock", entry.name)])?;
    let may_have_left_a_lock = match &updated {
        Ok(warnings) => warnings.contains("unable to unlink"),
        Err(error) => !error.is_about_a_lock(),
    };
    if may_have_left_a_lock {
        remove_stale_locks(ledger, &file, &["packed-refs.lock".to_owned()])?;
    }
    if let Err(error) = updated {
        ledger.discard(&file).map_err(failed)?;
        return Err(error.into());
    }
    // The reference is where it should be: a journal that says less is brought up to date by the next run.
    let is_done = ledger.advance(&mut file, Stage::Sealed).and_then(|()| ledger.advance(&mut file, Stage::Done));
    if is_done.is_ok() {
        ledger.prune().ok();
    }
    let Head { id, edited, deleted, created, .. } = journal.head;
    Ok(Receipt { id, edited, deleted, created, ..Receipt::default() })
}

/// Points the reference to the new commit if it still points to the old one; what git warns of.
fn update(git: &Git, entry: &BranchEntry) -> Result<String, GitError> {
    let BranchEntry { name, old, new } = entry;
    let command = match (old, new) {
        (None, Some(new)) => format!("create {name} {new}\n"),
        (Some(old), None) => format!("delete {name} {old}\n"),
        (Some(old), Some(new)) => format!("update {name} {new} {old}\n"),
        (None, None) => String::new(),
    };
    git.answer_and_warnings(&["update-ref", "--stdin", "-m", "unshim"], command.as_bytes())
        .map(|(_, warnings)| warnings)
}

/// The commit that a reference points to, if there is one.
pub(super) fn commit_at(git: &Git, name: &str) -> Result<Option<String>, GitError> {
    let found = git.ask_tolerantly(&["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")])?;
    let found = String::from_utf8_lossy(&found).trim().to_owned();
    Ok((!found.is_empty()).then_some(found))
}

/// Removes the locks of references that a git of ours has left: those that are younger than the journal.
pub(super) fn remove_stale_locks(ledger: &Ledger, file: &JournalFile, locks: &[String]) -> Result<(), GitError> {
    let git = Git::for_objects(&ledger.tree.top);
    for lock in locks {
        let place = ledger.tree.top.join(git.line(&["rev-parse", "--git-path", lock], &[])?);
        if ledger.precedes(file, &place) {
            fs::remove_file(place)?;
        }
    }
    Ok(())
}

/// `refs/heads/NAME`, if that can be made.
fn reference(git: &Git, name: &str) -> Result<String, ApplyError> {
    let full = format!("refs/heads/{name}");
    if name.starts_with('-') || name == "HEAD" || git.ask(&["check-ref-format", &full]).is_err() {
        return Err(ApplyError::BranchName { name: name.to_owned() });
    }
    let all = git.ask(&["for-each-ref", "--format=%(refname)", "refs/heads/"])?;
    let is_below = |one: &str, other: &str| one.strip_prefix(other).is_some_and(|rest| rest.starts_with('/'));
    let all = String::from_utf8_lossy(&all);
    let in_the_way = all.lines().find(|other| *other == full || is_below(other, &full) || is_below(&full, other));
    match in_the_way {
        None => Ok(full),
        Some(other) => {
            Err(ApplyError::BranchExists { name: other.strip_prefix("refs/heads/").unwrap_or(other).to_owned() })
        }
    }
}

/// A folder beside the journals for an index and for contents on their way into the repository.
struct Workshop {
    folder: PathBuf,
}

impl Workshop {
    fn open(ledger: &Ledger) -> io::Result<Self> {
        let folder = ledger.workshop();
        fs::create_dir(&folder)?;
        Ok(Self { folder })
    }

    /// A commit that changes what `parent` holds.
    fn commit(&self, git: &Git, parent: &str, draft: &Draft) -> Result<String, ApplyError> {
        let git = git.with_index(self.folder.join("index"));
        git.ask(&["read-tree", parent])?;
        let changes = self.changes(&git, parent, draft)?;
        git.ask_with_input(&["update-index", "-z", "--index-info"], &changes)?;
        let tree = git.line(&["write-tree"], &[])?;
        Ok(git.line(&["commit-tree", &tree, "-p", parent], draft.message.as_bytes())?)
    }

    /// The changed entries of the index, as `update-index` takes them.
    fn changes(&self, git: &Git, parent: &str, draft: &Draft) -> Result<Vec<u8>, ApplyError> {
        let new: Vec<(&Step, &[u8])> = draft.steps.iter().filter_map(|step| Some((step, step.after()?))).collect();
        let contents: Vec<&[u8]> = new.iter().map(|(_, after)| *after).collect();
        let hashes = self.store(git, &contents)?;
        let none = "0".repeat(parent.len());
        let mut changes = Vec::new();
        for step in draft.steps.iter().filter(|step| step.after().is_none()) {
            changes.extend(format!("0 {none}\t{}\0", step.path()).into_bytes());
        }
        let listed = git.ask(&["ls-files", "-z", "--stage"])?;
        let modes = modes(&String::from_utf8_lossy(&listed));
        for ((step, _), hash) in new.iter().zip(hashes.lines()) {
            let mode = modes.get(step.path()).map_or("100644", String::as_str);
            changes.extend(format!("{mode} {hash}\t{}\0", step.path()).into_bytes());
        }
        Ok(changes)
    }

    /// Stores contents as they are; their hashes, one a line.
    fn store(&self, git: &Git, contents: &[&[u8]]) -> Result<String, ApplyError> {
        let failed = |cause| ApplyError::failed("write the new contents for", ".", cause);
        let mut paths = String::new();
        for (index, content) in contents.iter().enumerate() {
            let path = self.folder.join(index.to_string());
            fs::write(&path, content).map_err(failed)?;
            paths += &format!("{}\n", path.display());
        }
        let names = git.ask_with_input(&["hash-object", "-w", "--no-filters", "--stdin-paths"], paths.as_bytes())?;
        Ok(String::from_utf8_lossy(&names).into_owned())
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        // What is left is removed by the next run.
        fs::remove_dir_all(&self.folder).ok();
    }
}

/// The mode of each file in the answer of `ls-files --stage`.
fn modes(listed: &str) -> rustc_hash::FxHashMap<String, String> {
    let entries = listed.split('\0').filter_map(|entry| entry.split_once('\t'));
    entries.map(|(meta, path)| (path.to_owned(), meta.split(' ').next().unwrap_or_default().to_owned())).collect()
}
