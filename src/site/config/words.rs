//! Which parts of a configuration value are paths: the whole of it, the items of a list, a word of a command.

use std::ops::Range;

use super::super::path;

/// A part of a value that spells a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) range: Range<usize>,
    /// `NAME` of `NAME=path`.
    pub(super) name: Option<Range<usize>>,
    /// Stands among words that are no paths: `python -m pkg.old`.
    pub(super) in_command: bool,
}

/// Prefixes that say what follows is a path: `logging.config`, setuptools.
const PREFIXES: [&str; 2] = ["ext://", "attr:"];

/// Options behind which a command names a module: Python, pytest, Celery.
const OPTIONS: [&str; 3] = ["-m", "-p", "-A"];

/// All around a place that can be part of one path with it: letters, digits, dots and colons.
pub(super) fn run_around(text: &str, at: usize) -> Range<usize> {
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b':') || !byte.is_ascii();
    let (before, behind) = text.as_bytes().split_at(at);
    let length = behind.iter().take_while(is_part).count();
    at - before.iter().rev().take_while(is_part).count()..at + length
}

/// The paths in a value. A sentence has none.
pub(super) fn paths(value: &str) -> Vec<Word> {
    let whole = value.trim();
    let start = value.len() - value.trim_start().len();
    let prefix = PREFIXES.iter().find(|prefix| whole.starts_with(**prefix)).map_or(0, |prefix| prefix.len());
    let bare = whole[prefix..].trim_start();
    let start = start + whole.len() - bare.len();
    if let Some(length) = path_length(bare) {
        return vec![Word { range: start..start + length, name: None, in_command: false }];
    }
    if let Some(word) = warning_filter(value, start) {
        return vec![word];
    }
    let items = items(value, [',', ';']);
    let named: Option<Vec<Word>> = items.iter().map(|item| listed(value, item.clone())).collect();
    match named {
        Some(words) if prefix == 0 => words,
        _ => command(value),
    }
}

/// How long the path is that `text` is, or that stands before a wildcard or the extras of an entry point.
fn path_length(text: &str) -> Option<usize> {
    let bare = text.split_once(" [").filter(|(_, extras)| extras.ends_with(']')).map_or(text, |(bare, _)| bare);
    let bare = bare.strip_suffix(".*").unwrap_or(bare).trim_end();
    path::read(bare).map(|_| bare.len())
}

/// What stands between blanks, quotes and `separators`.
fn items(value: &str, separators: [char; 2]) -> Vec<Range<usize>> {
    let ends = |c: char| c.is_whitespace() || separators.contains(&c) || matches!(c, '"' | '\'');
    let mut items = Vec::new();
    let mut start = 0;
    for (at, c) in value.char_indices().chain([(value.len(), ' ')]) {
        if ends(c) {
            if start < at {
                items.push(start..at);
            }
            start = at + c.len_utf8();
        }
    }
    items
}

/// An item of a list: a path, or `NAME=path`.
fn listed(value: &str, item: Range<usize>) -> Option<Word> {
    let text = &value[item.clone()];
    if let Some(length) = path_length(text) {
        return Some(Word { range: item.start..item.start + length, name: None, in_command: false });
    }
    let (name, bare) = text.split_once('=')?;
    let length = path_length(bare)?;
    let start = item.end - bare.len();
    Some(Word { range: start..start + length, name: Some(item.start..item.start + name.len()), in_command: false })
}

/// `action:message:category:module:line` of `warnings`, where the category is a path.
fn warning_filter(value: &str, start: usize) -> Option<Word> {
    const ACTIONS: [&str; 6] = ["default", "error", "ignore", "always", "module", "once"];
    let mut fields = value[start..].split(':');
    let (action, message, category) = (fields.next()?, fields.next()?, fields.next()?);
    let is_filter = ACTIONS.contains(&action) && path::read(category).is_some();
    let start = start + action.len() + message.len() + 2;
    is_filter.then(|| Word { range: start..start + category.len(), name: None, in_command: false })
}

/// The words of a command that can only be paths: those with a colon, and those behind an option.
fn command(value: &str) -> Vec<Word> {
    let items = items(value, ['=', '&']);
    let is_path = |index: usize| {
        let text = &value[items[index].clone()];
        let asked = index.checked_sub(1).is_some_and(|before| OPTIONS.contains(&&value[items[before].clone()]));
        path::read(text).is_some() && (asked || text.contains(':'))
    };
    let found = (0..items.len()).filter(|index| is_path(*index));
    found.map(|index| Word { range: items[index].clone(), name: None, in_command: true }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(value: &str) -> Vec<String> {
        let show = |word: Word| {
            let name = word.name.map_or(String::new(), |name| format!("{}=", &value[name]));
            format!("{name}{}{}", &value[word.range], if word.in_command { " in command" } else { "" })
        };
        paths(value).into_iter().map(show).collect()
    }

    #[test]
    fn whole_values_and_lists_are_paths() {
        assert_eq!(found(" a.old.Old "), ["a.old.Old"]);
        assert_eq!(found("a.old:Old [extra, more]"), ["a.old:Old"]);
        assert_eq!(found("ext://a.old.Old"), ["a.old.Old"]);
        assert_eq!(found("attr: a.old.version"), ["a.old.version"]);
        assert_eq!(found("a.old.*"), ["a.old"]);
        assert_eq!(found("a.b, c.d\n e.f"), ["a.b", "c.d", "e.f"]);
        assert_eq!(found("SETTINGS=a.old"), ["SETTINGS=a.old"]);
        assert_eq!(found("ignore::a.old.Warned"), ["a.old.Warned"]);
        assert_eq!(found("error:it, says:a.old.Warned:mod"), ["a.old.Warned"]);
    }

    #[test]
    fn a_command_names_a_path_by_an_option_or_a_colon() {
        assert_eq!(found("python -m a.old --x"), ["a.old in command"]);
        assert_eq!(found("uvicorn a.old:app --port 80"), ["a.old:app in command"]);
        assert_eq!(found("cd x && pytest -p a.old\n"), ["a.old in command"]);
    }

    #[test]
    fn sentences_and_words_are_none() {
        for value in ["use a.old.Old instead", "old", "", "a.old.Old()", "see a.old.Old.", "^a\\.old", "http://a.old/x"]
        {
            assert_eq!(found(value), [""; 0], "{value}");
        }
    }
}
