//! Taking back a change that was made: every byte, mode, file and folder, or nothing at all.
//!
//! An undo is a change like any other: it has a journal of its own, and can be taken back in turn.

use std::io;

use super::apply::{ApplyError, Receipt, StaleFile};
use super::beneath::Beneath;
use super::branch::{commit_at, point};
use super::digest::digest;
use super::git::{Git, fields};
use super::interrupt::Interrupts;
use super::journal::{BranchEntry, FileEntry, Head, Journal, RuleShare};
use super::ledger::{Ledger, Stage, heads};
use super::step::Step;
use super::swap::{Job, swap};
use super::top::Tree;

/// A change that was made in a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    pub id: String,
    /// Seconds since 1970, UTC.
    pub time: u64,
    pub rules: Vec<RuleShare>,
    pub edited: usize,
    pub deleted: usize,
    pub created: usize,
    /// The branch that was made or deleted, if it was no change of the work tree.
    pub branch: Option<String>,
    /// The change that this one took back.
    pub undoes: Option<String>,
    pub standing: Standing,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    Stands,
    /// The change that took it back, and was not taken back itself.
    UndoneBy(String),
    /// Cut off: the next `apply` or `undo` takes it back.
    CutOff,
}

/// The changes of a tree that are still known, the newest first.
pub fn past(tree: &Tree) -> io::Result<Vec<Past>> {
    let mut past: Vec<Past> = Vec::new();
    // The newest comes first: what takes a change back is younger than it, and its own standing is known.
    for (head, stage) in heads(tree)?.into_iter().rev() {
        let by =
            past.iter().find(|later| later.undoes.as_ref() == Some(&head.id) && later.standing == Standing::Stands);
        let standing = match (stage, by) {
            (Stage::New | Stage::Open, _) => Standing::CutOff,
            (Stage::Sealed | Stage::Done, Some(by)) => Standing::UndoneBy(by.id.clone()),
            (Stage::Sealed | Stage::Done, None) => Standing::Stands,
        };
        let Head { id, time, rules, edited, deleted, created, undoes, .. } = head;
        let branch = head.branch.map(|branch| branch.name.trim_start_matches("refs/heads/").to_owned());
        past.push(Past { id, time, rules, edited, deleted, created, branch, undoes, standing });
    }
    Ok(past)
}

/// Takes back the change with this id, or a beginning of it; without one the newest that stands and is no undo.
/// `None` if there is nothing to take back.
///
/// # Errors
/// [`ApplyError::Edited`] lists every file that is not as the change left it. All errors but [`ApplyError::Torn`] leave
/// the tree as it was.
pub fn undo(ledger: &Ledger, id: Option<&str>) -> Result<Option<(Past, Receipt)>, ApplyError> {
    let failed = |cause| ApplyError::failed("read the journals of", &ledger.tree.top.display().to_string(), cause);
    let past = past(&ledger.tree).map_err(failed)?;
    let Some(target) = target(&past, id)? else { return Ok(None) };
    let files = ledger.journals().map_err(failed)?;
    let file = files.iter().find(|file| file.id == target.id);
    let file = file.ok_or_else(|| ApplyError::UnknownId { id: target.id.clone() })?;
    let journal = ledger.read(file).map_err(failed)?;
    let head = Head { undoes: Some(target.id.clone()), rules: target.rules.clone(), ..Head::default() };
    if let Some(branch) = &journal.head.branch {
        let head = Head { branch: Some(branch_back(ledger, &target.id, branch)?), ..head };
        return Ok(Some((target.clone(), point(ledger, head)?)));
    }
    let steps = steps_back(ledger, &journal)?;
    let interrupts = Interrupts::noted().map_err(|cause| ApplyError::failed("watch signals for", ".", cause))?;
    let modes = journal.folder_modes();
    let receipt =
        swap(ledger, &Job { steps: &steps, head, modes: &modes, watch: &|_| interrupts.caught(), check: &|| Ok(()) })?;
    Ok(Some((target.clone(), receipt)))
}

