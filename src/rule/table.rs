//! One table of a rule file, key by key: each is taken or reported, nothing is dropped silently.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::nearest::nearest;
use super::problem::{Problem, quoted};
use super::reader::Reader;
use super::shape::{Given, Shape, type_name};
use super::written::{Key, Written};
use crate::text::Span;

/// What a kind of table is called and which keys it has.
pub(super) struct Kind {
    /// With its article: `a rule`.
    pub(super) what: &'static str,
    pub(super) keys: &'static [&'static str],
    /// Keys of the contract that this version does not carry out, with what to do instead.
    pub(super) later: &'static [(&'static str, &'static str)],
    /// What to say of a key that resembles none.
    pub(super) help: &'static str,
}

/// A table whose keys are taken one by one.
pub(super) struct Table<'i> {
    entries: Vec<(Spanned<DeString<'i>>, Spanned<DeValue<'i>>)>,
    /// Keys for which another one seems to have been written.
    misspelled: Vec<&'static str>,
}

impl<'i> Table<'i> {
    /// Reports the keys that the kind does not have and keeps the others.
    pub(super) fn new(kind: &Kind, table: DeTable<'i>, reader: &mut Reader<'_>) -> Self {
        let is_known = |name: &DeString<'_>| kind.keys.contains(&name.as_ref());
        let (entries, unknown): (Vec<_>, Vec<_>) = table.into_iter().partition(|(name, _)| is_known(name.get_ref()));
        let mut misspelled = Vec::new();
        for (name, _) in &unknown {
            let place = reader.place(span(name.span()));
            let name = name.get_ref();
            if let Some((later, help)) = kind.later.iter().find(|(later, _)| later == name) {
                reader.report(Problem::new(place, format!("`{later}` is not carried out by this version"), *help));
                continue;
            }
            let meant = nearest(name, kind.keys);
            let help = meant.map_or(kind.help.to_owned(), |meant| format!("did you mean `{meant}`?"));
            reader.report(Problem::consequence(place, format!("{} has no key {}", kind.what, quoted(name)), help));
            misspelled.extend(meant);
        }
        Self { entries, misspelled }
    }

    /// The value of a key that takes one.
    pub(super) fn key<T: Shape>(&mut self, key: &'static str, reader: &mut Reader<'_>) -> Key<T> {
        self.read(key, reader, |given, reader| {
            if T::fits(&given.value) {
                return T::read(given, reader);
            }
            report_type(&given, T::one(), T::sample(given.key), reader);
            None
        })
    }

    /// The value of a key that takes a list; items of a wrong type are reported and left out.
    pub(super) fn list<T: Shape>(&mut self, key: &'static str, reader: &mut Reader<'_>) -> Key<Vec<Written<T>>> {
        self.read(key, reader, |given, reader| {
            let DeValue::Array(items) = given.value else {
                report_type(&given, T::many(), T::list_sample(given.key), reader);
                return None;
            };
            let mut list = Vec::with_capacity(items.len());
            for item in items {
                let span = span(item.span());
                let item = Given { key: given.key, span, value: item.into_inner() };
                if T::fits(&item.value) {
                    list.extend(T::read(item, reader).map(|value| Written { span, value }));
                } else {
                    report_type(&item, T::many(), T::list_sample(given.key), reader);
                }
            }
            Some(list)
        })
    }

    fn read<T>(
        &mut self,
        key: &'static str,
        reader: &mut Reader<'_>,
        read: impl FnOnce(Given<'static, 'i>, &mut Reader<'_>) -> Option<T>,
    ) -> Key<T> {
        let Some(found) = self.entries.iter().position(|(name, _)| name.get_ref() == key) else {
            return Key { written: None, is_reported: self.misspelled.contains(&key) };
        };
        let (_, value) = self.entries.swap_remove(found);
        let span = span(value.span());
        let before = reader.problems.len();
        let value = read(Given { key, span, value: value.into_inner() }, reader);
        Key { written: value.map(|value| Written { span, value }), is_reported: reader.problems.len() > before }
    }
}

/// Says what the key takes and what stands there instead.
pub(super) fn report_type(given: &Given<'_, '_>, takes: String, sample: String, reader: &mut Reader<'_>) {
    let message = format!("`{}` takes {takes}", given.key);
    let problem = Problem::new(reader.place(given.span), message, format!("write `{sample}`"));
    reader.report(problem.label(format!("this is {}", type_name(&given.value))));
}

pub(super) fn span(range: Range<usize>) -> Span {
    Span::new(range.start, range.end)
}
