//! The change hunk by hunk, for people who decide on each.

use std::io::{self, Write};
use std::ops::Range;

use rayon::prelude::*;
use regex::{Regex, RegexBuilder};
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
    /// The same with the path as a link, where paths are links.
    pub linked: String,
    /// Its stretches one by one, if it has several.
    pub parts: Vec<Hunk>,
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

/// What a search looks for: a text, and what it matches as a regular expression. Lower case stands for both.
pub struct Needle {
    text: String,
    pattern: Option<Regex>,
}

impl Needle {
    pub fn new(text: &str) -> Self {
        let is_lower = !text.chars().any(char::is_uppercase);
        let pattern = RegexBuilder::new(text).case_insensitive(is_lower).multi_line(true).build().ok();
        Self { text: text.to_owned(), pattern }
    }
}

impl Hunk {
    /// Whether something stands in the hunk, in its path or in what asks for it.
    pub fn mentions(&self, needle: &Needle) -> bool {
        let Needle { text, pattern } = needle;
        let stands = match text.chars().any(char::is_uppercase) {
            true => self.text.contains(text),
            false => self.text.to_lowercase().contains(text),
        };
        stands || pattern.as_ref().is_some_and(|pattern| pattern.is_match(&self.text))
    }
}

/// A stretch by the numbers of its lines, from 0.
type Lines = (Range<usize>, Range<usize>);

/// A change with its lines before and after, and what asks for it, each with its offset.
struct Compared<'c> {
    change: &'c FileChange,
    after: Option<&'c str>,
    diff: &'c TextDiff<'c, 'c, [u8]>,
    old: &'c [&'c [u8]],
    starts: Vec<usize>,
    new_starts: Vec<usize>,
    notes: Vec<(Note, usize)>,
    rules: &'c RuleSet,
    screen: &'c Screen,
}

fn file_hunks(change: &FileChange, rules: &RuleSet, screen: &Screen) -> Vec<Hunk> {
    let after = change.after();
    let (old, new) = (lines(change.before.as_bytes()), lines(after.as_deref().unwrap_or_default().as_bytes()));
    let diff = TextDiff::from_slices(&old, &new);
    let mut groups = diff.grouped_ops(CONTEXT);
    if groups.is_empty() {
        // An empty file comes or goes.
        groups.push(Vec::new());
    }
    let (starts, new_starts, notes) = (starts(&old), starts(&new), notes(change));
    let compared =
        Compared { change, after: after.as_deref(), diff: &diff, old: &old, starts, new_starts, notes, rules, screen };
    let mut hunks = compared.hunks(&groups, &compared.notes, "hunk");
    for (index, hunk) in hunks.iter_mut().enumerate().filter(|(_, hunk)| hunk.stretches.len() > 1) {
        hunk.parts = compared.hunks(&split(&groups[index]), &compared.share(&groups, index, &compared.notes), "part");
    }
    hunks
}

impl Compared<'_> {
    /// What groups of lines are to the reviewer; `notes` say what asks for them.
    fn hunks(&self, groups: &[Vec<DiffOp>], notes: &[(Note, usize)], what: &str) -> Vec<Hunk> {
        let hunk = |(index, ops): (usize, &Vec<DiffOp>)| {
            let own: Vec<Note> = self.share(groups, index, notes).into_iter().map(|(note, _)| note).collect();
            self.hunk(ops, &own, &format!("{what} {} of {}", index + 1, groups.len()))
        };
        groups.iter().enumerate().map(hunk).collect()
    }

    /// What asks for one of these groups.
    fn share(&self, groups: &[Vec<DiffOp>], index: usize, notes: &[(Note, usize)]) -> Vec<(Note, usize)> {
        let first = |ops: &Vec<DiffOp>| ops.first().map_or(0, |op| self.starts[op.old_range().start]);
        let begin = if index == 0 { 0 } else { first(&groups[index]) };
        let end = groups.get(index + 1).map_or(usize::MAX, first);
        let own: Vec<_> = notes.iter().filter(|(_, offset)| (begin..end).contains(offset)).copied().collect();
        if !own.is_empty() {
            return own;
        }
        // What began before has left lines as they are, and goes on here.
        notes.iter().rfind(|(_, offset)| *offset < begin).copied().into_iter().collect()
    }

    fn hunk(&self, ops: &[DiffOp], notes: &[Note], what: &str) -> Hunk {
        let (change, screen) = (self.change, self.screen);
        let becomes =
            |new: Range<usize>| Some(self.after?[self.new_starts[new.start]..self.new_starts[new.end]].to_owned());
        let stretch = |(old, new): Lines| Stretch {
            path: change.path.clone(),
            span: Span::new(self.starts[old.start], self.starts[old.end]),
            becomes: becomes(new),
        };
        let (rows, text) = rows(self.diff, (ops, self.old), screen);
        let mut rules: Vec<usize> = notes.iter().map(|note| note.rule).collect();
        rules.sort_unstable();
        rules.dedup();
        let titled = |screen: &Screen| title(change, (&rules, self.rules), (what, notes), screen);
        let title = titled(&Screen::plain());
        Hunk {
            path: change.path.clone(),
            stretches: stretches(ops).into_iter().map(stretch).collect(),
            text: format!("{title}\n{text}"),
            linked: titled(screen),
            rules,
            rows,
            title,
            parts: Vec::new(),
        }
    }
}

/// The stretches of a hunk apart, each with the lines around it.
fn split(ops: &[DiffOp]) -> Vec<Vec<DiffOp>> {
    let mut parts = vec![Vec::new()];
    for op in ops {
        let part: &mut Vec<DiffOp> = parts.last_mut().expect("there is always one");
        match *op {
            DiffOp::Equal { old_index, new_index, len }
                if part.iter().any(|op| !matches!(op, DiffOp::Equal { .. })) =>
            {
                let around = len.min(CONTEXT);
                part.push(DiffOp::Equal { old_index, new_index, len: around });
                let skipped = len - around;
                parts.push(vec![DiffOp::Equal {
                    old_index: old_index + skipped,
                    new_index: new_index + skipped,
                    len: around,
                }]);
            }
            op => part.push(op),
        }
    }
    parts.retain(|part| part.iter().any(|op| !matches!(op, DiffOp::Equal { .. })));
    parts
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
    (what, notes): (&str, &[Note]),
    screen: &Screen,
) -> String {
    let ids: Vec<_> = at_work.iter().filter_map(|rule| Some(shown_text(&rules.rules.get(*rule)?.id))).collect();
    let what = match change.action {
        Action::Edit { .. } => what,
        Action::Delete { .. } => "the file goes",
        Action::Create { .. } => "a new file",
    };
    let safety = match notes.iter().map(|note| note.safety).min() {
        Some(Safety::Safe) | None => "safe",
        Some(Safety::Risky) => "risky",
        Some(Safety::Manual) => "manual",
    };
    let rule = if ids.len() > 1 { "rules" } else { "rule" };
    let (opened, closed) = screen.file(&change.path);
    format!("{rule} {} · {opened}{}{closed} · {what} · {safety}", ids.join(", "), shown_path(&change.path))
}
