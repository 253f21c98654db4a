//! String literals in code: the name inside their quotes.

use super::EditError;
use crate::text::Span;

/// The characters between the quotes of a literal that stands for itself: one part, no escapes, no fields.
pub(super) fn content(source: &str, literal: Span) -> Result<Span, EditError> {
    let text = literal.of(source);
    let quoted = text.trim_start_matches(['r', 'R', 'u', 'U', 'b', 'B']);
    let quote = quoted.chars().next().filter(|character| matches!(character, '"' | '\'')).ok_or(EditError::Literal)?;
    let count = if quoted.starts_with(&quote.to_string().repeat(3)) && quoted.len() >= 6 { 3 } else { 1 };
    let start = literal.start() + text.len() - quoted.len() + count;
    let end = literal.end() - count;
    let is_whole = quoted.len() >= 2 * count && text.ends_with(quote);
    if !is_whole || source[start..end].contains([quote, '\\']) {
        return Err(EditError::Literal);
    }
    Ok(Span::new(start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_of_a_plain_literal_stands_between_its_quotes() {
        for (text, expected) in
            [("'Old'", Some("Old")), ("u\"Old\"", Some("Old")), ("'''Old'''", Some("Old")), ("''", Some(""))]
        {
            let found = content(text, Span::new(0, text.len())).ok().map(|span| span.of(text));
            assert_eq!(found, expected, "{text}");
        }
        for text in [r"'O\x6cd'", "f'Old'", "'a' 'b'", "Old"] {
            assert!(content(text, Span::new(0, text.len())).is_err(), "{text}");
        }
    }
}
