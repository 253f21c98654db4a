//! All files of a tree with their meaning, parsed when first asked for.

use std::sync::{Arc, OnceLock, RwLock};

use rustc_hash::FxHashMap;

use super::{Facts, Resolution, collect};
use crate::project::{FileId, ModuleId, Project};
use crate::python::{DottedName, Identifier, ParseError, parse};

/// The meaning of a file, or why it has none.
pub type Read = Result<Arc<Facts>, Unread>;

/// Why a file has no meaning.
#[derive(Clone, Debug)]
pub enum Unread {
    /// The project holds no text of it.
    NoText,
    NotPython(ParseError),
}

/// What has been resolved of one module.
pub(super) type Memo = RwLock<FxHashMap<Identifier, Arc<Resolution>>>;

/// A project whose names can be followed.
pub struct World {
    pub project: Project,
    files: Vec<OnceLock<Read>>,
    pub(super) members: Vec<Memo>,
}

impl World {
    pub fn new(project: Project) -> Self {
        let files = project.files.iter().map(|_| OnceLock::new()).collect();
        let members = project.modules.iter().map(|_| Memo::default()).collect();
        Self { project, files, members }
    }

    /// The world after a change: facts of the files that did not change are taken over.
    pub fn changed(&self, project: Project) -> Self {
        let world = Self::new(project);
        for (index, file) in world.project.files.iter().enumerate() {
            let Some(old) = self.project.file_by_path(&file.path) else { continue };
            let same = self.project.text(old).is_some_and(|text| {
                world.project.text(FileId(index as u32)).is_some_and(|new| std::ptr::eq(text, new))
            });
            if let Some(read) = self.files[old.index()].get()
                && same
            {
                world.files[index].set(read.clone()).expect("the cell of a new world is empty");
            }
        }
        world
    }

    /// The facts of a file, parsed now if nobody asked before; `None` if it is not Python.
    pub fn facts(&self, file: FileId) -> Option<&Facts> {
        self.read(file).as_ref().ok().map(|facts| &**facts)
    }

    /// The facts of a file, or why there are none.
    pub fn read(&self, file: FileId) -> &Read {
        self.files[file.index()].get_or_init(|| {
            let text = self.project.text(file).ok_or(Unread::NoText)?;
            let syntax = parse(text).map_err(Unread::NotPython)?;
            Ok(Arc::new(collect(syntax, text)))
        })
    }

    /// The name under which a file is imported; files that no import can name go by their path.
    pub fn module_name(&self, file: FileId) -> DottedName {
        match self.module_of(file) {
            Some(module) => self.project.modules[module.index()].name.clone(),
            None => DottedName::new(&self.project.file(file).path),
        }
    }

    /// The module that a file is first of all.
    pub fn module_of(&self, file: FileId) -> Option<ModuleId> {
        self.project.modules_of(file).first().copied()
    }
}
