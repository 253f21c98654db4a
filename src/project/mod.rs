//! The tree in memory: files, import roots, and which path is which module. Pure: nothing here reads a disk.

use rustc_hash::FxHashMap;

use crate::python::DottedName;
use crate::python::syntax::index;
use crate::text::Shape;

index! {
    /// An index into [`Project::files`], which are sorted by path.
    FileId
    /// An index into [`Project::modules`].
    ModuleId
}

/// A file as it was read: the only input of everything above.
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
    /// Could not be read, or is too large to parse; why, in one line. What was found in it by a byte search still counts.
    Unread {
        why: String,
        mentions: Vec<String>,
    },
}

/// One file of the tree.
#[derive(Debug)]
pub struct SourceFile {
    pub path: String,
    pub editable: bool,
    pub source: Source,
}

/// The decoded text of a file, or why there is none.
#[derive(Debug)]
pub enum Source {
    Text {
        text: String,
        shape: Shape,
    },
    /// The bytes are no text that can be mapped back: kept for byte search only.
    Opaque {
        bytes: Vec<u8>,
        why: String,
    },
}

/// A module: a dotted name that an import can give, and the file behind it.
#[derive(Debug)]
pub struct Module {
    pub name: DottedName,
    /// `None` for a namespace package: a folder without `__init__.py`.
    pub file: Option<FileId>,
    pub is_package: bool,
}

/// All Python files of a tree with their module names, and the other files that may name a module.
#[derive(Debug, Default)]
pub struct Project {
    pub files: Vec<SourceFile>,
    pub modules: Vec<Module>,
    by_name: FxHashMap<DottedName, ModuleId>,
    by_file: Vec<Vec<ModuleId>>,
}
