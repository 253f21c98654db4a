//! Where a symbol ends, and the hops that lead there.

use serde::{Deserialize, Serialize};

use super::Route;
use crate::project::FileId;
use crate::python::{DottedName, Identifier, Symbol};
use crate::text::Span;

/// Longer routes are not followed: no program has them, and a hostile one shall not exhaust the stack.
pub(super) const LONGEST_ROUTE: usize = 1_500;

/// What a name is in the end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// A definition in the tree.
    Defined(Definition),
    /// A module of the tree.
    Module(DottedName),
    /// A path into something that the tree does not hold: `typing.Optional`.
    Outside(DottedName),
    /// A builtin, or a name that nothing binds.
    Builtin(Identifier),
    /// A variable of a function or class body.
    Local(Local),
    /// Python decides at run time, or nothing is there.
    Unknown(Why),
}

impl Origin {
    /// The reason why the origin is not known.
    pub fn unknown(&self) -> Option<Why> {
        match self {
            Origin::Unknown(why) => Some(*why),
            _ => None,
        }
    }

    /// Whether it is one of several things, of which the run decides.
    pub fn is_either(&self) -> bool {
        matches!(self, Origin::Defined(definition) if definition.nth == Definition::EITHER)
    }
}

/// A class, function or value bound at module level (or nested in a class).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Definition {
    pub symbol: Symbol,
    /// Counts the definitions of one name in one scope, from 0.
    pub nth: u32,
}

impl Definition {
    /// In place of a number: one of several things that the name is bound to, of which the run decides.
    /// Whoever asks the name gets the same; what it is like, and what other names it has, cannot be said.
    pub const EITHER: u32 = u32::MAX;
}

/// A variable that only one function, class body or comprehension knows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Local {
    pub module: DottedName,
    pub scope: u32,
    pub name: Identifier,
    pub nth: u32,
}

/// Why an origin is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// Two arms bind the name to different objects.
    TwoOrigins,
    /// Bound again at run time: `global`, `+=`, or a store from another file.
    Rebound,
    /// `__getattr__`, a module swapped in `sys.modules`, an `__all__` that is computed.
    Dynamic,
    /// The module of the tree has no such name, or there is no such module.
    Missing,
    /// Imports that end at themselves.
    Cycle,
    /// At the end of a route that is too long.
    TooFar,
    /// The file behind the module cannot be read as Python.
    NotPython,
}

/// An origin with the hops from the symbol to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    pub origin: Origin,
    pub route: Route,
}

impl Resolution {
    pub fn ends(origin: Origin) -> Self {
        Self { origin, route: Route::default() }
    }

    pub fn unknown(why: Why) -> Self {
        Self::ends(Origin::Unknown(why))
    }

    /// The same by one more hop, from which it is reached; of what is too far away only the first hop is known.
    pub(super) fn through(self, hop: Hop) -> Self {
        let too_far = Origin::Unknown(Why::TooFar);
        match self.route.len() >= LONGEST_ROUTE || self.origin == too_far {
            true => Self { origin: too_far, route: Route::of(hop) },
            false => Self { origin: self.origin, route: self.route.after(hop) },
        }
    }

    /// Whether the route passes `symbol`.
    pub fn passes(&self, symbol: &Symbol) -> bool {
        self.route.iter().any(|hop| hop.symbol == *symbol)
    }
}

/// One symbol on a route, and the binding that leads on from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hop {
    pub symbol: Symbol,
    pub file: FileId,
    pub span: Span,
    pub kind: HopKind,
}

/// How a symbol leads on to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HopKind {
    Import,
    Star,
    Assignment,
    /// The module's `__getattr__` gives it.
    Getattr,
    /// Another module stands in its module's place in `sys.modules`.
    SysModules,
    /// The definition itself: the end of the route.
    Definition,
}
