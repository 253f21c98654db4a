//! What is wrong with a file that is no TOML, in words that help: the parser recovers, so several are found at once.

use toml::de::Error;

use super::problem::{Place, Problem, quoted};
use crate::text::Span;

/// The problems behind the errors of the parser: the first of each line, for the others follow from it.
pub(super) fn syntax_problems(errors: &[Error], file: usize, text: &str) -> Vec<Problem> {
    let mut problems: Vec<_> = errors.iter().map(|error| syntax_problem(error, file, text)).collect();
    let line = |problem: &Problem| text[..problem.at.span.start()].matches('\n').count();
    problems.sort_by_key(|problem| problem.at);
    problems.dedup_by_key(|problem| line(problem));
    problems
}

fn syntax_problem(error: &Error, file: usize, text: &str) -> Problem {
    let (said, expected) = error.message().split_once(", expected ").unwrap_or((error.message(), ""));
    let place = Place { file, span: find_span(error, said, text) };
    if said == "duplicate key" {
        let help = "a table holds each key once: take one of the two out, or begin another `[[rule]]`";
        return Problem::new(place, format!("{} is given twice", quoted(place.span.of(text))), help);
    }
    if let Some((message, help)) = string_words(said, expected).or_else(|| words(said)) {
        return Problem::new(place, message, help);
    }
    let help = match expected {
        "" | "nothing" => "take it out".to_owned(),
        _ => format!("{expected} belongs here"),
    };
    Problem::new(place, format!("not valid TOML: {said}"), help)
}

/// What is wrong with a string, and what would be right.
fn string_words(said: &str, expected: &str) -> Option<(&'static str, &'static str)> {
    let is_string = said.starts_with("invalid ") && said.ends_with(" string");
    Some(match (said, expected) {
        ("invalid basic string", "`\"`") => ("a text that does not end", "end it with `\"`"),
        ("invalid literal string", "`'`") => ("a text that does not end", "end it with `'`"),
        ("invalid multi-line basic string", "`\"`") => ("a text that does not end", "end it with `\"\"\"`"),
        ("invalid multi-line literal string", "`'`") => ("a text that does not end", "end it with `'''`"),
        ("missing escaped value", _) => (
            "an escape that TOML does not know",
            "write `\\\\` for a backslash, or put the text in single quotes, where nothing is escaped",
        ),
        _ if is_string && expected.contains("characters") => ("a control character in a text", "take it out"),
        _ => return None,
    })
}

/// What the parser says, in the words of people who write rules, and what would be right.
fn words(said: &str) -> Option<(&'static str, &'static str)> {
    Some(match said {
        "string values must be quoted" => ("a text without quotes", "put it in quotes: `\"…\"`"),
        "unclosed array" => ("a list that does not end", "end it with `]`"),
        "unclosed inline table" => ("a table that does not end", "end it with `}`"),
        "unclosed table" => ("the name of a table that does not end", "end it with `]`"),
        "unclosed array table" => ("the name of a table that does not end", "end it with `]]`"),
        "key with no value" => ("a key without a value", "write `key = value`"),
        "missing comma between array elements" => ("no comma between two items of a list", "put a `,` between them"),
        "unexpected key or value" => {
            ("something behind the end of a value", "write one key a line, and comments behind a `#`")
        }
        "invalid key-value pair" => ("neither a key nor a table", "write `[[rule]]`, and `key = value` below it"),
        "invalid unquoted key" => {
            ("not the name of a key", "keys are made of letters, digits, `-` and `_`, and stand before a `=`")
        }
        "carriage return must be followed by newline" => {
            ("a carriage return without a line feed", "save the file with line ends of Unix or Windows")
        }
        "recursion limit" | "cannot recurse further; max recursion depth met" => {
            ("nested too deeply", "a rule file needs three levels at most")
        }
        _ => return None,
    })
}

/// Where the error is: within the text, and on character boundaries. A text of many lines that does not end is shown
/// where it begins, and not at the end of the file.
fn find_span(error: &Error, said: &str, text: &str) -> Span {
    let range = error.span().unwrap_or(0..0);
    let start = text.floor_char_boundary(range.start.min(text.len()));
    let end = text.ceil_char_boundary(range.end.clamp(start, text.len()));
    let quotes = match said {
        "invalid multi-line basic string" => "\"\"\"",
        "invalid multi-line literal string" => "'''",
        _ => return Span::new(start, end),
    };
    let begin = text[..start].rfind(quotes).filter(|_| start == text.len());
    begin.map_or(Span::new(start, end), |begin| Span::new(begin, begin + quotes.len()))
}
