//! JSON, also with comments and trailing commas, as editors write it.

use jsonc_parser::ast::{ObjectPropName, Value};
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::{Broken, Document, KeyId, escaped, unquoted};
use crate::text::Span;

const DIALECT: ParseOptions = ParseOptions {
    allow_comments: true,
    allow_loose_object_property_names: false,
    allow_trailing_commas: true,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: true,
    allow_extended_string_escapes: false,
};

/// Reads all values. The parser refuses what is nested too deeply.
pub(super) fn read(text: &str) -> Result<Document, Broken> {
    let parsed = parse_to_ast(text, &CollectOptions::default(), &DIALECT);
    let parsed = parsed.map_err(|error| Broken(error.to_string()))?;
    let top = parsed.value.ok_or_else(|| Broken("holds no value".to_owned()))?;
    let mut document = Document::default();
    let mut open: Vec<(KeyId, &Value)> = vec![(Document::TOP, &top)];
    while let Some((under, value)) = open.pop() {
        match value {
            Value::Array(array) => open.extend(array.elements.iter().rev().map(|item| (under, item))),
            Value::Object(object) => {
                let mut values = Vec::new();
                for property in &object.properties {
                    let name = match &property.name {
                        ObjectPropName::String(name) => &*name.value,
                        ObjectPropName::Word(name) => name.value,
                    };
                    let span = inside(text, property.name.range());
                    document.push_name(under, span, escaped(span, text, name));
                    values.push((document.push_key(under, name), &property.value));
                }
                open.extend(values.into_iter().rev());
            }
            Value::StringLit(string) => {
                let span = inside(text, string.range);
                document.push(under, span, escaped(span, text, &string.value));
            }
            other => {
                let range = other.range();
                document.push(under, Span::new(range.start, range.end), None);
            }
        }
    }
    document.values.sort_by_key(|value| value.span);
    Ok(document)
}

fn inside(text: &str, range: Range) -> Span {
    unquoted(text, range.start, range.end)
}
