//! What `unshim explain` says of a code, a reason or a kind of site: the same words as the schema, and what helps.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::harmless;
use super::json::VERSION;
use crate::plan::{Code, Reason};
use crate::site::Kind;

/// The page of a code (`US101`), the reason of a refusal (`import-cycle`) or a kind of site (`import-from`).
pub fn page(word: &str) -> Option<String> {
    if let Some(code) = Code::parse(&word.to_uppercase()) {
        return Some(code_page(code).to_owned());
    }
    let reasons = Reason::ALL.into_iter();
    if let Some(reason) = reasons.into_iter().find(|reason| reason.to_string() == word) {
        let what = sentence(&described::<Reason>(word));
        let advice = reason.advice();
        return Some(format!("# {word}: why a place is left alone\n\n{what}\n\nWhat to do: {advice}.\n"));
    }
    let is_kind = |kind: &Kind| serde_json::to_value(kind).is_ok_and(|name| name == word);
    let kind = Kind::ALL.iter().find(|kind| is_kind(kind))?;
    let of = if kind.is_shim() { "a shim: what makes an alias exist" } else { "a place where an alias stands" };
    let what = sentence(&described::<Kind>(word));
    Some(format!("# {word}: {of}\n\n{what}\n\nWhat becomes of it: {}.\n", kind.change()))
}

/// The text with a capital letter and a full stop; what is code from the first to the last is no sentence.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map_or_else(String::new, |first| first.to_uppercase().to_string());
    let stop = if text.starts_with('`') && text.ends_with('`') { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

/// One page, as `unshim explain US101 --output-format json` prints it.
#[derive(Serialize, JsonSchema)]
pub(super) struct PageOutput {
    version: u8,
    /// The code, the reason or the kind.
    word: String,
    /// Markdown.
    page: String,
}

/// Writes the page of a word, if it has one.
pub fn write(word: &str, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(page(word).unwrap_or_default().as_bytes())
}

/// The same as one line of JSON.
pub fn write_json(word: &str, out: &mut dyn Write) -> io::Result<()> {
    let Some(page) = page(word) else { return Ok(()) };
    harmless::write_json(&PageOutput { version: VERSION, word: word.to_owned(), page }, out)
}

/// All words that have a page.
pub fn words() -> Vec<String> {
    let codes = Code::ALL.iter().map(ToString::to_string);
    let reasons = Reason::ALL.iter().map(ToString::to_string);
    let kinds = Kind::ALL.iter().filter_map(|kind| serde_json::to_value(kind).ok()?.as_str().map(str::to_owned));
    codes.chain(reasons).chain(kinds).collect()
}

/// The page of a code, as Markdown.
pub(crate) fn code_page(code: Code) -> &'static str {
    match code {
        Code::ThroughAlias => include_str!("pages/US101.md"),
        Code::ShimExists => include_str!("pages/US102.md"),
        Code::AliasGone => include_str!("pages/US103.md"),
        Code::NewShim => include_str!("pages/US104.md"),
        Code::DeadlinePassed => include_str!("pages/US105.md"),
        Code::SecondDefinition => include_str!("pages/US106.md"),
        Code::NamedInText => include_str!("pages/US107.md"),
        Code::IgnoreWithoutReason => include_str!("pages/US201.md"),
        Code::UnusedIgnore => include_str!("pages/US202.md"),
        Code::WrongIgnore => include_str!("pages/US203.md"),
        Code::StaleBaseline => include_str!("pages/US301.md"),
    }
}

/// The first line of a code's page, without the code.
pub(crate) fn title(code: Code) -> &'static str {
    let line = code_page(code).lines().next().unwrap_or_default();
    line.split_once(": ").map_or(line, |(_, title)| title)
}

/// What the documentation of an enum says of one of its values.
fn described<T: JsonSchema>(value: &str) -> String {
    let schema = schemars::schema_for!(T);
    let all = schema.get("oneOf").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let found = all.iter().find(|one| one.get("const").is_some_and(|name| name == value));
    found.and_then(|one| one.get("description")?.as_str()).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_a_page_that_begins_with_it() {
        for word in words() {
            let page = page(&word).unwrap();
            assert!(
                page.starts_with(&format!("# {word}: ")) && page.lines().nth(2).is_some_and(|line| line.len() > 2),
                "{page}"
            );
            assert!(page.ends_with('\n') && page.lines().all(|line| line.chars().count() <= 128), "{word}");
        }
        assert_eq!(page("us101"), page("US101"));
        assert_eq!(page("nothing"), None);
    }
}
