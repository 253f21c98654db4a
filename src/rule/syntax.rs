//! What is wrong with a file that is no TOML, in words that help: the parser recovers, so several are found at once.

use toml::de::Error;

use super::problem::{Place, Problem, quoted};
use crate::text::Span;

/// The problem behind one error of the parser.
pub(super) fn syntax_problem(error: &Error, file: usize, text: &str) -> Problem {
    let range = error.span().unwrap_or(0..0);
    let place = Place { file, span: visible(range.start, range.end, text) };
    let (said, expected) = error.message().split_once(", expected ").unwrap_or((error.message(), ""));
    let (message, help) = match said {
        "duplicate key" => (
            format!("{} is given twice", quoted(place.span.of(text))),
            "a table holds each key once: take one of the two out, or begin another `[[rule]]`",
        ),
        "string values must be quoted" => ("a text without quotes".to_owned(), "put it in quotes: `\"…\"`"),
        "unclosed array" => ("a list that does not end".to_owned(), "end it with `]`"),
        "unclosed inline table" => ("a table that does not end".to_owned(), "end it with `}`"),
        "unclosed table" => ("a table's name that does not end".to_owned(), "end it with `]`"),
        "unclosed array table" => ("a table's name that does not end".to_owned(), "end it with `]]`"),
        "key with no value" => ("a key without a value".to_owned(), "write `key = value`"),
        "missing comma between array elements" => {
            ("no comma between two items of a list".to_owned(), "put a `,` between them")
        }
        "invalid basic string" if expected == "`\"`" => ("a string that does not end".to_owned(), "end it with `\"`"),
        "invalid literal string" if expected == "`'`" => ("a string that does not end".to_owned(), "end it with `'`"),
        "missing escaped value" => (
            "an escape that TOML does not know".to_owned(),
            "write `\\\\` for a backslash, or put the text in single quotes, where nothing is escaped",
        ),
        _ if said.starts_with("invalid") && said.ends_with("string") && expected.contains("visible characters") => {
            ("a control character in a string".to_owned(), "take it out")
        }
        "recursion limit" | "cannot recurse further; max recursion depth met" => {
            ("nested too deeply".to_owned(), "a rule file needs three levels at most")
        }
        _ if expected.is_empty() => (format!("not valid TOML: {said}"), "see https://toml.io"),
        _ => return Problem::new(place, format!("not valid TOML: {said}"), format!("{expected} belongs here")),
    };
    Problem::new(place, message, help)
}

/// The span within the text and on character boundaries.
fn visible(start: usize, end: usize, text: &str) -> Span {
    let start = text.floor_char_boundary(start.min(text.len()));
    let end = text.ceil_char_boundary(end.clamp(start, text.len()));
    Span::new(start, end)
}
