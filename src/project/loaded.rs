//! Files as they were read: the only input of everything above.

use super::shelf::Shelved;

/// A file of the tree, before anything is known of its meaning.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Relative to the tree, `/`-separated.
    pub path: String,
    pub content: Content,
    /// May be edited: inside the PATH that was asked for and not excluded.
    pub editable: bool,
}

#[derive(Clone, Debug)]
pub enum Content {
    Bytes(Vec<u8>),
    /// A source that holds no word that was searched for: it is read again when something asks for it.
    Shelved(Shelved),
    /// Could not be read, or is too large to parse; why, in one line. What was found in it by a byte search still counts.
    Unread {
        why: String,
        mentions: Vec<String>,
    },
    /// Neither source nor configuration: only how often it mentions what was searched for is kept.
    Counted(usize),
}

impl Loaded {
    /// An editable file with this text.
    pub fn text(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), content: Content::Bytes(text.as_bytes().to_vec()), editable: true }
    }

    /// An editable file of a tree in memory, as the disk would hand it on: documents are kept, other prose is only counted.
    pub fn in_memory(path: &str, bytes: Vec<u8>) -> Self {
        let is_prose = FileKind::of(path) == FileKind::Prose;
        let content = if is_prose { Content::Counted(0) } else { Content::Bytes(bytes) };
        Self { path: path.to_owned(), content, editable: true }
    }
}

/// What a file is to us, told by its path alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// `.py`
    Source,
    /// `.pyi`
    Stub,
    /// `.ipynb`
    Notebook,
    /// A format whose values can name a module.
    Configuration,
    /// Markdown and reST: mentions are rewritten where a rule wants that, and hold nothing.
    Document,
    /// Prose, data, logs, backups: mentions in it are counted and hold nothing.
    Prose,
}

impl FileKind {
    /// Whether the file holds Python code that is parsed.
    pub fn is_python(self) -> bool {
        matches!(self, FileKind::Source | FileKind::Stub | FileKind::Notebook)
    }

    /// The kind of the file at `path`.
    ///
    /// A backup such as `x.py.bak` or `x.py.backup_20250914` is no source: only the last ending counts.
    pub fn of(path: &str) -> Self {
        match ending(path) {
            "py" => FileKind::Source,
            "pyi" => FileKind::Stub,
            "ipynb" => FileKind::Notebook,
            "toml" | "yaml" | "yml" | "json" | "ini" | "cfg" | "conf" | "properties" | "env" => FileKind::Configuration,
            "md" | "markdown" | "rst" => FileKind::Document,
            _ => FileKind::Prose,
        }
    }
}

/// What follows the last dot of the file's name (`env` for `.env`); the empty string without a dot.
pub fn ending(path: &str) -> &str {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_ending_makes_a_source() {
        let kinds = ["a/b.py", "a.pyi", "a.py.bak", "a.py.backup_2025", "py", "d.py/readme", ".env", "a.TOML"];
        use FileKind::{Configuration, Prose, Source, Stub};
        assert_eq!(kinds.map(FileKind::of), [Source, Stub, Prose, Prose, Prose, Prose, Configuration, Prose]);
    }
}
