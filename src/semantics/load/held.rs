//! A module in the simulated `sys.modules`: the names that it has bound so far.

use rustc_hash::FxHashMap;

use crate::project::ModuleId;

/// What a name holds, as far as imports need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    Module(ModuleId),
    Other,
}

/// A module that is being loaded, or has been.
#[derive(Debug, Default)]
pub(super) struct Namespace<'a> {
    pub names: FxHashMap<&'a str, Held>,
    /// It can have names that its text does not show: a `__getattr__`, a star from outside the tree.
    pub open: bool,
    /// It has run to its end.
    pub done: bool,
}

impl<'a> Namespace<'a> {
    pub(super) fn bind(&mut self, name: &'a str, held: Held) {
        self.open |= name == "__getattr__";
        self.names.insert(name, held);
    }
}
