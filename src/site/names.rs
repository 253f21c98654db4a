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

/// A byte search for any of several names as words of their own; one `memmem` a name is faster than an automaton up to about fifty.
pub struct Search {
    groups: Vec<Group>,
}

/// Names that all hold `part`, the shortest of them: a text without it holds none.
struct Group {
    part: Finder<'static>,
    names: Vec<Finder<'static>>,
}

impl Search {
    pub fn new(names: &[Identifier]) -> Self {
        let mut names: Vec<_> = names.iter().map(Identifier::as_str).collect();
        names.sort_by_key(|name| name.len());
        let mut groups: Vec<Group> = Vec::new();
        for name in names {
            let finder = Finder::new(name).into_owned();
            match groups.iter_mut().find(|group| group.part.find(name.as_bytes()).is_some()) {
                Some(group) => group.names.push(finder),
                None => groups.push(Group { part: finder.clone(), names: vec![finder] }),
            }
        }
        Self { groups }
    }

    pub fn matches(&self, text: &[u8]) -> bool {
        let is_there = |group: &Group| group.part.find(text).is_some();
        self.groups.iter().any(|group| is_there(group) && group.names.iter().any(|name| spells(name, text)))
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
