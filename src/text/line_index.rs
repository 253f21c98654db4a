//! Byte offsets to lines and columns, with Python's line ends: `\n`, `\r\n` and a lone `\r`.

/// A place in a file as people count it: both numbers start at 1, the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

/// The offsets at which the lines of one text begin.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// How many characters begin before each [`STRIDE`]th byte: a line of megabytes is not counted for each place in it.
    characters: Vec<u32>,
}

const STRIDE: usize = 1024;

impl LineIndex {
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for found in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[found] == b'\r' && bytes.get(found + 1) == Some(&b'\n') {
                continue;
            }
            starts.push(found as u32 + 1);
        }
        let mut characters = vec![0];
        for stride in bytes.chunks(STRIDE) {
            characters.push(characters[characters.len() - 1] + beginnings(stride));
        }
        Self { starts, characters }
    }

    /// The line of `offset`, from 1.
    pub fn line(&self, offset: usize) -> u32 {
        self.starts.partition_point(|&start| start as usize <= offset) as u32
    }

    /// Where the line of `offset` begins.
    pub fn line_start(&self, offset: usize) -> usize {
        self.starts[self.line(offset) as usize - 1] as usize
    }

    /// Where the line after that of `offset` begins, or the end of the text.
    pub fn next_line_start(&self, offset: usize, text: &str) -> usize {
        self.starts.get(self.line(offset) as usize).map_or(text.len(), |&start| start as usize)
    }

    /// Line and column of `offset` in `text`.
    pub fn position(&self, offset: usize, text: &str) -> Position {
        let bytes = text.as_bytes();
        let before = |at: usize| self.characters[at / STRIDE] + beginnings(&bytes[at - at % STRIDE..at]);
        let start = self.line_start(offset);
        let characters = match offset - start {
            ..STRIDE => beginnings(&bytes[start..offset]),
            _ => before(offset) - before(start),
        };
        Position { line: self.line(offset), column: characters + 1 }
    }
}

/// How many characters begin in some bytes of UTF-8.
fn beginnings(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|byte| !matches!(byte, 0x80..=0xbf)).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_three_line_ends_count() {
        let text = "a\nb\r\nc\rd";
        let index = LineIndex::new(text);
        let lines: Vec<_> = [0, 2, 5, 7].map(|offset| index.line(offset)).into();
        assert_eq!(lines, [1, 2, 3, 4]);
        assert_eq!(index.position(7, text), Position { line: 4, column: 1 });
    }

    #[test]
    fn columns_count_characters() {
        let text = "é = x";
        assert_eq!(LineIndex::new(text).position(5, text).column, 5);
    }

    #[test]
    fn columns_of_a_long_line_count_characters() {
        let text = format!("a\n{}", "é€x\u{1f600}".repeat(700));
        let index = LineIndex::new(&text);
        for (column, (offset, _)) in text[2..].char_indices().enumerate() {
            assert_eq!(index.position(offset + 2, &text), Position { line: 2, column: column as u32 + 1 });
        }
    }
}
