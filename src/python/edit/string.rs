//! String literals in code: the name inside their quotes, and f-string fields that print their own source.

use tree_sitter::Node;

use super::EditError;
use super::parts::parse;
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

/// Whether the name at `name` stands in a field of the f-string or t-string `literal` that prints its own source:
/// renaming it in `f"{Old=}"` would change what the program prints.
///
/// Both spans are offsets of `text`. A literal that cannot be read counts as such a string.
pub fn is_self_documenting(text: &str, literal: Span, name: Span) -> bool {
    let Ok(tree) = parse(&format!("({})", as_f_string(literal.of(text)))) else {
        return true;
    };
    let (start, end) = (name.start() - literal.start() + 1, name.end() - literal.start() + 1);
    let mut node = tree.root_node().descendant_for_byte_range(start, end);
    while let Some(inner) = node {
        if matches!(inner.kind(), "interpolation" | "format_expression") && prints_itself(inner) {
            return true;
        }
        node = inner.parent();
    }
    false
}

fn prints_itself(field: Node<'_>) -> bool {
    let mut cursor = field.walk();
    field.children(&mut cursor).any(|child| child.kind() == "=")
}

/// The grammar knows no t-strings; their fields are those of f-strings.
fn as_f_string(literal: &str) -> String {
    let mut bytes = literal.as_bytes().to_vec();
    let prefix = literal.find(['"', '\'']).unwrap_or(0);
    for byte in &mut bytes[..prefix] {
        match *byte {
            b't' => *byte = b'f',
            b'T' => *byte = b'F',
            _ => {}
        }
    }
    String::from_utf8(bytes).expect("one ASCII letter takes the place of another")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_with_an_equals_sign_prints_its_source() {
        for (text, expected) in [
            (r#"f"{Old=}""#, true),
            (r#"f"{Old = !r:>10}""#, true),
            (r#"rf'{call(Old.x)=}'"#, true),
            (r#"t"{Old=}""#, true),
            (r#"f"a {x:{Old=}}""#, true),
            (r#"f"{Old}""#, false),
            (r#"f"{Old == x}""#, false),
            (r#"f"{call(a=Old)} {other=}""#, false),
            ("f\"\"\"a\n{Old}\n\"\"\"", false),
            ("'a'\n  f'{Old=}'", true),
            ("'a'\n  f'{Old}'", false),
        ] {
            let start = text.find("Old").unwrap();
            let found = is_self_documenting(text, Span::new(0, text.len()), Span::new(start, start + 3));
            assert_eq!(found, expected, "{text}");
        }
    }

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
