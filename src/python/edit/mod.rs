//! How a change of a Python statement is written: pure functions from a text to edits of it.
//!
//! The caller knows from the facts *what* shall happen to the statements of a suite and says so as [`Change`]s;
//! here it is decided which bytes that takes, so that commas, comments, parentheses, line ends, `;` lines and
//! blank lines of all that stays are as they were. The changes of one suite are given together, because
//! statements share lines and a suite must not become empty.

mod comments;
mod drop;
mod fresh;
mod import;
mod insert;
mod lines;
mod list;
mod literal;
mod order;
mod parts;
mod remove;
mod sequence;
mod string;
mod suite;
mod target;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use list::{ListChange, ListEntry, change_list};
pub use literal::Literal;
pub use suite::change_suite;

use super::syntax::{BlockId, BlockKind, Syntax};
use crate::text::Span;

/// A suite whose statements change.
#[derive(Clone, Debug)]
pub struct Suite<'a> {
    /// The text of the whole file.
    pub text: &'a str,
    /// All statements of the suite in source order, decorators included.
    pub statements: Vec<Span>,
    pub kind: BlockKind,
    /// The suite stands on the line of its header: `if x: a; b`.
    pub inline: bool,
    /// The number of columns beyond which a changed line is wrapped.
    pub width: usize,
}

impl<'a> Suite<'a> {
    /// The block of a parsed file.
    pub fn new(text: &'a str, syntax: &Syntax, block: BlockId, width: usize) -> Self {
        let block = &syntax.blocks[block.index()];
        let statements = block.statements.iter().map(|id| syntax.statements[id.index()].span).collect();
        Self { text, statements, kind: block.kind, inline: block.inline, width }
    }
}

/// What happens at the place of one statement. By default nothing.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// Statements to be written directly before it. If it goes itself, `before` and `after` take its place.
    pub before: Vec<NewImport>,
    pub own: Own,
    /// Statements to be written directly after it.
    pub after: Vec<NewImport>,
}

impl From<Own> for Change {
    fn from(own: Own) -> Self {
        Self { own, ..Self::default() }
    }
}

/// What happens to a statement itself.
#[derive(Clone, Debug, Default)]
pub enum Own {
    #[default]
    Keep,
    /// It goes, with its decorators, its trailing comment and the comment lines directly above it.
    Remove,
    Import(ImportChange),
    /// `A = Old = New` without the targets at these places, counted from 0; at least one must stay.
    DropTargets(Vec<usize>),
    /// `Old, B = New, C` without the elements at these places, on both sides; at least one must stay.
    DropElements(Vec<usize>),
    /// A compound statement is replaced by the statements of one of its suites, changed as given.
    Collapse {
        kept: Vec<Span>,
        changes: BTreeMap<usize, Change>,
    },
}

/// What happens to one import statement.
#[derive(Clone, Debug, Default)]
pub struct ImportChange {
    /// The module of a `from` statement, leading dots included, if it changes.
    pub module: Option<String>,
    /// One for each entry, in order; `*` is one entry. If none stays and none is added, the statement goes.
    pub entries: Vec<Entry>,
    /// Entries that join the statement.
    pub add: Vec<NewEntry>,
}

/// What happens to one entry of an import statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    Keep,
    /// It goes, and its comments with it.
    Drop,
    /// It reads differently: `New`, `New as Old`, `a.new`.
    Rewrite(String),
    /// It goes to another statement, where a [`NewEntry`] that names it as its source brings its comments.
    Move,
}

impl Entry {
    fn leaves(&self) -> bool {
        matches!(self, Entry::Drop | Entry::Move)
    }

    /// How the entry that is spelled `present` reads afterwards.
    fn reads<'a>(&'a self, present: &'a str) -> Option<&'a str> {
        match self {
            Entry::Keep => Some(present),
            Entry::Rewrite(text) => Some(text),
            Entry::Drop | Entry::Move => None,
        }
    }
}

/// An entry that is written anew: `New`, `New as Old`, `a.new as b`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    pub text: String,
    /// The import statement and the entry of it, counted from 0, that this one continues and whose comments it takes.
    pub source: Option<(Span, usize)>,
}

impl NewEntry {
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), source: None }
    }

    /// Continues entry `index` of the import at `statement`.
    pub fn continuing(self, statement: Span, index: usize) -> Self {
        Self { source: Some((statement, index)), ..self }
    }
}

/// A whole import statement that is written anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewImport {
    /// `from module import …`, or `None` for `import …`.
    pub module: Option<String>,
    pub entries: Vec<NewEntry>,
}

/// Why a statement cannot be changed: the caller refuses the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    #[error("the statement could not be read for editing")]
    Unreadable,
    #[error("the statement has a shape that is not edited")]
    Shape,
    #[error("the statement has {expected} entries, the change names {given}")]
    Count { expected: usize, given: usize },
    #[error("a docstring or a `__future__` import must stay first")]
    StaysFirst,
    #[error("the string is escaped, joined or formatted")]
    Literal,
    #[error("a string runs over several lines of a suite whose indentation changes")]
    Multiline,
}

/// The change of one statement of a suite that is not possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct NotEdited {
    /// Which statement of the suite.
    pub index: usize,
    pub why: EditError,
}
