//! The unified diff of a change, in git's form: `git apply` takes the colourless one byte for byte.

use std::io::{self, Write};

use anstyle::Style;
use rayon::prelude::*;
use similar::{ChangeTag, DiffOp, InlineChangeOptions, TextDiff};

use super::screen::{Screen, SourceText};
use super::view::{Versions, View};
use super::visible::{git_path, shown_bytes};
use crate::timing::piece;

/// Lines kept around a change.
pub(super) const CONTEXT: usize = 3;
/// Replaced runs longer than this are shown line against line: words in them would say nothing.
const MOST_LINES_WITH_WORDS: usize = 60;
/// The longest text behind `@@ … @@`, as git cuts it.
const LONGEST_SECTION: usize = 80;

/// Writes the diff of all files, in the order of the plan.
pub fn write(view: &View, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let files: Vec<Vec<u8>> = view
        .plan
        .changes
        .par_iter()
        .with_max_len(1)
        .map(|change| piece(|| file_diff(&change.path, &view.versions(change), screen)))
        .collect();
    files.iter().try_for_each(|file| out.write_all(file))
}

/// Writes the diff of the one file at `path`; nothing if it does not change.
pub fn write_file(view: &View, path: &str, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let change = view.plan.changes.iter().find(|change| change.path == path);
    change.map_or(Ok(()), |change| out.write_all(&file_diff(path, &view.versions(change), screen)))
}

/// The diff of one file: its header and hunks; nothing if nothing changes.
fn file_diff(path: &str, versions: &Versions, screen: &Screen) -> Vec<u8> {
    let mut out = Vec::new();
    let after = versions.after.as_deref().unwrap_or_default();
    if !versions.is_new && versions.after.as_deref() == Some(&versions.before) {
        return out;
    }
    push_header(&mut out, path, versions, screen);
    push_hunks(&mut out, &versions.before, after, screen);
    out
}

/// The hunks that lead from one content to another.
pub(super) fn push_hunks(out: &mut Vec<u8>, before: &[u8], after: &[u8], screen: &Screen) {
    let (old, new) = (lines(before), lines(after));
    let diff = TextDiff::from_slices(&old, &new);
    for hunk in diff.grouped_ops(CONTEXT) {
        push_hunk_header(out, &hunk, &old, screen);
        for line in hunk.iter().flat_map(|op| changed_lines(&diff, op, screen)) {
            push_line(out, &line, screen);
        }
    }
}

/// Lines with their ends, as git counts them: only `\n` ends one.
pub(super) fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split_inclusive(|&byte| byte == b'\n').collect()
}

fn push_header(out: &mut Vec<u8>, path: &str, versions: &Versions, screen: &Screen) {
    let (old, new) = (git_path("a/", path), git_path("b/", path));
    let mut lines = vec![format!("diff --git {old} {new}")];
    if versions.after.is_none() {
        lines.push("deleted file mode 100644".to_owned());
    }
    if versions.is_new {
        lines.push("new file mode 100644".to_owned());
    }
    // An empty file that comes or goes has no hunk, and without a hunk git names no sides.
    if !versions.before.is_empty() || versions.after.as_ref().is_some_and(|after| !versions.is_new || !after.is_empty())
    {
        // A name with a blank ends in a tab, so that readers know where it ends.
        let tab = if path.contains(' ') { "\t" } else { "" };
        lines.push(if versions.is_new { "--- /dev/null".to_owned() } else { format!("--- {old}{tab}") });
        lines.push(if versions.after.is_some() { format!("+++ {new}{tab}") } else { "+++ /dev/null".to_owned() });
    }
    let (open, closed) = screen.file(path);
    for line in lines {
        push_styled(out, screen.palette.heading, format!("{open}{line}{closed}").as_bytes());
        out.push(b'\n');
    }
}

pub(super) fn push_hunk_header(out: &mut Vec<u8>, hunk: &[DiffOp], old: &[&[u8]], screen: &Screen) {
    let (first, last) = (hunk[0], hunk[hunk.len() - 1]);
    let (old_start, new_start) = (first.old_range().start, first.new_range().start);
    let ranges = format!(
        "@@ -{} +{} @@",
        line_range(old_start, last.old_range().end),
        line_range(new_start, last.new_range().end)
    );
    push_styled(out, screen.palette.hunk, ranges.as_bytes());
    if let Some(section) = section_before(&old[..old_start]) {
        out.push(b' ');
        push_source(out, section, screen);
    }
    out.push(b'\n');
}

