//! The spellings that decide which files are looked at: they grow with every name under which an alias is found.

use memchr::memmem::Finder;
use rustc_hash::FxHashSet;

use super::Families;
use crate::python::Identifier;
use crate::rule::{Alias, Canonical};

/// Names of aliases and canonical symbols, and the last parts of modules that are aliases.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    all: FxHashSet<Identifier>,
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
            self.fresh.push(name);
        }
    }

    pub(super) fn has(&self, name: &Identifier) -> bool {
        self.all.contains(name)
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

/// A byte search for any of several names as words of their own; one `memmem` a name is faster than an automaton up to about fifty.
pub struct Search {
    finders: Vec<Finder<'static>>,
}

impl Search {
    pub fn new(names: &[Identifier]) -> Self {
        Self { finders: names.iter().map(|name| Finder::new(name.as_str()).into_owned()).collect() }
    }

    pub fn matches(&self, text: &[u8]) -> bool {
        self.finders.iter().any(|finder| spells(finder, text))
    }
}

/// Whether the name stands in the text as a word of its own.
fn spells(name: &Finder, text: &[u8]) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || !byte.is_ascii();
    name.find_iter(text).any(|start| {
        let (before, after) = (&text[..start], &text[start + name.needle().len()..]);
        !before.last().is_some_and(is_part) && !after.first().is_some_and(is_part)
    })
}
