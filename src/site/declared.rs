//! What rules declare, written out: the names that stars and module aliases stand for are in the tree.

use std::sync::OnceLock;

use rayon::prelude::*;

use super::Families;
use crate::project::{FileId, ModuleId};
use crate::python::{DottedName, Identifier, Symbol};
use crate::rule::Canonical;
use crate::semantics::ScopeId;

impl Families<'_> {
    /// The names that star and module aliases stand for: what the modules bind that is the canonical object, or all.
    pub fn module_names(&self) -> Vec<Identifier> {
        let stars = self.declared_stars().into_par_iter().with_max_len(1);
        let mut names: Vec<_> = stars.flat_map_iter(|(module, rule)| self.star_names(module, rule)).collect();
        for (alias, rule) in self.declared_modules() {
            let canonical = self.families[rule].canonical.module();
            let is_inside = |name: &DottedName| name.strip_prefix(alias).or(name.strip_prefix(canonical)).is_some();
            let inside = self.world.project.modules.par_iter().filter(|module| is_inside(&module.name));
            let bound = |module: &DottedName| self.world.found_anew(|| self.bound_names(module));
            names.par_extend(inside.flat_map_iter(|module| bound(&module.name)).map(|(_, name)| name));
        }
        names.sort();
        names
    }

    /// The names that a module binds at its top level.
    fn bound_names(&self, module: &DottedName) -> impl Iterator<Item = (ModuleId, Identifier)> + use<> {
        let id = self.world.project.module(module.as_str());
        let file = id.and_then(|id| self.world.file_of(id));
        let facts = file.and_then(|file| self.world.facts(file));
        let mut names: Vec<_> =
            facts.map_or_else(Vec::new, |facts| facts.scopes[ScopeId::MODULE.index()].names.keys().cloned().collect());
        let text = file.and_then(|file| self.world.project.text(file)).unwrap_or_default();
        names.extend(facts.map_or_else(Vec::new, |facts| facts.lookup_names(text)));
        names.into_iter().filter_map(move |name| Some((id?, name)))
    }

    /// The declared symbols, those that stars and module aliases stand for included, with their rules, sorted.
    pub fn existing_symbols(&self) -> &[(Symbol, usize)] {
        let find = || {
            let declared = self.symbols.iter().map(|(symbol, declared)| (symbol.clone(), declared.rule));
            let named = self.declared_stars().into_iter().flat_map(|(module, rule)| {
                let own = match &self.families[rule].canonical {
                    Canonical::Symbol(canonical) => Some(canonical.name.clone()),
                    Canonical::Module(_) => None,
                };
                let names = self.star_names(module, rule).into_iter().map(|name| DottedName::new(name.as_str()));
                let all: Vec<_> = own.into_iter().chain(names).collect();
                all.into_iter().map(move |name| (Symbol::new(module.clone(), name), rule))
            });
            let mut symbols: Vec<_> = declared.chain(named).collect();
            symbols.sort();
            symbols.dedup();
            symbols
        };
        self.existing.get_or_init(|| self.world.found_anew(find))
    }

    /// What exists when the program runs can be mentioned where the stub of its module cannot be read.
    pub(super) fn exist_with(&mut self, runtime: &Self) {
        let mut symbols = [self.existing_symbols(), runtime.existing_symbols()].concat();
        symbols.sort();
        symbols.dedup();
        self.existing = OnceLock::from(symbols);
    }

    /// The names that a module binds and that are the canonical object of a rule.
    fn star_names(&self, module: &DottedName, rule: usize) -> Vec<Identifier> {
        let is_canonical =
            |id: ModuleId, name: &Identifier| self.world.member(id, name).origin == self.families[rule].origin;
        let names = || {
            let bound = self.bound_names(module);
            bound.filter(|(id, name)| is_canonical(*id, name)).map(|(_, name)| name).collect()
        };
        self.world.found_anew(names)
    }

    /// The symbols that rules declare one by one, with their rules, sorted.
    pub fn declared_symbols(&self) -> Vec<(&Symbol, usize)> {
        let mut symbols: Vec<_> = self.symbols.iter().map(|(symbol, declared)| (symbol, declared.rule)).collect();
        symbols.sort();
        symbols
    }

    /// The modules of which every re-export of the canonical symbol is an alias, with their rules, sorted.
    pub fn declared_stars(&self) -> Vec<(&DottedName, usize)> {
        let mut stars: Vec<_> =
            self.stars.iter().flat_map(|(module, rules)| rules.iter().map(move |rule| (module, *rule))).collect();
        stars.sort();
        stars
    }

    /// The modules that are aliases as a whole, with their rules, sorted.
    pub fn declared_modules(&self) -> Vec<(&DottedName, usize)> {
        let mut modules: Vec<_> = self.modules.iter().map(|(module, rule)| (module, *rule)).collect();
        modules.sort();
        modules
    }

    /// The modules that hold declared aliases, sorted.
    pub fn shim_module_names(&self) -> Vec<&DottedName> {
        let mut modules: Vec<_> = self.shim_modules.keys().collect();
        modules.sort();
        modules
    }

    /// The files of the modules that hold declared aliases.
    pub fn shim_files(&self) -> impl Iterator<Item = FileId> + '_ {
        let modules = self.shim_modules.keys().filter_map(|name| self.world.project.module(name.as_str()));
        modules.filter_map(|id| self.world.file_of(id))
    }

    /// All that the tree says of the rules: where it says the same, what is found in a file depends on no other look at it.
    pub fn said(&self) -> String {
        let Self { families, merging, blocked, twins, .. } = self;
        format!(
            "{families:?} {merging:?} {blocked:?} {twins:?} {:?} {:?}",
            self.existing_symbols(),
            self.module_names()
        )
    }
}
