//! One code cell in its JSON: its text, and where the bytes of each line stand.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use super::json;

/// A code cell. Its source is one string, or an array of strings, one a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// The decoded source.
    pub(super) text: String,
    pub(super) lines: Vec<Line>,
    is_array: bool,
    /// What stands between the brackets or quotes of the source.
    inner: Range<usize>,
}

/// A line of a cell, its end included.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    text: Range<usize>,
    pub(super) bytes: Range<usize>,
}

impl Cell {
    /// The cell whose source is the value at `at`; `None` if that is no text.
    pub(super) fn read(json: &[u8], at: usize) -> Option<Self> {
        let is_array = json.get(at) == Some(&b'[');
        let strings = if is_array { json::items(json, at).ok()? } else { vec![at] };
        let inner = at + 1..json::end(json, at).ok()? - 1;
        let mut cell = Self { text: String::new(), lines: Vec::new(), is_array, inner };
        let mut begins = true;
        for string in strings {
            let spelled = json::spelled(json, string)?;
            let mut at = string + 1;
            let end = at + spelled.len();
            while at < end {
                let (character, length) = character(&json[at..end])?;
                if begins {
                    cell.lines.push(Line { text: cell.text.len()..cell.text.len(), bytes: at..at });
                }
                cell.text.push(character);
                at += length;
                let line = cell.lines.last_mut().expect("a line has begun");
                (line.text.end, line.bytes.end) = (cell.text.len(), at);
                begins = character == '\n';
            }
        }
        Some(cell)
    }

    /// The inner bytes of the source with another text: lines that stay keep their bytes, others are spelled as the cell does.
    pub(super) fn written(&self, json: &[u8], text: &str) -> (Range<usize>, Vec<u8>) {
        let (Some(first), Some(last)) = (self.lines.first(), self.lines.last()) else {
            return (self.inner.clone(), json[self.inner.clone()].to_vec());
        };
        let new: Vec<&str> = text.split_inclusive('\n').collect();
        if new.is_empty() {
            return (self.inner.clone(), Vec::new());
        }
        let kept = self.kept(&new);
        let spelling = Spelling::of(self, json);
        let mut out = Vec::new();
        for (index, line) in new.iter().enumerate() {
            if let Some(above) = index.checked_sub(1) {
                match (kept[above], kept[index]) {
                    _ if new.len() == self.lines.len() => out.extend(&json[self.behind(above)]),
                    (Some(above), Some(own)) if own == above + 1 => out.extend(&json[self.behind(above)]),
                    _ => out.extend_from_slice(&self.gap(json)),
                }
            }
            match kept[index] {
                Some(own) => out.extend(&json[self.lines[own].bytes.clone()]),
                None => spelling.spell(line, &mut out),
            }
        }
        (first.bytes.start..last.bytes.end, out)
    }

    /// Which old line each new one is: from both ends, and in order between.
    fn kept(&self, new: &[&str]) -> Vec<Option<usize>> {
        let old: Vec<&str> = self.lines.iter().map(|line| &self.text[line.text.clone()]).collect();
        let most = old.len().min(new.len());
        let head = (0..most).take_while(|&at| old[at] == new[at]).count();
        let tail = (0..most - head).take_while(|&at| old[old.len() - 1 - at] == new[new.len() - 1 - at]).count();
        let mut places: HashMap<&str, VecDeque<usize>> = HashMap::new();
        for (at, line) in old.iter().enumerate().take(old.len() - tail).skip(head) {
            places.entry(line).or_default().push_back(at);
        }
        let mut next = head;
        let middle = (head..new.len() - tail).map(|at| {
            let places = places.get_mut(new[at])?;
            while places.front().is_some_and(|place| *place < next) {
                places.pop_front();
            }
            let place = places.pop_front()?;
            next = place + 1;
            Some(place)
        });
        let middle: Vec<_> = middle.collect();
        let ends = (old.len() - tail..old.len()).map(Some);
        (0..head).map(Some).chain(middle).chain(ends).collect()
    }

