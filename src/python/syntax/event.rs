//! The order in which a file runs: what is read, what is bound, which scopes open, how the control flow forks.

use super::{BindingId, BlockId, ChainId, ScopeId, StatementId, Value};
use crate::python::Identifier;
use crate::text::Span;

/// One step of running a file.
///
/// Every block but the module's stands between `EnterBlock` and `LeaveBlock`; those of `if`, `for`, `while`, `try` and `match`
/// also between `Fork` and `Join`. The test of a `while` stands between `Fork` and the first `EnterBlock`, that of an `elif`
/// between two arms. The target of a `for`, the type and name of a handler and the pattern of a case stand at the start
/// of their block, and the implicit `del` of `except … as name` at the end of the handler's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Event {
    /// A statement begins.
    Statement(StatementId),
    /// A dotted name is evaluated (or, with a context other than `Load`, all but its last attribute).
    Read(ChainId),
    Bind(BindingId),
    /// `global` or `nonlocal` in the current scope.
    Declare(StatementId),
    /// A scope opens; what follows up to the matching `CloseScope` belongs to it.
    OpenScope(ScopeId),
    CloseScope,
    /// A compound statement forks the control flow; the arms are blocks, then `Join`.
    Fork(StatementId),
    EnterBlock(BlockId),
    LeaveBlock(BlockId),
    Join(StatementId),
}

/// A scope as it is written.
#[derive(Debug)]
pub struct OpenedScope {
    pub kind: ScopeKind,
    /// The name of the class, function or type alias; empty for the others.
    pub name: Identifier,
    pub span: Span,
}

/// A name gets a value (or loses it).
#[derive(Debug)]
pub struct Bind {
    pub name: Identifier,
    pub span: Span,
    pub statement: StatementId,
    pub kind: BindKind,
}

#[derive(Clone, Debug)]
pub enum BindKind {
    /// Entry `n` of an `import` statement.
    Import(usize),
    /// Entry `n` of a `from` statement.
    From(usize),
    /// `from m import *`; the bind's name is `*`.
    Star,
    Class,
    Function,
    /// `name = value`, also annotated and by walrus.
    Assign(Value),
    /// A target whose value cannot be followed: part of an unpacked value.
    Unpack,
    /// `name: annotation` without a value.
    Declare,
    /// `name += value`.
    Augment(Value),
    Parameter,
    Loop,
    With,
    Except,
    Capture,
    TypeParameter,
    TypeAlias,
    Delete,
}

impl BindKind {
    /// Whether an import statement binds the name.
    pub fn is_import(&self) -> bool {
        matches!(self, BindKind::Import(_) | BindKind::From(_) | BindKind::Star)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ScopeKind {
    Module,
    Class,
    Function,
    Lambda,
    Comprehension,
    /// The scope of PEP 695 type parameters around a class, function or `type` alias.
    TypeParameters,
    /// The lazily evaluated value of a `type` alias, or the bound or default of a type parameter.
    TypeAlias,
}
