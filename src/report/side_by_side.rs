//! The change with both versions of each line side by side, for people at a screen; long lines go on in the next row.

use std::io::{self, Write};

use anstyle::Style;
use rayon::prelude::*;
use similar::{ChangeTag, DiffOp, TextDiff};
use unicode_width::UnicodeWidthChar;

use super::diff::{CONTEXT, Line, changed_lines, lines, push_hunk_header, push_styled};
use super::screen::{Screen, SourceText};
use super::view::{Versions, View};
use super::visible::{shown_bytes, shown_path};

/// Columns of text that each side has at least, however narrow the screen is.
const NARROWEST: usize = 12;
/// Columns from one tab stop to the next.
const TAB: usize = 4;

/// How the columns of the screen are shared.
struct Layout {
    /// Digits of a line number.
    number: usize,
    /// Columns of text on each side.
    text: usize,
}

impl Layout {
    fn new(width: usize, most_lines: usize) -> Self {
        let number = most_lines.to_string().len();
        // A blank and a sign behind each number, and ` │ ` between the sides.
        let text = (width.saturating_sub(2 * (number + 2) + 3) / 2).max(NARROWEST);
        Self { number, text }
    }
}

/// A line on one side, with its number from 1.
struct Cell<'l> {
    number: usize,
    line: &'l Line<'l>,
}

/// Writes the files in the order of the plan. Control characters are spelled out: nothing here is a patch.
pub fn write(view: &View, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let screen = Screen { source: SourceText::Visible, ..*screen };
    let changes = view.plan.changes.par_iter().with_max_len(1);
    let files: Vec<Vec<u8>> = changes.map(|change| file(&change.path, &view.versions(change), &screen)).collect();
    files.iter().try_for_each(|file| out.write_all(file))
}

fn file(path: &str, versions: &Versions, screen: &Screen) -> Vec<u8> {
    let mut out = Vec::new();
    let end = match &versions.after {
        None => "  deleted",
        Some(_) if versions.is_new => "  new",
        Some(_) => "",
    };
    let (open, closed) = screen.file(path);
    push_styled(&mut out, screen.palette.heading, format!("{open}{}{closed}{end}", shown_path(path)).as_bytes());
    out.push(b'\n');
    let (old, new) = (lines(&versions.before), lines(versions.after.as_deref().unwrap_or_default()));
    let layout = Layout::new(screen.width, old.len().max(new.len()));
    let diff = TextDiff::from_slices(&old, &new);
    for hunk in diff.grouped_ops(CONTEXT) {
        push_hunk_header(&mut out, &hunk, &old, screen);
        for op in &hunk {
            let lines = changed_lines(&diff, op, screen);
            rows(&lines, op).iter().for_each(|row| push_row(&mut out, row, &layout, screen));
        }
    }
    out
}

/// The lines of one operation, each beside the one that takes its place.
fn rows<'l>(lines: &'l [Line<'l>], op: &DiffOp) -> Vec<[Option<Cell<'l>>; 2]> {
    let cells = |tag: ChangeTag, first: usize| {
        let own = lines.iter().filter(move |line| line.tag == tag || line.tag == ChangeTag::Equal);
        own.enumerate().map(move |(index, line)| Cell { number: first + index + 1, line })
    };
    let mut left = cells(ChangeTag::Delete, op.old_range().start);
    let mut right = cells(ChangeTag::Insert, op.new_range().start);
    std::iter::from_fn(|| {
        let row = [left.next(), right.next()];
        row.iter().any(Option::is_some).then_some(row)
    })
    .collect()
}

fn push_row(out: &mut Vec<u8>, [left, right]: &[Option<Cell>; 2], layout: &Layout, screen: &Screen) {
    let [left, right] = [left, right].map(|cell| Side::new(cell.as_ref(), layout, screen));
    for index in 0..left.rows.len().max(right.rows.len()) {
        left.push(out, index, layout, screen);
        let used = left.rows.get(index).map_or(0, |row| row.columns);
        out.extend(std::iter::repeat_n(b' ', layout.text - used));
        push_styled(out, screen.palette.faint, " │ ".as_bytes());
        right.push(out, index, layout, screen);
        let end = out.iter().rposition(|byte| *byte != b' ').map_or(0, |last| last + 1);
        out.truncate(end);
        out.push(b'\n');
    }
}

/// One side of a row: a line in as many rows of the screen as it takes.
struct Side {
    number: String,
    sign: (Style, &'static str),
    rows: Vec<TextRow>,
}

/// A row of text with its styles, and the columns that it takes.
#[derive(Default)]
struct TextRow {
    text: Vec<u8>,
    columns: usize,
}

impl Side {
    fn new(cell: Option<&Cell>, layout: &Layout, screen: &Screen) -> Self {
        let Some(Cell { number, line }) = cell else {
            return Self { number: String::new(), sign: (Style::new(), " "), rows: Vec::new() };
        };
        let palette = &screen.palette;
        let (sign, style, word) = match line.tag {
            ChangeTag::Equal => (" ", Style::new(), Style::new()),
            ChangeTag::Delete => ("-", palette.removed, palette.removed_word),
            ChangeTag::Insert => ("+", palette.added, palette.added_word),
        };
        let mut rows = vec![TextRow::default()];
        for &(is_word, piece) in &line.pieces {
            push_text(&mut rows, piece, if is_word { word } else { style }, layout.text);
        }
        if !line.pieces.last().is_some_and(|(_, piece)| piece.ends_with(b"\n")) {
            rows.push(TextRow::default());
            push_text(&mut rows, b"\\ No newline at end of file", palette.faint, layout.text);
        }
        Self { number: number.to_string(), sign: (style, sign), rows }
    }

    fn push(&self, out: &mut Vec<u8>, index: usize, layout: &Layout, screen: &Screen) {
        let (number, sign) = if index == 0 { (self.number.as_str(), self.sign.1) } else { ("", " ") };
        push_styled(out, screen.palette.faint, format!("{number:>width$} ", width = layout.number).as_bytes());
        push_styled(out, self.sign.0, sign.as_bytes());
        out.extend(self.rows.get(index).map_or(&[][..], |row| &row.text));
    }
}

/// Adds a piece of a line to its rows, and begins a new one where `width` columns are full.
fn push_text(rows: &mut Vec<TextRow>, piece: &[u8], style: Style, width: usize) {
    let line = piece.strip_suffix(b"\n").unwrap_or(piece);
    let shown = shown_bytes(line.strip_suffix(b"\r").unwrap_or(line));
    let mut begun = String::new();
    let mut columns = rows.last().map_or(0, |row| row.columns);
    for character in String::from_utf8_lossy(&shown).chars() {
        let (character, times) = if character == '\t' { (' ', TAB - columns % TAB) } else { (character, 1) };
        for _ in 0..times {
            let wide = character.width().unwrap_or(0);
            if columns + wide > width {
                end_row(rows, &mut begun, style, columns);
                rows.push(TextRow::default());
                columns = 0;
            }
            begun.push(character);
            columns += wide;
        }
    }
    end_row(rows, &mut begun, style, columns);
}

fn end_row(rows: &mut [TextRow], begun: &mut String, style: Style, columns: usize) {
    let row = rows.last_mut().expect("a line has a row");
    if !begun.is_empty() {
        push_styled(&mut row.text, style, begun.as_bytes());
    }
    row.columns = columns;
    begun.clear();
}
