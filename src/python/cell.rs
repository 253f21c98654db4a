//! Code cells of notebooks: what IPython alone understands is found, so that the rest can be read as Python.
//!
//! ```text
//! %matplotlib inline     a line that is no code
//! %time x = Old()        code behind a magic
//! files = !ls            a value that is no code
//! Old.run?               code before a question mark
//! %%bash                 a cell in another language
//! ```

use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use ruff_text_size::Ranged;

use super::guard::guarded;
use super::{depth, parse};
use crate::text::{Mask, Span};

/// What a code cell is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Python, but for the masks; and what they hide that may name something of the namespace.
    Code { masks: Vec<Mask>, hidden: Vec<String> },
    /// Cannot be read, and may name something of the namespace.
    Unreadable,
    /// Another language.
    Foreign,
}

/// Magics whose argument is code of the namespace.
const LINE_CODE: [&str; 4] = ["time", "timeit", "prun", "memit"];
/// Magics of whole cells whose body is code of the namespace.
const CELL_CODE: [&str; 4] = ["time", "timeit", "prun", "capture"];
const FOREIGN: [&str; 16] = [
    "bash",
    "sh",
    "cmd",
    "html",
    "HTML",
    "javascript",
    "js",
    "latex",
    "markdown",
    "perl",
    "ruby",
    "sql",
    "svg",
    "SVG",
    "R",
    "file",
];

/// Reads a cell. The result of masking it is Python that parses, if it is code.
pub fn read_cell(source: &str) -> Cell {
    if let Some(magic) = source.trim_start().strip_prefix("%%") {
        let name: &str =
            magic.split(|character: char| !character.is_alphanumeric() && character != '_').next().unwrap_or_default();
        match name {
            _ if CELL_CODE.contains(&name) => {}
            _ if FOREIGN.contains(&name) => return Cell::Foreign,
            _ => return Cell::Unreadable,
        }
    }
    if depth::too_deep_at(source, depth::FILE).is_some() {
        return Cell::Unreadable;
    }
    let parsed = guarded(|| parse_unchecked(source, ParseOptions::from(Mode::Ipython)));
    let Some(parsed) = parsed.filter(|parsed| parsed.errors().is_empty()) else { return Cell::Unreadable };
    let (mut masks, mut hidden): (Vec<Mask>, Vec<String>) = (Vec::new(), Vec::new());
    for token in parsed.tokens() {
        let range = token.range();
        let span = Span::new(range.start().to_usize(), range.end().to_usize());
        match token.kind() {
            TokenKind::IpyEscapeCommand => {
                let mask = mask(source, span);
                if mask.trail.is_empty() && !mask.span.of(source).starts_with(['!', '?']) {
                    hidden.push(mask.span.of(source).to_owned());
                }
                masks.push(mask);
            }
            TokenKind::Question => match masks.last_mut() {
                Some(mask) if mask.span.end() == span.start() && mask.span.of(source).starts_with('?') => {
                    mask.span.end = span.end;
                }
                _ => masks.push(Mask { span, lead: "; ", trail: "" }),
            },
            _ => {}
        }
    }
    Cell::Code { masks, hidden }
}

/// The part of a command that is no code: all of it, or what stands before the code.
fn mask(source: &str, span: Span) -> Mask {
    let command = span.of(source);
    let whole = Mask { span, lead: "", trail: "" };
    let line = source[..span.start()].rsplit(['\n', '\r']).next().unwrap_or_default();
    let starts_line = line.trim_start().is_empty();
    match code_in(command) {
        Some(code) if starts_line && !code.trim_start().is_empty() && parse(code).is_ok() => {
            Mask { span: Span::new(span.start(), span.end() - code.len()), trail: "; ", ..whole }
        }
        _ => whole,
    }
}

/// The code behind `%time`, behind `%timeit -n 10`, behind `?`.
fn code_in(command: &str) -> Option<&str> {
    if let Some(asked) = command.strip_prefix('?') {
        return Some(asked.trim_start_matches('?'));
    }
    let magic = command.strip_prefix('%').filter(|magic| !magic.starts_with('%'))?;
    let end = magic.find(|character: char| !character.is_alphanumeric() && character != '_')?;
    let mut code = magic[end..].trim_start();
    while let Some(option) = code.strip_prefix('-') {
        let letter = option.chars().next().filter(char::is_ascii_alphabetic)?;
        code = option[letter.len_utf8()..].trim_start();
        let takes_value = matches!(letter, 'n' | 'r' | 'p' | 's' | 'l' | 'T' | 'D');
        if takes_value {
            code = code.split_once(char::is_whitespace).map_or("", |(_, rest)| rest).trim_start();
        }
    }
    LINE_CODE.contains(&&magic[..end]).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(source: &str) -> Option<String> {
        let Cell::Code { masks, .. } = read_cell(source) else { return None };
        let mut text = source.to_owned();
        for mask in masks.iter().rev() {
            text.replace_range(mask.span.range(), &format!("{}0{}", mask.lead, mask.trail));
        }
        assert!(parse(&text).is_ok(), "{text}");
        Some(text)
    }

    #[test]
    fn what_ipython_understands_is_masked() {
        for (source, expected) in [
            ("x = 5 % 3", "x = 5 % 3"),
            ("%matplotlib inline\nx", "0\nx"),
            ("%time x = Old()", "0; x = Old()"),
            ("if a:\n    %timeit -n 10 -q Old()\n", "if a:\n    0; Old()\n"),
            ("!pip install a \\\n  b\nx", "0\nx"),
            ("files = !ls\nx", "files = 0\nx"),
            ("Old.run?", "Old.run; 0"),
            ("Old??\nx", "Old; 0\nx"),
            ("?Old", "0; Old"),
            ("%%time\nOld()", "0\nOld()"),
            ("x = (5\n % 3)", "x = (5\n % 3)"),
            ("'''\n%no\n'''", "'''\n%no\n'''"),
        ] {
            assert_eq!(masked(source).as_deref(), Some(expected), "{source}");
        }
    }

    #[test]
    fn other_languages_and_what_cannot_be_read() {
        assert_eq!(read_cell("%%bash\nls"), Cell::Foreign);
        assert_eq!(read_cell("\n%%R\nx <- 1"), Cell::Foreign);
        for source in ["%%cython\nx", "def f(:", "print 1"] {
            assert_eq!(read_cell(source), Cell::Unreadable, "{source}");
        }
    }

    #[test]
    fn a_cell_on_which_the_parser_panics_cannot_be_read() {
        assert_eq!(read_cell("from[\n?"), Cell::Unreadable);
    }
}
