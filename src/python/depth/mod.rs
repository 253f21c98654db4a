//! One linear look at a text that bounds how deep the tree of a parser can be, and so how deep a walk over it recurses.
//!
//! The bound is never too low: within one pair of brackets, a path through the tree passes each operator, each dot and each
//! keyword that nests at most once, and enters at most one inner pair.

mod frame;
mod quoted;

use frame::{Kind, Stack};

/// How deep the expressions of a file may be. CPython gives up between 1,500 and 10,000.
pub(super) const FILE: usize = 10_000;

/// How deep an annotation in a string or comment may be.
pub(super) const ANNOTATION: usize = 500;

/// How many suites may stand in each other. CPython gives up at 100.
const SUITES: usize = 200;

/// The offset at which `text` becomes deeper than `limit`, if it does.
pub(super) fn too_deep_at(text: &str, limit: usize) -> Option<usize> {
    if text.len() <= limit.min(SUITES) || is_flat(text.as_bytes(), limit) {
        return None;
    }
    let mut scan = Scan { bytes: text.as_bytes(), at: 0, stack: Stack::default(), indents: vec![0] };
    scan.line_start();
    while scan.at < scan.bytes.len() {
        scan.step();
        if scan.stack.depth() > limit || scan.indents.len() > SUITES {
            return Some(scan.at.min(text.len()));
        }
    }
    None
}

/// Words that nest.
const NESTING: [&str; 5] = ["lambda", "not", "else", "await", "yield"];

/// A quick look that clears almost every file: it holds fewer operators, brackets, quotes and nesting words than `limit`
/// altogether, and no line is indented widely enough to be the last of too many suites.
fn is_flat(bytes: &[u8], limit: usize) -> bool {
    let marks = marks(bytes);
    if marks > limit {
        return false;
    }
    let words: usize = NESTING.iter().map(|word| memchr::memmem::find_iter(bytes, word).count()).sum();
    let ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
    marks + words <= limit && !std::iter::once(0).chain(ends.map(|end| end + 1)).any(|start| is_wide(&bytes[start..]))
}

/// How many bytes are no letters, digits or blanks; in runs that a byte can count.
fn marks(bytes: &[u8]) -> usize {
    let is_mark = |byte: &u8| matches!(byte, b'!'..=b'/' | b':'..=b'@' | b'['..=b'^' | b'`' | b'{'..=b'~');
    bytes.chunks(128).map(|run| usize::from(run.iter().map(|byte| u8::from(is_mark(byte))).sum::<u8>())).sum()
}

/// Whether a line can be indented by more columns than there may be suites; a tab has up to 8.
fn is_wide(line: &[u8]) -> bool {
    let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\x0c');
    let width = || line.iter().take_while(is_blank).map(|byte| if *byte == b'\t' { 8 } else { 1 }).sum::<usize>();
    line.get(SUITES / 8 - 1).is_some_and(|byte| is_blank(&byte)) && width() >= SUITES
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    stack: Stack,
    /// The widths of the suites that are open.
    indents: Vec<usize>,
}

impl Scan<'_> {
    fn peek(&self, distance: usize) -> u8 {
        self.bytes.get(self.at + distance).copied().unwrap_or(0)
    }

    /// Reads one token, or a part of a string.
    fn step(&mut self) {
        if self.stack.is_in_text() {
            return self.text();
        }
        let byte = self.bytes[self.at];
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => self.word(),
            b'"' | b'\'' => self.open_string(b""),
            b'(' | b'[' | b'{' => self.stack.open(Kind::Bracket),
            b')' | b']' => self.stack.close(Kind::Bracket),
            b'}' => self.stack.close_brace(),
            b',' => self.stack.comma(),
            b';' => self.stack.separate(),
            b':' => self.stack.colon(),
            b'.' | b'+' | b'-' | b'*' | b'/' | b'%' | b'@' | b'&' | b'|' | b'^' | b'~' | b'<' | b'>' => {
                self.stack.link();
            }
            b'#' => return self.at = self.line_end(),
            b'\\' => return self.continuation(),
            b'\n' | b'\r' => return self.newline(),
            _ => {}
        }
        if !matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. | b'"' | b'\'') {
            self.at += 1;
        }
    }

    /// A name, a keyword, or the prefix of a string.
    fn word(&mut self) {
        let start = self.at;
        let is_rest = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 0x80;
        let length = self.bytes[start..].iter().position(|byte| !is_rest(byte)).unwrap_or(self.bytes.len() - start);
        self.at += length;
        let word = &self.bytes[start..self.at];
        match word {
            b"lambda" => self.stack.open(Kind::Parameters),
            b"not" | b"else" | b"await" | b"yield" => self.stack.link(),
            prefix if length <= 2 && matches!(self.peek(0), b'"' | b'\'') => self.open_string(prefix),
            _ => {}
        }
    }

    fn line_end(&self) -> usize {
        let rest = &self.bytes[self.at..];
        memchr::memchr2(b'\n', b'\r', rest).map_or(self.bytes.len(), |offset| self.at + offset)
    }

    /// Past the end of the line that is read now.
    fn skip_newline(&mut self) {
        self.at += if self.peek(0) == b'\r' && self.peek(1) == b'\n' { 2 } else { 1 };
    }

    fn continuation(&mut self) {
        self.at += 1;
        if matches!(self.peek(0), b'\n' | b'\r') {
            self.skip_newline();
        }
    }

    fn newline(&mut self) {
        self.skip_newline();
        if !self.stack.is_in_brackets() {
            self.stack.clear();
            self.line_start();
        }
    }

    /// Reads the indentation of a line; blank lines and comments have none.
    fn line_start(&mut self) {
        let mut width = 0;
        loop {
            match self.peek(0) {
                b' ' => width += 1,
                b'\t' => width = width / 8 * 8 + 8,
                b'\x0c' => width = 0,
                _ => break,
            }
            self.at += 1;
        }
        if matches!(self.peek(0), b'\n' | b'\r' | b'#' | 0) {
            return;
        }
        while self.indents.last().is_some_and(|&outer| outer > width) {
            self.indents.pop();
        }
        if self.indents.last().is_none_or(|&outer| outer < width) {
            self.indents.push(width);
        }
    }
}

#[cfg(test)]
mod tests;
