//! One look at one file: the names that its modules have, what it reads of others, and what is wrong in it.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::lean::Detour;
use super::tests::is_test;
use super::trouble::{self, Trouble};
use super::twins::Print;
use super::{given, lean, unseen};
use crate::project::{FileId, ModuleId};
use crate::python::syntax::{BindKind, BindingId, BlockKind, StatementKind};
use crate::python::{DottedName, Identifier, Symbol};
use crate::semantics::{Definition, Facts, Hop, HopKind, Origin, Reference, Resolution, Route, ScopeId, World};
use crate::text::Span;

/// A name of a module that is a class, function or value of the tree.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Name {
    pub file: FileId,
    /// Where it is bound.
    pub span: Span,
    /// From the name itself to the definition that it is.
    pub route: Route,
    /// Which definition of that symbol.
    nth: u32,
    pub standing: Standing,
    /// Bound where an import failed, or where one may fail.
    pub is_fallback: bool,
    /// Of a class or function that can be a copy.
    pub(super) print: Option<Arc<Print>>,
}

/// How a name stands in its module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    Class,
    Function,
    /// A value of any other kind.
    Value,
    /// Another name, that others are meant to see or that is there for no other reason: a shim.
    Shim,
    /// A plain import, which is a shim only if another file reads it.
    Import,
}

/// A name of another module, and how often the file uses it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Read {
    pub symbol: Symbol,
    /// The first place.
    pub span: Span,
    pub uses: u32,
}

impl Name {
    pub fn symbol(&self) -> &Symbol {
        &self.route.first().expect("a name is the first hop of its route").symbol
    }

    /// What it is.
    pub fn definition(&self) -> Definition {
        let last = self.route.last().expect("a route ends with what it leads to");
        Definition { symbol: last.symbol.clone(), nth: self.nth }
    }

    /// Whether the name is the object's own.
    pub fn is_definition(&self) -> bool {
        matches!(self.standing, Standing::Class | Standing::Function | Standing::Value)
    }
}

/// All that one look at a file gives.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Look {
    pub names: Vec<Name>,
    pub reads: Vec<Read>,
    pub modules: Vec<ModuleId>,
    pub troubles: Vec<Trouble>,
    pub detours: Vec<Detour>,
    /// Nothing in the file but shims and what they need.
    pub is_hollow: bool,
}

/// Looks at a file as the side of the tree sees it that it belongs to.
pub(super) fn look(world: &World, file: FileId) -> Look {
    let world = world.of(file);
    let mut found = Look::default();
    let Some(facts) = world.look(file) else {
        found.troubles.extend(trouble::unread(world, file));
        return found;
    };
    let view = View { world, file, facts: &facts };
    let given = view.given();
    let (reads, modules) = view.reads(&given);
    (found.reads, found.modules) = (reads, modules);
    found.troubles = trouble::in_file(&view, &given);
    if world.project.twin(file).is_none() || !world.project.file(file).is_stub {
        for (index, module) in world.project.modules_of(file).iter().enumerate() {
            let names = view.names(*module, &given).into_iter();
            found.names.extend(names.filter(|name| index == 0 || name.is_definition()));
        }
    }
    found.detours = lean::detours(&view);
    found.is_hollow = unseen::is_hollow(&facts);
    found
}

/// A file with its facts.
pub(super) struct View<'a> {
    pub world: &'a World,
    pub file: FileId,
    pub facts: &'a Facts,
}

/// What each import binding gives, by binding.
pub(super) type Given = FxHashMap<BindingId, Resolution>;

