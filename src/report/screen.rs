//! What a report is written for: a file or a pipe, byte for byte, or a terminal with people before it.

use anstyle::{AnsiColor, Style};

/// Columns assumed where nobody says how wide the screen is, as git does.
const DEFAULT_WIDTH: usize = 80;

/// How a report is shown.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    pub palette: Palette,
    pub source: SourceText,
    /// Columns.
    pub width: usize,
    pub detail: Detail,
    /// `file://host/top`, if places are links to the files of the tree.
    pub links: Option<&'static str>,
}

impl Screen {
    /// For a file or a pipe.
    pub fn plain() -> Self {
        Self {
            palette: Palette::plain(),
            source: SourceText::Exact,
            width: DEFAULT_WIDTH,
            detail: Detail::Normal,
            links: None,
        }
    }
}

/// What becomes of control characters in source text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceText {
    /// Kept: the bytes are the result.
    Exact,
    /// Spelled out, so that a file cannot drive the terminal.
    Visible,
}

/// How much is said around the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// The result alone.
    Quiet,
    /// Long lists are cut.
    Normal,
    /// Every entry is listed.
    All,
}

/// The styles of a report; all empty where colour is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    pub heading: Style,
    pub place: Style,
    pub hunk: Style,
    pub removed: Style,
    pub added: Style,
    pub removed_word: Style,
    pub added_word: Style,
    pub error: Style,
    pub faint: Style,
}

impl Palette {
    pub fn plain() -> Self {
        let none = Style::new();
        Self {
            heading: none,
            place: none,
            hunk: none,
            removed: none,
            added: none,
            removed_word: none,
            added_word: none,
            error: none,
            faint: none,
        }
    }

    /// The colours of git.
    pub fn coloured() -> Self {
        let (red, green) = (AnsiColor::Red.on_default(), AnsiColor::Green.on_default());
        Self {
            heading: Style::new().bold(),
            place: AnsiColor::Cyan.on_default(),
            hunk: AnsiColor::Cyan.on_default(),
            removed: red,
            added: green,
            removed_word: red.bold().invert(),
            added_word: green.bold().invert(),
            error: AnsiColor::BrightRed.on_default().bold(),
            faint: Style::new().dimmed(),
        }
    }

    pub fn is_plain(&self) -> bool {
        *self == Self::plain()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_those_that_the_terminal_gives_them() {
        let Palette { heading, place, hunk, removed, added, removed_word, added_word, error, faint } =
            Palette::coloured();
        for style in [heading, place, hunk, removed, added, removed_word, added_word, error, faint] {
            let colours = [style.get_fg_color(), style.get_bg_color(), style.get_underline_color()];
            assert!(colours.into_iter().flatten().all(|colour| matches!(colour, anstyle::Color::Ansi(_))), "{style:?}");
            // What lies behind the text stays: a light terminal is as good as a dark one.
            assert_eq!(style.get_bg_color(), None);
        }
    }
}