/// `start,length` of lines counted from 1; an empty range names the line before it.
fn line_range(start: usize, end: usize) -> String {
    match end - start {
        0 => format!("{start},0"),
        1 => format!("{}", start + 1),
        length => format!("{},{length}", start + 1),
    }
}

/// The last line that starts with a letter: the `class` or `def` that a hunk stands in.
pub(super) fn section_before<'a>(lines: &[&'a [u8]]) -> Option<&'a [u8]> {
    let is_opening = |line: &&&[u8]| line.first().is_some_and(|&byte| byte.is_ascii_alphabetic() || byte == b'_');
    let line = lines.iter().rev().find(is_opening)?;
    let cut = (0..=line.len().min(LONGEST_SECTION)).rev().find(|&end| !is_utf8_tail(line, end)).unwrap_or(0);
    Some(line[..cut].trim_ascii_end())
}

/// Whether a cut at `end` would tear a UTF-8 character apart.
fn is_utf8_tail(line: &[u8], end: usize) -> bool {
    line.get(end).is_some_and(|byte| byte & 0xc0 == 0x80)
}

/// A line of a hunk in pieces; the marked ones are the words that differ.
pub(super) struct Line<'a> {
    pub(super) tag: ChangeTag,
    pub(super) pieces: Vec<(bool, &'a [u8])>,
}

pub(super) fn changed_lines<'a>(diff: &'a TextDiff<'a, 'a, [u8]>, op: &DiffOp, screen: &Screen) -> Vec<Line<'a>> {
    if screen.palette.is_plain() { whole_lines(diff, op) } else { worded_lines(diff, op) }
}

/// The lines of one step of a diff, with the words that differ unless they are too many to say anything.
pub(super) fn worded_lines<'a>(diff: &'a TextDiff<'a, 'a, [u8]>, op: &DiffOp) -> Vec<Line<'a>> {
    let count = op.old_range().len() + op.new_range().len();
    if count > MOST_LINES_WITH_WORDS { whole_lines(diff, op) } else { lines_with_words(diff, op) }
}

fn whole_lines<'a>(diff: &'a TextDiff<'a, 'a, [u8]>, op: &DiffOp) -> Vec<Line<'a>> {
    diff.iter_changes(op).map(|change| Line { tag: change.tag(), pieces: vec![(false, change.value())] }).collect()
}

/// No deadline: the same change gives the same bytes on a slow machine.
fn lines_with_words<'a>(diff: &'a TextDiff<'a, 'a, [u8]>, op: &DiffOp) -> Vec<Line<'a>> {
    diff.iter_inline_changes_with_options_deadline(op, InlineChangeOptions::default(), None)
        .map(|change| Line { tag: change.tag(), pieces: change.values().to_vec() })
        .collect()
}

pub(super) fn push_line(out: &mut Vec<u8>, line: &Line, screen: &Screen) {
    let palette = &screen.palette;
    let (sign, style, word) = match line.tag {
        ChangeTag::Equal => (b" ", Style::new(), Style::new()),
        ChangeTag::Delete => (b"-", palette.removed, palette.removed_word),
        ChangeTag::Insert => (b"+", palette.added, palette.added_word),
    };
    push_styled(out, style, sign);
    let mut has_end = false;
    for &(is_word, piece) in &line.pieces {
        let text = piece.strip_suffix(b"\n").unwrap_or(piece);
        has_end = text.len() < piece.len();
        push_styled_source(out, if is_word { word } else { style }, text, screen);
    }
    out.push(b'\n');
    if !has_end {
        out.extend_from_slice(b"\\ No newline at end of file\n");
    }
}

fn push_styled_source(out: &mut Vec<u8>, style: Style, text: &[u8], screen: &Screen) {
    if text.is_empty() {
        return;
    }
    out.extend_from_slice(style.render().to_string().as_bytes());
    push_source(out, text, screen);
    out.extend_from_slice(style.render_reset().to_string().as_bytes());
}

pub(super) fn push_styled(out: &mut Vec<u8>, style: Style, text: &[u8]) {
    out.extend_from_slice(style.render().to_string().as_bytes());
    out.extend_from_slice(text);
    out.extend_from_slice(style.render_reset().to_string().as_bytes());
}

fn push_source(out: &mut Vec<u8>, text: &[u8], screen: &Screen) {
    match screen.source {
        SourceText::Exact => out.extend_from_slice(text),
        // The carriage return of a line end moves nothing: the line feed follows.
        SourceText::Visible => match text.strip_suffix(b"\r") {
            Some(line) => out.extend_from_slice(&[&shown_bytes(line), b"\r".as_slice()].concat()),
            None => out.extend_from_slice(&shown_bytes(text)),
        },
    }
}
