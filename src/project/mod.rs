//! The tree in memory: files, import roots, and which path is which module. Pure: nothing here reads a disk.

mod declared;
mod line_length;
mod loaded;
mod module_table;
mod notebook;
mod other;
mod replace;
mod roots;
mod shelf;
mod side;
mod source;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHasher;

use crate::python::DottedName;
use crate::python::syntax::index;
use crate::text::{Position, Shape};
use crate::timing::piece;

pub use declared::says_layout;
pub use loaded::{Content, FileKind, Loaded, ending};
pub use other::{OtherContent, OtherFile};
pub use roots::Root;
pub use shelf::{Shelf, Shelved};
pub use side::Side;
pub use source::{Source, SourceFile};

use line_length::LineLengths;
use other::Others;
use side::Tables;

index! {
    /// An index into [`Project::files`], which are sorted by path.
    FileId
    /// An index into [`Project::modules`], which are sorted by name.
    ModuleId
}

/// How the user wants the tree to be seen.
#[derive(Clone, Debug, Default)]
pub struct RootConfig {
    /// Import roots relative to the tree; empty: those that the tree itself shows.
    pub roots: Vec<String>,
}

/// A module: a dotted name that an import can give, and the file behind it.
#[derive(Debug)]
pub struct Module {
    pub name: DottedName,
    /// `None` for a namespace package: a folder without `__init__.py`.
    pub file: Option<FileId>,
    pub is_package: bool,
    /// An index into [`Project::roots`].
    pub root: u32,
}

/// All Python files of a tree with their module names, and the other files that may name a module.
#[derive(Debug, Default)]
pub struct Project {
    /// Sorted by path. Shared with the changed copies of the project.
    pub files: Vec<Arc<SourceFile>>,
    /// Sorted by name.
    pub modules: Arc<[Module]>,
    /// The most specific root first: modules of a file and its siblings are most likely imported from there.
    pub roots: Arc<[Root]>,
    pub side: Side,
    tables: Tables,
    others: Arc<Others>,
    lengths: Arc<LineLengths>,
}

impl Project {
    /// The project that these files make, in whatever order they come.
    pub fn new(mut loaded: Vec<Loaded>, config: &RootConfig) -> Project {
        loaded.sort_by(|a, b| a.path.cmp(&b.path));
        let is_python = |file: &Loaded| FileKind::of(&file.path).is_python();
        let (python, other): (Vec<Loaded>, Vec<Loaded>) = loaded.into_iter().partition(is_python);
        let (files, others) = rayon::join(
            || python.into_par_iter().map(|loaded| piece(|| Arc::new(SourceFile::new(loaded)))).collect::<Vec<_>>(),
            || Others::new(other),
        );
        let roots = if config.roots.is_empty() {
            roots::found_roots(&files, &others.files)
        } else {
            roots::named_roots(&config.roots)
        };
        let tables = Tables::new(&files, &roots);
        Self {
            files,
            modules: Arc::clone(&tables.of(Side::Runtime).modules),
            roots: roots.into(),
            side: Side::Runtime,
            tables,
            lengths: Arc::new(LineLengths::new(&others.files)),
            others: Arc::new(others),
        }
    }

    /// Alike for projects in which files and modules have the same numbers.
    pub fn layout(&self) -> u64 {
        let mut hasher = FxHasher::default();
        self.files.iter().for_each(|file| file.path.hash(&mut hasher));
        format!("{:?}", self.roots).hash(&mut hasher);
        hasher.finish()
    }

    /// The one module of this name; `None` also if several files have it, so that none is taken for another.
    /// [`Project::namesakes`] tells the two apart, and [`Project::module_seen_from`] knows who asks.
    pub fn module(&self, name: &str) -> Option<ModuleId> {
        let mut namesakes = self.namesakes(name);
        let module = namesakes.next()?;
        namesakes.next().is_none().then_some(module)
    }

    /// All modules of this name, the one nearest to the tree's top first.
    pub fn namesakes(&self, name: &str) -> impl Iterator<Item = ModuleId> + Clone + use<> {
        self.tables.of(self.side).named(name)
    }

    /// The module that `name` means in an import in `importing`.
    ///
    /// Projects side by side in one repository often hold modules of one name (`services/a/app/main.py` and
    /// `services/b/app/main.py`, both `app.main`); each means its own. `None` if none is nearer than another.
    pub fn module_seen_from(&self, importing: ModuleId, name: &str) -> Option<ModuleId> {
        let near = |id: ModuleId| self.shared_folders(importing, id);
        let most = self.namesakes(name).map(near).max()?;
        let nearest = || self.namesakes(name).filter(|id| near(*id) == most);
        if nearest().count() == 1 {
            return nearest().next();
        }
        let root = self.modules[importing.index()].root;
        nearest().find(|id| self.modules[id.index()].root == root)
    }

