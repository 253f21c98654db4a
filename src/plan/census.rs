//! Who reads the names of each rule, counted: in the tree as it is, or as it is after a change.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::moves;
use crate::project::FileId;
use crate::python::{DottedName, Symbol};
use crate::rule::{Alias, Canonical, Rule, RuleSet};
use crate::semantics::World;
use crate::site::{Families, FileSites, Sites, Target, find_sides};

/// The names of a rule, and the files that read each by that name; its own file is none of them.
pub struct Census {
    /// A definition that the rule moves is counted where it is.
    pub canonical: Canonical,
    /// Of a module nobody counts who reads it.
    pub readers: Option<BTreeSet<FileId>>,
    /// Aliases that the rule declares, and those that were found because they lead to one.
    pub others: BTreeMap<Called, BTreeSet<FileId>>,
}

/// What an alias is called.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Called {
    Symbol(Symbol),
    Module(DottedName),
}

impl fmt::Display for Called {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Called::Symbol(symbol) => symbol.fmt(formatter),
            Called::Module(module) => module.fmt(formatter),
        }
    }
}

/// Counts for each rule; what does not fit the tree is read by nobody.
///
/// `before` is what was counted before a change: its names are counted again, whether they still lead to an alias or not.
pub fn census(world: &World, rules: &RuleSet, before: &[Census]) -> Vec<Census> {
    let plain = moves::settled(world, rules);
    let mut wide = plain.clone();
    wide.rules.iter_mut().zip(before).for_each(|(rule, census)| census.declare(rule));
    let mut counts: Vec<Census> = wide.rules.iter().map(Census::declared).collect();
    let families = Families::of_sides(world, &wide).or_else(|_| Families::of_sides(world, &plain));
    for sites in families.iter().flat_map(|families| find_sides(families)) {
        counts.iter_mut().for_each(|census| census.add_canonical(&sites));
        for file in &sites.files {
            add_file(world.of(file.file), file, &mut counts);
        }
    }
    counts
}

impl Census {
    fn declared(rule: &Rule) -> Self {
        let aliases = rule.aliases.iter().filter_map(|alias| match alias {
            Alias::Symbol(symbol) => Some(Called::Symbol(symbol.clone())),
            Alias::Module(module) => Some(Called::Module(module.clone())),
            Alias::Star(_) => None,
        });
        let merged = rule.merge.iter().cloned().map(Called::Symbol);
        let others = aliases.chain(merged).map(|called| (called, BTreeSet::new())).collect();
        let readers = matches!(rule.canonical, Canonical::Symbol(_)).then(BTreeSet::new);
        Self { canonical: rule.canonical.clone(), readers, others }
    }

    /// Declares the names that were found as if the rule did.
    fn declare(&self, rule: &mut Rule) {
        for called in self.others.keys() {
            let Called::Symbol(symbol) = called else { continue };
            let alias = Alias::Symbol(symbol.clone());
            if !rule.merge.contains(symbol) && !rule.aliases.contains(&alias) {
                rule.aliases.push(alias);
            }
        }
    }

    fn add_canonical(&mut self, sites: &Sites) {
        if let (Canonical::Symbol(symbol), Some(readers)) = (&self.canonical, &mut self.readers) {
            readers.extend(sites.readers_of(symbol));
        }
    }
}

fn add_file(world: &World, sites: &FileSites, counts: &mut [Census]) {
    let own = world.module_name(sites.file);
    let mut add = |rule: usize, called: Called, is_own: bool| {
        let readers = counts[rule].others.entry(called).or_default();
        if !is_own {
            readers.insert(sites.file);
        }
    };
    let imports = sites.imports.iter().map(|site| Target::Symbol(site.hit.clone()));
    let stars = sites.stars.iter().map(|site| Target::Symbol(site.hit.clone()));
    let modules = sites.modules.iter().map(|site| Target::Module(site.hit.clone()));
    let uses = sites.uses.iter().map(|site| site.target.clone());
    for target in imports.chain(stars).chain(modules).chain(uses) {
        match target {
            Target::Symbol(hit) if hit.symbol.module == own => add(hit.rule, Called::Symbol(hit.symbol), true),
            Target::Symbol(hit) => add(hit.rule, Called::Symbol(hit.symbol), false),
            Target::Module(hit) => add(hit.rule, Called::Module(hit.alias), false),
        }
    }
    let shims = sites.shims.iter().map(|site| &site.hit);
    for hit in shims.chain(sites.lookups.iter().map(|site| &site.hit)) {
        add(hit.rule, Called::Symbol(hit.symbol.clone()), true);
    }
}
