//! The applies of a tree as one line of JSON.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::harmless::write_json;
use super::json::VERSION;
use super::log::{Entry, Mark};

/// `unshim log --output-format json`
#[derive(Serialize, JsonSchema)]
pub(super) struct LogOutput<'a> {
    version: u8,
    /// The newest first.
    applies: Vec<ApplyOutput<'a>>,
}

/// One apply, or undo.
#[derive(Serialize, JsonSchema)]
struct ApplyOutput<'a> {
    id: &'a str,
    /// Seconds since 1970, UTC.
    time: u64,
    rules: Vec<ShareOutput<'a>>,
    /// Files.
    edited: usize,
    deleted: usize,
    created: usize,
    /// The branch that was made or deleted, if the work tree was left alone.
    branch: Option<&'a str>,
    /// The apply that this one took back.
    undoes: Option<&'a str>,
    /// The undo that took this one back.
    undone_by: Option<&'a str>,
    /// It is under way, or ended in the middle: the next `apply` or `undo` ends it.
    cut_off: bool,
}

/// What a rule asked for.
#[derive(Serialize, JsonSchema)]
struct ShareOutput<'a> {
    rule: &'a str,
    edits: usize,
}

/// Writes all entries, the newest first.
pub fn write(entries: &[Entry], out: &mut dyn Write) -> io::Result<()> {
    write_json(&LogOutput { version: VERSION, applies: entries.iter().map(output).collect() }, out)
}

fn output(entry: &Entry) -> ApplyOutput<'_> {
    ApplyOutput {
        id: &entry.id,
        time: entry.time,
        rules: entry.rules.iter().map(|(rule, edits)| ShareOutput { rule, edits: *edits }).collect(),
        edited: entry.done.edited,
        deleted: entry.done.deleted,
        created: entry.done.created,
        branch: entry.branch.as_deref(),
        undoes: entry.undoes.as_deref(),
        undone_by: match &entry.mark {
            Mark::UndoneBy(id) => Some(id),
            Mark::None | Mark::CutOff => None,
        },
        cut_off: matches!(entry.mark, Mark::CutOff),
    }
}
