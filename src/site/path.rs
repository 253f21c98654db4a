//! A dotted path in a text, as Python would resolve it: the alias that it goes through, and what it reads without it.

use super::{Families, ModuleHit, Target};
use crate::python::{DottedName, Identifier, Symbol};
use crate::rule::Rule;
use crate::semantics::Origin;

/// A path that goes through an alias: `pkg.old.Old.run`.
#[derive(Clone, Debug)]
pub struct PathSite {
    pub target: Target,
    /// How many of the path's parts are the alias: 3 of 4.
    pub parts: usize,
}

/// The path that `text` spells: `pkg.old.Old` or `pkg.old:Old`; a single word is none.
pub(super) fn read(text: &str) -> Option<DottedName> {
    if !text.contains(['.', ':']) {
        return None;
    }
    DottedName::parse(&text.replacen(':', ".", 1))
}

/// The alias on the way of a path, if there is one.
pub fn find(families: &Families, path: &DottedName) -> Option<PathSite> {
    let mut module = DottedName::new(path.root().as_str());
    let whole = |alias: &DottedName, next: Option<&str>, parts: usize| {
        let (rule, target) = families.module(alias)?;
        let standing = families.counterpart(alias, &target, next.map(Identifier::new).as_ref());
        Some(PathSite { target: Target::Module(ModuleHit { rule, alias: alias.clone(), target, standing }), parts })
    };
    let names: Vec<&str> = path.parts().collect();
    if let Some(site) = whole(&module, names.get(1).copied(), 1) {
        return Some(site);
    }
    for (index, name) in names.iter().enumerate().skip(1) {
        let symbol = Symbol::new(module.clone(), DottedName::new(name));
        let resolution = families.world.symbol(&symbol);
        if let Some(hit) = families.hit(&symbol, &resolution) {
            return Some(PathSite { target: Target::Symbol(hit), parts: index + 1 });
        }
        let Origin::Module(next) = resolution.origin else { return None };
        if let Some(site) = whole(&next, names.get(index + 1).copied(), index + 1) {
            return Some(site);
        }
        module = next;
    }
    None
}

impl PathSite {
    /// What `text`, which spells the path, reads without the alias; a colon stays a colon.
    pub fn rewritten(&self, families: &Families, rules: &[Rule], text: &str) -> Option<String> {
        let before_colon = text.split_once(':').map(|(module, _)| module.split('.').count());
        let rest: Vec<&str> = text.split(['.', ':']).skip(self.parts).collect();
        let rest = self.renamed(families, rules, rest);
        let (head, tail, joint) = match (&self.target, before_colon) {
            (Target::Symbol(hit), None) => (hit.target.path(), rest, '.'),
            (Target::Symbol(hit), Some(_)) => {
                let name = hit.target.name.parts().map(str::to_owned);
                (hit.target.module.clone(), name.chain(rest).collect(), ':')
            }
            (Target::Module(hit), None) => (hit.target.clone(), rest, '.'),
            (Target::Module(hit), Some(count)) if count >= self.parts => {
                let (modules, names) = rest.split_at(count - self.parts);
                let head = modules.iter().fold(hit.target.clone(), |head, part| head.child(part));
                (head, names.to_vec(), ':')
            }
            (Target::Module(hit), Some(_)) => {
                let last = hit.target.last().as_str().to_owned();
                (hit.target.parent()?, [vec![last], rest].concat(), ':')
            }
        };
        let joint = if tail.is_empty() { String::new() } else { joint.to_string() };
        Some(format!("{head}{joint}{}", tail.join(".")))
    }

    /// The attributes behind the alias, the first as the canonical class calls it.
    fn renamed(&self, families: &Families, rules: &[Rule], rest: Vec<&str>) -> Vec<String> {
        let mut rest: Vec<String> = rest.into_iter().map(str::to_owned).collect();
        if let Target::Symbol(hit) = &self.target
            && families.members(hit).is_some()
            && let Some(first) = rest.first_mut()
            && let Some(renamed) = rules[hit.rule].members.get(&Identifier::new(first))
        {
            *first = renamed.to_string();
        }
        rest
    }
}
