//! A module in the simulated `sys.modules`: the names that it has bound so far.

use rustc_hash::FxHashMap;

use crate::project::ModuleId;
use crate::python::Identifier;

/// What a name holds, as far as imports need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    Module(ModuleId),
    Other,
}

/// A module that is being loaded, or has been.
#[derive(Debug, Default)]
pub(super) struct Namespace {
    pub names: FxHashMap<Identifier, Held>,
    /// It can have names that its text does not show: a `__getattr__`, a star from outside the tree.
    pub open: bool,
    /// It has run to its end.
    pub done: bool,
}

impl Namespace {
    pub(super) fn bind(&mut self, name: &Identifier, held: Held) {
        self.open |= name.as_str() == "__getattr__";
        self.names.insert(name.clone(), held);
    }
}