/// The change that is meant.
fn target<'p>(past: &'p [Past], id: Option<&str>) -> Result<Option<&'p Past>, ApplyError> {
    let Some(id) = id else {
        return Ok(past.iter().find(|past| past.undoes.is_none() && past.standing == Standing::Stands));
    };
    let meant: Vec<_> = past.iter().filter(|past| !id.is_empty() && past.id.starts_with(id)).collect();
    match meant[..] {
        [] => Err(ApplyError::UnknownId { id: id.to_owned() }),
        [Past { id, standing: Standing::UndoneBy(by), .. }] => {
            Err(ApplyError::UndoneAlready { id: id.clone(), by: by.clone() })
        }
        [one] => Ok(Some(one)),
        _ => {
            let ids = meant.iter().map(|past| past.id.clone()).collect();
            Err(ApplyError::AmbiguousId { id: id.to_owned(), ids })
        }
    }
}

/// What takes a branch back, if it points to what it was made to point to, and nobody works on it.
fn branch_back(ledger: &Ledger, id: &str, branch: &BranchEntry) -> Result<BranchEntry, ApplyError> {
    let git = Git::for_names(&ledger.tree.top);
    let edited = |why: &str| {
        let path = branch.name.trim_start_matches("refs/heads/").to_owned();
        ApplyError::Edited { id: id.to_owned(), files: vec![StaleFile { path, why: why.to_owned() }] }
    };
    if commit_at(&git, &branch.name)? != branch.new {
        return Err(edited(if branch.new.is_some() {
            "the branch is another now"
        } else {
            "the branch is there again"
        }));
    }
    let worktrees = git.ask(&["worktree", "list", "--porcelain", "-z"])?;
    if fields(&worktrees).contains(&format!("branch {}", branch.name)) {
        return Err(edited("the branch is checked out"));
    }
    Ok(BranchEntry { name: branch.name.clone(), old: branch.new.clone(), new: branch.old.clone() })
}

/// What takes a change back, if every file is as the change left it.
fn steps_back(ledger: &Ledger, journal: &Journal) -> Result<Vec<Step>, ApplyError> {
    let top = Beneath::open(&ledger.tree.top).map_err(|cause| ApplyError::failed("open", ".", cause))?;
    let mut steps = Vec::new();
    let mut files = Vec::new();
    for entry in &journal.files {
        match step_back(&top, entry) {
            Ok(step) => steps.push(step),
            Err(why) => files.push(StaleFile { path: entry.path.clone(), why }),
        }
    }
    if !files.is_empty() {
        return Err(ApplyError::Edited { id: journal.head.id.clone(), files });
    }
    steps.sort_by_key(Step::order);
    Ok(steps)
}

