//! The disk: reading the tree, and writing a proven plan. The only floor that names `std::fs`.

mod apply;
mod attributes;
mod baseline_file;
mod beneath;
mod branch;
mod clean;
mod codeowners;
mod committed;
mod demo_folder;
mod digest;
#[cfg(test)]
mod foreign_tests;
mod fresh;
mod git;
mod host;
mod interrupt;
mod journal;
mod key;
mod ledger;
mod page_file;
mod read;
mod reading;
mod recover;
mod rewrite;
mod rule_files;
mod saved_plan;
#[cfg(test)]
mod scratch;
mod search;
mod state;
mod step;
mod swap;
#[cfg(test)]
mod swap_tests;
mod text;
mod top;
mod undo;
mod verify;
mod walk;

pub use apply::{ApplyError, ApplyOptions, Receipt, StaleFile, Unrestored, apply, may_apply, try_out};
pub use baseline_file::{read_baseline, write_baseline};
pub use branch::{Draft, NewBranch, make_branch, refuse_branch, try_draft};
pub use clean::{Dirt, DirtKind};
pub use codeowners::owners;
pub use committed::{Committed, read_committed, read_revision};
pub use demo_folder::{DemoFolder, SeedError};
pub use fresh::{append_lines, write_fresh};
pub use git::GitError;
pub use host::host_name;
pub use interrupt::Idle;
pub use journal::RuleShare;
pub use key::with_key;
pub use ledger::{Ledger, open_change};
pub use page_file::write_page;
pub use read::{ReadOptions, read, shelf};
pub use reading::{Problem, Reading, Skipped, SkippedAs};
pub use recover::{Outcome as RecoveryOutcome, Recovered, recover};
pub use rewrite::rewrite;
pub use rule_files::{RuleBytes, default_rule_files, named_rule_files};
pub use saved_plan::{Asked, Digests, PlanError, SavedPlan, Verdicts, digests, outcome};
pub use state::GitState;
pub use text::{read_input, read_text};
pub use top::{ReadError, Tree};
pub use undo::{Past, Standing, past, undo};
pub use verify::Check;
