//! What is being followed, so that names which lead back to themselves end, and what has been, so that nothing is followed twice.

use std::hash::Hash;
use std::sync::{Arc, RwLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::origin::LONGEST_ROUTE;
use super::watch::{Files, told, watched};
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
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Followed {
    Member(ModuleId, Identifier),
    Binding(FileId, BindingId),
    /// A name that an `__all__` is asked for.
    Export(ModuleId, Identifier),
}

/// How much can be followed for one thing: a route is longer then than any that is told, as a hop takes two of these at most.
const DEEPEST: usize = 2 * LONGEST_ROUTE;

/// What is being followed, and what cut something short.
#[derive(Default)]
pub(super) struct Walk {
    open: FxHashSet<Followed>,
    /// Whether a cycle did.
    cut: bool,
    /// What was too deep to be followed, if something was.
    deep: Option<Followed>,
    /// Whether this looks ahead for another walk: one step, or a long ring would be gone round for ever.
    is_ahead: bool,
}

impl Walk {
    /// A walk for what was too deep for another.
    pub(super) fn ahead() -> Self {
        Self { is_ahead: true, ..Self::default() }
    }

    /// What the memo has under the key, else what `find` finds while this is being followed.
    pub(super) fn follow<K: Eq + Hash>(
        &mut self,
        (world, memo): (&World, &Memo<K>),
        (key, followed): (K, Followed),
        find: impl Fn(&mut Self) -> Resolution,
    ) -> Arc<Resolution> {
        let known = memo.read().expect("no thread panics while it holds the memo").get(&key).cloned();
        // Where a cycle is cut depends on where it is entered.
        if let Some(known) = known.filter(|known| !known.is_cut || self.open.is_empty()) {
            world.depend_on(&known.files);
            return known.resolution;
        }
        if self.open.len() > DEEPEST {
            self.deep.get_or_insert(followed);
            return Arc::new(Resolution::unknown(Why::TooFar));
        }
        let outside = (std::mem::take(&mut self.cut), self.deep.take());
        let (found, files) = watched(|| self.all_the_way(world, followed, find));
        let files = told(files);
        world.depend_on(&files);
        let Some(found) = found else { return Arc::new(Resolution::unknown(Why::Cycle)) };
        let found = Known { resolution: Arc::new(found), files, is_cut: self.cut };
        if self.open.is_empty() || !self.cut && self.deep.is_none() {
            memo.write().expect("no thread panics while it holds the memo").insert(key, found.clone());
        }
        self.cut |= outside.0;
        self.deep = outside.1.or(self.deep.take());
        found.resolution
    }

    /// As `within`. Where that is too deep for one walk, another goes ahead, and then all that lies between is known as well:
    /// names of a long chain are asked for one after the other, in any order.
    pub(super) fn all_the_way(
        &mut self,
        world: &World,
        followed: Followed,
        find: impl Fn(&mut Self) -> Resolution,
    ) -> Option<Resolution> {
        let found = self.within(followed.clone(), &find);
        if !self.open.is_empty() || self.is_ahead {
            return found;
        }
        let Some(deep) = self.deep.take() else { return found };
        world.look_ahead(deep);
        self.cut = false;
        self.within(followed, find)
    }

    /// What `find` finds while this is being followed; `None` if it is already, or far too much is.
    pub(super) fn within<T>(&mut self, followed: Followed, find: impl FnOnce(&mut Self) -> T) -> Option<T> {
        // One more than `follow` allows: an import, of which its module remembers what it gives.
        if self.open.len() > DEEPEST + 1 || !self.open.insert(followed.clone()) {
            self.cut = true;
            return None;
        }
        let found = find(self);
        self.open.remove(&followed);
        Some(found)
    }
}
