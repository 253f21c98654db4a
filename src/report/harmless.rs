//! Text of a foreign tree inside JSON, XML and CI logs: nothing in it is obeyed, by a terminal or by what reads the log.
//!
//! Build servers obey lines that begin with `::`, and `##[…]` and `##vso[…]` anywhere in a line.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;

use super::visible::{is_hostile, shown_text};

/// Writes a value as one line of JSON in which every character that could be obeyed is escaped.
pub(crate) fn write_json(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let text = serde_json::to_string(value)?;
    writeln!(out, "{}", json(&text))
}

/// A value as JSON for a `<script>` of a page: no `<` ends it or begins a comment in it.
pub(crate) fn script(value: &impl Serialize) -> String {
    let text = serde_json::to_string(value).expect("what is serialised has names for keys");
    escaped(&text, |character, _| is_hostile(character) || matches!(character, '<' | '>' | '&'))
}

fn json(text: &str) -> String {
    escaped(text, |character, next| is_hostile(character) || character == '#' && next == Some(&'#'))
}

/// JSON with the same meaning: outside of strings it has no character that is escaped here.
fn escaped(text: &str, is_obeyed: impl Fn(char, Option<&char>) -> bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if is_obeyed(character, characters.peek()) {
            write!(escaped, "\\u{:04x}", u32::from(character)).expect("a string takes all text");
        } else {
            escaped.push(character);
        }
    }
    escaped
}

/// Text for an XML attribute or element; what XML 1.0 cannot hold is spelled out.
pub(crate) fn xml(text: &str) -> String {
    let shown = shown_text(text);
    let mut escaped = String::with_capacity(shown.len());
    let mut characters = shown.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '#' if characters.peek() == Some(&'#') => escaped.push_str("&#35;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Text for people, in which a build server sees no command; blanks are all that is added.
pub(crate) fn log(text: &str) -> String {
    let mut told = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        told.push(character);
        if character == '#' && characters.peek() == Some(&'#') {
            told.push(' ');
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_be_obeyed_is_escaped_and_means_the_same() {
        let hostile = "##[error]\u{1b}[2J\u{9b}\u{202e}\u{2028}\n###vso[x]\\#";
        let mut out = Vec::new();
        write_json(&hostile, &mut out).unwrap();
        let line = String::from_utf8(out).unwrap();
        assert_eq!(serde_json::from_str::<String>(&line).unwrap(), hostile);
        assert!(!line.trim_end().chars().any(is_hostile) && !line.contains("##"), "{line}");
    }

    #[test]
    fn no_text_ends_the_script_that_it_stands_in() {
        let hostile = "</script><!--<script>&amp;\u{2028}\u{1b}\u{202e}";
        let text = script(&hostile);
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), hostile);
        assert!(text.bytes().all(|byte| matches!(byte, b' '..=b'~') && !b"<>&".contains(&byte)), "{text}");
    }

    #[test]
    fn xml_holds_no_markup_and_no_control_character() {
        assert_eq!(log("# a ###[x] ##"), "# a # # #[x] # #");
        assert_eq!(xml("]]><a b='\"'>&##[x]\u{0}\u{1b}"), "]]&gt;&lt;a b=&apos;&quot;&apos;&gt;&amp;&#35;#[x]^@^[");
    }
}
