//! What `check` reports: a place that goes through an alias, or that makes one.

use super::Code;
use crate::text::{Position, Span};

/// One problem at one place. Findings are sorted by path and offset, as their fields are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Finding {
    pub path: String,
    pub position: Position,
    /// The bytes of the decoded text that are underlined.
    pub span: Span,
    pub code: Code,
    /// Index into the rule set; `None` if the finding is about a comment or a baseline.
    pub rule: Option<usize>,
    /// The alias: `pkg.mod:Name`, or `pkg.mod` for a module. Of a comment the code that it names.
    pub symbol: String,
    /// What it should be, written in the same way; empty if there is no such thing.
    pub canonical: String,
    /// What is wrong, without the place: `` `Old` through its shim `pkg.old` ``.
    pub message: String,
}
