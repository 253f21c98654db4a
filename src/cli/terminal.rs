//! The two streams of a run: whether they are terminals, how wide, and whether they take colour.

use std::env;
use std::io::{self, IsTerminal};

use super::arguments::{Color, Global};
use crate::report::{Detail, Palette, Screen, SourceText};

/// What standard output shows.
pub(super) fn output_screen(global: &Global) -> Screen {
    let stdout = io::stdout();
    let is_terminal = stdout.is_terminal();
    Screen {
        palette: palette(global.color, || anstream::AutoStream::choice(&stdout)),
        source: if is_terminal { SourceText::Visible } else { SourceText::Exact },
        width: width().filter(|_| is_terminal).unwrap_or(Screen::plain().width),
        detail: detail(global),
        links: None,
    }
}

/// The colours of standard error.
pub(super) fn error_palette(color: Color) -> Palette {
    palette(color, || anstream::AutoStream::choice(&io::stderr()))
}

/// `--color` first, then NO_COLOR, then FORCE_COLOR, then what the stream and CLICOLOR say.
fn palette(color: Color, choice: impl Fn() -> anstream::ColorChoice) -> Palette {
    let is_coloured = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if is_set("NO_COLOR") => false,
        Color::Auto if is_set("FORCE_COLOR") => true,
        Color::Auto => choice() != anstream::ColorChoice::Never,
    };
    if is_coloured { Palette::coloured() } else { Palette::plain() }
}

/// Set to something that does not say no.
fn is_set(variable: &str) -> bool {
    env::var_os(variable).is_some_and(|value| !value.is_empty() && value != "0" && value != "false")
}

fn detail(global: &Global) -> Detail {
    match (global.quiet, global.verbose) {
        (true, _) => Detail::Quiet,
        (false, true) => Detail::All,
        (false, false) => Detail::Normal,
    }
}

/// COLUMNS, or what the terminal says.
fn width() -> Option<usize> {
    let named = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    named.or_else(|| console::Term::stdout().size_checked().map(|(_, columns)| usize::from(columns)))
}
