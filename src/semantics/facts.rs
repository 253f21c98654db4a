//! What one file means on its own: scopes, bindings, and for each reference the bindings that can reach it.

use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::index::Index;
use super::lookup::Tables;
use super::spelled::Spelled;
use crate::python::syntax::{BindKind, ChainId, Form, ScopeKind, StatementId, StringId, Syntax};
use crate::python::{DottedName, Identifier};
use crate::text::Span;

pub use crate::python::syntax::{BindingId, ScopeId};

/// Bindings of one name, mostly one: a few have room in place.
pub type Bindings = SmallVec<[BindingId; 4]>;

/// The syntax of a file and what it means before other files are looked at.
#[derive(Debug)]
pub struct Facts {
    pub syntax: Syntax,
    pub scopes: Vec<Scope>,
    pub bindings: Vec<Binding>,
    /// One for each [`ChainId`], in the same order.
    pub references: Vec<Reference>,
    /// `None` if the module has no `__all__`.
    pub exports: Option<Exports>,
    /// Names of the module that code inside a function binds (`global`), or that `+=` changes.
    pub(super) rebound: FxHashSet<Identifier>,
    pub(super) spelled: OnceLock<Spelled>,
    pub(super) tables: Tables,
    pub(super) index: Index,
    /// The statements that put something into the place of the module.
    pub(super) swaps: OnceLock<Vec<StatementId>>,
}

#[derive(Debug)]
pub struct Scope {
    pub kind: ScopeKind,
    pub parent: Option<ScopeId>,
    pub name: Identifier,
    pub span: Span,
    /// Names bound here, each with its bindings in the order of execution; also those that `global` or `nonlocal` binds from
    /// elsewhere. Private names of classes are mangled, as in all that is keyed by a name: `_Class__name`.
    pub names: FxHashMap<Identifier, Bindings>,
    /// Names declared `global` or `nonlocal` here, with the scope that they mean.
    pub declared: FxHashMap<Identifier, ScopeId>,
    /// Star imports in this scope.
    pub stars: Bindings,
    /// What names can be once the scope has run to its end: all names of modules and classes, and of other scopes those that
    /// nested code reads, with all their bindings, as such code can run at any time.
    pub last: FxHashMap<Identifier, Arc<Reach>>,
}

#[derive(Debug)]
pub struct Binding {
    /// The scope that holds the name (with `global`: the module's).
    pub scope: ScopeId,
    /// The scope whose code binds it; differs from `scope` with `global`, `nonlocal` and walrus.
    pub from: ScopeId,
    /// As the scope holds it: mangled if private; the span has what is written.
    pub name: Identifier,
    pub span: Span,
    pub statement: StatementId,
    pub kind: BindKind,
}

/// A dotted name and what its root can be.
#[derive(Debug)]
pub struct Reference {
    pub chain: ChainId,
    /// The scope in which the chain is evaluated.
    pub scope: ScopeId,
    /// Shared by references that see the same.
    pub reach: Arc<Reach>,
}

/// The bindings that can give a name its value at one place.
///
/// Code that runs later (functions, strings, comments) sees what a module's name is at the end of the module. Bindings that
/// such code makes itself by `global` or `nonlocal` are in no reach of a name that others bind: whoever must know whether a name
/// is bound again at run time asks the `names` of its scope for bindings with another `from`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// The scope that holds the name; `None` for a builtin or a name that nothing binds.
    pub scope: Option<ScopeId>,
    /// In the order of execution. Empty with a scope: read before it is bound.
    pub bindings: Bindings,
    /// Star imports that can have bound the name as well: those that ran after the first of `bindings`, or all.
    pub stars: Bindings,
    /// The place can be reached without any of `bindings`; so also for a builtin.
    pub partial: bool,
    /// More than [`Reach::LIMIT`] bindings can be seen: none is listed.
    pub too_many: bool,
}

impl Reach {
    /// How many bindings are listed at most, so that a file with many branches takes no more than linear room.
    pub const LIMIT: usize = 256;
}

