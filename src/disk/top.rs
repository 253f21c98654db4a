//! Which folder is the tree: the repository around a path, or the path itself.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::git::GitError;

/// The tree that a path belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// Absolute, without links.
    pub top: PathBuf,
    /// The path that was asked for, relative to the top and `/`-separated; empty for the top itself.
    pub inside: String,
    /// The top is the work tree of a git repository.
    pub is_repository: bool,
}

/// A path from which nothing can be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("cannot read `{path}`: {cause}")]
    Path { path: String, cause: io::Error },
    #[error("`{path}` is not UTF-8")]
    Name { path: String },
    #[error("cannot read what is committed: {cause}")]
    Commit { cause: GitError },
    #[error("`{name}` is no commit of this repository")]
    Revision { name: String },
    #[error("`{glob}` is no valid pattern: {why}")]
    Glob { glob: String, why: String },
}

impl ReadError {
    pub(super) fn path(path: &Path, cause: io::Error) -> Self {
        ReadError::Path { path: path.display().to_string(), cause }
    }
}

impl Tree {
    /// The nearest folder upward that holds `.git`, else `path` itself (the folder around it if it is a file).
    pub fn around(path: &Path) -> Result<Tree, ReadError> {
        let asked = fs::canonicalize(path).map_err(|cause| ReadError::path(path, cause))?;
        let folder = if asked.is_dir() { asked.as_path() } else { asked.parent().unwrap_or(&asked) };
        let repository = folder.ancestors().find(|folder| folder.join(".git").exists());
        let top = repository.unwrap_or(folder).to_owned();
        let inside = asked.strip_prefix(&top).expect("the top is an ancestor of the path");
        let inside = slashed(inside).ok_or_else(|| ReadError::Name { path: asked.display().to_string() })?;
        Ok(Tree { is_repository: repository.is_some(), top, inside })
    }
}

/// A relative path with `/` between its parts; `None` if it is not UTF-8.
pub(super) fn slashed(path: &Path) -> Option<String> {
    let text = path.to_str()?;
    Some(if std::path::MAIN_SEPARATOR == '/' { text.to_owned() } else { text.replace('\\', "/") })
}
