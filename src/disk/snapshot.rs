//! What the files of a tree were when they were read: known again by what the system says of them, else by their content.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::read::is_source;
use crate::project::{Content, FileKind};

/// A file that was written so shortly before it was read can be written again without a sign of it: clocks of file systems are
/// coarse. It is known by its content alone. git, "racy-git"
const FRESH: Duration = Duration::from_secs(2);

/// The files of a tree by path, passed ones included.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    pub(super) marks: BTreeMap<String, Mark>,
}

/// How one file is known again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark {
    /// `None` if the file was too fresh.
    pub(super) stamp: Option<Stamp>,
    /// Of its content, if that matters and was read as a whole.
    pub(super) digest: Option<Digest>,
    pub(super) kept: Kept,
}

/// BLAKE3.
pub(super) type Digest = [u8; 32];

/// What the system says of a file, at least one of which changes with its content: bytes, nanoseconds, and a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    size: u64,
    modified: i128,
    changed: i128,
    inode: u64,
}

/// What was kept of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Kept {
    /// The text of a source that can be read again when it is asked for.
    Source,
    Whole,
    /// How often it mentions something.
    Counted(usize),
    Nothing,
}

impl Stamp {
    /// The stamp of a file, if a look at it that begins at `now` cannot miss what is written later.
    pub(super) fn of(metadata: &Metadata, now: SystemTime) -> Option<Self> {
        let time = |seconds: i64, nanoseconds: i64| i128::from(seconds) * 1_000_000_000 + i128::from(nanoseconds);
        let stamp = Self {
            size: metadata.size(),
            modified: time(metadata.mtime(), metadata.mtime_nsec()),
            changed: time(metadata.ctime(), metadata.ctime_nsec()),
            inode: metadata.ino(),
        };
        let settled = now.duration_since(UNIX_EPOCH).ok()?.checked_sub(FRESH)?.as_nanos() as i128;
        (stamp.modified < settled && stamp.changed < settled).then_some(stamp)
    }
}

impl Kept {
    /// Notebooks, and texts in other encodings than UTF-8, are kept as they are.
    pub(super) fn of(path: &str, content: Option<&Content>) -> Self {
        let is_text = |bytes: &[u8]| FileKind::of(path) != FileKind::Notebook && std::str::from_utf8(bytes).is_ok();
        match content {
            None => Kept::Nothing,
            Some(Content::Counted(count)) => Kept::Counted(*count),
            Some(Content::Shelved(_)) => Kept::Source,
            Some(Content::Bytes(bytes)) if is_source(path) && is_text(bytes) => Kept::Source,
            Some(Content::Bytes(_) | Content::Unread { .. }) => Kept::Whole,
        }
    }
}

impl Mark {
    /// Of a file that could not be read: it is there, and never known again.
    pub(super) const UNREADABLE: Self = Self { stamp: None, digest: None, kept: Kept::Nothing };

    fn is_same(&self, other: &Self) -> bool {
        let is_equal = |one: Option<_>, other: Option<_>| one.is_some() && one == other;
        self.kept == other.kept
            && (is_equal(self.digest, other.digest) || self.stamp.is_some() && self.stamp == other.stamp)
    }

    /// Whether what is found can depend on the file.
    fn counts(&self, path: &str) -> bool {
        is_source(path) || self.kept == Kept::Whole
    }
}

impl Snapshot {
    /// The sources that are not what they were. `None` if files came or went, or one has changed that is no source and matters.
    pub fn changed_since(&self, before: &Snapshot) -> Option<Vec<&str>> {
        let counted = |snapshot: &Snapshot| snapshot.marks.iter().filter(|(path, mark)| mark.counts(path)).count();
        if counted(before) != counted(self) {
            return None;
        }
        let mut changed = Vec::new();
        for (path, mark) in self.marks.iter().filter(|(path, mark)| mark.counts(path)) {
            let old = before.marks.get(path).filter(|old| old.counts(path))?;
            match old.is_same(mark) {
                true => {}
                false if is_source(path) => changed.push(path.as_str()),
                false => return None,
            }
        }
        Some(changed)
    }
}
