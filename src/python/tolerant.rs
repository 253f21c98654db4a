//! Names in the code of files that do not parse, so that a report can say which aliases such a file still uses.
//!
//! A linear scanner, not a tolerant grammar: `tree_sitter` is quadratic on long runs of comments, and for a name it
//! matters only whether it stands in a comment or a string. Where the text is ambiguous the scanner rather finds a
//! name too much: a string in single quotes ends with its line, triple quotes that are never closed open no string,
//! and the fields of f-strings are code. The bytes need not be text.

use memchr::memmem;
use rustc_hash::FxHashMap;

/// Where one of `names` stands as an identifier in the code of `source`: its offset and its place in `names`.
pub fn mentions(source: &[u8], names: &[&str]) -> Vec<(usize, usize)> {
    let names = names.iter().enumerate().map(|(index, name)| (name.as_bytes(), index)).collect();
    let mut scanner = Scanner { source, at: 0, names, found: Vec::new(), unclosed: [false; 2] };
    scanner.code();
    scanner.found
}

struct Scanner<'a> {
    source: &'a [u8],
    at: usize,
    names: FxHashMap<&'a [u8], usize>,
    found: Vec<(usize, usize)>,
    /// No further `"""` (`'''`) closes anything: they have been looked for up to the end.
    unclosed: [bool; 2],
}

impl<'a> Scanner<'a> {
    fn code(&mut self) {
        while let Some(&byte) = self.source.get(self.at) {
            match byte {
                b'#' => self.at = self.line_end(self.at),
                b'"' | b'\'' => self.string(false),
                _ if is_word(byte) => self.word_or_string(),
                _ => self.at += 1,
            }
        }
    }

    /// A word, or a string with a prefix.
    fn word_or_string(&mut self) {
        let start = self.at;
        let word = self.word();
        let is_prefix = word.len() <= 2 && word.iter().all(|byte| b"rRbBuUfFtT".contains(byte));
        if is_prefix && matches!(self.source.get(self.at), Some(b'"' | b'\'')) {
            self.string(word.iter().any(|byte| b"fFtT".contains(byte)));
        } else {
            self.note(start, word);
        }
    }

    fn word(&mut self) -> &'a [u8] {
        let rest = &self.source[self.at..];
        let length = rest.iter().position(|&byte| !is_word(byte)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn note(&mut self, start: usize, word: &[u8]) {
        if let Some(&index) = self.names.get(word) {
            self.found.push((start, index));
        }
    }

    /// The string whose opening quote stands here.
    fn string(&mut self, has_fields: bool) {
        let quote = self.source[self.at];
        let triple = [quote; 3];
        let (start, end) = if self.source[self.at..].starts_with(&triple) {
            let start = self.at + 3;
            let Some(end) = self.triple_end(start, triple) else {
                self.at = start;
                return;
            };
            (start, (end, end + 3))
        } else {
            let end = self.single_end(self.at + 1, quote);
            (self.at + 1, (end, end + usize::from(self.source.get(end) == Some(&quote))))
        };
        if has_fields {
            self.fields(start, end.0);
        }
        self.at = end.1;
    }

    /// Where the triple quotes stand that close a string.
    fn triple_end(&mut self, start: usize, triple: [u8; 3]) -> Option<usize> {
        let kind = usize::from(triple[0] == b'"');
        if self.unclosed[kind] {
            return None;
        }
        let mut from = start;
        while let Some(found) = memmem::find(&self.source[from..], &triple) {
            let at = from + found;
            let backslashes = self.source[start..at].iter().rev().take_while(|byte| **byte == b'\\').count();
            if backslashes % 2 == 0 {
                return Some(at);
            }
            from = at + 1;
        }
        self.unclosed[kind] = true;
        None
    }

    /// Where a string in single quotes ends: at its quote, or with its line.
    fn single_end(&self, start: usize, quote: u8) -> usize {
        let mut at = start;
        while let Some(&byte) = self.source.get(at) {
            match byte {
                b'\\' if self.source[at + 1..].starts_with(b"\r\n") => at += 3,
                b'\\' => at += 2,
                b'\n' | b'\r' => return at,
                _ if byte == quote => return at,
                _ => at += 1,
            }
        }
        self.source.len()
    }

    /// The fields `{…}` between `start` and `end`; `{{` is a brace.
    fn fields(&mut self, start: usize, end: usize) {
        let mut at = start;
        while let Some(open) = memchr::memchr(b'{', &self.source[at..end]).map(|found| at + found) {
            if self.source[open + 1..end].starts_with(b"{") {
                at = open + 2;
                continue;
            }
            let close = memchr::memchr(b'}', &self.source[open..end]).map_or(end, |found| open + found);
            self.field(open + 1, close);
            at = close;
        }
    }

    /// Strings are not looked for in a field: their quotes cannot be told from the closing one.
    fn field(&mut self, start: usize, end: usize) {
        self.at = start;
        while self.at < end {
            let start = self.at;
            match self.word() {
                [] => self.at += 1,
                word => self.note(start, word),
            }
        }
    }

    fn line_end(&self, at: usize) -> usize {
        memchr::memchr2(b'\n', b'\r', &self.source[at..]).map_or(self.source.len(), |found| at + found)
    }
}

/// Part of an identifier; all that is no ASCII counts, as in the identifiers of other scripts.
fn is_word(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> Vec<usize> {
        mentions(source.as_bytes(), &["Old", "old"]).into_iter().map(|(offset, _)| offset).collect()
    }

    #[test]
    fn names_in_code_are_found() {
        for (source, expected) in [
            ("print 'x', Old", vec![11]),
            ("from old import Old (", vec![5, 16]),
            ("Older = OldX = _Old = Old1\n", vec![]),
            ("éOld = Oldé\n", vec![]),
            ("x.Old\r\nOld\rOld", vec![2, 7, 11]),
            ("f(Old\n  Old:", vec![2, 8]),
        ] {
            assert_eq!(found(source), expected, "{source}");
        }
    }

    #[test]
    fn names_in_comments_and_strings_are_not() {
        for source in [
            "# Old",
            "x # Old\r# Old\n",
            "'Old' \"Old\" b'Old' rb'Old'",
            "'''Old\nOld'''",
            "\"\"\" ' Old \\\"\"\" Old \"\"\"",
            "'a\\' Old'",
            "'a\\\n Old'",
            "'a\\\r\n Old'",
            "f'Old {{Old}} {x}'",
            "'\\",
        ] {
            assert_eq!(found(source), [0_usize; 0], "{source}");
        }
    }

    #[test]
    fn where_it_is_unclear_a_name_is_found() {
        for (source, expected) in [
            ("'it\nOld", vec![4]),
            ("'''never closed Old", vec![16]),
            ("f'{Old.x!r} {Old:>{old}}'", vec![3, 13, 19]),
            ("f'''\n{Old}'''", vec![6]),
            ("f'{Old", vec![3]),
        ] {
            assert_eq!(found(source), expected, "{source}");
        }
    }

    #[test]
    fn bytes_need_not_be_text() {
        assert_eq!(mentions(b"\xff\n\0Old \xe9", &["Old"]), [(3, 0)]);
    }

    #[test]
    fn long_files_take_linear_time() {
        let source = ["# Old\n".repeat(100_000), "'''\"\"\" Old ' \"\n".repeat(10_001)].concat();
        let begin = std::time::Instant::now();
        mentions(source.as_bytes(), &["Old"]);
        assert!(begin.elapsed().as_secs() < 5);
    }
}
