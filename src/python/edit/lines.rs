//! Physical lines around an offset: where they begin and end, how they are indented, what trails a statement.
//!
//! A line ends with `\n`, `\r\n` or a lone `\r`, as Python reads it.

use crate::text::Span;

/// Where the line of `offset` begins.
pub(super) fn line_start(text: &str, offset: usize) -> usize {
    memchr::memrchr2(b'\n', b'\r', &text.as_bytes()[..offset]).map_or(0, |found| found + 1)
}

/// Where the line of `offset` ends, its newline left out.
pub(super) fn line_end(text: &str, offset: usize) -> usize {
    memchr::memchr2(b'\n', b'\r', &text.as_bytes()[offset..]).map_or(text.len(), |found| offset + found)
}

/// Where the line after that of `offset` begins, or the end of the text.
pub(super) fn next_line(text: &str, offset: usize) -> usize {
    let end = line_end(text, offset);
    end + newline_at(text, end).len()
}

/// The newline that stands at `offset`; empty if none does.
fn newline_at(text: &str, offset: usize) -> &'static str {
    match &text.as_bytes()[offset..] {
        [b'\r', b'\n', ..] => "\r\n",
        [b'\r', ..] => "\r",
        [b'\n', ..] => "\n",
        _ => "",
    }
}

/// The newline in use at `offset`: that of its own line, else that of the line before, else `\n`.
pub(super) fn newline(text: &str, offset: usize) -> &'static str {
    let own = newline_at(text, line_end(text, offset));
    if !own.is_empty() {
        return own;
    }
    let bytes = &text.as_bytes()[..line_start(text, offset)];
    match bytes {
        [.., b'\r', b'\n'] => "\r\n",
        [.., b'\r'] => "\r",
        _ => "\n",
    }
}

/// The blanks at the beginning of the line of `offset`; those before a form feed do not indent and are left out.
pub(super) fn indentation(text: &str, offset: usize) -> &str {
    let start = line_start(text, offset);
    let line = &text[start..line_end(text, offset)];
    let blanks = &line[..line.len() - line.trim_start_matches([' ', '\t', '\x0c']).len()];
    blanks.rsplit('\x0c').next().expect("rsplit yields at least one part")
}

/// The first offset from `offset` on that is no blank and no backslash continuation.
pub(super) fn skip_blanks(text: &str, mut offset: usize) -> usize {
    let bytes = text.as_bytes();
    loop {
        match bytes.get(offset) {
            Some(b' ' | b'\t' | b'\x0c') => offset += 1,
            Some(b'\\') if matches!(bytes.get(offset + 1), Some(b'\n' | b'\r')) => {
                offset += 1 + newline_at(text, offset + 1).len();
            }
            _ => return offset,
        }
    }
}

/// The comment that follows `offset` on its line, with nothing but blanks between.
pub(super) fn trailing_comment(text: &str, offset: usize) -> Option<Span> {
    let start = skip_blanks(text, offset);
    text[start..].starts_with('#').then(|| {
        let line = &text[start..line_end(text, start)];
        Span::new(start, start + line.trim_end().len())
    })
}

/// Whether the line from `start` to its end holds blanks only. A form feed is a mark of its author and counts as text.
pub(super) fn is_blank(text: &str, start: usize) -> bool {
    text[start..line_end(text, start)].bytes().all(|byte| matches!(byte, b' ' | b'\t'))
}

/// The length of the newline that ends right before `offset`.
pub(super) fn newline_before(text: &str, offset: usize) -> usize {
    if text[..offset].ends_with("\r\n") { 2 } else { 1 }
}

/// Where the blank lines above `top` begin, from below.
pub(super) fn blanks_above(text: &str, top: usize) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut at = top;
    while at > 0 {
        at = line_start(text, at - newline_before(text, at));
        if !is_blank(text, at) {
            break;
        }
        starts.push(at);
    }
    starts
}

/// Where the blank lines below `bottom` end, from above.
pub(super) fn blanks_below(text: &str, bottom: usize) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut at = bottom;
    while at < text.len() && is_blank(text, at) {
        at = next_line(text, at);
        ends.push(at);
    }
    ends
}

/// Whether a line break that no backslash takes back stands between the two offsets.
pub(super) fn is_broken(text: &str, start: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'\n', b'\r', &bytes[start..end]).any(|found| {
        let at = start + found;
        let is_pair = bytes[at] == b'\n' && at > start && bytes[at - 1] == b'\r';
        !is_pair && (at == 0 || bytes[at - 1] != b'\\')
    })
}

/// The indentation of one level in this file: what the first indented block adds to its header, else four blanks.
/// Lines of prose that end with a colon, as in docstrings, are no headers.
pub(super) fn indent_unit(text: &str) -> &str {
    const HEADERS: [&str; 13] =
        ["def", "class", "if", "elif", "else", "for", "while", "with", "try", "except", "finally", "async", "match"];
    let mut header: Option<&str> = None;
    for line in text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()) {
        let blanks = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        if let Some(added) = header.and_then(|header| blanks.strip_prefix(header))
            && !added.is_empty()
        {
            return added;
        }
        let word = line[blanks.len()..].split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        header = (line.trim_end().ends_with(':') && HEADERS.contains(&word)).then_some(blanks);
    }
    "    "
}

/// How many columns `line` takes; a tab counts four.
pub(super) fn columns(line: &str) -> usize {
    line.chars().map(|character| if character == '\t' { 4 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_three_ways() {
        let text = "a\r\nb\rc\nd";
        let starts: Vec<_> = [0, 3, 5, 7].map(|offset| (line_start(text, offset), next_line(text, offset))).into();
        assert_eq!(starts, [(0, 3), (3, 5), (5, 7), (7, 8)]);
        let newlines: Vec<_> = [0, 3, 5, 7].map(|offset| newline(text, offset)).into();
        assert_eq!(newlines, ["\r\n", "\r", "\n", "\n"]);
    }

    #[test]
    fn a_backslash_takes_the_line_break_back() {
        assert!(!is_broken("a \\\n b", 1, 5));
        assert!(!is_broken("a \\\r\n b", 1, 6));
        assert!(is_broken("a,\r\n b", 1, 5));
        assert_eq!(skip_blanks("a \\\r\n  ; b", 1), 7);
    }

    #[test]
    fn the_unit_is_what_the_first_block_adds() {
        assert_eq!(indent_unit("if x:\n  y\n"), "  ");
        assert_eq!(indent_unit("class A:\r\n\tdef f():\r\n\t\tpass"), "\t");
        assert_eq!(indent_unit("x = 1\n"), "    ");
        assert_eq!(indent_unit("\"\"\"\nUsage:\n  x\n\"\"\"\nif x:\n   y\n"), "   ");
    }

    #[test]
    fn a_form_feed_does_not_indent() {
        assert_eq!(indentation("  \x0c x", 4), " ");
    }
}
