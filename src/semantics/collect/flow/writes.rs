//! What a stretch of code writes: for each name the bindings that can be its last, and whether there is always one.

use rustc_hash::FxHashMap;

use crate::python::Identifier;
use crate::python::syntax::BindingId;
use crate::semantics::facts::{Bindings, Reach};

/// The bindings that can be the last of a name, sorted.
#[derive(Clone, Default, Debug)]
pub(super) struct Write {
    pub(super) bindings: Bindings,
    /// One of them always runs: what was before cannot be seen.
    pub(super) covers: bool,
}

impl Write {
    /// Both can be seen.
    pub(super) fn add(&mut self, bindings: &[BindingId]) {
        add(&mut self.bindings, bindings);
    }
}

/// Adds sorted bindings to sorted ones; mostly the new ones stand behind the old. A list that is longer than can be told stays so.
pub(in super::super) fn add(old: &mut Bindings, new: &[BindingId]) {
    if old.len() > Reach::LIMIT {
        return;
    }
    let in_order = old.last() < new.first();
    old.extend_from_slice(new);
    if !in_order {
        old.sort_unstable();
        old.dedup();
    }
}

/// The writes of a stretch of code.
#[derive(Clone, Default, Debug)]
pub(super) struct Writes(FxHashMap<Identifier, Write>);

impl Writes {
    pub(super) fn get(&self, name: &Identifier) -> Option<&Write> {
        if self.0.is_empty() { None } else { self.0.get(name) }
    }

    /// The name has this value from here on.
    pub(super) fn set(&mut self, name: &Identifier, bindings: Bindings) {
        self.0.insert(name.clone(), Write { bindings, covers: true });
    }

    /// The name can have one of these values from here on, or keeps what it had.
    pub(super) fn may(&mut self, name: &Identifier, bindings: &[BindingId]) {
        self.0.entry(name.clone()).or_default().add(bindings);
    }

    /// Code that runs after this one.
    pub(super) fn then(&mut self, next: Writes) {
        if self.0.is_empty() {
            *self = next;
            return;
        }
        for (name, write) in next.0 {
            if write.covers {
                self.0.insert(name, write);
            } else {
                self.may(&name, &write.bindings);
            }
        }
    }

    /// One of several arms; if not `exhaustive`, perhaps none.
    pub(super) fn either(arms: Vec<Writes>, exhaustive: bool) -> Writes {
        let count = arms.len();
        let mut seen: FxHashMap<Identifier, (Write, usize)> = FxHashMap::default();
        for arm in arms {
            for (name, write) in arm.0 {
                let (joined, covering) = seen.entry(name).or_default();
                joined.add(&write.bindings);
                *covering += usize::from(write.covers);
            }
        }
        let joined = seen.into_iter().map(|(name, (mut write, covering))| {
            write.covers = exhaustive && covering == count;
            (name, write)
        });
        Writes(joined.collect())
    }
}
