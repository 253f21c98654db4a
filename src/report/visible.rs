//! Text from a foreign tree made fit for a screen: paths quoted as git does, control characters spelled out.

use std::borrow::Cow;
use std::fmt::Write;

/// The path as git writes it with `core.quotePath`: in quotes, with octal escapes, if it holds anything but printable
/// ASCII. `prefix` (`a/`, `b/` or nothing) stands within the quotes.
pub(crate) fn git_path(prefix: &str, path: &str) -> String {
    let is_plain = path.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\');
    if is_plain {
        return format!("{prefix}{path}");
    }
    let mut quoted = format!("\"{prefix}");
    for byte in path.bytes() {
        match byte {
            b'"' => quoted.push_str("\\\""),
            b'\\' => quoted.push_str("\\\\"),
            b'\t' => quoted.push_str("\\t"),
            b'\n' => quoted.push_str("\\n"),
            b'\r' => quoted.push_str("\\r"),
            0x07 => quoted.push_str("\\a"),
            0x08 => quoted.push_str("\\b"),
            0x0b => quoted.push_str("\\v"),
            0x0c => quoted.push_str("\\f"),
            b' '..=b'~' => quoted.push(char::from(byte)),
            _ => write!(quoted, "\\{byte:03o}").expect("a string takes all text"),
        }
    }
    quoted.push('"');
    quoted
}

/// The path for people: as it is, or quoted if it holds something that a terminal would obey.
pub fn shown_path(path: &str) -> Cow<'_, str> {
    if path.chars().any(is_hostile) { Cow::Owned(git_path("", path)) } else { Cow::Borrowed(path) }
}

/// One line of text for people, with what a terminal would obey spelled out.
pub fn shown_text(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hostile) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    text.chars().for_each(|character| push_visible(&mut shown, character));
    Cow::Owned(shown)
}

/// Source bytes for a terminal: `^[` for escape, `<U+202E>` for what turns text around, `<E9>` for a byte that is no UTF-8.
/// Tabs stay.
pub(crate) fn shown_bytes(bytes: &[u8]) -> Cow<'_, [u8]> {
    if bytes.iter().all(|byte| matches!(byte, b'\t' | b' '..=b'~')) {
        return Cow::Borrowed(bytes);
    }
    let mut shown = String::with_capacity(bytes.len() + 8);
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '\t' => shown.push('\t'),
                other => push_visible(&mut shown, other),
            }
        }
        for byte in chunk.invalid() {
            write!(shown, "<{byte:02X}>").expect("a string takes all text");
        }
    }
    Cow::Owned(shown.into_bytes())
}

fn push_visible(shown: &mut String, character: char) {
    match character {
        '\0'..='\x1f' => {
            shown.push('^');
            shown.push(char::from(character as u8 + b'@'));
        }
        '\x7f' => shown.push_str("^?"),
        other if is_hostile(other) => {
            write!(shown, "<U+{:04X}>", u32::from(other)).expect("a string takes all text");
        }
        other => shown.push(other),
    }
}

/// Control characters, line separators, and the marks that change the direction of text.
pub(crate) fn is_hostile(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_quoted_as_git_does() {
        assert_eq!(git_path("a/", "x y.py"), "a/x y.py");
        assert_eq!(git_path("a/", "caf\u{e9}.py"), r#""a/caf\303\251.py""#);
        assert_eq!(git_path("b/", "q\"\\\t\u{1b}.py"), r#""b/q\"\\\t\033.py""#);
    }

    #[test]
    fn a_path_with_an_escape_sequence_is_quoted_and_an_accent_is_not() {
        assert_eq!(shown_path("caf\u{e9}.py"), "caf\u{e9}.py");
        assert_eq!(shown_path("\u{1b}[31m.py"), r#""\033[31m.py""#);
    }

    #[test]
    fn what_a_terminal_would_obey_is_spelled_out() {
        assert_eq!(shown_text("a\u{1b}]0;x\u{7}\n\u{202e}"), "a^[]0;x^G^J<U+202E>");
        assert_eq!(shown_bytes(b"\tx\xe9\xc3\xa9\x1b").as_ref(), "\tx<E9>\u{e9}^[".as_bytes());
    }
}
