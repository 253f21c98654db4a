//! What one file says, as flat owned data: blocks, statements, chains, strings, calls, and the order in which they run.
//!
//! The parser's tree is lowered to this and dropped; nothing above this floor sees a syntax node.

mod event;
mod import;
mod lookup;

use std::sync::Arc;

use smallvec::SmallVec;

use super::Identifier;
use crate::text::Span;

pub use event::{Bind, BindKind, Event, OpenedScope, ScopeKind};
pub use import::{FromImport, FromName, ImportName};
pub use lookup::{Arm, Comparator, Lookup, Step, Term};

macro_rules! index {
    ($($(#[$meta:meta])* $name:ident)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
        pub struct $name(pub u32);

        impl $name {
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}
pub(crate) use index;

index! {
    /// An index into [`Syntax::blocks`]; block 0 is the module's body.
    BlockId
    /// An index into [`Syntax::statements`], in source order.
    StatementId
    /// An index into [`Syntax::chains`].
    ChainId
    /// An index into [`Syntax::strings`].
    StringId
    /// An index into [`Syntax::calls`].
    CallId
    /// An index into [`Syntax::scopes`], and into the scopes of what is collected from it; scope 0 is the module.
    ScopeId
    /// An index into [`Syntax::binds`], and into the bindings of what is collected from it, in the order of execution.
    BindingId
}

impl ScopeId {
    pub const MODULE: ScopeId = ScopeId(0);
}

/// One parsed file.
#[derive(Debug, Default)]
pub struct Syntax {
    pub blocks: Vec<Block>,
    pub statements: Vec<Statement>,
    pub chains: Vec<Chain>,
    pub strings: Vec<StringLiteral>,
    pub calls: Vec<Call>,
    pub comparisons: Vec<Comparison>,
    /// Lists and tuples that begin with a string, in the order in which they end.
    pub displays: Vec<Display>,
    /// Sets that begin with a string.
    pub sets: Vec<Display>,
    /// Dictionaries whose first key is a string, with their keys, in the order in which they end.
    pub dictionaries: Vec<Display>,
    /// The module's own `__getattr__`.
    pub lookup: Option<Lookup>,
    /// Chains in fields that print their own source: `f"{Old=}"` says `Old=` and what that is.
    pub printed: Vec<ChainId>,
    /// Comments, `#` to the end of the line, in source order.
    pub comments: Vec<Span>,
    /// Scopes in the order in which they open; the first is the module.
    pub scopes: Vec<OpenedScope>,
    pub binds: Vec<Bind>,
    /// What happens when the module runs, in the order in which it happens; bodies of functions stand where they are defined.
    pub events: Vec<Event>,
    /// `from __future__ import annotations` is in force: annotations are never evaluated.
    pub future_annotations: bool,
    /// The newest Python (major, minor) that a construct of this file asks for, if it is newer than 3.8.
    pub needs: Option<(u8, u8)>,
}

/// A suite: a run of statements under one header, or the module's body.
#[derive(Debug)]
pub struct Block {
    pub kind: BlockKind,
    /// The compound statement that the block belongs to; `None` for the module.
    pub owner: Option<StatementId>,
    pub span: Span,
    pub statements: SmallVec<[StatementId; 4]>,
    /// The body stands on the header's line: `if x: y`.
    pub inline: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BlockKind {
    Module,
    Function,
    Class,
    If,
    Elif,
    /// The `else` of an `if`.
    Else,
    /// The body of `for` or `while`.
    Loop,
    /// The `else` of a loop.
    LoopElse,
    Try,
    Handler,
    /// The `else` of a `try`.
    TryElse,
    Finally,
    With,
    Case,
}

/// One statement, decorators included.
#[derive(Debug)]
pub struct Statement {
    pub span: Span,
    pub block: BlockId,
    pub kind: StatementKind,
}

#[derive(Debug)]
pub enum StatementKind {
    Import(Vec<ImportName>),
    From(Box<FromImport>),
    Class(Box<Class>),
    Function(Function),
    /// `targets = value`, also annotated (`value` is `None` for a bare annotation); one entry a target of a chain.
    Assign {
        targets: Box<[Target]>,
        value: Option<Value>,
        annotated: bool,
    },
    Augment {
        target: Target,
        value: Value,
    },
    /// An expression on its own: a docstring, a call, `...`.
    Expression(Value),
    Global(Vec<(Identifier, Span)>),
    Nonlocal(Vec<(Identifier, Span)>),
    If {
        tests: Box<[Test]>,
        blocks: Box<[BlockId]>,
    },
    Try {
        body: BlockId,
        handlers: Vec<Handler>,
        orelse: Option<BlockId>,
        finally: Option<BlockId>,
    },
    /// `for`, `while`.
    Loop {
        body: BlockId,
        orelse: Option<BlockId>,
        /// `while True`: only `break` leaves it.
        endless: bool,
    },
    With {
        items: Vec<Value>,
        body: BlockId,
    },
    Match {
        cases: Vec<BlockId>,
        irrefutable: bool,
    },
    Return,
    Raise,
    Break,
    Continue,
    Pass,
    Assert,
    Delete(Box<[Target]>),
    TypeAlias,
}

#[derive(Debug)]
pub struct Class {
    pub name: Identifier,
    pub name_span: Span,
    pub bases: Vec<Value>,
    /// Has keyword arguments (`metaclass=…`), starred bases or type parameters.
    pub special: bool,
    pub decorators: Vec<Value>,
    pub body: BlockId,
}

#[derive(Debug)]
pub struct Function {
    pub name: Identifier,
    pub name_span: Span,
    pub decorators: Vec<Value>,
    pub body: BlockId,
}

#[derive(Debug)]
pub struct Handler {
    /// The exceptions named, dotted names only; empty for a bare `except:`.
    pub types: Vec<ChainId>,
    pub bare: bool,
    pub block: BlockId,
}

/// What an `if` or `elif` asks, as far as it matters at import.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Test {
    /// `TYPE_CHECKING`, `typing.TYPE_CHECKING`.
    TypeChecking,
    /// `not TYPE_CHECKING`.
    NotTypeChecking,
    /// `__name__ == "__main__"`.
    Main,
    Other,
}

/// The target of an assignment or a `del`.
#[derive(Clone, Debug)]
pub enum Target {
    Name(Identifier, Span),
    /// `a.b.c = …`: a chain whose last attribute is stored or deleted.
    Attribute(ChainId),
    Tuple(Vec<Target>),
    /// A subscript, a starred target, an attribute of something that is no dotted name.
    Other(Span),
}

/// The shape of an expression, as far as identity can follow it. Cheap to clone: a statement and what it binds share it.
#[derive(Clone, Debug)]
pub enum Value {
    Chain(ChainId),
    /// A string; also an f-string, whose kind is `Template`.
    Text(StringId),
    None,
    /// Numbers, booleans, bytes, `...`.
    Literal,
    Tuple(Arc<[Value]>),
    List(Arc<[Value]>),
    /// Keys and values; a `**spread` has no key.
    Dict(Arc<[(Option<Value>, Value)]>),
    /// `*value` inside a tuple, list or call.
    Starred(Box<Value>),
    /// `first + second + …`, at least two.
    Sum(Arc<[Value]>),
    /// `test and …`, `a or b`, `x if c else y`: any of them.
    Either(Arc<[Value]>),
    Call(CallId),
    Other,
}

/// A dotted name in the code: `root.attribute.attribute`; most have no attributes.
#[derive(Debug)]
pub struct Chain {
    pub root: Identifier,
    pub root_span: Span,
    pub attributes: SmallVec<[(Identifier, Span); 1]>,
    pub statement: StatementId,
    pub context: Context,
    pub form: Form,
}

impl Chain {
    /// The last name.
    pub fn last(&self) -> &Identifier {
        self.attributes.last().map_or(&self.root, |(name, _)| name)
    }

    /// From the root to the end of the last attribute.
    pub fn span(&self) -> Span {
        let end = self.attributes.last().map_or(self.root_span.end, |(_, span)| span.end);
        Span { start: self.root_span.start, end }
    }
}

/// What the code does with the last name of a chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Context {
    Load,
    /// The last attribute is assigned.
    Store,
    /// The last attribute is deleted.
    Delete,
}

/// Where a chain is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    Code,
    /// Part of an annotation, unquoted.
    Annotation,
    /// Inside a string that is an annotation, with spans in the file.
    Quoted(StringId),
    /// Inside a string that is an annotation but is escaped or joined from parts: the spans are those of the literal.
    Unmapped(StringId),
    /// Inside a `# type:` comment.
    Comment,
}

#[derive(Debug)]
pub struct StringLiteral {
    /// The whole literal, quotes and all implicitly joined parts included.
    pub span: Span,
    /// The characters between the quotes, if they stand for themselves: one part, no escapes, no bytes, no fields.
    pub content: Option<Span>,
    /// The value where it cannot be read off the source; fields of f-strings are left out of it.
    pub value: Option<Box<str>>,
    pub kind: StringKind,
    pub statement: StatementId,
}

impl StringLiteral {
    /// What the literal says.
    pub fn value<'a>(&'a self, text: &'a str) -> &'a str {
        match (&self.value, self.content) {
            (Some(value), _) => value,
            (None, Some(content)) => content.of(text),
            (None, None) => "",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StringKind {
    Plain,
    Docstring,
    /// Read as code by type checkers.
    Annotation,
    Bytes,
    /// The text parts of an f-string or t-string.
    Template,
}

#[derive(Debug)]
pub struct Call {
    pub span: Span,
    /// The callee where it is a dotted name.
    pub callee: Option<ChainId>,
    pub arguments: Box<[Value]>,
    pub keywords: Box<[Keyword]>,
    pub statement: StatementId,
}

impl Call {
    /// The argument that is given by this name.
    pub fn keyword(&self, name: &str) -> Option<&Value> {
        self.keywords.iter().find(|keyword| keyword.name.as_str() == name).map(|keyword| &keyword.value)
    }
}

/// `name=value` in a call.
#[derive(Debug)]
pub struct Keyword {
    pub name: Identifier,
    /// Of the name.
    pub span: Span,
    pub value: Value,
}

/// `["a", *b, "c"]`, `("a", "b")`; the keys of a dictionary.
#[derive(Debug)]
pub struct Display {
    pub span: Span,
    /// One for each element; `None` for what is no string.
    pub elements: Vec<Option<StringId>>,
    pub statement: StatementId,
}

/// `a is b`, `a == b`, `a in b`, and chains of these.
#[derive(Debug)]
pub struct Comparison {
    pub operands: Vec<Value>,
    pub statement: StatementId,
}
