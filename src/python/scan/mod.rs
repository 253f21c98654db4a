//! A linear look at a text that tells strings, comments, brackets and lines apart, without a tree.

pub(super) mod bodies;
pub(super) mod depth;
mod frame;
mod quoted;

use frame::{Kind, Stack};

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    stack: Stack,
    /// Where the last line begins that is no part of another statement.
    line: usize,
    /// Where the last statement begins that is the first of its line.
    first: usize,
    /// The widths of the suites that are open.
    indents: Vec<usize>,
}

impl<'a> Scan<'a> {
    /// Stands at the first token of the text.
    fn new(text: &'a str) -> Self {
        let mut scan =
            Self { bytes: text.as_bytes(), at: 0, stack: Stack::default(), line: 0, first: 0, indents: vec![0] };
        scan.line_start();
        scan
    }

    /// How far the last statement is indented that is the first of its line.
    fn width(&self) -> usize {
        self.indents.last().copied().unwrap_or(0)
    }

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
        self.line = self.at;
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
        self.first = self.at;
        while self.indents.last().is_some_and(|&outer| outer > width) {
            self.indents.pop();
        }
        if self.indents.last().is_none_or(|&outer| outer < width) {
            self.indents.push(width);
        }
    }
}