    /// What stands between a line and the next.
    fn behind(&self, line: usize) -> Range<usize> {
        self.lines[line].bytes.end..self.lines[line + 1].bytes.start
    }

    /// What is to stand around a line that is new.
    fn gap<'j>(&self, json: &'j [u8]) -> std::borrow::Cow<'j, [u8]> {
        if !self.is_array {
            return (&b""[..]).into();
        }
        if self.lines.len() > 1 {
            return json[self.behind(0)].into();
        }
        let lead = self.lines.first().map_or(&b""[..], |line| &json[self.inner.start..line.bytes.start - 1]);
        [b"\",", lead, b"\""].concat().into()
    }
}

/// How the characters of a cell are spelled in its JSON.
struct Spelling<'j> {
    /// Those that are not spelled as themselves.
    known: HashMap<char, &'j [u8]>,
    /// The cell spells characters that are no ASCII as `\u00e9`.
    is_ascii: bool,
}

impl<'j> Spelling<'j> {
    fn of(cell: &Cell, json: &'j [u8]) -> Self {
        let mut spelling = Self { known: HashMap::new(), is_ascii: false };
        for line in &cell.lines {
            let mut at = line.bytes.start;
            for character in cell.text[line.text.clone()].chars() {
                // Between the strings of one line stands what ends the first and begins the second.
                let Some((found, length)) = self::character(&json[at..line.bytes.end]) else { break };
                if found != character {
                    break;
                }
                let bytes = &json[at..at + length];
                if length > 1 && bytes[0] == b'\\' {
                    spelling.known.entry(character).or_insert(bytes);
                    spelling.is_ascii |= !character.is_ascii();
                }
                at += length;
            }
        }
        spelling
    }

    fn spell(&self, text: &str, out: &mut Vec<u8>) {
        for character in text.chars() {
            let escape: &[u8] = match character {
                _ if self.known.contains_key(&character) => self.known[&character],
                '"' => b"\\\"",
                '\\' => b"\\\\",
                '\n' => b"\\n",
                '\r' => b"\\r",
                '\t' => b"\\t",
                '\u{8}' => b"\\b",
                '\u{c}' => b"\\f",
                _ if character < ' ' || self.is_ascii && !character.is_ascii() => {
                    for unit in character.encode_utf16(&mut [0; 2]) {
                        out.extend(format!("\\u{unit:04x}").into_bytes());
                    }
                    continue;
                }
                _ => {
                    out.extend(character.encode_utf8(&mut [0; 4]).as_bytes());
                    continue;
                }
            };
            out.extend(escape);
        }
    }
}

/// The first character of what stands in a string, and the length of its spelling; `None` for half a surrogate pair.
pub(super) fn character(spelled: &[u8]) -> Option<(char, usize)> {
    if spelled.first() != Some(&b'\\') {
        let length = match spelled.first()? {
            0..0x80 => 1,
            0x80..0xe0 => 2,
            0xe0..0xf0 => 3,
            _ => 4,
        };
        let text = std::str::from_utf8(spelled.get(..length)?).ok()?;
        return Some((text.chars().next()?, length));
    }
    let plain = match spelled.get(1)? {
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return escaped(spelled),
        other => char::from(*other),
    };
    Some((plain, 2))
}

/// `\u00e9`, `\ud83d\ude00`
fn escaped(spelled: &[u8]) -> Option<(char, usize)> {
    let unit = |at: usize| {
        let digits = spelled.get(at..at + 6).filter(|unit| unit.starts_with(b"\\u"))?;
        u16::from_str_radix(std::str::from_utf8(&digits[2..]).ok()?, 16).ok()
    };
    let first = unit(0)?;
    if let Some(Ok(alone)) = char::decode_utf16([first]).next() {
        return Some((alone, 6));
    }
    let pair = char::decode_utf16([first, unit(6)?]).next()?.ok()?;
    Some((pair, 12))
}
