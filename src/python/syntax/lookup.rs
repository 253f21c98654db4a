//! A module's `__getattr__` (PEP 562) as a small language: enough to ask it for one name after the other.
//!
//! ```python
//! def __getattr__(name):
//!     if name in TABLE:
//!         module, attribute = TABLE[name]
//!         return getattr(import_module(module), attribute)
//!     raise AttributeError(name)
//! ```

use super::{ChainId, StatementId};
use crate::python::Identifier;
use crate::text::Span;

/// The function with its only parameter.
#[derive(Debug)]
pub struct Lookup {
    pub statement: StatementId,
    pub parameter: Identifier,
    pub body: Vec<Step>,
}

/// One statement of it. Docstrings, imports and `globals()[name] = value` are left out.
#[derive(Debug)]
pub enum Step {
    /// `a = value`, `a, b = value`
    Set(Vec<Identifier>, Term),
    /// `if` or `match`: the first arm whose test holds.
    Choice(Vec<Arm>),
    /// A call on its own: a warning, or something that is done besides.
    Call(Term),
    Return(Term),
    /// `raise AttributeError(…)`
    Raise,
    /// `try: …` with `except KeyError: …`
    Try {
        body: Vec<Step>,
        missing: Vec<Step>,
    },
    Other,
}

/// `if test: …`, `elif test: …`, `else: …`, `case "Old": …`
#[derive(Debug)]
pub struct Arm {
    /// The `if` or `match`, and the place of the arm in it.
    pub statement: StatementId,
    pub index: usize,
    /// `None` for `else:` and `case _:`.
    pub test: Option<Term>,
    pub body: Vec<Step>,
    /// From the keyword to the end of the body.
    pub span: Span,
}

/// An expression.
#[derive(Debug)]
pub enum Term {
    Text(Box<str>, Span),
    Number(u64),
    None,
    Chain(ChainId),
    /// An attribute of what is no dotted name: `import_module("a").New`
    Attribute(Box<Term>, Identifier),
    /// A tuple, list or set, or the alternatives of a pattern.
    Several(Vec<Term>, Span),
    Item(Box<Term>, Box<Term>),
    Call {
        callee: Box<Term>,
        arguments: Vec<Term>,
        keywords: Vec<(Identifier, Term)>,
    },
    /// A sum or an f-string.
    Joined(Vec<Term>),
    Compare(Comparator, Box<Term>, Box<Term>),
    Not(Box<Term>),
    /// `and`
    All(Vec<Term>),
    /// `name := value`
    Named(Identifier, Box<Term>),
    Other,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Comparator {
    Equal,
    Unequal,
    In,
    NotIn,
}
