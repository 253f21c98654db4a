//! TOML, by a parser that keeps the place of every key and value.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Broken, Document, KeyId, escaped, unquoted};
use crate::text::Span;

/// What is still to be read.
enum Open<'a> {
    Table(KeyId, DeTable<'a>),
    Value(KeyId, Spanned<DeValue<'a>>),
}

/// Reads all values. Tables that are written in parts (`[a.b]`, `[a.c]`) are one.
pub(super) fn read(text: &str) -> Result<Document, Broken> {
    let table =
        DeTable::parse(text).map_err(|error| Broken(error.message().lines().next().unwrap_or("").to_owned()))?;
    let mut document = Document::default();
    let mut open = vec![Open::Table(Document::TOP, table.into_inner())];
    while let Some(next) = open.pop() {
        match next {
            Open::Table(under, table) => {
                let mut entries: Vec<_> = table.into_iter().collect();
                entries.sort_by_key(|(key, _)| key.span().start);
                let mut values = Vec::new();
                for (key, value) in entries {
                    let range = key.span();
                    let span = unquoted(text, range.start, range.end);
                    document.push_name(under, span, escaped(span, text, key.get_ref()));
                    let below = document.push_key(under, key.get_ref());
                    values.push(Open::Value(below, value));
                }
                open.extend(values.into_iter().rev());
            }
            Open::Value(under, value) => read_value(text, &mut document, &mut open, (under, value)),
        }
    }
    document.values.sort_by_key(|value| value.span);
    Ok(document)
}

fn read_value<'a>(
    text: &str,
    document: &mut Document,
    open: &mut Vec<Open<'a>>,
    (under, value): (KeyId, Spanned<DeValue<'a>>),
) {
    let range = value.span();
    match value.into_inner() {
        DeValue::Table(table) => open.push(Open::Table(under, table)),
        DeValue::Array(items) => open.extend(items.into_iter().rev().map(|item| Open::Value(under, item))),
        DeValue::String(string) => {
            let span = unquoted(text, range.start, range.end);
            document.push(under, span, escaped(span, text, &string));
        }
        _ => document.push(under, Span::new(range.start, range.end), None),
    }
}
