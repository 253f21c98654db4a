//! The journal of one change: what stood in the tree before it, in lines of JSON that a person can read in an emergency.
//!
//! The first line says what was done, then comes a line for each file and folder, and the last one tells that nothing
//! is missing. The name of the file says how far the change is: `000007-1f2e3d4c.open.jsonl`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::digest::{digest, from_hex, to_hex};

/// Raised when a journal means something else than before.
const FORMAT: u64 = 1;

/// What every name begins with that only a change itself uses.
pub(super) const TEMPORARY: &str = ".unshim-";

/// All of a journal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Journal {
    pub(super) head: Head,
    pub(super) files: Vec<FileEntry>,
    pub(super) folders: Vec<FolderEntry>,
}

/// What was done: enough for a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    pub(super) format: u64,
    pub(super) id: String,
    /// Seconds since 1970, UTC.
    pub(super) time: u64,
    /// The tree, for journals that do not lie beside it.
    pub(super) tree: String,
    pub(super) rules: Vec<RuleShare>,
    pub(super) edited: usize,
    pub(super) deleted: usize,
    pub(super) created: usize,
    /// The journal whose change this one took back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) undoes: Option<String>,
    /// The change is a new branch, and no file of the work tree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) branch: Option<BranchEntry>,
}

/// How much of a change one rule asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleShare {
    pub rule: String,
    pub edits: usize,
}

/// A reference that was made or deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct BranchEntry {
    /// `refs/heads/…`
    pub(super) name: String,
    /// What it pointed to before; `None` if there was none.
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
}

/// One file on both sides of the change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileEntry {
    pub(super) path: String,
    /// The name beside it that the other content has during the change.
    pub(super) beside: String,
    /// Permission bits; `None` for a new file that takes the usual ones.
    pub(super) mode: Option<u32>,
    /// Digest of the content before; `None` if there was no such file.
    pub(super) old: Option<String>,
    /// Digest of the content after; `None` if there is no such file any more.
    pub(super) new: Option<String>,
    /// The content before, if it is UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// The content before, if it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hex: Option<String>,
}

/// A folder that may go with the last file in it, or that is made for a new file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FolderEntry {
    pub(super) path: String,
    /// Permission bits; `None` for a new folder that takes the usual ones.
    pub(super) mode: Option<u32>,
    /// Was not there before.
    pub(super) made: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "lowercase")]
enum Line {
    Apply(Head),
    File(FileEntry),
    Folder(FolderEntry),
    End { lines: usize },
}

impl FileEntry {
    pub(super) fn new(path: &str, beside: &str, before: Option<&[u8]>, after: Option<&[u8]>) -> Self {
        let text = before.and_then(|bytes| str::from_utf8(bytes).ok()).map(str::to_owned);
        let hex = if text.is_none() { before.map(to_hex) } else { None };
        let (old, new) = (before.map(digest), after.map(digest));
        Self { path: path.to_owned(), beside: beside.to_owned(), mode: None, old, new, text, hex }
    }

    /// The bytes before the change.
    pub(super) fn before(&self) -> Option<Vec<u8>> {
        match (&self.text, &self.hex) {
            (Some(text), _) => Some(text.as_bytes().to_vec()),
            (None, Some(hex)) => from_hex(hex),
            (None, None) => None,
        }
    }
}

