//! INI files as lines: `[section]`, `key = value`, and indented lines that go on with a value.
//!
//! `.env`, `.conf` and `.properties` are read in the same way; a line of another form holds no value.

use super::{Document, KeyId, unquoted};
use crate::text::Span;

/// Reads all values. A comment begins a line, or follows a blank.
pub(super) fn read(text: &str) -> Document {
    let mut document = Document::default();
    let (mut section, mut key) = (Document::TOP, None);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let content = line.trim();
        if content.is_empty() || content.starts_with(['#', ';']) {
            continue;
        }
        let span = within(at, line, content);
        let goes_on = line.starts_with([' ', '\t']);
        if let (true, Some(key)) = (goes_on, key) {
            match key_and_value(text, span) {
                Some((name, value)) => drop(entry(&mut document, text, key, (name, value))),
                None => value(&mut document, text, key, span),
            }
        } else if let Some(name) = content.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            let name = within(span.start(), &text[span.start()..], name.0);
            document.push_name(Document::TOP, name, None);
            section = document.push_key(Document::TOP, name.of(text));
            key = None;
        } else if let Some((name, value)) = key_and_value(text, span) {
            key = Some(entry(&mut document, text, section, (name, value)));
        }
    }
    document
}

/// The place of `part`, which is a part of `whole`, which begins at `at`.
fn within(at: usize, whole: &str, part: &str) -> Span {
    let offset = part.as_ptr() as usize - whole.as_ptr() as usize;
    Span::new(at + offset, at + offset + part.len())
}

/// `key = value` or `key: value`; a key is one word.
fn key_and_value(text: &str, line: Span) -> Option<(Span, Span)> {
    let content = line.of(text);
    let content = content.strip_prefix("export ").unwrap_or(content);
    let (name, value) = content.split_once('=').filter(|(name, _)| is_word(name)).or_else(|| {
        let (name, value) = content.split_once(':')?;
        (is_word(name) && value.starts_with([' ', '\t'])).then_some((name, value))
    })?;
    Some((within(line.start(), line.of(text), name.trim()), within(line.start(), line.of(text), value.trim())))
}

fn is_word(name: &str) -> bool {
    let name = name.trim();
    !name.is_empty() && !name.contains(char::is_whitespace)
}

fn entry(document: &mut Document, text: &str, under: KeyId, (name, place): (Span, Span)) -> KeyId {
    document.push_name(under, name, None);
    let key = document.push_key(under, name.of(text));
    value(document, text, key, place);
    key
}

/// A value without its quotes and the comment behind it.
fn value(document: &mut Document, text: &str, under: KeyId, place: Span) {
    let written = place.of(text);
    let comment = written
        .char_indices()
        .zip(written.chars().skip(1))
        .find(|((_, blank), mark)| blank.is_whitespace() && matches!(mark, '#' | ';'))
        .map_or(written.len(), |((at, _), _)| at);
    let kept = written[..comment].trim_end();
    let span = unquoted(text, place.start(), place.start() + kept.len());
    if !span.is_empty() {
        document.push(under, span, None);
    }
}