    /// Whether a folder lies in the tree, with Python in it.
    pub fn holds(&self, folder: &str) -> bool {
        let root = roots::joined("", folder).map(Root::plain);
        root.is_some_and(|root| self.files.iter().any(|file| root.strip(&file.path).is_some()))
    }

    /// How many folders the files of two modules have in common.
    fn shared_folders(&self, one: ModuleId, other: ModuleId) -> usize {
        let path = |id: ModuleId| self.modules[id.index()].file.map_or("", |file| self.file(file).path.as_str());
        let folders = |id: ModuleId| roots::folder_and_name(path(id)).0.split('/').filter(|part| !part.is_empty());
        folders(one).zip(folders(other)).take_while(|(a, b)| a == b).count()
    }

    /// The names under which a file can be imported: one for each root above it, that of the most specific root first.
    pub fn modules_of(&self, file: FileId) -> &[ModuleId] {
        self.tables.of(self.side).of_file(file)
    }

    /// The modules directly below a package, sorted by name.
    pub fn children(&self, package: ModuleId) -> impl Iterator<Item = ModuleId> {
        self.tables.of(self.side).below(package)
    }

    /// All files, for many threads: in short runs, as what one file costs and what another differs a thousandfold.
    pub fn par_files(&self) -> impl IndexedParallelIterator<Item = FileId> {
        (0..self.files.len() as u32).into_par_iter().with_max_len(8).map(FileId)
    }

    pub fn file(&self, file: FileId) -> &SourceFile {
        &self.files[file.index()]
    }

    /// The file at a path relative to the tree.
    pub fn file_by_path(&self, path: &str) -> Option<FileId> {
        let found = self.files.binary_search_by(|file| file.path.as_str().cmp(path));
        found.ok().map(|index| FileId(index as u32))
    }

    /// The decoded text of a file, if it has one.
    pub fn text(&self, file: FileId) -> Option<&str> {
        self.file(file).text()
    }

    /// The line and the column of an offset in the text of a file.
    pub fn position(&self, file: FileId, offset: usize) -> Position {
        self.file(file).lines().position(offset, self.text(file).unwrap_or_default())
    }

    /// The line of an offset in the text of a file.
    pub fn line(&self, file: FileId, offset: usize) -> u32 {
        self.file(file).lines().line(offset)
    }

    /// The file at a path relative to the tree that is not Python.
    pub fn other_by_path(&self, path: &str) -> Option<&OtherFile> {
        let found = self.others.files.binary_search_by(|file| file.path.as_str().cmp(path));
        found.ok().map(|index| &*self.others.files[index])
    }

    /// Whether there is a file at `path` that may be edited: inside the PATH that was asked for, and not excluded.
    pub fn is_editable(&self, path: &str) -> bool {
        let own = self.file_by_path(path).map(|file| self.file(file).editable);
        own.or_else(|| Some(self.other_by_path(path)?.editable)).unwrap_or(false)
    }

    /// The text of the file at `path`, if there is a file with a text.
    pub fn text_at(&self, path: &str) -> Option<&str> {
        match self.file_by_path(path) {
            Some(file) => self.text(file),
            None => self.other_by_path(path)?.text(),
        }
    }

    /// How the text of the file at `path` becomes bytes again, if there is a file with a text.
    pub fn shape(&self, path: &str) -> Option<Shape> {
        match self.file_by_path(path) {
            Some(file) => self.file(file).shape(),
            None => self.other_by_path(path)?.shape(),
        }
    }

    /// The absolute name that `from ..module import x` (level 2) means in `importing`; `None` if it leads above the
    /// top-level package. As `importlib._bootstrap._resolve_name` does; level 0 is absolute already.
    pub fn resolve_relative(&self, importing: ModuleId, level: u32, module: Option<&DottedName>) -> Option<DottedName> {
        if level == 0 {
            return module.cloned();
        }
        let from = &self.modules[importing.index()];
        let package = if from.is_package { Some(from.name.clone()) } else { from.name.parent() };
        let base = (1..level).try_fold(package?, |package, _| package.parent())?;
        Some(module.map_or_else(|| base.clone(), |module| base.child(module.as_str())))
    }

    /// Configuration files that mention a needle that was searched for, and those that say how modules are found.
    pub fn others(&self) -> &[Arc<OtherFile>] {
        &self.others.files
    }

    /// How often prose, data and backups mention what was searched for, by file ending.
    pub fn mentions(&self) -> &BTreeMap<String, usize> {
        &self.others.mentions
    }

    /// How many characters a line of this file may have: ruff's or black's configuration, else 88.
    pub fn line_length(&self, path: &str) -> usize {
        self.lengths.of(path)
    }
}
