//! From TOML values to the types of [`super::written`]: every key is taken or reported, nothing is dropped silently.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::nearest::nearest;
use super::problem::{Fault, Place, Problem, quoted};
use super::written::{Key, Written};
use crate::text::Span;

/// One file while it is read: where problems are put together.
pub(super) struct Reader<'t> {
    pub(super) file: usize,
    pub(super) text: &'t str,
    pub(super) problems: Vec<Problem>,
}

impl Reader<'_> {
    pub(super) fn place(&self, span: Span) -> Place {
        Place { file: self.file, span }
    }

    pub(super) fn report(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Reports what is wrong within a string; `subject` begins the message.
    pub(super) fn report_fault(&mut self, subject: &str, written: &Written<String>, fault: Fault) {
        let place = self.place(self.within(written, fault.range));
        self.report(Problem::new(place, format!("{subject} {}", fault.message), fault.help));
    }

    /// Where a part of a string stands in the file; the whole literal if it is written with escapes.
    fn within(&self, written: &Written<String>, range: Range<usize>) -> Span {
        let literal = written.span.of(self.text);
        let quotes = if literal.starts_with("\"\"\"") || literal.starts_with("'''") { 3 } else { 1 };
        let inside = literal.get(quotes..literal.len().saturating_sub(quotes));
        if inside != Some(written.value.as_str()) {
            return written.span;
        }
        let start = written.span.start() + quotes;
        Span::new(start + range.start, start + range.end)
    }
}

/// A value under a key, with all that a message about it needs.
pub(super) struct Given<'k, 'i> {
    pub(super) key: &'k str,
    pub(super) span: Span,
    pub(super) value: DeValue<'i>,
}

/// A type that can stand behind a key.
pub(super) trait Shape: Sized {
    /// With its article: `a string`.
    const ONE: &'static str;
    /// In a list: `strings`.
    const MANY: &'static str;

    /// How the key is written with such a value.
    fn sample(key: &str) -> String;

    /// How the key is written with a list of such values.
    fn list_sample(key: &str) -> String;

    /// Takes the value, or reports why it can't.
    fn read(given: Given<'_, '_>, reader: &mut Reader<'_>) -> Option<Self>;
}

impl Shape for String {
    const ONE: &'static str = "a string";
    const MANY: &'static str = "strings";

    fn sample(key: &str) -> String {
        format!("{key} = \"…\"")
    }

    fn list_sample(key: &str) -> String {
        format!("{key} = [\"…\", \"…\"]")
    }

    fn read(given: Given<'_, '_>, reader: &mut Reader<'_>) -> Option<Self> {
        match given.value {
            DeValue::String(text) => Some(text.into_owned()),
            _ => wrong_type::<Self>(&given, reader),
        }
    }
}

impl Shape for bool {
    const ONE: &'static str = "`true` or `false`";
    const MANY: &'static str = "`true` or `false`";

    fn sample(key: &str) -> String {
        format!("{key} = true")
    }

    fn list_sample(key: &str) -> String {
        format!("{key} = [true]")
    }

    fn read(given: Given<'_, '_>, reader: &mut Reader<'_>) -> Option<Self> {
        match given.value {
            DeValue::Boolean(value) => Some(value),
            _ => wrong_type::<Self>(&given, reader),
        }
    }
}

/// A list whose bad items are reported and left out.
pub(super) fn read_list<T: Shape>(given: Given<'_, '_>, reader: &mut Reader<'_>) -> Option<Vec<Written<T>>> {
    let DeValue::Array(items) = given.value else {
        let message = format!("`{}` takes a list of {}", given.key, T::MANY);
        report_type(&given, message, T::list_sample(given.key), reader);
        return None;
    };
    let mut list = Vec::with_capacity(items.len());
    for item in items {
        let span = span(item.span());
        let item = Given { key: given.key, span, value: item.into_inner() };
        list.extend(T::read(item, reader).map(|value| Written { span, value }));
    }
    Some(list)
}

pub(super) fn wrong_type<T: Shape>(given: &Given<'_, '_>, reader: &mut Reader<'_>) -> Option<T> {
    report_type(given, format!("`{}` takes {}", given.key, T::ONE), T::sample(given.key), reader);
    None
}

fn report_type(given: &Given<'_, '_>, message: String, sample: String, reader: &mut Reader<'_>) {
    let problem = Problem::new(reader.place(given.span), message, format!("write `{sample}`"));
    reader.report(problem.label(format!("this is {}", type_name(&given.value))));
}

fn type_name(value: &DeValue<'_>) -> &'static str {
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

/// The keys of one table, taken one by one; what is left when all were asked for is unknown.
pub(super) struct Table<'i> {
    /// What the table is, with its article: `a rule`.
    what: &'static str,
    entries: Vec<(Spanned<DeString<'i>>, Spanned<DeValue<'i>>)>,
    asked: Vec<&'static str>,
}

impl<'i> Table<'i> {
    pub(super) fn new(what: &'static str, table: DeTable<'i>) -> Self {
        Self { what, entries: table.into_iter().collect(), asked: Vec::new() }
    }

    /// The value of the key, if it is there.
    pub(super) fn take(&mut self, key: &'static str) -> Option<Given<'static, 'i>> {
        self.asked.push(key);
        let found = self.entries.iter().position(|(name, _)| name.get_ref() == key)?;
        let (_, value) = self.entries.swap_remove(found);
        Some(Given { key, span: span(value.span()), value: value.into_inner() })
    }

    pub(super) fn key<T: Shape>(&mut self, key: &'static str, reader: &mut Reader<'_>) -> Key<T> {
        Key(self.take(key).and_then(|given| {
            let span = given.span;
            T::read(given, reader).map(|value| Written { span, value })
        }))
    }

    pub(super) fn list<T: Shape>(&mut self, key: &'static str, reader: &mut Reader<'_>) -> Key<Vec<Written<T>>> {
        Key(self.take(key).and_then(|given| {
            let span = given.span;
            read_list(given, reader).map(|value| Written { span, value })
        }))
    }

    /// Reports keys that the contract knows and this version does not carry out.
    pub(super) fn refuse_later(&mut self, later: &[(&'static str, &str)], reader: &mut Reader<'_>) {
        for (key, help) in later {
            if let Some(found) = self.entries.iter().position(|(name, _)| name.get_ref() == key) {
                let (name, _) = self.entries.swap_remove(found);
                let message = format!("`{key}` is not carried out by this version");
                reader.report(Problem::new(reader.place(span(name.span())), message, *help));
            }
        }
    }

    /// Reports every key that nobody asked for.
    pub(super) fn finish(self, reader: &mut Reader<'_>) {
        for (name, _) in &self.entries {
            let message = format!("{} has no key {}", self.what, quoted(name.get_ref()));
            let help = match nearest(name.get_ref(), &self.asked) {
                Some(known) => format!("`{known}` is the nearest key"),
                None => format!("it knows {}", list_of(&self.asked)),
            };
            reader.report(Problem::new(reader.place(span(name.span())), message, help));
        }
    }
}

/// `a`, `b` and `c`, each in backticks.
pub(super) fn list_of(words: &[&str]) -> String {
    let quoted: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

pub(super) fn span(range: Range<usize>) -> Span {
    Span::new(range.start, range.end)
}
