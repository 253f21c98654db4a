//! Files that are not Python: configuration that may name a module, and counts of mentions in prose.

use std::collections::BTreeMap;

use super::loaded::{Content, FileKind, Loaded, ending};

/// What the tree holds beside Python.
#[derive(Debug, Default)]
pub(super) struct Others {
    /// Sorted by path.
    pub(super) files: Vec<OtherFile>,
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
    pub content: OtherContent,
}

#[derive(Debug)]
pub enum OtherContent {
    /// Bytes that are not UTF-8 are replaced: the text is searched, never written.
    Text(String),
    /// Unreadable, or too large; the needles that a search in chunks found.
    Unread { why: String, mentions: Vec<String> },
}

impl Others {
    pub(super) fn new(loaded: Vec<Loaded>) -> Self {
        let mut others = Self::default();
        for Loaded { path, content, .. } in loaded {
            let ending = ending(&path).to_owned();
            match content {
                Content::Counted(count) => *others.mentions.entry(ending).or_default() += count,
                Content::Unread { mentions, .. } if FileKind::of(&path) == FileKind::Prose => {
                    *others.mentions.entry(ending).or_default() += mentions.len();
                }
                Content::Unread { why, mentions } => {
                    others.files.push(OtherFile { path, ending, content: OtherContent::Unread { why, mentions } });
                }
                Content::Bytes(_) if FileKind::of(&path) == FileKind::Prose => {}
                Content::Bytes(bytes) => {
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    others.files.push(OtherFile { path, ending, content: OtherContent::Text(text) });
                }
            }
        }
        others.mentions.retain(|_, count| *count > 0);
        others
    }
}
