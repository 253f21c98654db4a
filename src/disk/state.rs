//! How a tree stands with git, for people.

use super::clean::find_dirt;
use super::git::{Git, GitError};
use super::top::Tree;

/// What git says of a work tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GitState {
    /// `None` if no branch is checked out.
    pub branch: Option<String>,
    /// Everything that git keeps is committed as it is.
    pub is_clean: bool,
}

impl GitState {
    /// The state of a tree that is a repository.
    pub fn of(tree: &Tree) -> Result<Self, GitError> {
        let branch = Git::for_names(&tree.top).ask_tolerantly(&["symbolic-ref", "--quiet", "--short", "HEAD"])?;
        let branch = String::from_utf8_lossy(&branch).trim().to_owned();
        Ok(Self { branch: (!branch.is_empty()).then_some(branch), is_clean: find_dirt(tree, &[])?.is_empty() })
    }
}
