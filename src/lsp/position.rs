//! Places in a text as an editor counts them: lines and columns from 0, columns in the units that it has asked for.

use gen_lsp_types::{Position, PositionEncodingKind, Range};

use crate::text::{LineIndex, Span};

/// What a column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Units {
    Utf8,
    Utf16,
}

impl Units {
    /// UTF-8 for an editor that can count so; UTF-16 is what all can.
    pub(super) fn chosen(offered: &[PositionEncodingKind]) -> Self {
        if offered.contains(&PositionEncodingKind::UTF8) { Units::Utf8 } else { Units::Utf16 }
    }

    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Units::Utf8 => PositionEncodingKind::UTF8,
            Units::Utf16 => PositionEncodingKind::UTF16,
        }
    }
}

/// A text with its lines.
pub(super) struct Ruler<'t> {
    text: &'t str,
    lines: LineIndex,
    units: Units,
}

impl<'t> Ruler<'t> {
    pub(super) fn new(text: &'t str, units: Units) -> Self {
        Self { text, lines: LineIndex::new(text), units }
    }

    pub(super) fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start()), end: self.position(span.end()) }
    }

    fn position(&self, offset: usize) -> Position {
        let before = &self.text[self.lines.line_start(offset)..offset];
        let character = match self.units {
            Units::Utf8 => before.len(),
            Units::Utf16 => before.encode_utf16().count(),
        };
        Position { line: self.lines.line(offset) - 1, character: character as u32 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_what_was_asked_for_and_all_line_ends_count() {
        let text = "a\r\n\u{1f600}é = x\rb";
        let at = |units, offset| {
            let Position { line, character } = Ruler::new(text, units).position(offset);
            (line, character)
        };
        let x = text.find('x').unwrap();
        assert_eq!(at(Units::Utf16, x), (1, 6));
        assert_eq!(at(Units::Utf8, x), (1, 9));
        assert_eq!(at(Units::Utf16, text.len()), (2, 1));
    }
}
