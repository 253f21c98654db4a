//! A tree that was looked at before: what was found then holds where nothing has changed that it depends on.

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

/// What an earlier run has left, and the files that have changed since.
pub(super) type Known<T> = Option<(T, FxHashSet<FileId>)>;

/// Where a run leaves what it has found; nowhere if it shall not.
pub(super) struct Place {
    cache: Option<Cache>,
    before: Option<Arc<Snapshot>>,
    now: Snapshot,
}

impl Place {
    /// Whether the tree is another than the one that was left, or none was.
    pub(super) fn is_new(&self) -> bool {
        self.before.as_ref().is_none_or(|before| **before != self.now)
    }

    /// Leaves this for the next run. A run without what an earlier one has found is only slower, so that nothing is said if it fails.
    pub(super) fn keep<T: Serialize>(&self, found: &T) {
        if let Some(cache) = &self.cache {
            let _ = stage("remember", || cache.store(&(&self.now, found)));
        }
    }
}

/// Reads a tree as far as it was not read before, with what was found in it under a question; without one all is read.
pub(super) fn read<T: DeserializeOwned>(
    tree: &Tree,
    question: Option<String>,
    options: ReadOptions,
    session: &Session,
) -> Result<(World, Known<T>, Place), Failure> {
    let cache = question.and_then(|question| Cache::of(tree, &question).ok());
    let known: Option<(Snapshot, T)> = cache.as_ref().and_then(|cache| stage("recall", || cache.load()));
    let (before, known) = known.unzip();
    let before = cache.is_some().then(|| Arc::new(before.unwrap_or_default()));
    let mut reading = flow::read_with(tree, &ReadOptions { before: before.clone(), ..options }, session)?;
    let place = Place { cache, before, now: std::mem::take(&mut reading.snapshot) };
    let world = flow::decode(reading, session)?;
    let changed = place.before.as_ref().and_then(|before| place.now.changed_since(before));
    let known = known.zip(changed).map(|(known, changed)| {
        let changed = changed.iter().filter_map(|path| world.project.file_by_path(path)).collect();
        (known, changed)
    });
    Ok((world, known, place))
}
