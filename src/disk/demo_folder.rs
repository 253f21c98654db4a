//! A folder for the demo's project: a temporary one, or a new one that stays.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::git::{Git, GitError};

/// Why the files were not written.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    #[error("`{folder}` is not empty")]
    NotEmpty { folder: String },
    #[error("cannot write `{path}`: {cause}")]
    Write { path: String, cause: io::Error },
}

/// A folder that held nothing and gets a whole project.
#[derive(Debug)]
pub struct DemoFolder {
    path: PathBuf,
    /// Takes the folder away in the end.
    _temporary: Option<tempfile::TempDir>,
}

impl DemoFolder {
    /// A folder that goes when the value is dropped.
    pub fn temporary() -> Result<Self, SeedError> {
        let made = tempfile::Builder::new().prefix("unshim-demo-").tempdir();
        let folder =
            made.map_err(|cause| SeedError::Write { path: std::env::temp_dir().display().to_string(), cause })?;
        Ok(Self { path: folder.path().to_owned(), _temporary: Some(folder) })
    }

    /// The folder at `path`, which stays. It is made if it is not there; if it holds something, it is refused.
    pub fn kept(path: &Path) -> Result<Self, SeedError> {
        let write_error = |cause| SeedError::Write { path: path.display().to_string(), cause };
        fs::create_dir_all(path).map_err(write_error)?;
        match fs::read_dir(path).map_err(write_error)?.next() {
            None => Ok(Self { path: path.to_owned(), _temporary: None }),
            Some(_) => Err(SeedError::NotEmpty { folder: path.display().to_string() }),
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the files, each a path relative to the folder and a text, and makes the folders that they need.
    pub fn write(&self, files: &[(&str, &str)]) -> Result<(), SeedError> {
        for (path, text) in files {
            let target = self.path.join(path);
            let parent = target.parent().unwrap_or(&self.path);
            let written = fs::create_dir_all(parent).and_then(|()| fs::write(&target, text));
            written.map_err(|cause| SeedError::Write { path: (*path).to_owned(), cause })?;
        }
        Ok(())
    }

    /// Makes the folder a git repository with all that is in it as its first commit.
    pub fn commit(&self) -> Result<(), GitError> {
        let git = Git::for_names(&self.path);
        git.ask(&["init", "--quiet"])?;
        git.ask(&["add", "--all"])?;
        let person = ["-c", "user.name=unshim", "-c", "user.email=unshim@localhost", "-c", "commit.gpgSign=false"];
        git.ask(&[person.as_slice(), &["commit", "--quiet", "--message", "the project as it came"]].concat())?;
        Ok(())
    }
}
