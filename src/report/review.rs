//! The change hunk by hunk, for people who decide on each.

use std::io::{self, Write};
use std::ops::Range;

use rayon::prelude::*;
use similar::{DiffOp, TextDiff};
use unicode_width::UnicodeWidthStr;

use super::diff::{CONTEXT, changed_lines, lines, push_hunk_header, push_line};
use super::screen::{Palette, Screen, SourceText};
use super::summary;
use super::view::View;
use super::visible::{shown_path, shown_text};
use crate::plan::{Action, FileChange, Note, Safety, Stretch};
use crate::rule::RuleSet;
use crate::site::Kind;
use crate::text::Span;

/// Columns that a tab may take.
const TAB: usize = 8;

/// Changed lines that are decided on together.
#[derive(Clone, Debug)]
pub struct Hunk {
    pub path: String,
    /// What asks for it: indexes into the rules.
    pub rules: Vec<usize>,
    pub stretches: Vec<Stretch>,
    /// The lines as they are shown, from `@@` on.
    pub rows: Vec<Row>,
    /// `rule user-service · shop/api.py · hunk 1 of 2 · safe`.
    pub title: String,
    /// What a search looks through.
    text: String,
}

/// A line of a hunk.
#[derive(Clone, Debug)]
pub struct Row {
    pub text: Vec<u8>,
    /// Columns that it takes, at most.
    pub columns: usize,
}

/// All hunks, in the order of the plan.
pub fn hunks(view: &View, screen: &Screen) -> Vec<Hunk> {
    let screen = Screen { source: SourceText::Visible, ..*screen };
    let changes = view.plan.changes.par_iter().with_max_len(1);
    changes.flat_map_iter(|change| file_hunks(change, view.rules, &screen)).collect()
}

/// Writes what a review comes to: what is left alone, and the totals.
pub fn write_end(view: &View, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    summary::write_left_alone(view, screen, out)?;
    writeln!(out, "{}", summary::totals_line(view))
}

impl Hunk {
    /// Whether a text stands in the hunk, in its path or in what asks for it. Lower case stands for both.
    pub fn mentions(&self, text: &str) -> bool {
        match text.chars().any(char::is_uppercase) {
            true => self.text.contains(text),
            false => self.text.to_lowercase().contains(text),
        }
    }
}

/// A stretch by the numbers of its lines, from 0.
type Lines = (Range<usize>, Range<usize>);

fn file_hunks(change: &FileChange, rules: &RuleSet, screen: &Screen) -> Vec<Hunk> {
    let after = change.after();
    let (old, new) = (lines(change.before.as_bytes()), lines(after.as_deref().unwrap_or_default().as_bytes()));
    let diff = TextDiff::from_slices(&old, &new);
    let mut groups = diff.grouped_ops(CONTEXT);
    if groups.is_empty() {
        // An empty file comes or goes.
        groups.push(Vec::new());
    }
    let (starts, new_starts) = (starts(&old), starts(&new));
    let notes = notes(change);
    let firsts: Vec<usize> =
        groups.iter().map(|ops| ops.first().map_or(0, |op| starts[op.old_range().start])).collect();
    let of = groups.len();
    let hunk = |(index, ops): (usize, &Vec<DiffOp>)| {
        let behind = |(_, offset): &&(Note, usize)| firsts.partition_point(|first| first <= offset).max(1) == index + 1;
        let own: Vec<Note> = notes.iter().filter(behind).map(|(note, _)| *note).collect();
        let stretch = |(old, new): Lines| Stretch {
            path: change.path.clone(),
            span: Span::new(starts[old.start], starts[old.end]),
            becomes: after.as_ref().map(|text| text[new_starts[new.start]..new_starts[new.end]].to_owned()),
        };
        let (rows, text) = rows(&diff, (ops, &old), screen);
        let mut rules_at_work: Vec<usize> = own.iter().map(|note| note.rule).collect();
        rules_at_work.sort_unstable();
        rules_at_work.dedup();
        let title = title(change, (&rules_at_work, rules), (index + 1, of), &own);
        Hunk {
            path: change.path.clone(),
            stretches: stretches(ops).into_iter().map(stretch).collect(),
            rules: rules_at_work,
            text: format!("{title}\n{text}"),
            rows,
            title,
        }
    };
    groups.iter().enumerate().map(hunk).collect()
}

