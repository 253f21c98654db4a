//! All files or none, whatever happens in between.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::sync::Mutex;

use super::apply::{ApplyError, Receipt};
use super::journal::Head;
use super::ledger::{JournalFile, Ledger, Stage};
use super::recover::{Outcome, recover};
use super::scratch::{Scratch, delete, replace};
use super::step::Step;
use super::swap::{Job, Watch, swap};

const FILES: [(&str, &str); 5] =
    [("a/one.py", "1"), ("a/two.py", "2"), ("b/c/three.py", "3"), ("b/c/d/four.py", "4"), ("five.py", "5")];

fn steps() -> Vec<Step> {
    vec![
        replace("a/one.py", "1", "eins"),
        replace("five.py", "5", ""),
        delete("a/two.py", "2"),
        delete("b/c/three.py", "3"),
        delete("b/c/d/four.py", "4"),
    ]
}

fn watched(scratch: &Scratch, steps: &[Step], watch: Watch<'_>) -> Result<Receipt, ApplyError> {
    let result = swap(
        &scratch.ledger(),
        &Job { steps, head: Head::default(), modes: &BTreeMap::new(), watch, check: &|| Ok(()) },
    );
    let stages = scratch.journals();
    let is_open = matches!(result, Err(ApplyError::Torn { .. }));
    assert_eq!(stages.len(), usize::from(is_open || result.is_ok()), "{stages:?}");
    result
}

fn unwatched(scratch: &Scratch, steps: &[Step]) -> Result<Receipt, ApplyError> {
    watched(scratch, steps, &|_| None)
}

