//! YAML, by a parser of events: nothing is resolved, and aliases stay aliases.

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};

use super::{Broken, Document, KeyId, escaped, unquoted};
use crate::text::Span;

/// A collection that is open.
struct Open {
    under: KeyId,
    /// In a mapping: the key that has been read, and whose value comes next.
    key: Option<KeyId>,
    is_mapping: bool,
}

/// Reads all values of all documents of the stream.
pub(super) fn read(text: &str) -> Result<Document, Broken> {
    let mut document = Document::default();
    let mut open: Vec<Open> = Vec::new();
    let mut places = Places { text, character: 0, byte: 0 };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| broken(&error))?;
        match event {
            Event::Scalar(value, style, ..) => {
                let place = Span::new(places.byte_of(span.start.index()), places.byte_of(span.end.index()));
                scalar(&mut document, open.last_mut(), (text, place), (&value, style));
            }
            Event::Alias(_) => drop(step(&mut document, open.last_mut(), "")),
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                let under = step(&mut document, open.last_mut(), "").unwrap_or(Document::TOP);
                open.push(Open { under, key: None, is_mapping: matches!(event, Event::MappingStart(..)) });
            }
            Event::MappingEnd | Event::SequenceEnd => drop(open.pop()),
            _ => {}
        }
    }
    Ok(document)
}

fn broken(error: &ScanError) -> Broken {
    Broken(format!("{} at line {}", error.info(), error.marker().line()))
}

/// Takes note of a node: `None` if it is a key, else the keys above it.
fn step(document: &mut Document, open: Option<&mut Open>, name: &str) -> Option<KeyId> {
    match open {
        None => Some(Document::TOP),
        Some(open) if !open.is_mapping => Some(open.under),
        Some(open) => match open.key.take() {
            Some(key) => Some(key),
            None => {
                open.key = Some(document.push_key(open.under, name));
                None
            }
        },
    }
}

fn scalar(
    document: &mut Document,
    open: Option<&mut Open>,
    (text, place): (&str, Span),
    (value, style): (&str, ScalarStyle),
) {
    let above = open.as_ref().map_or(Document::TOP, |open| open.under);
    let end = place.start() + place.of(text).trim_end().len();
    // An anchor or a tag can stand before the value.
    let span = match style {
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => unquoted(text, place.start(), end),
        ScalarStyle::Plain if text[..end].ends_with(value) => Span::new(end - value.len(), end),
        _ => Span::new(place.start(), end),
    };
    let decoded = escaped(span, text, value);
    match step(document, open, value) {
        Some(under) => document.push(under, span, decoded),
        None => document.push_name(above, span, decoded),
    }
}

/// From characters to bytes. The parser's marks come in order but for a few steps back.
struct Places<'a> {
    text: &'a str,
    character: usize,
    byte: usize,
}

impl Places<'_> {
    fn byte_of(&mut self, character: usize) -> usize {
        while self.character > character {
            self.byte -= self.text[..self.byte].chars().next_back().map_or(0, char::len_utf8);
            self.character -= 1;
        }
        while self.character < character {
            let Some(next) = self.text[self.byte..].chars().next() else { break };
            self.byte += next.len_utf8();
            self.character += 1;
        }
        self.byte
    }
}
