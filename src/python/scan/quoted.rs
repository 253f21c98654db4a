//! Strings, and the text of f-strings between their fields.

use super::Scan;
use super::frame::{Kind, Quotes};

impl Scan<'_> {
    /// Reads a whole string, or the opening of an f-string or t-string.
    pub(super) fn open_string(&mut self, prefix: &[u8]) {
        let quote = self.peek(0);
        let triple = self.peek(1) == quote && self.peek(2) == quote;
        self.at += if triple { 3 } else { 1 };
        if prefix.iter().any(|letter| matches!(letter, b'f' | b'F' | b't' | b'T')) {
            self.stack.open_template(Quotes { quote, triple });
        } else if triple {
            self.skip_triple(quote);
        } else {
            self.skip_single(quote);
        }
    }

    /// A backslash also keeps a raw string from ending. Without an end on its line a string is an error.
    fn skip_single(&mut self, quote: u8) {
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\\' if matches!(self.peek(1), b'\n' | b'\r') => {
                    self.continuation();
                    continue;
                }
                b'\\' => self.at += 1,
                b'\n' | b'\r' => return,
                _ => {}
            }
            self.at += 1;
            if byte == quote {
                return;
            }
        }
    }

    fn skip_triple(&mut self, quote: u8) {
        while let Some(offset) = self.bytes.get(self.at..).and_then(|rest| memchr::memchr2(quote, b'\\', rest)) {
            self.at += offset;
            match self.peek(0) {
                b'\\' => self.at += 2,
                _ if self.peek(1) == quote && self.peek(2) == quote => return self.at += 3,
                _ => self.at += 1,
            }
        }
        self.at = self.bytes.len();
    }

    /// Reads on in an f-string up to its next field or its end.
    pub(super) fn text(&mut self) {
        let Some(Quotes { quote, triple }) = self.stack.quotes() else { return self.stack.close_text() };
        let is_format = self.stack.is_in_format();
        match self.peek(0) {
            b'{' if self.peek(1) == b'{' && !is_format => self.at += 1,
            b'{' => {
                self.stack.separate();
                self.stack.open(Kind::Field);
            }
            b'}' if is_format => self.stack.close_text(),
            b'\\' if matches!(self.peek(1), b'\n' | b'\r') => return self.continuation(),
            b'\\' if !matches!(self.peek(1), b'{' | b'}') => self.at += 1,
            b'\n' | b'\r' if !triple => return self.stack.close_template(),
            byte if byte == quote && !triple => self.stack.close_template(),
            byte if byte == quote && self.peek(1) == quote && self.peek(2) == quote => {
                self.stack.close_template();
                self.at += 2;
            }
            _ => {}
        }
        self.at += 1;
    }
}
