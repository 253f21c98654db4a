//! The two ways in which the modules of a tree are seen: by the interpreter, and by type checkers.

use std::sync::Arc;

use super::module_table::ModuleTable;
use super::{FileId, Project, Root, SourceFile};
use crate::python::DottedName;

/// Who looks for a module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// The interpreter: `.py` files.
    #[default]
    Runtime,
    /// Type checkers: a stub where there is one, else the source (PEP 484, PEP 561).
    Stubs,
}

/// The modules of a tree for both sides.
#[derive(Clone, Debug, Default)]
pub(super) struct Tables {
    runtime: Arc<ModuleTable>,
    /// `None` in a tree without stubs.
    stubs: Option<Arc<ModuleTable>>,
}

impl Tables {
    pub(super) fn new(files: &[Arc<SourceFile>], roots: &[Root]) -> Self {
        let has_stubs = files.iter().any(|file| file.is_stub);
        let table = |side| Arc::new(ModuleTable::new(files, roots, side));
        let (runtime, stubs) = rayon::join(|| table(Side::Runtime), || has_stubs.then(|| table(Side::Stubs)));
        Self { runtime, stubs }
    }

    pub(super) fn of(&self, side: Side) -> &ModuleTable {
        match side {
            Side::Runtime => &self.runtime,
            Side::Stubs => self.stubs.as_ref().unwrap_or(&self.runtime),
        }
    }
}

impl Project {
    /// The same files as type checkers see them; `None` in a tree without stubs.
    pub fn for_type_checkers(&self) -> Option<Project> {
        let table = self.tables.stubs.as_ref()?;
        Some(Project {
            files: self.files.clone(),
            modules: Arc::clone(&table.modules),
            roots: Arc::clone(&self.roots),
            side: Side::Stubs,
            tables: self.tables.clone(),
            others: Arc::clone(&self.others),
            lengths: Arc::clone(&self.lengths),
        })
    }

    /// Whether the references of a file are resolved on this side.
    pub fn is_own(&self, file: FileId) -> bool {
        self.file(file).is_stub == (self.side == Side::Stubs)
    }

    /// The stub of a module that no source file of the tree holds: a compiled one, or one that is installed.
    pub fn stub_alone(&self, module: &DottedName) -> Option<FileId> {
        let is_source = self.tables.runtime.named(module.as_str()).next().is_some();
        let stubs = self.tables.stubs.as_ref().filter(|_| !is_source)?;
        stubs.named(module.as_str()).find_map(|id| stubs.modules[id.index()].file)
    }

    /// The file of the other side that stands for the same module as `file`.
    pub fn twin(&self, file: FileId) -> Option<FileId> {
        let (own, other) = match self.file(file).is_stub {
            true => (self.tables.stubs.as_ref()?, &self.tables.runtime),
            false => (&self.tables.runtime, self.tables.stubs.as_ref()?),
        };
        let names = own.of_file(file).iter().map(|id| &own.modules[id.index()].name);
        let mut files =
            names.flat_map(|name| other.named(name.as_str()).filter_map(|id| other.modules[id.index()].file));
        files.find(|other| self.file(*other).is_stub != self.file(file).is_stub)
    }
}
