//! State that somebody else has made: a repository from a stranger, a copied work tree, a newer version, a calling git.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use super::apply::ApplyError;
use super::branch::commit_at;
use super::git::Git;
use super::journal::{BranchEntry, FileEntry, Head, Journal};
use super::ledger::{Ledger, Stage};
use super::recover::recover;
use super::scratch::Scratch;
use super::top::Tree;
use super::verify::{Check, in_worktree};

/// The ledger of the tree where people have it. A child process of another test may hold its lock for a moment.
fn ledger(top: &Path) -> Ledger {
    let tree = Tree::around(top).unwrap();
    loop {
        match Ledger::locked(&tree) {
            Err(ApplyError::Locked { .. }) => std::thread::yield_now(),
            ledger => return ledger.unwrap(),
        }
    }
}

fn change(path: &str, beside: &str, before: &str, after: &str) -> Journal {
    let entry = FileEntry::new(path, beside, Some(before.as_bytes()), Some(after.as_bytes()));
    Journal { files: vec![entry], ..Journal::default() }
}

#[test]
fn links_in_the_state_folder_lead_nowhere() {
    let (scratch, outside) = (Scratch::committed(&[("a.py", "1")]), Scratch::new(&[("kept", "kept")]));
    let state = scratch.path().join(".git/unshim");
    fs::create_dir(&state).unwrap();
    symlink(outside.path().join("kept"), state.join("lock")).unwrap();
    let refused = Ledger::locked(&Tree::around(scratch.path()).unwrap());
    assert!(matches!(refused, Err(ApplyError::Failed { action: "lock", .. })));
    fs::remove_file(state.join("lock")).unwrap();
    symlink(outside.path().join("kept"), state.join("worktree")).unwrap();
    let commit = commit_at(&Git::for_names(scratch.path()), "HEAD").unwrap().unwrap();
    let check = Check { command: "test -e a.py".to_owned() };
    in_worktree(&ledger(scratch.path()), &commit, &check, &|| None).unwrap();
    assert_eq!(outside.read("kept"), "kept");
}