impl View<'_> {
    fn given(&self) -> Given {
        let bindings = self.facts.bindings.iter().enumerate().filter(|(_, binding)| binding.kind.is_import());
        bindings.map(|(index, _)| BindingId(index as u32)).map(|id| (id, self.world.binding(self.file, id))).collect()
    }

    /// The names of others that the file reads, and the modules that it names.
    fn reads(&self, given: &Given) -> (Vec<Read>, Vec<ModuleId>) {
        let mut reads: FxHashMap<Symbol, Read> = FxHashMap::default();
        let mut add = |symbol: &Symbol, span: Span, uses: u32| {
            let read = reads.entry(symbol.clone()).or_insert_with(|| Read { symbol: symbol.clone(), span, uses: 0 });
            read.uses += uses;
            read.span = read.span.min(span);
        };
        for (id, resolution) in given {
            if let (Origin::Defined(_), Some(hop)) = (&resolution.origin, resolution.route.first()) {
                add(&hop.symbol, self.facts.bindings[id.index()].span, 0);
            }
        }
        for reference in &self.facts.references {
            if let Some((symbol, span)) = self.read_by(reference, given) {
                add(&symbol, span, 1);
            }
        }
        let mut reads: Vec<Read> = reads.into_values().collect();
        reads.sort_by(|a, b| a.span.cmp(&b.span).then_with(|| a.symbol.cmp(&b.symbol)));
        let bindings = given.keys().map(|id| &self.facts.bindings[id.index()]);
        let modules = bindings.filter_map(|binding| self.world.imported_module(self.file, self.facts, binding));
        let mut modules: Vec<_> = modules.filter_map(|name| self.world.project.module(name.as_str())).collect();
        modules.sort_unstable();
        modules.dedup();
        (reads, modules)
    }

    /// The name of another module that a chain reads.
    fn read_by(&self, reference: &Reference, given: &Given) -> Option<(Symbol, Span)> {
        let chain = &self.facts.syntax.chains[reference.chain.index()];
        let reach = &reference.reach;
        let imported = reach.bindings.iter().rev().find_map(|id| given.get(id));
        match imported.map(|resolution| (&resolution.origin, resolution.route.first())) {
            Some((Origin::Defined(_), Some(hop))) => Some((hop.symbol.clone(), chain.root_span)),
            Some((Origin::Module(_), _)) if !chain.attributes.is_empty() => {
                let steps = self.world.chain(self.file, reference);
                let step = steps.iter().find(|step| matches!(step.resolution.origin, Origin::Defined(_)))?;
                Some((step.resolution.route.first()?.symbol.clone(), chain.span()))
            }
            None if reach.bindings.is_empty() && !reach.stars.is_empty() => {
                let root = self.world.root(self.file, reference);
                let own = self.world.module_name(self.file);
                let first = root.route.iter().find(|hop| hop.symbol.module != own)?;
                matches!(root.origin, Origin::Defined(_)).then(|| (first.symbol.clone(), chain.root_span))
            }
            _ => None,
        }
    }

    /// The names of a module: those that it binds, that stars bring, and that its `__getattr__` gives.
    fn names(&self, module: ModuleId, given: &Given) -> Vec<Name> {
        let scope = &self.facts.scopes[ScopeId::MODULE.index()];
        let mut found: Vec<Name> = Vec::new();
        for (name, bindings) in &scope.names {
            let is_dunder = name.as_str().starts_with("__") && name.as_str().ends_with("__");
            if !is_dunder && self.may_be_defined(bindings, given) {
                found.extend(self.name(module, name, bindings));
            }
        }
        let text = self.world.project.text(self.file).unwrap_or_default();
        let others = given::star_names(self.world, module).into_iter().chain(self.facts.lookup_names(text));
        let others = others.chain(given::swapped_names(self.world, self.file));
        let mut others: Vec<Identifier> = others.filter(|name| !scope.names.contains_key(name)).collect();
        others.sort();
        others.dedup();
        found.extend(others.iter().filter_map(|name| self.name(module, name, &[])));
        found.sort_by(|a, b| a.symbol().cmp(b.symbol()));
        found
    }

    /// Whether a name can be something of the tree: none of those that only imports from elsewhere bind.
    fn may_be_defined(&self, bindings: &[BindingId], given: &Given) -> bool {
        bindings.iter().any(|id| match given.get(id) {
            Some(resolution) => matches!(resolution.origin, Origin::Defined(_)),
            None => true,
        })
    }

    fn name(&self, module: ModuleId, name: &Identifier, bindings: &[BindingId]) -> Option<Name> {
        let binding = bindings.last().copied();
        let resolution = self.world.member(module, name);
        let Resolution { origin: Origin::Defined(definition), route } = &*resolution else { return None };
        let first = route.first()?;
        let symbol =
            Symbol::new(self.world.project.modules[module.index()].name.clone(), DottedName::new(name.as_str()));
        let is_own = definition.symbol == symbol;
        let standing = match (first.kind, binding) {
            (_, Some(id)) if is_own => self.defined_as(id),
            (_, None) if is_own => return None,
            (HopKind::Getattr | HopKind::SysModules, _) => Standing::Shim,
            _ if self.is_imported(bindings) && !unseen::is_meant_for_others(self, binding, name) => Standing::Import,
            _ => Standing::Shim,
        };
        let is_fallback = binding.is_some_and(|id| self.is_in_try(id));
        let (file, mut span) = (first.file, first.span);
        if let Some(id) = bindings.first().filter(|_| is_fallback) {
            span = self.facts.bindings[id.index()].span;
        }
        let print = self.print(standing, file, span);
        let is_told = |hop: Option<&Hop>, symbol: &Symbol| hop.is_some_and(|hop| hop.symbol == *symbol);
        debug_assert!(is_told(route.first(), &symbol) && is_told(route.last(), &definition.symbol));
        let (route, nth) = (route.clone(), definition.nth);
        Some(Name { file, span, route, nth, standing, is_fallback, print })
    }

    /// The fingerprint of a definition that can be compared with others: a function of a test is compared with none.
    fn print(&self, standing: Standing, file: FileId, span: Span) -> Option<Arc<Print>> {
        let is_test = is_test(&self.world.project.file(file).path);
        let is_compared = match standing {
            Standing::Class => true,
            Standing::Function => !is_test,
            Standing::Value | Standing::Shim | Standing::Import => false,
        };
        is_compared
            .then(|| self.world.fingerprint(file, span).cloned())
            .flatten()
            .map(|of| Arc::new(Print::new(of, is_test)))
    }

    /// Whether an import or a star gives a name, in a `try` with what stands in for it.
    fn is_imported(&self, bindings: &[BindingId]) -> bool {
        bindings.is_empty() || bindings.iter().any(|id| self.facts.bindings[id.index()].kind.is_import())
    }

    fn defined_as(&self, id: BindingId) -> Standing {
        match self.facts.bindings[id.index()].kind {
            BindKind::Class => Standing::Class,
            BindKind::Function => Standing::Function,
            _ => Standing::Value,
        }
    }

    /// Whether a binding stands in a `try`, or in what handles its failure.
    pub(super) fn is_in_try(&self, id: BindingId) -> bool {
        let syntax = &self.facts.syntax;
        let block = syntax.statements[self.facts.bindings[id.index()].statement.index()].block;
        matches!(syntax.blocks[block.index()].kind, BlockKind::Try | BlockKind::Handler | BlockKind::TryElse)
    }

    /// `from m import X as X`
    pub(super) fn is_explicit(&self, id: BindingId) -> bool {
        let binding = &self.facts.bindings[id.index()];
        match (&binding.kind, &self.facts.syntax.statements[binding.statement.index()].kind) {
            (BindKind::From(entry), StatementKind::From(from)) => {
                let entry = &from.names[*entry];
                entry.local.as_ref().is_some_and(|(local, _)| *local == entry.name)
            }
            _ => false,
        }
    }
}