impl Journal {
    /// The bytes of the journal's file.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let head = Head { format: FORMAT, ..self.head.clone() };
        let files = self.files.iter().cloned().map(Line::File);
        let folders = self.folders.iter().cloned().map(Line::Folder);
        let end = Line::End { lines: 1 + self.files.len() + self.folders.len() };
        let lines = std::iter::once(Line::Apply(head)).chain(files).chain(folders).chain([end]);
        let mut bytes = Vec::new();
        for line in lines {
            serde_json::to_writer(&mut bytes, &line).expect("strings and numbers are JSON");
            bytes.push(b'\n');
        }
        bytes
    }

    /// What the file of a journal says, or why it cannot be trusted.
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let text = str::from_utf8(bytes).map_err(|error| error.to_string())?;
        let mut journal = Journal::default();
        let mut ends = None;
        // A newer version may write lines that this one has no word for: that is what must be said then.
        if let Some(format) = format_of(text).filter(|format| *format != FORMAT) {
            return Err(format!("format {format} is not known to this version"));
        }
        for (index, line) in text.lines().enumerate() {
            let number = index + 1;
            let line = serde_json::from_str(line).map_err(|error| format!("line {number}: {error}"))?;
            match line {
                Line::Apply(head) if index == 0 => journal.head = trusted_head(head)?,
                Line::File(entry) if index > 0 && ends.is_none() => journal.files.push(trusted(entry, number)?),
                Line::Folder(entry) if index > 0 && ends.is_none() => journal.folders.push(entry),
                Line::End { lines } if lines == index && ends.is_none() => ends = Some(lines),
                _ => return Err(format!("line {number} is out of place")),
            }
        }
        ends.map(|_| journal).ok_or_else(|| "the last line is missing".to_owned())
    }

    /// The first line of a journal alone.
    pub(super) fn head_of(line: &str) -> Result<Head, String> {
        match serde_json::from_str(line) {
            Ok(Line::Apply(head)) => Ok(head),
            Ok(_) => Err("the first line is out of place".to_owned()),
            Err(error) => Err(format!("line 1: {error}")),
        }
    }

    /// The permission bits of the folders that the change may have removed.
    pub(super) fn folder_modes(&self) -> BTreeMap<String, u32> {
        self.folders.iter().filter_map(|folder| Some((folder.path.clone(), folder.mode?))).collect()
    }
}

/// The format that the first line of a journal names.
fn format_of(text: &str) -> Option<u64> {
    let head: serde_json::Value = serde_json::from_str(text.lines().next()?).ok()?;
    head.get("format")?.as_u64()
}

/// The head, if its reference is a branch: what locks it is removed, and git is told its name.
fn trusted_head(head: Head) -> Result<Head, String> {
    let is_branch = |name: &str| {
        let parts = name.strip_prefix("refs/heads/").map(|parts| parts.split('/'));
        !name.contains(char::is_whitespace) && parts.is_some_and(|mut parts| parts.all(|part| !part.starts_with('.')))
    };
    match &head.branch {
        Some(branch) if !is_branch(&branch.name) => Err(format!("`{}` is no branch", branch.name)),
        _ => Ok(head),
    }
}

/// The entry, if its content is the one that its digest was made of, and its temporary name one that a change takes:
/// what has that name is removed.
fn trusted(entry: FileEntry, line: usize) -> Result<FileEntry, String> {
    let folder = entry.path.rfind('/').map_or(0, |slash| slash + 1);
    let name = entry.beside.strip_prefix(&entry.path[..folder]).unwrap_or_default();
    if !name.starts_with(TEMPORARY) || name.contains('/') {
        return Err(format!("line {line}: `{}` is no temporary name beside `{}`", entry.beside, entry.path));
    }
    if entry.before().as_deref().map(digest) != entry.old {
        return Err(format!("line {line}: the content is not the one that was written down"));
    }
    Ok(entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journal() -> Journal {
        let head = Head { format: FORMAT, id: "1f".to_owned(), ..Head::default() };
        let files = vec![
            FileEntry::new("a.py", ".unshim-1", Some(b"x = '\xc3\xa9'\r\n"), Some(b"y")),
            FileEntry::new("b.py", ".unshim-2", Some(b"# coding: latin-1\nx = '\xe9'"), None),
            FileEntry::new("c.py", ".unshim-3", None, Some(b"")),
        ];
        Journal { head, files, folders: vec![FolderEntry { path: "d".to_owned(), mode: Some(0o755), made: false }] }
    }

    #[test]
    fn what_is_written_is_read() {
        let read = Journal::from_bytes(&journal().to_bytes()).unwrap();
        assert_eq!(read, journal());
        assert_eq!(read.files[1].before().unwrap(), b"# coding: latin-1\nx = '\xe9'");
    }

    #[test]
    fn a_damaged_journal_is_never_trusted() {
        let whole = journal().to_bytes();
        for end in 0..whole.len() - 1 {
            assert!(Journal::from_bytes(&whole[..end]).is_err(), "cut at {end}");
        }
        // Whatever byte is wrong: contents, digests and the order of lines are noticed.
        for at in 0..whole.len() {
            let mut wrong = whole.clone();
            wrong[at] ^= 1;
            if let Ok(read) = Journal::from_bytes(&wrong) {
                let contents = |journal: &Journal| journal.files.iter().map(FileEntry::before).collect::<Vec<_>>();
                assert_eq!(contents(&read), contents(&journal()), "byte {at}");
            }
        }
    }
}
