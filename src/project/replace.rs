//! A changed copy of a project in memory, for the proof.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::loaded::{Content, Loaded};
use super::side::Tables;
use super::{FileId, Project, SourceFile};
use crate::text::Search;

impl Project {
    /// The project as it would be with other texts: `None` deletes a file, an unknown path makes one.
    ///
    /// Unchanged files are shared, not copied. Roots and line lengths stay as they are. Ids of files and modules
    /// are those of this project if no file appears or disappears, else they count anew.
    pub fn replace(&self, changes: BTreeMap<String, Option<String>>) -> Project {
        let is_known = |path: &String| self.file_by_path(path).is_some();
        let mut changes = changes;
        let others = self.others.replaced(&mut changes).map_or_else(|| Arc::clone(&self.others), Arc::new);
        let keeps_paths = changes.iter().all(|(path, text)| text.is_some() && is_known(path));
        let mut files: Vec<Arc<SourceFile>> = Vec::with_capacity(self.files.len());
        for file in &self.files {
            match changes.remove(&file.path) {
                None => files.push(Arc::clone(file)),
                Some(Some(text)) => files.push(Arc::new(file.with_text(text))),
                Some(None) => {}
            }
        }
        for (path, text) in changes {
            let Some(text) = text else { continue };
            let content = Content::Bytes(text.into_bytes());
            files.push(Arc::new(SourceFile::new(Loaded { path, content, editable: true })));
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let tables = if keeps_paths { self.tables.clone() } else { Tables::new(&files, &self.roots) };
        Project {
            files,
            modules: Arc::clone(&tables.of(self.side).modules),
            roots: Arc::clone(&self.roots),
            side: self.side,
            tables,
            others,
            lengths: Arc::clone(&self.lengths),
        }
    }

    /// The same project, of which only those files may be edited that `may_edit` names, if they may be now.
    pub fn narrowed(&self, may_edit: impl Fn(&str) -> bool) -> Project {
        let narrowed = |file: &Arc<SourceFile>| match file.editable && !may_edit(&file.path) {
            true => Arc::new(file.locked()),
            false => Arc::clone(file),
        };
        Project {
            files: self.files.iter().map(narrowed).collect(),
            modules: Arc::clone(&self.modules),
            roots: Arc::clone(&self.roots),
            side: self.side,
            tables: self.tables.clone(),
            others: Arc::new(self.others.narrowed(&may_edit)),
            lengths: Arc::clone(&self.lengths),
        }
    }

    /// The files whose text is another than in the project that this one was made of. `None` if files came or went, or if what
    /// is no source has changed.
    pub fn changed_since(&self, before: &Project) -> Option<FxHashSet<FileId>> {
        let is_there = |(now, before): (&Arc<SourceFile>, &Arc<SourceFile>)| now.path == before.path;
        let same_files = self.files.len() == before.files.len() && self.files.iter().zip(&before.files).all(is_there);
        let changed = self.files.iter().zip(&before.files).enumerate().filter(|(_, (now, old))| !now.shares_text(old));
        let changed = || changed.map(|(index, _)| FileId(index as u32)).collect();
        (same_files && Arc::ptr_eq(&self.others, &before.others)).then(changed)
    }

    /// Lets the files that are the same in `other` be one with those, so that what is known of them stays known. Only files
    /// that spell a name are compared.
    pub fn share(&mut self, other: &Project, names: &Search) {
        for file in self.files.iter_mut().filter(|file| file.spells(names)) {
            let Some(same) = other.file_by_path(&file.path).map(|id| &other.files[id.index()]) else { continue };
            if same.text().is_some() && same.text() == file.text() && same.editable == file.editable {
                *file = Arc::clone(same);
            }
        }
    }
}
