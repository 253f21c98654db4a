//! What is being followed, so that names which lead back to themselves end, and what has been, so that nothing is followed twice.

use std::hash::Hash;
use std::sync::{Arc, RwLock};

use rustc_hash::FxHashMap;

use super::origin::LONGEST_ROUTE;
use super::watch::{Files, watched};
use super::{BindingId, Resolution, Why, World};
use crate::project::{FileId, ModuleId};
use crate::python::Identifier;

/// What has been resolved of one module or file.
pub(super) type Memo<K> = RwLock<FxHashMap<K, Known>>;

/// What something is, by which files, and whether a cycle cut its resolution short.
#[derive(Clone)]
pub(super) struct Known {
    resolution: Arc<Resolution>,
    files: Files,
    is_cut: bool,
}

/// What can be followed.
#[derive(PartialEq, Eq)]
pub(super) enum Followed {
    Member(ModuleId, Identifier),
    Binding(FileId, BindingId),
    /// A name that an `__all__` is asked for.
    Export(ModuleId, Identifier),
}

/// What is being followed, outermost first, and whether a cycle cut something short.
#[derive(Default)]
pub(super) struct Walk {
    open: Vec<Followed>,
    cut: bool,
}

impl Walk {
    /// What the memo has under the key, else what `find` finds while this is being followed.
    pub(super) fn follow<K: Eq + Hash>(
        &mut self,
        (world, memo): (&World, &Memo<K>),
        (key, followed): (K, Followed),
        find: impl FnOnce(&mut Self) -> Resolution,
    ) -> Arc<Resolution> {
        let known = memo.read().expect("no thread panics while it holds the memo").get(&key).cloned();
        // Where a cycle is cut depends on where it is entered.
        if let Some(known) = known.filter(|known| !known.is_cut || self.open.is_empty()) {
            world.depend_on(&known.files);
            return known.resolution;
        }
        let cut_outside = std::mem::take(&mut self.cut);
        let (found, files) = watched(|| self.within(followed, find));
        world.depend_on(&files);
        let Some(found) = found else { return Arc::new(Resolution::unknown(Why::Cycle)) };
        let found = Known { resolution: Arc::new(found), files, is_cut: self.cut };
        if !found.is_cut || self.open.is_empty() {
            memo.write().expect("no thread panics while it holds the memo").insert(key, found.clone());
        }
        self.cut |= cut_outside;
        found.resolution
    }

    /// What `find` finds while this is being followed; `None` if it is already, or too much is.
    pub(super) fn within<T>(&mut self, followed: Followed, find: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.open.contains(&followed) || self.open.len() > 2 * LONGEST_ROUTE {
            self.cut = true;
            return None;
        }
        self.open.push(followed);
        let found = find(self);
        self.open.pop();
        Some(found)
    }
}
