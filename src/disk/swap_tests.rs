//! All files or none, whatever happens in between.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::sync::Mutex;

use super::apply::{ApplyError, Receipt};
use super::scratch::{Scratch, delete, replace};
use super::step::Step;
use super::swap::swap;

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

fn unwatched(scratch: &Scratch, steps: &[Step]) -> Result<Receipt, ApplyError> {
    swap(scratch.path(), steps, &|_| None)
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
    assert_eq!(receipt, Receipt { edited: 2, deleted: 3, folders: 3, left_behind: vec![] });
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
        let result = swap(scratch.path(), &steps(), &watch);
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
        let result = swap(scratch.path(), &steps(), &watch);
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
    let error = swap(scratch.path(), &steps(), &watch).unwrap_err();
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
    let Err(ApplyError::Torn { cause, left }) = swap(scratch.path(), &steps(), &watch) else { panic!() };
    assert!(matches!(*cause, ApplyError::Interrupted { signal: 2 }));
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].path, "a/one.py");
    assert!(left[0].old.starts_with("a/.unshim-"));
}
