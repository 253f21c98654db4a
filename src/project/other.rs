//! Files that are not Python: configuration that may name a module, and counts of mentions in prose.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::loaded::{Content, FileKind, Loaded, ending};
use crate::text::Shape;

/// What the tree holds beside Python.
#[derive(Debug, Default)]
pub(super) struct Others {
    /// Sorted by path.
    pub(super) files: Vec<Arc<OtherFile>>,
    /// How often prose mentions what was searched for, by file ending.
    pub(super) mentions: BTreeMap<String, usize>,
}

/// A configuration file that mentions a needle that was searched for, or that says how Python finds its modules.
#[derive(Debug)]
pub struct OtherFile {
    /// Relative to the tree, `/`-separated.
    pub path: String,
    /// `toml`, `yaml`, …
    pub ending: String,
    /// May be edited: inside the PATH that was asked for and not excluded.
    pub editable: bool,
    pub content: OtherContent,
}

#[derive(Clone, Debug)]
pub enum OtherContent {
    /// `shape` is `None` if bytes that are not UTF-8 were replaced: the text is searched then, never written.
    Text { text: String, shape: Option<Shape> },
    /// Unreadable, or too large; the needles that a search in chunks found.
    Unread { why: String, mentions: Vec<String> },
}

impl Others {
    pub(super) fn new(loaded: Vec<Loaded>) -> Self {
        let mut others = Self::default();
        for Loaded { path, content, editable } in loaded {
            let ending = ending(&path).to_owned();
            match content {
                Content::Counted(count) => *others.mentions.entry(ending).or_default() += count,
                Content::Unread { mentions, .. } if FileKind::of(&path) != FileKind::Configuration => {
                    *others.mentions.entry(ending).or_default() += mentions.len();
                }
                Content::Unread { why, mentions } => {
                    let content = OtherContent::Unread { why, mentions };
                    others.files.push(Arc::new(OtherFile { path, ending, editable, content }));
                }
                Content::Shelved(_) => unreachable!("only sources are shelved"),
                Content::Bytes(_) if FileKind::of(&path) == FileKind::Prose => {}
                Content::Bytes(bytes) => {
                    let content = OtherContent::of(bytes);
                    others.files.push(Arc::new(OtherFile { path, ending, editable, content }));
                }
            }
        }
        others.mentions.retain(|_, count| *count > 0);
        others
    }
}

impl Others {
    /// These files with the texts of their paths, which are taken out of `changes`; `None` if there are none.
    pub(super) fn replaced(&self, changes: &mut BTreeMap<String, Option<String>>) -> Option<Self> {
        let mut files = self.files.clone();
        let mut is_changed = false;
        for file in &mut files {
            if let Some(Some(text)) = changes.remove(&file.path) {
                *file = Arc::new(file.with_text(text));
                is_changed = true;
            }
        }
        is_changed.then(|| Self { files, mentions: self.mentions.clone() })
    }

    /// These files, of which only those that `may_edit` names may be edited.
    pub(super) fn narrowed(&self, may_edit: impl Fn(&str) -> bool) -> Self {
        let narrowed = |file: &Arc<OtherFile>| match file.editable && !may_edit(&file.path) {
            true => Arc::new(file.locked()),
            false => Arc::clone(file),
        };
        Self { files: self.files.iter().map(narrowed).collect(), mentions: self.mentions.clone() }
    }
}

impl OtherContent {
    fn of(bytes: Vec<u8>) -> Self {
        match Shape::decode_utf8(bytes) {
            Ok((text, shape)) => OtherContent::Text { text, shape: Some(shape) },
            Err(undecoded) => {
                let text = String::from_utf8_lossy(&undecoded.bytes).into_owned();
                OtherContent::Text { text, shape: None }
            }
        }
    }
}

impl OtherFile {
    /// What is searched, if anything was read.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            OtherContent::Text { text, .. } => Some(text),
            OtherContent::Unread { .. } => None,
        }
    }

    /// How the text becomes bytes again, if it can.
    pub fn shape(&self) -> Option<Shape> {
        match &self.content {
            OtherContent::Text { shape, .. } => shape.clone(),
            OtherContent::Unread { .. } => None,
        }
    }

    /// The same file with another text.
    pub(super) fn with_text(&self, text: String) -> Self {
        let content = OtherContent::Text { text, shape: self.shape() };
        Self { path: self.path.clone(), ending: self.ending.clone(), editable: self.editable, content }
    }

    /// The same file, which nobody may edit.
    fn locked(&self) -> Self {
        let Self { path, ending, content, .. } = self;
        Self { path: path.clone(), ending: ending.clone(), editable: false, content: content.clone() }
    }
}
