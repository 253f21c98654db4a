//! The spellings that decide which files are looked at: they grow with every name under which an alias is found.

use rustc_hash::FxHashSet;

use super::Families;
use crate::python::Identifier;
use crate::rule::{Alias, Canonical};

/// Names of aliases and canonical symbols, and the last parts of modules that are aliases.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    all: FxHashSet<Identifier>,
    texts: FxHashSet<&'static str>,
    fresh: Vec<Identifier>,
}

impl Names {
    pub(super) fn of(families: &Families) -> Self {
        let mut names = Self::default();
        for rule in &families.rules.rules {
            match &rule.canonical {
                Canonical::Symbol(symbol) => names.add(symbol.name.root()),
                Canonical::Module(module) => names.add(module.last()),
            }
            for symbol in &rule.merge {
                names.add(symbol.name.last());
            }
            for alias in &rule.aliases {
                match alias {
                    Alias::Symbol(symbol) => names.add(symbol.name.last()),
                    Alias::Module(module) => names.add(module.last()),
                    Alias::Star(_) => {}
                }
            }
        }
        families.module_names().into_iter().for_each(|name| names.add(name));
        for family in &families.families {
            family.own_route.iter().for_each(|symbol| names.add(symbol.name.last()));
        }
        names
    }

    pub(super) fn add(&mut self, name: Identifier) {
        if self.all.insert(name.clone()) {
            self.texts.insert(name.as_str());
            self.fresh.push(name);
        }
    }

    pub(super) fn has(&self, name: &Identifier) -> bool {
        self.all.contains(name)
    }

    pub(super) fn spells(&self, name: &str) -> bool {
        self.texts.contains(name)
    }

    pub(super) fn count(&self) -> usize {
        self.all.len()
    }

    /// All names, sorted.
    pub(super) fn sorted(&self) -> Vec<&Identifier> {
        let mut all: Vec<_> = self.all.iter().collect();
        all.sort();
        all
    }

    /// The names that have come since the last call, sorted.
    pub(super) fn take_fresh(&mut self) -> Vec<Identifier> {
        let mut fresh = std::mem::take(&mut self.fresh);
        fresh.sort();
        fresh
    }
}
