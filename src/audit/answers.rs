//! What was found out about a tree, file by file and definition by definition, each with the files that it depends on: the next
//! audit asks only for what does not hold any more.

use std::hash::Hash;
use std::sync::{Arc, PoisonError, RwLock};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::family::{AliasKind, Keep, What};
use super::look::Look;
use crate::project::{FileId, ModuleId};
use crate::semantics::{ANY, Definition, Difference, Files, World, watched};

/// The answers to all that was asked about a tree.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Answers {
    /// Where modules are looked for.
    roots: String,
    pub(super) looks: Asked<FileId, Arc<Look>>,
    /// Whether a definition with equal code is a copy.
    pub(super) copies: Asked<Pair, Option<AliasKind>>,
    /// Why a definition stays beside the canonical one.
    pub(super) kept: Asked<Pair, Option<Keep>>,
    pub(super) differences: Asked<Pair, Option<Vec<Difference>>>,
    /// Whether its own text says that it is deprecated.
    pub(super) deprecated: Asked<Definition, bool>,
    pub(super) kinds: Asked<Definition, What>,
    /// The modules that a module loads by its own statements.
    pub(super) loaded: Asked<ModuleId, Vec<ModuleId>>,
}

/// A definition, and the one with which it is compared.
pub(super) type Pair = (Definition, Definition);

impl Answers {
    /// The same for a world in which these files have changed; what depends on them is not known any more.
    ///
    /// The tree has the same files as before, and what is not Python in it has not changed.
    pub fn updated(mut self, world: &World, changed: &FxHashSet<FileId>) -> Self {
        let roots = format!("{:?}", world.project.roots);
        if self.roots != roots {
            return Self { roots, ..Self::default() };
        }
        if !changed.is_empty() {
            let changed = &changed.iter().copied().chain([ANY]).collect();
            self.looks.forget(changed);
            self.copies.forget(changed);
            self.kept.forget(changed);
            self.differences.forget(changed);
            self.deprecated.forget(changed);
            self.kinds.forget(changed);
            self.loaded.forget(changed);
        }
        self
    }

    /// How many answers there are.
    pub fn count(&self) -> usize {
        let Self { roots: _, looks, copies, kept, differences, deprecated, kinds, loaded } = self;
        let of_pairs = copies.count() + kept.count() + differences.count();
        looks.count() + of_pairs + deprecated.count() + kinds.count() + loaded.count()
    }
}

/// The answers to questions of one kind.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "K: Deserialize<'de>, V: Deserialize<'de>"))]
pub(super) struct Asked<K: Eq + Hash, V>(RwLock<FxHashMap<K, (V, Files)>>);

impl<K: Eq + Hash, V> Default for Asked<K, V> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<K: Eq + Hash, V: Clone> Asked<K, V> {
    /// What is known, else what `find` finds.
    pub(super) fn answer(&self, question: K, find: impl FnOnce() -> V) -> V {
        if let Some((known, _)) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&question) {
            return known.clone();
        }
        let (found, files) = watched(find);
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(question, (found.clone(), files));
        found
    }

    /// Forgets what depends on these files.
    fn forget(&mut self, changed: &FxHashSet<FileId>) {
        let known = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, (_, files)| !files.iter().any(|file| changed.contains(file)));
    }

    fn count(&self) -> usize {
        self.0.read().unwrap_or_else(PoisonError::into_inner).len()
    }
}
