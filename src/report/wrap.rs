//! Lines that keep to the width of a terminal: a sentence is broken between words, and goes on below its begin.

use unicode_width::UnicodeWidthStr;

use super::screen::{Screen, SourceText};

/// Fewer columns are too few for a sentence: it begins on the next line.
const LEAST: usize = 24;
/// How far it is set in there.
const SET_IN: usize = 6;

impl Screen {
    /// The columns that a line may have: any number in a file or a pipe, where one line is one thing.
    pub(crate) fn columns(&self) -> usize {
        match self.source {
            SourceText::Exact => usize::MAX,
            SourceText::Visible => self.width,
        }
    }
}

/// A sentence that stands at column `start` of a line of which `used` columns are written.
pub(crate) fn beside(sentence: &str, used: usize, start: usize, screen: &Screen) -> String {
    let columns = screen.columns();
    let is_near = columns.saturating_sub(start) >= LEAST || start + sentence.width() <= columns;
    let margin = if is_near { start } else { SET_IN };
    let mut shown = if is_near { " ".repeat(start.saturating_sub(used)) } else { format!("\n{:margin$}", "") };
    let mut column = margin;
    for word in sentence.split(' ') {
        if column > margin && column + 1 + word.width() > columns {
            shown += &format!("\n{:margin$}", "");
            column = margin;
        } else if column > margin {
            shown.push(' ');
            column += 1;
        }
        shown += word;
        column += word.width();
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(width: usize) -> Screen {
        Screen { width, source: SourceText::Visible, ..Screen::plain() }
    }

    #[test]
    fn a_sentence_goes_on_below_its_begin_or_below_its_place() {
        let shown = |screen: &Screen| beside("the name can be two different objects", 6, 8, screen);
        assert_eq!(shown(&Screen { width: 20, ..Screen::plain() }), "  the name can be two different objects");
        assert_eq!(shown(&on(45)), "  the name can be two different objects");
        assert_eq!(shown(&on(32)), "  the name can be two\n        different objects");
        assert_eq!(shown(&on(30)), "\n      the name can be two\n      different objects");
        assert_eq!(beside("宽宽宽宽宽宽 宽宽宽宽宽宽宽", 8, 8, &on(32)), "宽宽宽宽宽宽\n        宽宽宽宽宽宽宽");
    }
}
