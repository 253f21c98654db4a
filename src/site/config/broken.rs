//! Configuration files that are not of their format: what looks like a value on a line of its own counts.

use std::ops::Range;

use memchr::memmem;

use super::super::Families;
use super::words;
use crate::text::Span;

/// The values that spell the module of an alias, sorted.
pub(super) fn values(families: &Families, text: &str) -> Vec<Span> {
    let mut values: Vec<Span> = Vec::new();
    for needle in families.shim_module_names() {
        let found = memmem::find_iter(text.as_bytes(), needle.as_str()).map(|at| value_at(text, at));
        values.extend(found.flatten());
    }
    values.sort();
    values.dedup();
    values
}

/// The dotted path around an offset, if it is a whole value: between quotes, or after `=`, `:`, `-` up to the line's end.
fn value_at(text: &str, at: usize) -> Option<Span> {
    let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    if text[line..].trim_start().starts_with(['#', ';']) {
        return None;
    }
    let bytes = text.as_bytes();
    let Range { start, end } = words::run_around(text, at);
    let before = bytes[..start].iter().rev().find(|c| !matches!(c, b' ' | b'\t')).copied();
    let after = bytes[end..].iter().find(|c| !matches!(c, b' ' | b'\t' | b'\r')).copied();
    let quoted = start > 0 && matches!(bytes[start - 1], b'"' | b'\'') && bytes.get(end) == Some(&bytes[start - 1]);
    let bare = matches!(before, None | Some(b'=' | b':' | b'-' | b'\n' | b'[' | b','))
        && matches!(after, None | Some(b'\n' | b'#' | b';' | b',' | b']'));
    (quoted || bare).then(|| Span::new(start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_values_count_and_prose_does_not() {
        let value = |text: &str| value_at(text, text.find("a.old").unwrap()).map(|span| span.of(text).to_owned());
        assert_eq!(value("class = a.old.Old\n").as_deref(), Some("a.old.Old"));
        assert_eq!(value("{\"class\": \"a.old:Old\"}").as_deref(), Some("a.old:Old"));
        assert_eq!(value("- a.old.Old # the old one").as_deref(), Some("a.old.Old"));
        assert_eq!(value("# class: a.old.Old\n"), None);
        assert_eq!(value("{\"text\": \"use a.old.Old instead\"}"), None);
        assert_eq!(value("description = see a.old.Old for more"), None);
    }
}
