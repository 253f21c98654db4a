//! One Python file of the tree: its decoded text, or why there is none.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use super::loaded::{Content, FileKind, Loaded};
use super::notebook;
use super::shelf::Shelved;
use crate::text::{Beside, LineIndex, Search, Shape};

#[derive(Debug)]
pub struct SourceFile {
    /// Relative to the tree, `/`-separated.
    pub path: String,
    pub editable: bool,
    /// A `.pyi` file: a module for type checkers, and none of the run-time world.
    pub is_stub: bool,
    /// Shared with the copies of the file that differ in nothing but who may edit them.
    source: Arc<OnceLock<Source>>,
    /// How the source is had before something asks for it.
    shelved: Option<Shelved>,
    lines: OnceLock<LineIndex>,
}

/// The decoded text of a file, or why there is none.
#[derive(Debug)]
pub enum Source {
    Text {
        text: String,
        shape: Shape,
        /// Cells and lines of a notebook that cannot be read, each with the place in the text before which it stands.
        beside: Arc<[Beside]>,
    },
    /// The bytes are no text that can be mapped back: kept for byte search only.
    Opaque { bytes: Vec<u8>, why: String },
    /// The bytes are not in memory: unreadable, or larger than what is parsed.
    Unread {
        why: String,
        /// The needles that a search in chunks found.
        mentions: Vec<String>,
    },
}

impl SourceFile {
    pub(super) fn new(loaded: Loaded) -> Self {
        let Loaded { path, content, editable } = loaded;
        let is_stub = FileKind::of(&path) == FileKind::Stub;
        let (source, shelved) = match content {
            Content::Bytes(bytes) => (OnceLock::from(decoded(&path, bytes)), None),
            Content::Shelved(shelved) => (OnceLock::new(), Some(shelved)),
            Content::Unread { why, mentions } => (OnceLock::from(Source::Unread { why, mentions }), None),
            Content::Counted(_) => (OnceLock::from(unread("was not read".to_owned())), None),
        };
        Self { path, editable, is_stub, source: Arc::new(source), shelved, lines: OnceLock::new() }
    }

    /// The decoded text, or why there is none; from now on in memory.
    pub fn source(&self) -> &Source {
        self.source.get_or_init(|| match &self.shelved {
            Some(shelved) => shelved.shelf.bytes(&self.path).map_or_else(unread, |bytes| decoded(&self.path, bytes)),
            None => unread("was not read".to_owned()),
        })
    }

    /// Which of the names the file spells as words of their own, by number.
    pub fn spelled(&self, search: &Search) -> BTreeSet<usize> {
        let mut spelled = BTreeSet::new();
        self.is_searched(search, |text| {
            spelled.extend(search.numbers(text));
            false
        });
        spelled
    }

    /// Whether the file spells one of the names as a word of its own; if so it is in memory from now on, as it is looked at next.
    pub fn spells(&self, search: &Search) -> bool {
        self.is_searched(search, |text| search.matches(text))
    }

    /// Whether one of the texts that tell what the file spells is as wanted; none is asked that cannot spell the names.
    fn is_searched(&self, search: &Search, mut is_wanted: impl FnMut(&[u8]) -> bool) -> bool {
        match (self.source.get(), &self.shelved) {
            (Some(Source::Unread { mentions, .. }), _) => mentions.iter().any(|name| is_wanted(name.as_bytes())),
            (None, Some(shelved)) if !search.may_match(&shelved.words) => false,
            (None, Some(shelved)) => {
                let read = shelved.shelf.bytes(&self.path).ok().filter(|bytes| is_wanted(bytes));
                read.map(|bytes| self.source.get_or_init(|| decoded(&self.path, bytes))).is_some()
            }
            _ => is_wanted(self.searchable()),
        }
    }

    /// The decoded text, if there is one.
    pub fn text(&self) -> Option<&str> {
        match self.source() {
            Source::Text { text, .. } => Some(text),
            Source::Opaque { .. } | Source::Unread { .. } => None,
        }
    }

    /// Where the lines of the text begin.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(self.text().unwrap_or_default()))
    }

    /// How the text becomes bytes again, if there is a text.
    pub fn shape(&self) -> Option<Shape> {
        match self.source() {
            Source::Text { shape, .. } => Some(shape.clone()),
            Source::Opaque { .. } | Source::Unread { .. } => None,
        }
    }

    /// What a byte search looks at: the text, or the bytes that are none.
    pub fn searchable(&self) -> &[u8] {
        match self.source() {
            Source::Text { text, .. } => text.as_bytes(),
            Source::Opaque { bytes, .. } => bytes,
            Source::Unread { .. } => &[],
        }
    }

    /// What a notebook says beside its text: each part with the place before which it stands.
    pub fn beside(&self) -> Arc<[Beside]> {
        match self.source.get() {
            Some(Source::Text { beside, .. }) => Arc::clone(beside),
            // A notebook is always in memory.
            Some(Source::Opaque { .. } | Source::Unread { .. }) | None => Arc::default(),
        }
    }

    /// The same file with another text.
    pub(super) fn with_text(&self, text: String) -> Self {
        let shape = self.shape().unwrap_or_default();
        let Self { path, editable, is_stub, .. } = self;
        let source = Arc::new(OnceLock::from(Source::Text { text, shape, beside: self.beside() }));
        let (path, lines) = (path.clone(), OnceLock::new());
        Self { path, editable: *editable, is_stub: *is_stub, source, shelved: None, lines }
    }

    /// The same file with the same text, which nobody may edit.
    pub(super) fn locked(&self) -> Self {
        let Self { path, is_stub, source, shelved, .. } = self;
        let (path, source, shelved) = (path.clone(), Arc::clone(source), shelved.clone());
        Self { path, editable: false, is_stub: *is_stub, source, shelved, lines: OnceLock::new() }
    }

    /// Whether the two are one text in memory.
    pub fn shares_text(&self, other: &SourceFile) -> bool {
        Arc::ptr_eq(&self.source, &other.source)
    }
}

fn decoded(path: &str, bytes: Vec<u8>) -> Source {
    if FileKind::of(path) == FileKind::Notebook {
        return notebook::source(bytes);
    }
    match Shape::decode(bytes) {
        Ok((text, shape)) => Source::Text { text, shape, beside: Arc::default() },
        Err(undecoded) => Source::Opaque { why: undecoded.error.to_string(), bytes: undecoded.bytes },
    }
}

fn unread(why: String) -> Source {
    Source::Unread { why, mentions: Vec::new() }
}
