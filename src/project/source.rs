//! One Python file of the tree: its decoded text, or why there is none.

use std::sync::Arc;

use super::loaded::{Content, FileKind, Loaded};
use super::notebook;
use crate::text::{Beside, Shape};

#[derive(Debug)]
pub struct SourceFile {
    /// Relative to the tree, `/`-separated.
    pub path: String,
    pub editable: bool,
    /// A `.pyi` file: a module for type checkers, and none of the run-time world.
    pub is_stub: bool,
    pub source: Source,
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
        let source = match content {
            Content::Bytes(bytes) if FileKind::of(&path) == FileKind::Notebook => notebook::source(bytes),
            Content::Bytes(bytes) => match Shape::decode(bytes) {
                Ok((text, shape)) => Source::Text { text, shape, beside: Arc::default() },
                Err(undecoded) => Source::Opaque { why: undecoded.error.to_string(), bytes: undecoded.bytes },
            },
            Content::Unread { why, mentions } => Source::Unread { why, mentions },
            Content::Counted(_) => Source::Unread { why: "was not read".to_owned(), mentions: Vec::new() },
        };
        Self { path, editable, is_stub, source }
    }

    /// The decoded text, if there is one.
    pub fn text(&self) -> Option<&str> {
        match &self.source {
            Source::Text { text, .. } => Some(text),
            Source::Opaque { .. } | Source::Unread { .. } => None,
        }
    }

    /// How the text becomes bytes again, if there is a text.
    pub fn shape(&self) -> Option<Shape> {
        match &self.source {
            Source::Text { shape, .. } => Some(shape.clone()),
            Source::Opaque { .. } | Source::Unread { .. } => None,
        }
    }

    /// What a byte search looks at: the text, or the bytes that are none.
    pub fn searchable(&self) -> &[u8] {
        match &self.source {
            Source::Text { text, .. } => text.as_bytes(),
            Source::Opaque { bytes, .. } => bytes,
            Source::Unread { .. } => &[],
        }
    }

    /// What a notebook says beside its text: each part with the place before which it stands.
    pub fn beside(&self) -> Arc<[Beside]> {
        match &self.source {
            Source::Text { beside, .. } => Arc::clone(beside),
            Source::Opaque { .. } | Source::Unread { .. } => Arc::default(),
        }
    }

    /// The same file with another text.
    pub(super) fn with_text(&self, text: String) -> Self {
        let shape = self.shape().unwrap_or_default();
        let Self { path, editable, is_stub, .. } = self;
        let source = Source::Text { text, shape, beside: self.beside() };
        Self { path: path.clone(), editable: *editable, is_stub: *is_stub, source }
    }
}
