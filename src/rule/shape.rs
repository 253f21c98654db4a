//! The types that can stand behind a key, and how a message tells people to write them.

use toml::de::DeValue;

use super::reader::Reader;
use crate::text::Span;

/// A value under a key, with all that a message about it needs.
pub(super) struct Given<'k, 'i> {
    pub(super) key: &'k str,
    pub(super) span: Span,
    pub(super) value: DeValue<'i>,
}

/// A type that can stand behind a key.
pub(super) trait Shape: Sized {
    /// What the key takes: `a string`.
    fn one() -> String;

    /// What a list of them takes: `a list of strings`.
    fn many() -> String;

    /// How the key is written with such a value.
    fn sample(key: &str) -> String;

    /// How the key is written with a list of such values.
    fn list_sample(key: &str) -> String;

    /// Whether the value has the right type.
    fn fits(value: &DeValue<'_>) -> bool;

    /// Takes a value that fits, or reports what is wrong within it.
    fn read(given: Given<'_, '_>, reader: &mut Reader<'_>) -> Option<Self>;
}

impl Shape for String {
    fn one() -> String {
        "a string".to_owned()
    }

    fn many() -> String {
        "a list of strings".to_owned()
    }

    fn sample(key: &str) -> String {
        format!("{key} = \"…\"")
    }

    fn list_sample(key: &str) -> String {
        format!("{key} = [\"…\", \"…\"]")
    }

    fn fits(value: &DeValue<'_>) -> bool {
        matches!(value, DeValue::String(_))
    }

    fn read(given: Given<'_, '_>, _: &mut Reader<'_>) -> Option<Self> {
        match given.value {
            DeValue::String(text) => Some(text.into_owned()),
            _ => None,
        }
    }
}

impl Shape for bool {
    fn one() -> String {
        "`true` or `false`".to_owned()
    }

    fn many() -> String {
        "a list of `true` and `false`".to_owned()
    }

    fn sample(key: &str) -> String {
        format!("{key} = true")
    }

    fn list_sample(key: &str) -> String {
        format!("{key} = [true]")
    }

    fn fits(value: &DeValue<'_>) -> bool {
        matches!(value, DeValue::Boolean(_))
    }

    fn read(given: Given<'_, '_>, _: &mut Reader<'_>) -> Option<Self> {
        given.value.as_bool()
    }
}

/// The type of a value as people call it.
pub(super) fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a float",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
