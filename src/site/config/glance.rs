//! A quick look that clears most files: they mention an alias in prose or in paths of files, and need no parser.

use std::ops::Range;

use memchr::memmem;
use rustc_hash::FxHashMap;

use super::{Visit, path, words};
use crate::document::Format;
use crate::python::DottedName;

impl Visit<'_> {
    /// Whether a value of the file can be a path to an alias, be it broken or hidden by escapes.
    pub(super) fn can_hold(&self, format: Format) -> bool {
        let mut known: FxHashMap<&str, bool> = FxHashMap::default();
        let mut leads = |run: &Range<usize>| {
            let text = &self.text[run.clone()];
            *known.entry(text).or_insert_with(|| self.leads(text))
        };
        let is_value = |run| format != Format::Json || is_value(self.text, run);
        hides(format, self.text) || self.runs().any(|run| leads(&run) && is_value(run))
    }

    /// What stands around the names, as far as it can be a path.
    fn runs(&self) -> impl Iterator<Item = Range<usize>> {
        let mut end = 0;
        let spelled = self.spelled.iter().filter_map(move |&place| {
            if place < end {
                return None;
            }
            let run = words::run_around(self.text, place);
            end = run.end;
            // The first letter can belong to an escape: `"\na.old"`.
            let escaped = self.text[..run.start].ends_with('\\') && run.start < place;
            Some(run.start + usize::from(escaped)..end)
        });
        spelled.filter(|run| self.text[run.clone()].contains(['.', ':']))
    }

    /// Whether one of the paths in a run leads to an alias: a path has one colon at most, and the run can have more.
    fn leads(&self, run: &str) -> bool {
        let fields: Vec<&str> = run.split(':').collect();
        let paths = fields.windows(2).map(|two| two.join(".")).chain(fields.iter().map(|field| (*field).to_owned()));
        let mut paths = paths.filter_map(|path| DottedName::parse(path.trim_matches('.')));
        paths.any(|path| path::find(self.families, &path).is_some() || !self.families.held_by(&path).is_empty())
    }
}

/// Whether the string of a JSON text in which a run stands is made of paths, or is one but for escapes around it.
fn is_value(text: &str, run: Range<usize>) -> bool {
    let Some(string) = string_around(text, &run) else { return true };
    let written = &text[string.clone()];
    let is_blank = |c: char| c.is_whitespace() || c == '\\' || "bfnrtu".contains(c) || c.is_ascii_hexdigit();
    let around = || [&text[string.start..run.start], &text[run.end..string.end]];
    !words::paths(written).is_empty()
        || written.contains('\\') && around().iter().all(|part| part.chars().all(is_blank))
}

/// What stands between the quotes around a run; `None` where that cannot be a string.
fn string_around(text: &str, run: &Range<usize>) -> Option<Range<usize>> {
    let is_quote = |at: &usize| !text[..*at].ends_with('\\');
    let before = memchr::memrchr_iter(b'"', &text.as_bytes()[..run.start]).find(is_quote)?;
    let after = memchr::memchr_iter(b'"', &text.as_bytes()[run.end..]).map(|at| run.end + at).find(is_quote)?;
    let string = before + 1..after;
    (!text[string.clone()].contains('\n')).then_some(string)
}

/// Whether an escape can stand for a part of a path.
fn hides(format: Format, text: &str) -> bool {
    if format != Format::Json {
        return text.contains('\\');
    }
    let code = |at: usize| u32::from_str_radix(text.get(at + 2..at + 6)?, 16).ok();
    let is_part = |code: u32| match code {
        // The first halves of symbols and pictures, and second halves.
        0xd83c..=0xd83e | 0xdc00..=0xdfff => false,
        _ => char::from_u32(code).is_none_or(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | ':')),
    };
    memmem::find_iter(text.as_bytes(), "\\u").any(|at| code(at).is_some_and(is_part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_no_value() {
        let value = |text: &str| {
            let start = text.find("a.old").unwrap();
            is_value(text, start..start + 5)
        };
        assert!([r#"{"x": "a.old"}"#, r#"["b.c, a.old"]"#, r#"{"\na.old\u0020": 1}"#].iter().all(|text| value(text)));
        assert!(["{x: a.old}", "{\"x: a.old\n}\n\"\""].iter().all(|text| value(text)));
        assert!(![r#"{"x": "use a.old now"}"#, r#"["import a.old\n", 1]"#].iter().any(|text| value(text)));
    }

    #[test]
    fn only_escapes_that_can_spell_a_path_hide_one() {
        let json = |text: &str| hides(Format::Json, text);
        assert!(json(r#""a\u002eold""#) && json(r#""\u00e9.old""#) && json(r#""\ud835\udd18""#));
        assert!(!json(r#""done \u2705 \ud83d\ude00\n""#) && !json(r#""C:\\u\n""#) && !json(r"\u"));
        assert!(hides(Format::Toml, "\"a.\\\n b\"") && !hides(Format::Yaml, "a.b"));
    }
}