/// The temporary name beside `path` that the run has taken.
fn spare_beside(scratch: &Scratch, folder: &str) -> std::path::PathBuf {
    let entries = fs::read_dir(scratch.path().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let mut spares: Vec<_> = entries.filter(|path| path.to_string_lossy().contains("/.unshim-")).collect();
    spares.sort();
    spares.remove(0)
}

#[test]
fn contents_change_modes_stay_and_emptied_folders_go() {
    let scratch = Scratch::new(&FILES);
    fs::set_permissions(scratch.path().join("a/one.py"), fs::Permissions::from_mode(0o751)).unwrap();
    let receipt = unwatched(&scratch, &steps()).unwrap();
    assert_eq!((receipt.edited, receipt.deleted, receipt.folders, receipt.left_behind.len()), (2, 3, 3, 0));
    let state = scratch.state();
    assert_eq!(state.keys().collect::<Vec<_>>(), ["a", "a/one.py", "five.py"]);
    assert_eq!(state["a/one.py"], (0o100_751, Some(b"eins".to_vec())));
    assert_eq!(scratch.read("five.py"), "");
}

#[test]
fn a_folder_that_holds_anything_else_stays() {
    let scratch = Scratch::new(&[("a/b/x.py", ""), ("a/b/data.txt", "")]);
    assert_eq!(unwatched(&scratch, &[delete("a/b/x.py", "")]).unwrap().folders, 0);
    assert!(scratch.path().join("a/b/data.txt").exists());
}

#[test]
fn every_file_that_is_not_as_planned_is_listed_and_none_is_written() {
    let scratch = Scratch::new(&FILES);
    scratch.write("a/one.py", "edited");
    scratch.remove("five.py");
    scratch.remove("a/two.py");
    fs::create_dir(scratch.path().join("a/two.py")).unwrap();
    let before = scratch.state();
    let Err(ApplyError::Stale { files }) = unwatched(&scratch, &steps()) else { panic!() };
    let shown: Vec<_> = files.iter().map(|file| (file.path.as_str(), file.why.as_str())).collect();
    let expected =
        [("a/one.py", "its content is another"), ("five.py", "it is gone"), ("a/two.py", "is no regular file")];
    assert_eq!(shown, expected);
    assert_eq!(scratch.state(), before);
}

#[test]
fn nothing_is_written_through_a_link() {
    let outside = Scratch::new(&[("x.py", "1"), ("pkg/y.py", "1")]);
    let scratch = Scratch::new(&[("real.py", "1")]);
    symlink(outside.path().join("x.py"), scratch.path().join("x.py")).unwrap();
    symlink(outside.path().join("pkg"), scratch.path().join("pkg")).unwrap();
    symlink("real.py", scratch.path().join("same.py")).unwrap();
    for path in ["x.py", "pkg/y.py", "same.py"] {
        let Err(ApplyError::Stale { files }) = unwatched(&scratch, &[replace(path, "1", "2")]) else { panic!() };
        assert!(files[0].why.contains("links are never followed"), "{}", files[0].why);
    }
    assert_eq!(
        (outside.read("x.py"), outside.read("pkg/y.py"), scratch.read("real.py")),
        ("1".into(), "1".into(), "1".into())
    );
}

#[test]
fn an_interruption_at_any_step_leaves_the_old_tree() {
    let scratch = Scratch::new(&FILES);
    let inode = |path: &str| fs::metadata(scratch.path().join(path)).unwrap().ino();
    let (before, one) = (scratch.state(), inode("a/one.py"));
    for last in 0..=steps().len() {
        let watch = |done: usize| (done >= last).then_some(15);
        let result = watched(&scratch, &steps(), &watch);
        assert!(matches!(result, Err(ApplyError::Interrupted { signal: 15 })), "{last}");
        assert_eq!(scratch.state(), before, "{last}");
        assert_eq!(inode("a/one.py"), one);
    }
}

#[test]
fn a_file_that_is_written_to_in_between_keeps_what_was_written() {
    for (path, moment) in [("five.py", 1), ("a/two.py", 0), ("b/c/d/four.py", 3)] {
        let scratch = Scratch::new(&FILES);
        let written = Mutex::new(false);
        let watch = |done: usize| {
            let mut written = written.lock().unwrap();
            // The first calls come while the new contents are written.
            if done == moment && !*written {
                scratch.write(path, "edited meanwhile");
                *written = true;
            }
            None
        };
        let result = watched(&scratch, &steps(), &watch);
        assert!(matches!(result, Err(ApplyError::Stale { files }) if files[0].path == path));
        let mut expected = Scratch::new(&FILES).state();
        expected.get_mut(path).unwrap().1 = Some(b"edited meanwhile".to_vec());
        assert_eq!(scratch.state(), expected, "{path}");
    }
}

#[test]
fn a_step_that_fails_takes_the_others_back() {
    let scratch = Scratch::new(&FILES);
    let before = scratch.state();
    let watch = |done: usize| {
        if done == 1 {
            fs::remove_file(spare_beside(&scratch, "")).unwrap();
        }
        None
    };
    let error = watched(&scratch, &steps(), &watch).unwrap_err();
    assert!(error.to_string().starts_with("cannot replace `five.py`: "), "{error}");
    assert_eq!(scratch.state(), before);
}

#[test]
fn a_folder_that_takes_no_new_file_changes_nothing() {
    let scratch = Scratch::new(&FILES);
    let folder = scratch.path().join("b/c");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    let is_above_permissions = fs::write(folder.join("probe"), "").is_ok();
    let before = scratch.state();
    let result = unwatched(&scratch, &steps());
    if !is_above_permissions {
        let error = result.unwrap_err();
        assert!(error.to_string().starts_with("cannot write the new content of `b/c/three.py`: "), "{error}");
        assert_eq!(scratch.state(), before);
    }
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).ok();
}

#[test]
fn what_cannot_be_put_back_is_named_with_its_old_content() {
    let scratch = Scratch::new(&FILES);
    let watch = |done: usize| {
        if done == 1 {
            fs::remove_dir_all(scratch.path().join("a")).unwrap();
            return Some(2);
        }
        None
    };
    let Err(ApplyError::Torn { cause, left }) = watched(&scratch, &steps(), &watch) else { panic!() };
    assert!(matches!(*cause, ApplyError::Interrupted { signal: 2 }));
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].path, "a/one.py");
    assert!(left[0].old.ends_with(".open.jsonl"), "{}", left[0].old);
}

/// A copy of tree and journals as they are at this instant: what a crash would leave.
fn copied(scratch: &Scratch) -> Scratch {
    let copy = Scratch::new(&[]);
    scratch.copy_to(&copy);
    copy
}

