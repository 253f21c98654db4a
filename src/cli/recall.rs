//! What an earlier run has found in a tree: it holds where nothing has changed that it depends on.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::failure::Failure;
use super::flow;
use super::session::Session;
use crate::disk::{Cache, ReadOptions, Snapshot, Tree};
use crate::project::FileId;
use crate::semantics::World;
use crate::timing::stage;

/// What was left under a question, and the tree in which it was found; nothing is left, and nothing will be, without a cache.
pub(super) struct Recalled<T> {
    cache: Option<Cache>,
    before: Arc<Snapshot>,
    /// With the layout of the tree.
    known: Option<(u64, T)>,
}

impl<T: Serialize + DeserializeOwned> Recalled<T> {
    /// Without a question nothing is recalled.
    pub(super) fn of(tree: &Tree, question: Option<String>) -> Self {
        let cache = question.and_then(|question| Cache::of(tree, &question).ok());
        let known: Option<(Snapshot, (u64, T))> = cache.as_ref().and_then(|cache| stage("recall", || cache.load()));
        let (before, known) = known.unzip();
        Self { cache, before: Arc::new(before.unwrap_or_default()), known }
    }

    /// Reads the tree as far as it is not known from then; how its files are known again, if anything is kept.
    pub(super) fn read(
        &self,
        tree: &Tree,
        options: ReadOptions,
        session: &Session,
    ) -> Result<(World, Snapshot), Failure> {
        let before = self.cache.is_some().then(|| Arc::clone(&self.before));
        let mut reading = flow::read_with(tree, &ReadOptions { before, ..options }, session)?;
        let snapshot = std::mem::take(&mut reading.snapshot);
        Ok((flow::decode(reading, session)?, snapshot))
    }

    /// What was found, and the files that have changed since; `None` if others came or went.
    pub(super) fn take(&mut self, world: &World, now: &Snapshot) -> Option<(T, FxHashSet<FileId>)> {
        let (_, known) = self.known.take().filter(|(layout, _)| *layout == world.project.layout())?;
        let changed = now.changed_since(&self.before)?;
        Some((known, changed.iter().filter_map(|path| world.project.file_by_path(path)).collect()))
    }

    /// Whether the tree is another than it was.
    pub(super) fn is_other(&self, now: &Snapshot) -> bool {
        *self.before != *now
    }

    /// Leaves this for the next run. A run without what an earlier one has found is only slower, so that nothing is said if it fails.
    pub(super) fn keep(&self, world: &World, now: &Snapshot, found: &T) {
        if let Some(cache) = &self.cache {
            let _ = stage("remember", || cache.store(&(now, (world.project.layout(), found))));
        }
    }
}
