//! What is wrong in a rule file: the place, the words, and what would be right.

use std::ops::Range;

use crate::text::Span;

/// A stretch of one of the files that were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Index into the files of [`Problems`].
    pub(super) file: usize,
    pub(super) span: Span,
}

/// One thing that is wrong. Texts are lower case, without a full stop, and may quote the file: rendering cleans them.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    pub(super) at: Place,
    pub(super) message: String,
    /// Stands beside the caret.
    pub(super) label: String,
    /// Other places that belong to it, each with its own label.
    pub(super) also: Vec<(Place, String)>,
    /// What would be right.
    pub(super) help: String,
    /// Can be the mere consequence of an error of syntax in the same file.
    pub(super) may_follow: bool,
}

impl Problem {
    pub(super) fn new(at: Place, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            at,
            message: message.into(),
            label: String::new(),
            also: Vec::new(),
            help: help.into(),
            may_follow: false,
        }
    }

    pub(super) fn consequence(at: Place, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { may_follow: true, ..Self::new(at, message, help) }
    }

    pub(super) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    pub(super) fn also(mut self, place: Place, label: impl Into<String>) -> Self {
        self.also.push((place, label.into()));
        self
    }
}

/// What is wrong within one text, before it is known where the text stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) help: String,
}

impl Fault {
    pub(super) fn new(range: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { range, message: message.into(), help: help.into() }
    }
}

/// A file as it is shown to people.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub(super) name: String,
    pub(super) text: String,
}

/// One thing that is wrong, with the file as people know it and its text without a byte-order mark.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    pub file: &'a str,
    pub text: &'a str,
    pub span: Span,
    pub message: &'a str,
    /// What would be right.
    pub help: &'a str,
}

/// Everything that is wrong in the files of one run. Never empty.
#[derive(Clone, Debug)]
pub struct Problems {
    pub(super) files: Vec<Shown>,
    pub(super) list: Vec<Problem>,
}

impl Problems {
    /// Sorts the problems by file and place.
    pub(super) fn new(files: Vec<Shown>, mut list: Vec<Problem>) -> Self {
        list.sort_by_key(|problem| problem.at);
        Self { files, list }
    }

    /// Each of them, for those who show it in their own way.
    pub fn told(&self) -> impl Iterator<Item = Told<'_>> {
        self.list.iter().map(|Problem { at, message, help, .. }| {
            let Shown { name, text } = &self.files[at.file];
            Told { file: name, text, span: at.span, message, help }
        })
    }

    /// How many things are wrong.
    pub fn count(&self) -> usize {
        self.list.len()
    }

    /// In how many files.
    pub fn file_count(&self) -> usize {
        let mut files: Vec<_> = self.list.iter().map(|problem| problem.at.file).collect();
        files.dedup();
        files.len()
    }
}

/// The text in backticks, shortened if it is long.
pub(super) fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
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

/// Whether the character moves the cursor, hides, or turns the direction of a text.
pub(super) fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// The first hidden character of a text that shall be one visible line.
pub(super) fn find_hidden(text: &str) -> Option<Fault> {
    let (start, found) = text.char_indices().find(|&(_, character)| is_hidden(character))?;
    let (end, name) = match found {
        '\n' | '\r' => (start, "a line break".to_owned()),
        '\t' => (start + 1, "a tab".to_owned()),
        _ => (start + found.len_utf8(), format!("the invisible character U+{:04X}", found as u32)),
    };
    Some(Fault::new(start..end, format!("holds {name}"), "take it out: reports show this text as one line"))
}
