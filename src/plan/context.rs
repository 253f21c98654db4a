//! What composing a file needs to know of the whole run.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::left::Left;
use super::wish::Needed;
use super::{Reason, Refusal, Safety};
use crate::project::FileId;
use crate::python::syntax::{BindKind, BindingId, ScopeId, ScopeKind, StatementKind};
use crate::python::{DottedName, Identifier, Symbol};
use crate::rule::RuleSet;
use crate::semantics::{Exports, Facts, World};
use crate::site::{Asserted, Families, FileSites, Sites};
use crate::text::Span;

/// The run: the tree, its families, and what the user allows.
#[derive(Clone, Copy)]
pub(super) struct Run<'a> {
    pub world: &'a World,
    pub families: &'a Families<'a>,
    pub sites: &'a Sites,
    /// The least sure sites that may be rewritten; `None` leaves it to the rules.
    pub safety: Option<Safety>,
}

/// What must stay in this round of composing.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    /// Aliases that something needs.
    pub symbols: FxHashSet<Symbol>,
    /// Modules that something needs.
    pub modules: FxHashSet<DottedName>,
    /// Sites whose rewriting could not be proven, by file and the span of their name, and why.
    pub places: FxHashMap<(FileId, Span), (Reason, String)>,
    /// Paths in configuration files that could not be proven, and why.
    pub configs: FxHashMap<(String, Span), (Reason, String)>,
    /// Modules that hold nothing but shims and cannot go, with a file that needs them: their shims stay.
    pub whole: FxHashMap<DottedName, String>,
    /// The strings and broken files that keep such modules.
    pub mentions: Vec<Refusal>,
    /// Aliases under `merge` that are not merged, because one of their sites was refused.
    pub unmerged: FxHashSet<Symbol>,
    /// How many hops along the route of a canonical symbol a file goes, because it cannot import what is nearer.
    pub detours: FxHashMap<(FileId, Symbol), usize>,
    /// Names of modules that strings spell and that keep their spelling.
    pub named: FxHashSet<Symbol>,
    /// Modules that a file imports only since a definition moved out of it: it may drop them again.
    pub fresh: FxHashSet<(FileId, DottedName)>,
    /// Lines that a review leaves as they are.
    pub left: Arc<Left>,
    /// Nothing at all may change.
    pub everything: bool,
}

/// One file under composition.
#[derive(Clone, Copy)]
pub(super) struct Draft<'a> {
    pub run: Run<'a>,
    pub file: FileId,
    pub facts: &'a Facts,
    pub text: &'a str,
    pub sites: &'a FileSites,
    /// Names that strings spell, which keep their spelling.
    pub named: &'a FxHashSet<Symbol>,
}

impl<'a> Run<'a> {
    pub(super) fn rules(&self) -> &'a RuleSet {
        self.families.rules
    }

    pub(super) fn draft<'b>(self, sites: &'b FileSites, kept: &'b Kept) -> Option<Draft<'b>>
    where
        'a: 'b,
    {
        let facts = self.world.facts(sites.file)?;
        let text = self.world.project.text(sites.file)?;
        Some(Draft { run: self, file: sites.file, facts, text, sites, named: &kept.named })
    }
}

impl Draft<'_> {
    pub(super) fn path(&self) -> &str {
        &self.run.world.project.file(self.file).path
    }

    /// Whether something needs a module-level name of this file, under whatever name the file is imported.
    pub(super) fn is_kept(&self, kept: &Kept, name: &Identifier) -> bool {
        let project = &self.run.world.project;
        let modules = project.modules_of(self.file).iter().map(|module| &project.modules[module.index()].name);
        let mut symbols = modules.map(|module| Symbol::new(module.clone(), DottedName::new(name.as_str())));
        symbols.any(|symbol| kept.keeps(&symbol) || kept.whole.contains_key(&symbol.module))
    }

    /// Whether others can see a name: an attribute of a class, or a name of the module that stands in `__all__`, is bound
    /// in an `__init__.py`, written `X as X`, or read from another file.
    pub(super) fn is_exported(&self, scope: ScopeId, name: &Identifier) -> bool {
        if self.facts.scopes[scope.index()].kind == ScopeKind::Class {
            return true;
        }
        if scope != ScopeId::MODULE {
            return false;
        }
        if self.run.world.project.file(self.file).is_stub {
            return !self.run.world.is_stubs_own(self.file, self.facts, name) || self.is_read_elsewhere(name);
        }
        let listed = |exports: &Exports| exports.dynamic || exports.lists(name);
        self.path().ends_with("__init__.py")
            || self.facts.exports.as_ref().is_some_and(listed)
            || self.facts.is_reexported(name)
            || self.is_read_elsewhere(name)
    }

    /// Whether a module-level name of this file is, in the end, an alias that a star brought along.
    pub(super) fn passes_on(&self, scope: ScopeId, name: &Identifier) -> bool {
        let Some(module) = self.run.world.module_of(self.file).filter(|_| scope == ScopeId::MODULE) else {
            return false;
        };
        let resolution = self.run.world.member(module, name);
        self.sites.stars.iter().any(|star| star.name == *name && resolution.passes(&star.hit.alias))
    }

    fn is_read_elsewhere(&self, name: &Identifier) -> bool {
        let project = &self.run.world.project;
        project.modules_of(self.file).iter().any(|module| {
            let symbol = Symbol::new(project.modules[module.index()].name.clone(), DottedName::new(name.as_str()));
            self.run.sites.exported.contains(&symbol) || self.named.contains(&symbol)
        })
    }

    /// Whether a rule declares a module-level name of this file as an alias.
    pub(super) fn declares(&self, scope: ScopeId, name: &Identifier) -> bool {
        scope == ScopeId::MODULE && self.sites.declares(name)
    }

    /// Whether a test makes assertions about a site, in a file whose assertions the rule does not give up.
    pub(super) fn is_asserted(&self, rule: usize, asks: impl Fn(&Asserted) -> bool) -> bool {
        asks(&self.sites.asserted) && !self.run.rules().rules[rule].drop_tests.matches(self.path())
    }

    /// Where the name of a binding stands.
    pub(super) fn binding_span(&self, id: BindingId) -> Span {
        self.facts.bindings[id.index()].span
    }

    /// The module that an import binding loads.
    pub(super) fn source_module(&self, id: BindingId) -> Option<DottedName> {
        let binding = &self.facts.bindings[id.index()];
        matches!(binding.kind, BindKind::From(_) | BindKind::Star | BindKind::Import(_))
            .then(|| self.run.world.imported_module(self.file, self.facts, binding))?
    }

    /// Whether an import binding of the file is the very import that is needed.
    pub(super) fn gives(&self, id: BindingId, needed: &Needed) -> bool {
        let binding = &self.facts.bindings[id.index()];
        let module = self.source_module(id);
        match (needed, &binding.kind, &self.facts.syntax.statements[binding.statement.index()].kind) {
            (Needed::From { module: wanted, name, .. }, BindKind::From(entry), StatementKind::From(from)) => {
                module.as_ref() == Some(wanted) && from.names[*entry].name.as_str() == name
            }
            (Needed::Module { module: wanted, local }, BindKind::Import(entry), StatementKind::Import(names)) => {
                let own = names[*entry].local.as_ref().map(|(name, _)| name.as_str());
                module.as_ref() == Some(wanted) && own == local.as_deref()
            }
            _ => false,
        }
    }
}
