//! Families: an object of the tree with all its names, and the objects that look like it.

use serde::{Deserialize, Serialize};

use super::canonical::Reason;
use crate::project::FileId;
use crate::python::Symbol;
use crate::semantics::{Definition, Difference, Route};
use crate::text::Span;

/// One object, its names, and its likes.
#[derive(Debug, Serialize, Deserialize)]
pub struct Family {
    /// The name to keep.
    pub canonical: Symbol,
    /// Why this one.
    pub reasons: Vec<Reason>,
    pub origin: Definition,
    pub what: What,
    /// Where the object is defined.
    pub place: Spot,
    /// How many files read the canonical name, and how often.
    pub importers: usize,
    pub uses: u32,
    pub aliases: Vec<Alias>,
    /// Other objects of the same name, and near copies: each needs a decision.
    pub definitions: Vec<Other>,
    /// Names × importers × paths; what only tests read weighs less.
    pub score: f64,
}

/// What an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    Class,
    Function,
    Value,
}

/// A stretch of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Spot {
    pub file: FileId,
    pub span: Span,
}

/// Another name.
#[derive(Debug, Serialize, Deserialize)]
pub struct Alias {
    pub symbol: Symbol,
    pub kind: AliasKind,
    /// Else another object that adds nothing to the canonical one.
    pub same_object: bool,
    pub place: Spot,
    pub route: Route,
    pub importers: usize,
    pub uses: u32,
}

/// How an alias comes about. The codes are part of the machine output and never change meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AliasKind {
    /// `from new import New`
    Reexport,
    /// `from new import *`
    Star,
    /// `Old = New`
    Assignment,
    /// `class Old(New): pass`
    Subclass,
    /// `def old(*a, **k): return new(*a, **k)`
    Forward,
    /// a definition that is equal
    Copy,
    /// the module's `__getattr__` gives it
    Getattr,
    /// another module stands in the place of its module
    SysModules,
    /// `try: from new import New` with `except ImportError:`
    Fallback,
    /// `Old = type("Old", (New,), {})`
    Dynamic,
    /// a name in a module that holds nothing but shims
    Module,
    /// a name in a stub that no source stands beside
    Stub,
    /// the same file under another import root
    DualRoot,
}

/// Another object that has the same name, or nearly the same code.
#[derive(Debug, Serialize, Deserialize)]
pub struct Other {
    pub symbol: Symbol,
    pub definition: Definition,
    pub place: Spot,
    /// How much of the code is alike, from 0 to 1.
    pub likeness: f64,
    /// How it differs from the canonical one; `None` if it must stay, or shares only the name.
    pub differs: Option<Vec<Difference>>,
    pub importers: usize,
    /// Why it must stay what it is, if it must.
    pub kept: Option<Keep>,
}

/// Why a definition is no shim, whatever it is called. The codes are part of the machine output and never change meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Keep {
    /// a class or function of a test
    TestDouble,
    /// a protocol or abstract class: it says what others do
    Protocol,
    /// an exception: to fold it widens every `except` that names it
    Exception,
    /// an interface of several bases
    SeveralBases,
    /// a subclass that adds behaviour
    Subclass,
}

impl Keep {
    /// As a sentence ends: `stays: …`.
    pub fn words(self) -> &'static str {
        match self {
            Keep::TestDouble => "it belongs to a test",
            Keep::Protocol => "a protocol says what others do",
            Keep::Exception => "to fold an exception widens every `except` that names it",
            Keep::SeveralBases => "an interface of several bases",
            Keep::Subclass => "a subclass that adds behaviour",
        }
    }
}

impl Family {
    /// Whether something other than names of the one object is there.
    pub fn needs_decision(&self) -> bool {
        self.decisions() > 0
    }

    /// How many definitions or detours are other objects that somebody must decide about.
    pub fn decisions(&self) -> usize {
        let others = self.aliases.iter().filter(|alias| !alias.same_object).count();
        others + self.definitions.iter().filter(|other| other.kept.is_none()).count()
    }

    /// Every symbol of the family.
    pub fn symbols(&self) -> impl Iterator<Item = &Symbol> {
        let aliases = self.aliases.iter().map(|alias| &alias.symbol);
        let others = self.definitions.iter().map(|other| &other.symbol);
        [&self.canonical, &self.origin.symbol].into_iter().chain(aliases).chain(others)
    }
}