/// The offset of each line, and of the end.
fn starts(lines: &[&[u8]]) -> Vec<usize> {
    let ends = lines.iter().scan(0, |end, line| {
        *end += line.len();
        Some(*end)
    });
    std::iter::once(0).chain(ends).collect()
}

/// What asks for a change, each with its offset.
fn notes(change: &FileChange) -> Vec<(Note, usize)> {
    let whole = |rule, kind| vec![(Note { rule, kind, safety: Safety::Safe }, 0)];
    match &change.action {
        Action::Edit { edits, notes } => {
            edits.as_slice().iter().zip(notes).map(|(edit, note)| (*note, edit.span.start())).collect()
        }
        Action::Delete { rule } => whole(*rule, Kind::ShimModule),
        Action::Create { rule, .. } => whole(*rule, Kind::Definition),
    }
}

/// The unbroken runs of changed lines; one that is empty where a file without lines comes or goes.
fn stretches(ops: &[DiffOp]) -> Vec<Lines> {
    let mut all: Vec<Lines> = Vec::new();
    for op in ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. })) {
        let (old, new) = (op.old_range(), op.new_range());
        match all.last_mut().filter(|(last, other)| last.end == old.start && other.end == new.start) {
            Some((last, other)) => (last.end, other.end) = (old.end, new.end),
            None => all.push((old, new)),
        }
    }
    if all.is_empty() {
        all.push((0..0, 0..0));
    }
    all
}

/// The lines of a hunk as `diff` shows them, and without colour.
fn rows(diff: &TextDiff<[u8]>, (ops, old): (&[DiffOp], &[&[u8]]), screen: &Screen) -> (Vec<Row>, String) {
    let written = |screen: &Screen| {
        let mut out = Vec::new();
        if !ops.is_empty() {
            push_hunk_header(&mut out, ops, old, screen);
        }
        let lines = ops.iter().flat_map(|op| changed_lines(diff, op, screen));
        lines.for_each(|line| push_line(&mut out, &line, screen));
        out
    };
    let plain = String::from_utf8_lossy(&written(&Screen { palette: Palette::plain(), ..*screen })).into_owned();
    let coloured = written(screen);
    let columns = |line: &str| line.width() + line.matches('\t').count() * (TAB - 1);
    let rows = lines(&coloured).into_iter().zip(plain.lines());
    let rows = rows.map(|(text, line)| Row { text: text.to_vec(), columns: columns(line) }).collect();
    (rows, plain)
}

fn title(
    change: &FileChange,
    (at_work, rules): (&[usize], &RuleSet),
    (number, of): (usize, usize),
    notes: &[Note],
) -> String {
    let ids: Vec<_> = at_work.iter().filter_map(|rule| Some(shown_text(&rules.rules.get(*rule)?.id))).collect();
    let what = match change.action {
        Action::Edit { .. } => format!("hunk {number} of {of}"),
        Action::Delete { .. } => "the file goes".to_owned(),
        Action::Create { .. } => "a new file".to_owned(),
    };
    let safety = match notes.iter().map(|note| note.safety).min() {
        Some(Safety::Safe) | None => "safe",
        Some(Safety::Risky) => "risky",
        Some(Safety::Manual) => "manual",
    };
    let rule = if ids.len() > 1 { "rules" } else { "rule" };
    format!("{rule} {} · {} · {what} · {safety}", ids.join(", "), shown_path(&change.path))
}