/// A module's `__all__`.
#[derive(Debug, Default)]
pub struct Exports {
    pub entries: Vec<Export>,
    /// Modules whose `__all__` is taken over (`*other.__all__`, `+= other.__all__`): the chain up to `__all__`.
    pub includes: Vec<ChainId>,
    /// Built in a way that cannot be read off the source.
    pub dynamic: bool,
    listed: OnceLock<FxHashMap<Identifier, SmallVec<[StringId; 1]>>>,
}

impl Exports {
    /// Whether an entry is the name.
    pub fn lists(&self, name: &Identifier) -> bool {
        !self.strings(name).is_empty()
    }

    /// The entries that are the name.
    pub fn strings(&self, name: &Identifier) -> &[StringId] {
        let listed = self.listed.get_or_init(|| {
            let mut listed: FxHashMap<_, SmallVec<_>> = FxHashMap::default();
            self.entries.iter().for_each(|entry| listed.entry(entry.name.clone()).or_default().push(entry.string));
            listed
        });
        listed.get(name).map_or(&[], |strings| strings)
    }
}

#[derive(Debug)]
pub struct Export {
    pub name: Identifier,
    pub string: StringId,
}

impl Facts {
    /// The dotted name of a class-level or module-level binding; `None` inside functions.
    pub fn qualified_name(&self, scope: ScopeId, name: &Identifier) -> Option<DottedName> {
        let mut path = vec![name.as_str()];
        let mut scope = &self.scopes[scope.index()];
        while scope.kind != ScopeKind::Module {
            if scope.kind != ScopeKind::Class {
                return None;
            }
            path.push(scope.name.as_str());
            scope = &self.scopes[scope.parent.expect("only the module has no parent").index()];
        }
        path.reverse();
        Some(DottedName::new(&path.join(".")))
    }

    /// The scope of the class with this qualified name; the last one if it is defined more than once.
    pub fn class_scope(&self, name: &DottedName) -> Option<ScopeId> {
        let last = name.last();
        self.classes_named(&last).iter().copied().rev().find(|id| {
            let parent = self.scopes[id.index()].parent;
            parent.and_then(|parent| self.qualified_name(parent, &last)).as_ref() == Some(name)
        })
    }

    /// The innermost statement that holds the byte at `offset`.
    pub fn statement_at(&self, offset: usize) -> Option<StatementId> {
        let at = Span::empty(offset);
        let statements = self.syntax.statements.iter().enumerate();
        let around = statements.filter(|(_, statement)| statement.span.contains(at));
        around.min_by_key(|(_, statement)| statement.span.len()).map(|(index, _)| StatementId(index as u32))
    }

    /// Whether an annotation is read before its name is bound: only from Python 3.14 on that works (PEP 649).
    pub fn is_bound_late(&self, reference: &Reference) -> bool {
        let chain = &self.syntax.chains[reference.chain.index()];
        let Reach { scope: Some(holder), bindings, .. } = &*reference.reach else { return false };
        let outer = |scope: ScopeId| {
            self.scopes[scope.index()].parent.filter(|_| self.scopes[scope.index()].kind != ScopeKind::Function)
        };
        let runs_at_once =
            || std::iter::successors(Some(reference.scope), |scope| outer(*scope)).any(|scope| scope == *holder);
        let is_behind = |id: &BindingId| self.bindings[id.index()].span.start > chain.root_span.start;
        let is_read_at_once = chain.form == Form::Annotation && !self.syntax.future_annotations;
        is_read_at_once && !bindings.is_empty() && bindings.iter().all(is_behind) && runs_at_once()
    }

    /// Whether a statement of the module's body is reached whenever the module runs to its end.
    pub fn runs_always(&self, statement: StatementId) -> bool {
        self.syntax.statements[statement.index()].block.0 == 0
    }

    /// Whether code inside a function binds the module's `name` (`global`), or `+=` changes it.
    pub fn is_rebound(&self, scope: Option<ScopeId>, name: &Identifier) -> bool {
        scope == Some(ScopeId::MODULE) && self.rebound.contains(name)
    }
}
