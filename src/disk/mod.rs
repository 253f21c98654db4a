//! The disk: reading the tree, and writing a proven plan. The only floor that names `std::fs`.

mod beneath;
mod git;
mod read;
mod reading;
mod rule_files;
mod search;
mod top;
mod walk;

pub use git::GitError;
pub use read::{ReadOptions, read};
pub use reading::{Problem, Reading, Skipped, SkippedAs};
pub use rule_files::{RuleBytes, default_rule_files, named_rule_files};
pub use top::{ReadError, Tree};
