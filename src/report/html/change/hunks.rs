//! The hunks of one file as the page holds them: lines with the words that differ, and what asks for each hunk.

use serde::Serialize;
use similar::{ChangeTag, DiffOp, TextDiff};

use super::quotes::Quotes;
use crate::report::diff::{CONTEXT, Line, lines, section_before, worded_lines};
use crate::report::view::Versions;
use crate::report::visible::shown_bytes;

/// A stretch of changed lines with a few around them.
#[derive(Serialize)]
pub(super) struct Hunk {
    /// The lines with which it begins before and after, from 1.
    old: usize,
    new: usize,
    /// The `class` or `def` that it stands in.
    section: String,
    /// The quotes of the string in which it begins, if it does.
    open: &'static str,
    /// What asks for it: indexes into the marks of the page.
    pub(super) marks: Vec<usize>,
    lines: Vec<Text>,
}

/// A line behind its sign: ` `, `-`, `+`, or `\` for a last line without an end.
#[derive(Serialize)]
#[serde(untagged)]
enum Text {
    Whole(String),
    /// The sign, then pieces in turn: the same on both sides, other, the same, …
    Words(Vec<String>),
}

/// All hunks of a file, with the number of lines that come and go.
#[derive(Default)]
pub(super) struct Hunks {
    pub(super) all: Vec<Hunk>,
    pub(super) added: usize,
    pub(super) removed: usize,
}

impl Hunks {
    pub(super) fn new(versions: &Versions) -> Self {
        let (old, new) = (lines(&versions.before), lines(versions.after.as_deref().unwrap_or_default()));
        let diff = TextDiff::from_slices(&old, &new);
        let mut hunks = Self::default();
        let (mut quotes, mut read) = (Quotes::default(), 0);
        for ops in diff.grouped_ops(CONTEXT) {
            let (start, new_start) = (ops[0].old_range().start, ops[0].new_range().start);
            old[read..start].iter().for_each(|line| quotes.read(line));
            read = start;
            let section = section_before(&old[..start]).unwrap_or_default();
            hunks.all.push(Hunk {
                old: start + 1,
                new: new_start + 1,
                section: shown(section),
                open: quotes.open(),
                marks: Vec::new(),
                lines: ops.iter().flat_map(|op| worded_lines(&diff, op)).flat_map(|line| texts(&line)).collect(),
            });
            hunks.count(&ops);
        }
        hunks
    }

    fn count(&mut self, ops: &[DiffOp]) {
        for op in ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. })) {
            self.removed += op.old_range().len();
            self.added += op.new_range().len();
        }
    }

    /// Notes what asks for the change at a line of the file as it is, counted from 0.
    pub(super) fn mark(&mut self, line: usize, mark: usize) {
        let after = self.all.partition_point(|hunk| hunk.old <= line + 1);
        let Some(hunk) = self.all.get_mut(after.saturating_sub(1)) else { return };
        if !hunk.marks.contains(&mark) {
            hunk.marks.push(mark);
        }
    }
}

/// The line, and that it has no end if it has none.
fn texts(line: &Line) -> Vec<Text> {
    let sign = match line.tag {
        ChangeTag::Equal => " ",
        ChangeTag::Delete => "-",
        ChangeTag::Insert => "+",
    };
    let mut words = vec![sign.to_owned(), String::new()];
    for &(is_word, piece) in &line.pieces {
        if is_word == words.len().is_multiple_of(2) {
            words.push(String::new());
        }
        *words.last_mut().expect("it begins with a sign") += &shown(piece);
    }
    let text = if words.len() == 2 { Text::Whole(words.concat()) } else { Text::Words(words) };
    let has_end = line.pieces.last().is_some_and(|(_, piece)| piece.ends_with(b"\n"));
    let no_end = (!has_end).then(|| Text::Whole("\\ No newline at end of file".to_owned()));
    [text].into_iter().chain(no_end).collect()
}

/// Source text without its line end, with what could turn it around or hide it spelled out.
fn shown(piece: &[u8]) -> String {
    let line = piece.strip_suffix(b"\n").map_or(piece, |line| line.strip_suffix(b"\r").unwrap_or(line));
    String::from_utf8_lossy(&shown_bytes(line)).into_owned()
}
