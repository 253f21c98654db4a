//! All files of a tree with their meaning, parsed when first asked for.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, Weak};

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

/// What is known of one file; shared by the worlds that see the same text of it.
#[derive(Default)]
struct Slot {
    kept: OnceLock<Read>,
    /// Facts that live only as long as somebody looks at them.
    passing: Mutex<Weak<Facts>>,
}

/// A project whose names can be followed.
pub struct World {
    pub project: Project,
    files: Vec<Arc<Slot>>,
    pub(super) members: Vec<Memo>,
}

impl World {
    pub fn new(project: Project) -> Self {
        let files = project.files.iter().map(|_| Arc::default()).collect();
        let members = project.modules.iter().map(|_| Memo::default()).collect();
        Self { project, files, members }
    }

    /// The world after a change: what is known of the files that did not change, now or later, both worlds know.
    pub fn changed(&self, project: Project) -> Self {
        let mut world = Self::new(project);
        for (file, slot) in world.project.files.iter().zip(&mut world.files) {
            let old = self.project.file_by_path(&file.path);
            if let Some(old) = old.filter(|old| Arc::ptr_eq(&self.project.files[old.index()], file)) {
                *slot = Arc::clone(&self.files[old.index()]);
            }
        }
        world
    }

    /// The facts of a file, kept from now on; `None` if it is not Python.
    pub fn facts(&self, file: FileId) -> Option<&Facts> {
        self.read(file).as_ref().ok().map(|facts| &**facts)
    }

    /// The facts of a file, or why there are none.
    pub fn read(&self, file: FileId) -> &Read {
        let kept = &self.files[file.index()].kept;
        if let Some(read) = kept.get() {
            return read;
        }
        let passing = self.passing(file).upgrade();
        kept.get_or_init(|| passing.map_or_else(|| self.parsed(file), Ok))
    }

    /// The facts of a file for a look that may be the only one: dropped with the last look, unless something keeps them.
    pub fn look(&self, file: FileId) -> Option<Arc<Facts>> {
        if let Some(read) = self.files[file.index()].kept.get() {
            return read.clone().ok();
        }
        let mut passing = self.passing(file);
        if let Some(facts) = passing.upgrade() {
            return Some(facts);
        }
        match self.parsed(file) {
            Ok(facts) => {
                *passing = Arc::downgrade(&facts);
                Some(facts)
            }
            Err(unread) => {
                drop(passing);
                self.files[file.index()].kept.get_or_init(|| Err(unread));
                None
            }
        }
    }

    /// The facts of a file that names lead to: those that are there, else parsed and kept, as names lead there again.
    pub(super) fn reached_facts(&self, file: FileId) -> Option<Arc<Facts>> {
        if self.files[file.index()].kept.get().is_none()
            && let Some(facts) = self.passing(file).upgrade()
        {
            return Some(facts);
        }
        self.read(file).clone().ok()
    }

    fn passing(&self, file: FileId) -> MutexGuard<'_, Weak<Facts>> {
        self.files[file.index()].passing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn parsed(&self, file: FileId) -> Read {
        let text = self.project.text(file).ok_or(Unread::NoText)?;
        let syntax = parse(text).map_err(Unread::NotPython)?;
        Ok(Arc::new(collect(syntax, text)))
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