/// What takes the change of one file back, or why the file is not as it was left.
fn step_back(top: &Beneath, entry: &FileEntry) -> Result<Step, String> {
    let path = entry.path.clone();
    let now = top.content(&entry.path).map_err(|error| error.to_string())?;
    match (&now, &entry.new) {
        (Some(_), None) => return Err("it is there again".to_owned()),
        (None, Some(_)) => return Err("it is gone".to_owned()),
        (Some(bytes), Some(new)) if digest(bytes) != *new => return Err("its content is another".to_owned()),
        _ => {}
    }
    if now.is_some() && entry.mode.is_some() && top.mode(&path).map_err(|error| error.to_string())? != entry.mode {
        return Err("its permissions are others".to_owned());
    }
    match (now, entry.before()) {
        (None, Some(after)) => Ok(Step::Create { path, after, mode: entry.mode }),
        (Some(before), Some(after)) => Ok(Step::Replace { path, before, after }),
        (Some(before), None) => Ok(Step::Delete { path, before }),
        (None, None) => Err("there is no such file on either side".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::scratch::{Scratch, delete, replace};
    use super::*;
    use std::collections::BTreeMap;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    const FILES: [(&str, &str); 4] = [("a/one.py", "1"), ("b/c/two.py", "2"), ("b/c/three.py", "3"), ("four.py", "4")];

    fn steps() -> Vec<Step> {
        let new = Step::Create { path: "n/e/w.py".to_owned(), after: b"new".to_vec(), mode: None };
        vec![new, replace("a/one.py", "1", "eins"), delete("b/c/two.py", "2"), delete("b/c/three.py", "3")]
    }

    fn applied(scratch: &Scratch) -> Receipt {
        let job = Job {
            steps: &steps(),
            head: Head::default(),
            modes: &BTreeMap::new(),
            watch: &|_| None,
            check: &|| Ok(()),
        };
        swap(&scratch.ledger(), &job).unwrap()
    }

    /// [`undo`] finds the journals by the tree; a scratch tree keeps them elsewhere.
    fn undone(scratch: &Scratch, id: &str) -> Result<Receipt, ApplyError> {
        let ledger = scratch.ledger();
        let file = ledger.journals().unwrap().into_iter().find(|file| file.id == id).unwrap();
        let journal = ledger.read(&file).unwrap();
        let steps = steps_back(&ledger, &journal)?;
        let head = Head { undoes: Some(id.to_owned()), ..Head::default() };
        swap(&ledger, &Job { steps: &steps, head, modes: &journal.folder_modes(), watch: &|_| None, check: &|| Ok(()) })
    }

    #[test]
    fn undo_gives_back_bytes_modes_files_and_folders_and_so_does_undoing_it() {
        let scratch = Scratch::new(&FILES);
        let set = |path: &str, mode| fs::set_permissions(scratch.path().join(path), fs::Permissions::from_mode(mode));
        set("a/one.py", 0o751).unwrap();
        set("b/c/two.py", 0o600).unwrap();
        set("b/c", 0o710).unwrap();
        let before = scratch.state();
        let made = applied(&scratch);
        assert_eq!((made.edited, made.deleted, made.created, made.folders), (1, 2, 1, 2));
        let after = scratch.state();
        let back = undone(&scratch, &made.id).unwrap();
        assert_eq!((back.edited, back.deleted, back.created, back.folders), (1, 1, 2, 2));
        assert_eq!(scratch.state(), before);
        undone(&scratch, &back.id).unwrap();
        assert_eq!(scratch.state(), after);
    }

    #[test]
    fn one_edited_file_refuses_the_whole_and_every_one_is_listed() {
        let scratch = Scratch::new(&FILES);
        let made = applied(&scratch);
        scratch.write("a/one.py", "edited");
        scratch.write("b/c/two.py", "again");
        scratch.remove("n/e/w.py");
        let before = scratch.state();
        let Err(ApplyError::Edited { files, .. }) = undone(&scratch, &made.id) else { panic!() };
        let mut listed: Vec<_> = files.iter().map(|file| file.path.as_str()).collect();
        listed.sort();
        assert_eq!(listed, ["a/one.py", "b/c/two.py", "n/e/w.py"]);
        assert_eq!(scratch.state(), before);
    }

    #[test]
    fn changed_permissions_are_an_edit() {
        let scratch = Scratch::new(&FILES);
        let made = applied(&scratch);
        fs::set_permissions(scratch.path().join("a/one.py"), fs::Permissions::from_mode(0o600)).unwrap();
        let Err(ApplyError::Edited { files, .. }) = undone(&scratch, &made.id) else { panic!() };
        assert_eq!(files[0].why, "its permissions are others");
    }

    #[test]
    fn ids_may_be_cut_short_but_not_doubtful() {
        let entry = |id: &str, undoes: Option<&str>, standing| Past {
            id: id.to_owned(),
            time: 0,
            rules: Vec::new(),
            edited: 1,
            deleted: 0,
            created: 0,
            branch: None,
            undoes: undoes.map(str::to_owned),
            standing,
        };
        let undone = Standing::UndoneBy("b2".to_owned());
        let past =
            [entry("b2", Some("a1"), Standing::Stands), entry("a1", None, undone), entry("a0", None, Standing::Stands)];
        let id = |asked| target(&past, asked).map(|past| past.map(|past| past.id.as_str()));
        assert_eq!(id(None).unwrap(), Some("a0"));
        assert_eq!(id(Some("b")).unwrap(), Some("b2"));
        assert!(matches!(id(Some("a1")), Err(ApplyError::UndoneAlready { .. })));
        assert!(matches!(id(Some("a")), Err(ApplyError::AmbiguousId { ids, .. }) if ids.len() == 2));
        assert!(matches!(id(Some("c")), Err(ApplyError::UnknownId { .. })));
        assert!(matches!(id(Some("")), Err(ApplyError::UnknownId { .. })));
    }
}
