//! The simulated `sys.modules`: for each module the names that it has bound so far.

use std::ops::Index;

use rustc_hash::FxHashMap;

use crate::project::ModuleId;
use crate::python::Identifier;

/// What a name holds, as far as imports need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    Module(ModuleId),
    Other,
}

/// `sys.modules`, with a place for each module of the tree.
pub(super) struct Modules(Vec<Option<Box<Namespace>>>);

impl Modules {
    pub(super) fn new(count: usize) -> Self {
        Self((0..count).map(|_| None).collect())
    }

    pub(super) fn insert(&mut self, module: ModuleId, namespace: Namespace) {
        self.0[module.index()] = Some(Box::new(namespace));
    }

    pub(super) fn contains(&self, module: ModuleId) -> bool {
        self.get(module).is_some()
    }

    pub(super) fn get(&self, module: ModuleId) -> Option<&Namespace> {
        self.0[module.index()].as_deref()
    }

    pub(super) fn get_mut(&mut self, module: ModuleId) -> Option<&mut Namespace> {
        self.0[module.index()].as_deref_mut()
    }
}

impl Index<ModuleId> for Modules {
    type Output = Namespace;

    fn index(&self, module: ModuleId) -> &Namespace {
        self.get(module).expect("the module is in `sys.modules`")
    }
}

/// A module that is being loaded, or has been.
#[derive(Debug, Default)]
pub(super) struct Namespace {
    pub names: FxHashMap<Identifier, Held>,
    /// It can have names that its text does not show: a `__getattr__`, a star from outside the tree.
    pub open: bool,
    /// It has run to its end.
    pub done: bool,
    /// Its place among the modules that run, if it does.
    pub place: usize,
}

impl Namespace {
    pub(super) fn bind(&mut self, name: &Identifier, held: Held) {
        self.open |= name.as_str() == "__getattr__";
        self.names.insert(name.clone(), held);
    }
}
