//! A folder for tests that goes when the test ends.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use super::apply::ApplyError;
use super::ledger::Ledger;
use super::step::Step;
use super::top::Tree;

/// The tree, and a folder for its journals.
pub(super) struct Scratch(tempfile::TempDir, tempfile::TempDir);

impl Scratch {
    pub(super) fn new(files: &[(&str, &str)]) -> Self {
        let scratch = Self(tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for (path, text) in files {
            scratch.write(path, text);
        }
        scratch
    }

    /// A git repository in which these files are committed.
    pub(super) fn committed(files: &[(&str, &str)]) -> Self {
        let scratch = Self::new(files);
        scratch.git(&["init", "-q"]);
        scratch.git(&["add", "."]);
        scratch.git(&["commit", "-qm", "first"]);
        scratch
    }

    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    /// The journals of the tree. Another test's child process may hold their lock for the moment that it starts in.
    pub(super) fn ledger(&self) -> Ledger {
        let tree = Tree::around(self.path()).unwrap();
        loop {
            match Ledger::in_folder(&tree, self.1.path().to_owned()) {
                Err(ApplyError::Locked { .. }) => std::thread::yield_now(),
                ledger => return ledger.unwrap(),
            }
        }
    }

    /// The names of the journals.
    pub(super) fn journals(&self) -> Vec<String> {
        let entries =
            fs::read_dir(self.1.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = entries.filter(|name| name != "lock").collect();
        names.sort();
        names
    }

    /// Copies tree and journals, modes included.
    pub(super) fn copy_to(&self, other: &Scratch) {
        for (from, to) in [(self.path(), other.path()), (self.1.path(), other.1.path())] {
            let done = Command::new("cp").arg("-a").arg(from.join(".")).arg(to).status().unwrap();
            assert!(done.success());
        }
    }

    pub(super) fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(super) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    pub(super) fn remove(&self, path: &str) {
        fs::remove_file(self.path().join(path)).unwrap();
    }

    pub(super) fn git(&self, arguments: &[&str]) {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"];
        let done = Command::new("git").current_dir(self.path()).args(identity).args(arguments).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    /// Every file and folder with its mode, and what a file holds.
    pub(super) fn state(&self) -> BTreeMap<String, (u32, Option<Vec<u8>>)> {
        let mut state = BTreeMap::new();
        let mut folders = vec![self.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let entry = entry.unwrap();
                let metadata = entry.metadata().unwrap();
                let name = entry.path().strip_prefix(self.path()).unwrap().display().to_string();
                let content = metadata.is_file().then(|| fs::read(entry.path()).unwrap());
                state.insert(name, (metadata.permissions().mode(), content));
                if metadata.is_dir() {
                    folders.push(entry.path());
                }
            }
        }
        state
    }
}

pub(super) fn replace(path: &str, before: &str, after: &str) -> Step {
    Step::Replace { path: path.to_owned(), before: before.into(), after: after.into() }
}

pub(super) fn delete(path: &str, before: &str) -> Step {
    Step::Delete { path: path.to_owned(), before: before.into() }
}
