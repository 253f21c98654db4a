//! Files whose text is not in memory, as it holds nothing that was searched for.

use std::sync::Arc;

use crate::text::Words;

/// Gives the content of files again.
pub trait Shelf: Send + Sync + std::fmt::Debug {
    /// The bytes of the file at `path`, relative to the tree, or in one line why they cannot be had.
    fn bytes(&self, path: &str) -> Result<Vec<u8>, String>;
}

/// What is known of a file whose bytes lie elsewhere.
#[derive(Clone, Debug)]
pub struct Shelved {
    pub words: Words,
    pub shelf: Arc<dyn Shelf>,
}
