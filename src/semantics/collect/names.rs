//! The names of one file as small numbers, after mangling.

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::python::Identifier;

/// A name as a scope holds it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct NameId(u32);

/// Every name that a file binds, declares or reads.
pub(super) struct Names {
    numbers: FxHashMap<Identifier, NameId>,
    spelled: Vec<Identifier>,
}

impl Names {
    /// With room for about so many names.
    pub(super) fn with_room(count: usize) -> Self {
        let numbers = FxHashMap::with_capacity_and_hasher(count, FxBuildHasher);
        Self { numbers, spelled: Vec::with_capacity(count) }
    }

    pub(super) fn id(&mut self, name: &Identifier) -> NameId {
        if let Some(&id) = self.numbers.get(name) {
            return id;
        }
        let id = NameId(self.spelled.len() as u32);
        self.spelled.push(name.clone());
        self.numbers.insert(name.clone(), id);
        id
    }

    pub(super) fn find(&self, name: &str) -> Option<NameId> {
        self.numbers.get(name).copied()
    }

    /// The number of `name` inside the class `class`: `__name` is `_Class__name` there.
    /// See "Private name mangling" in the language reference.
    pub(super) fn mangled(&mut self, name: &Identifier, class: Option<&Identifier>) -> NameId {
        let private = name.as_str().starts_with("__") && !name.as_str().ends_with("__");
        let class = class.map(|class| class.as_str().trim_start_matches('_'));
        match class {
            Some(class) if private && !class.is_empty() => self.id(&Identifier::new(&format!("_{class}{name}"))),
            _ => self.id(name),
        }
    }

    pub(super) fn spelled(&self, id: NameId) -> &Identifier {
        &self.spelled[id.0 as usize]
    }
}