#[test]
fn a_journal_is_for_the_eyes_of_the_user_alone() {
    let scratch = Scratch::committed(&[("a.py", "1")]);
    let ledger = ledger(scratch.path());
    let file = ledger.begin(&mut change("a.py", ".unshim-1", "1", "2")).unwrap();
    assert_eq!(fs::metadata(ledger.path_of(&file)).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn what_no_change_would_write_down_is_not_trusted() {
    let read = |journal: &Journal| Journal::from_bytes(&journal.to_bytes()).map(drop);
    assert!(read(&change("d/a.py", "d/.unshim-1", "1", "2")).is_ok());
    for beside in ["d/b.py", ".unshim-1", "d/.unshim-1/x", "e/.unshim-1", "../.unshim-1", ""] {
        assert!(read(&change("d/a.py", beside, "1", "2")).unwrap_err().contains("no temporary name"), "{beside}");
    }
    for name in ["HEAD", "refs/heads/../../x", "refs/heads/a b", "refs/heads/a\ndelete refs/heads/main", "refs/tags/a"]
    {
        let branch = Some(BranchEntry { name: name.to_owned(), old: None, new: None });
        let journal = Journal { head: Head { branch, ..Head::default() }, ..Journal::default() };
        assert!(read(&journal).unwrap_err().contains("is no branch"), "{name}");
    }
}

#[test]
fn a_journal_of_a_newer_version_is_left_alone() {
    let scratch = Scratch::committed(&[("a.py", "2")]);
    let ledger = ledger(scratch.path());
    let mut journal = change("a.py", ".unshim-1", "1", "2");
    let file = ledger.begin(&mut journal).unwrap();
    let text = String::from_utf8(journal.to_bytes()).unwrap();
    let text = text.replace("\"format\":1", "\"format\":2").replace("\"line\":\"file\"", "\"line\":\"file2\"");
    fs::write(ledger.path_of(&file), text).unwrap();
    let error = recover(&ledger).unwrap_err().to_string();
    assert!(error.contains("format 2 is not known to this version"), "{error}");
    assert!(ledger.path_of(&file).exists() && scratch.read("a.py") == "2");
}

#[test]
fn a_copied_work_tree_does_not_take_the_journal_of_the_first() {
    let scratch = Scratch::committed(&[("a.py", "1")]);
    let beside = Scratch::new(&[]);
    let (first, second) = (beside.path().join("first"), beside.path().join("second"));
    scratch.git(&["worktree", "add", "-q", "--detach", first.to_str().unwrap()]);
    let opened = ledger(&first).begin(&mut change("a.py", ".unshim-1", "1", "2")).unwrap();
    fs::create_dir(&second).unwrap();
    for name in [".git", "a.py"] {
        fs::copy(first.join(name), second.join(name)).unwrap();
    }
    let error = recover(&ledger(&second)).unwrap_err().to_string();
    assert!(error.contains("which has the same git directory"), "{error}");
    assert_eq!(ledger(&first).journals().unwrap(), std::slice::from_ref(&opened));
    // A tree that was moved is still the same.
    fs::remove_dir_all(&second).unwrap();
    fs::rename(&first, &second).unwrap();
    assert_eq!(recover(&ledger(&second)).unwrap().len(), 1);
}

#[test]
fn work_trees_of_the_user_that_are_not_there_just_now_are_not_forgotten() {
    let scratch = Scratch::committed(&[("a.py", "1")]);
    let beside = Scratch::new(&[]);
    let away = beside.path().join("away");
    scratch.git(&["worktree", "add", "-q", "--detach", away.to_str().unwrap()]);
    fs::rename(&away, beside.path().join("elsewhere")).unwrap();
    let commit = commit_at(&Git::for_names(scratch.path()), "HEAD").unwrap().unwrap();
    let ledger = ledger(scratch.path());
    let check = Check { command: "test -e a.py".to_owned() };
    in_worktree(&ledger, &commit, &check, &|| None).unwrap();
    let known = || -> Vec<_> {
        let entries = fs::read_dir(scratch.path().join(".git/worktrees")).unwrap();
        entries.map(|entry| entry.unwrap().file_name()).collect()
    };
    assert_eq!(known(), ["away"]);
    // What a git leaves that was killed while it made a work tree of ours.
    fs::create_dir(scratch.path().join(".git/worktrees/unshim-x")).unwrap();
    ledger.note_worktree("/nowhere/unshim-x/unshim-x").unwrap();
    recover(&ledger).unwrap();
    assert_eq!(known(), ["away"]);
}

#[test]
fn no_repository_further_up_answers_for_a_broken_one() {
    let scratch = Scratch::committed(&[("a.py", "1"), ("inner/b.py", "1")]);
    fs::create_dir(scratch.path().join("inner/.git")).unwrap();
    let inner = scratch.path().join("inner");
    assert!(Git::for_names(&inner).ask(&["rev-parse", "HEAD"]).is_err());
    assert!(Git::for_names(scratch.path()).ask(&["rev-parse", "HEAD"]).is_ok());
}

#[test]
fn a_lock_that_came_much_later_is_somebody_elses() {
    let scratch = Scratch::committed(&[("a.py", "1")]);
    let ledger = ledger(scratch.path());
    let file = ledger.begin(&mut change("a.py", ".unshim-1", "1", "2")).unwrap();
    let lock = scratch.path().join("lock");
    fs::write(&lock, "").unwrap();
    let opened = fs::metadata(ledger.path_of(&file)).unwrap().modified().unwrap();
    for (seconds, is_ours) in [(-1, false), (0, true), (5, true), (3600, false)] {
        let moved = std::time::Duration::from_secs(i64::unsigned_abs(seconds));
        let time = if seconds < 0 { opened - moved } else { opened + moved };
        fs::File::options().write(true).open(&lock).unwrap().set_modified(time).unwrap();
        assert_eq!(ledger.precedes(&file, &lock), is_ours, "{seconds}");
    }
    assert_eq!(file.stage, Stage::Open);
}
