//! Rules that do not fit the tree.

/// What is wrong with a rule, seen from the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    pub rule: usize,
    pub message: String,
    pub help: String,
}
