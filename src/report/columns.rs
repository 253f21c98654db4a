//! Lines in columns, with branches before them: `├─ module   shop/legacy.py   41 importers`.

use std::io::{self, Write};

use super::screen::Screen;
use super::visible::shown_text;

/// One cell.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    text: String,
    style: Style,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Plain,
    Place,
    Faint,
}

/// The cells of a line.
pub(crate) type Line = Vec<Column>;

/// A column grows no wider than this for the sake of one long cell.
const WIDEST: usize = 52;

impl Column {
    pub(crate) fn text(text: &str) -> Self {
        Self { text: shown_text(text).into_owned(), style: Style::Plain }
    }

    pub(crate) fn place(text: &str) -> Self {
        Self { text: shown_text(text).into_owned(), style: Style::Place }
    }

    pub(crate) fn faint(text: &str) -> Self {
        Self { text: shown_text(text).into_owned(), style: Style::Faint }
    }

    fn width(&self) -> usize {
        self.text.chars().count()
    }
}

/// Where no line would fit, cells from this one on stand on a line of their own.
const FIRST_BELOW: usize = 2;

/// Writes lines below each other as the branches of what stands above them.
pub(crate) fn write_lines(indent: &str, lines: &[Line], screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let columns = lines.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| {
        let cells = lines.iter().filter(|line| line.len() > column + 1).filter_map(|line| line.get(column));
        cells.map(|cell| cell.width().min(WIDEST)).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let length = |line: &Line| {
        let cells = line.iter().zip(&widths).map(|(cell, &width)| cell.width().max(width) + 2);
        indent.len() + 2 + cells.sum::<usize>()
    };
    let is_narrow = lines.iter().any(|line| length(line) > screen.columns());
    for (index, line) in lines.iter().enumerate() {
        let (branch, below) = if index + 1 == lines.len() { ("└─", "  ") } else { ("├─", "│ ") };
        write!(out, "{indent}{branch}")?;
        let last = line.iter().rposition(|cell| !cell.text.is_empty()).unwrap_or_default();
        for (column, cell) in line.iter().enumerate().take(last + 1) {
            let faint = screen.palette.faint;
            let text = match cell.style {
                Style::Plain => cell.text.clone(),
                Style::Place => screen.place(&cell.text).to_string(),
                Style::Faint => format!("{faint}{}{faint:#}", cell.text),
            };
            let is_end = column == last || is_narrow && column + 1 == FIRST_BELOW;
            if is_narrow && column == FIRST_BELOW {
                write!(out, "\n{indent}{below}   ")?;
            }
            let is_below = is_narrow && column >= FIRST_BELOW;
            let pad = if is_end || is_below { 0 } else { widths[column].saturating_sub(cell.width()) };
            write!(out, " {text}{:pad$}", "")?;
            if !(is_end || is_below && cell.text.is_empty()) {
                write!(out, " ")?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::SourceText;

    #[test]
    fn on_a_narrow_terminal_what_is_said_of_a_place_stands_below_it() {
        let line = |place, what| vec![Column::text("module"), Column::place(place), Column::text(what)];
        let lines = [line("shop/old.py:1", "41 importers"), line("shop/a.py:1", "1 importer")];
        let shown = |width| {
            let screen = Screen { width, source: SourceText::Visible, ..Screen::plain() };
            let mut out = Vec::new();
            write_lines("  ", &lines, &screen, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        insta::assert_snapshot!(shown(60) + &shown(30), @"
        ├─ module  shop/old.py:1  41 importers
        └─ module  shop/a.py:1    1 importer
        ├─ module  shop/old.py:1
        │     41 importers
        └─ module  shop/a.py:1
              1 importer
        ");
    }
}
