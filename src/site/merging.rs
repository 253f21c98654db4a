//! Classes that rules merge: which of their members have another name on the canonical class, and which it lacks.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Families, Hit, Mismatch};
use crate::python::{Identifier, Symbol};
use crate::rule::{Canonical, Rule, RuleSet};
use crate::semantics::{Members, Origin, World};
use crate::timing::piece;

/// A class that a rule merges into another.
#[derive(Debug)]
pub struct Merging {
    pub rule: usize,
    pub alias: Symbol,
    pub origin: Origin,
    pub canonical: Origin,
    own: Members,
    theirs: Members,
    mapped: BTreeMap<Identifier, Identifier>,
}

/// What becomes of a member of a merged class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Becomes {
    /// The canonical class has it under the same name, or may have it.
    Same,
    /// The rule has another name for it.
    Renamed(Identifier),
    /// The canonical class has no such member.
    Nothing,
}

impl Merging {
    /// What becomes of `name` where it is known to be a member of the merged class.
    pub fn becomes(&self, name: &Identifier) -> Becomes {
        match self.mapped.get(name) {
            Some(mapped) => Becomes::Renamed(mapped.clone()),
            None if self.theirs.has(name) == Some(false) && self.own.has(name) != Some(false) => Becomes::Nothing,
            None => Becomes::Same,
        }
    }

    /// Whether a subclass that has `name` for itself would get in the way of the canonical class.
    pub fn is_new(&self, name: &Identifier) -> bool {
        self.theirs.has(name) == Some(true) && self.own.has(name) == Some(false)
    }

    /// Whether any member has another name on the canonical class, or none.
    pub fn changes(&self) -> bool {
        !self.mapped.is_empty() || self.own.names().any(|name| self.matters(&Identifier::new(name)))
    }

    /// Whether `name`, read from an object of which nothing is known, can be a member that changes or gets lost.
    pub fn matters(&self, name: &Identifier) -> bool {
        self.mapped.contains_key(name) || self.own.has(name) == Some(true) && self.theirs.has(name) == Some(false)
    }
}

impl Families<'_> {
    /// Whether a merged class becomes a function, which has none of its members.
    pub fn loses_class(&self, hit: &Hit) -> bool {
        self.world.is_function(&self.families[hit.rule].origin)
            && self.world.class(&self.world.symbol(&hit.alias).origin).is_some()
    }
}

/// The classes that are merged, and the rules whose merges do not fit the tree.
pub(super) fn find(world: &World, rules: &RuleSet, origins: &[Origin], mismatches: &mut Vec<Mismatch>) -> Vec<Merging> {
    let read = |(rule, canonical): (&Rule, &Origin)| {
        let merged = |alias: &Symbol| {
            let origin = world.symbol(alias).origin;
            let own = world.members_of(&origin).filter(|_| origin != *canonical)?;
            Some((origin, own))
        };
        let merged = |alias: &Symbol| world.found_anew(|| merged(alias));
        let merged = rule.merge.par_iter().with_max_len(1).map(|alias| piece(|| merged(alias)));
        let merged: Vec<_> = merged.collect();
        Some((piece(|| world.found_anew(|| world.members_of(canonical)))?, merged))
    };
    let classes: Vec<_> = rules.rules.par_iter().zip(origins).with_max_len(1).map(read).collect();
    let mut found: Vec<Merging> = Vec::new();
    for ((index, rule), classes) in rules.rules.iter().enumerate().zip(classes) {
        let Some((theirs, merged)) = classes else { continue };
        mismatches.extend(lacking(index, rule, &theirs));
        for (alias, merged) in rule.merge.iter().zip(merged) {
            let Some((origin, own)) = merged else { continue };
            let earlier = found.iter().find(|other| other.origin == origin && other.rule != index);
            mismatches.extend(earlier.map(|other| twice(index, alias, other, rules)));
            let (canonical, theirs, mapped) = (origins[index].clone(), theirs.clone(), rule.members.clone());
            found.push(Merging { rule: index, alias: alias.clone(), origin, canonical, own, theirs, mapped });
        }
    }
    found
}

/// A member that shall take the place of another and does not exist.
fn lacking(index: usize, rule: &Rule, theirs: &Members) -> Option<Mismatch> {
    let Canonical::Symbol(canonical) = &rule.canonical else { return None };
    let (old, new) = rule.members.iter().find(|(_, new)| theirs.has(new) == Some(false))?;
    Some(Mismatch {
        rule: index,
        message: format!("`members` sends `{old}` to `{new}`, and `{canonical}` has no `{new}`"),
        help: format!("name the member of `{canonical}` that does what `{old}` did, or give the class one"),
    })
}

fn twice(index: usize, alias: &Symbol, other: &Merging, rules: &RuleSet) -> Mismatch {
    Mismatch {
        rule: index,
        message: format!("`{alias}` and `{}` are one class, and two rules merge it", other.alias),
        help: format!("name it in one of them only: here or in `{}`", rules.rules[other.rule].id),
    }
}