/// What is left by a crash before each step, and before the end.
fn crashes(scratch: &Scratch, steps: &[Step]) -> Vec<Scratch> {
    let crashed = Mutex::new(Vec::new());
    let watch = |_| {
        crashed.lock().unwrap().push(copied(scratch));
        None
    };
    watched(scratch, steps, &watch).unwrap();
    crashed.into_inner().unwrap()
}

fn with_a_new_file() -> Vec<Step> {
    let new = Step::Create { path: "n/e/w.py".to_owned(), after: b"new".to_vec(), mode: None };
    std::iter::once(new).chain(steps()).collect()
}

#[test]
fn a_crash_at_any_step_is_taken_back_by_the_next_run() {
    let scratch = Scratch::new(&FILES);
    let before = scratch.state();
    let crashed = crashes(&scratch, &with_a_new_file());
    assert_eq!(crashed.len(), 1 + 6 + 6 + 1);
    let mut recovered = 0;
    for crashed in crashed {
        recovered += recover(&crashed.ledger()).unwrap().len();
        assert_eq!(crashed.state(), before);
        assert!(crashed.journals().is_empty());
    }
    assert_eq!(recovered, 13);
}

#[test]
fn what_is_lost_beside_the_files_comes_from_the_journal() {
    let scratch = Scratch::new(&FILES);
    let before = scratch.state();
    let crashed = crashes(&scratch, &with_a_new_file()).pop().unwrap();
    for path in crashed.state().into_keys().filter(|path| path.contains(".unshim-")) {
        crashed.remove(&path);
    }
    fs::remove_dir_all(crashed.path().join("b")).unwrap();
    assert_eq!(recover(&crashed.ledger()).unwrap()[0].outcome, Outcome::TakenBack);
    assert_eq!(crashed.state(), before);
}

#[test]
fn nothing_is_recovered_over_what_somebody_wrote() {
    let scratch = Scratch::new(&FILES);
    let crashed = crashes(&scratch, &with_a_new_file()).pop().unwrap();
    crashed.write("a/one.py", "mine");
    crashed.write("a/two.py", "mine too");
    let before = crashed.state();
    let Err(ApplyError::Unclear { files, .. }) = recover(&crashed.ledger()) else { panic!() };
    assert_eq!(files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(), ["a/one.py", "a/two.py"]);
    assert_eq!(crashed.state(), before);
    crashed.write("a/one.py", "1");
    crashed.write("a/two.py", "2");
    recover(&crashed.ledger()).unwrap();
    assert_eq!(crashed.state(), Scratch::new(&FILES).state());
}

#[test]
fn a_sealed_change_is_finished() {
    let scratch = Scratch::new(&FILES);
    let crashed = crashes(&scratch, &with_a_new_file()).pop().unwrap();
    let ledger = crashed.ledger();
    let mut file = ledger.journals().unwrap().remove(0);
    ledger.advance(&mut file, Stage::Sealed).unwrap();
    assert_eq!(recover(&ledger).unwrap()[0].outcome, Outcome::Finished);
    assert_eq!(crashed.state(), scratch.state());
    assert!(crashed.journals()[0].ends_with(".done.jsonl"));
}

#[test]
fn a_torn_journal_is_no_change() {
    let scratch = Scratch::new(&FILES);
    let crashed = crashes(&scratch, &steps()).remove(1);
    let ledger = crashed.ledger();
    let file = ledger.journals().unwrap().remove(0);
    let bytes = fs::read(ledger.path_of(&file)).unwrap();
    let new = ledger.path_of(&JournalFile { stage: Stage::New, ..file.clone() });
    fs::rename(ledger.path_of(&file), &new).unwrap();
    fs::write(&new, &bytes[..bytes.len() / 2]).unwrap();
    assert_eq!(recover(&ledger).unwrap(), []);
    assert!(crashed.journals().is_empty());
}

#[test]
fn one_process_at_a_time() {
    let scratch = Scratch::new(&FILES);
    let held = scratch.ledger();
    let again = Ledger::in_folder(&held.tree, held.path_of_folder().to_owned());
    assert!(matches!(again, Err(ApplyError::Locked { process }) if process == Some(std::process::id())));
    drop(held);
    scratch.ledger();
}
