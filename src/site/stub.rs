//! Rules in the world of type checkers: the canonical symbol as stubs have it, and the stub twins of aliases.

use super::{Families, Mismatch, Standing};
use crate::python::DottedName;
use crate::rule::{Canonical, Rule, RuleSet};
use crate::semantics::{Origin, Resolution, Why, World};

impl<'a> Families<'a> {
    /// The families of `rules` in each world of the tree, or all rules that do not fit the run-time world.
    ///
    /// A rule that fits only there is blocked in both: after its change type checkers would not find the symbol.
    pub fn of_sides(world: &'a World, rules: &'a RuleSet) -> Result<Vec<Self>, Vec<Mismatch>> {
        let mut sides = vec![Self::new(world, rules)?];
        for seen in world.sides().skip(1) {
            let (mut stubs, _) = Self::fitted(seen, rules);
            for (index, rule) in rules.rules.iter().enumerate() {
                let why = stubs.missing_in_stub(rule);
                stubs.blocked.extend(why.map(|why| (index, why)));
            }
            let mut own = Vec::new();
            stubs.find_own_symbols(&mut own);
            stubs.blocked.extend(own.into_iter().map(|own| (own.rule, format!("in the stubs {}", own.message))));
            sides[0].blocked = stubs.blocked.clone();
            let declared = sides[0].declared_symbols().into_iter().map(|(symbol, _)| symbol);
            let is_same = |resolution: &Resolution, symbol| {
                sides[0].hit(symbol, resolution).is_some_and(|hit| hit.standing == Standing::Same)
            };
            stubs.twins = declared.filter(|symbol| is_same(&world.symbol(symbol), symbol)).cloned().collect();
            stubs.exist_with(&sides[0]);
            sides.push(stubs);
        }
        Ok(sides)
    }

    /// Why type checkers do not find the canonical symbol of a rule, if its module has a stub without it.
    fn missing_in_stub(&self, rule: &Rule) -> Option<String> {
        let Canonical::Symbol(symbol) = &rule.canonical else { return None };
        let project = &self.world.project;
        let module = project.module(symbol.module.as_str())?;
        let file = self.world.file_of(module).filter(|file| project.file(*file).is_stub)?;
        let facts = self.world.facts(file)?;
        let is_missing = self.world.symbol(symbol).origin == Origin::Unknown(Why::Missing);
        let path = &project.file(file).path;
        match is_missing {
            true => {
                Some(format!("`{path}` has no `{}`, and type checkers read it in place of the module", symbol.name))
            }
            false => self.world.is_stubs_own(file, facts, &symbol.name.root()).then(|| {
                format!("`{path}` imports `{0}` for itself alone: type checkers want `as {0}`", symbol.name.root())
            }),
        }
    }

    /// Whether a class of a stub stands for an alias that is the canonical class when the program runs.
    pub(super) fn is_twin(&self, alias: &Origin) -> bool {
        matches!(alias, Origin::Defined(definition) if self.twins.contains(&definition.symbol))
    }

    /// Whether a path leads into a module that only a stub describes.
    pub(super) fn is_described(&self, path: &DottedName) -> bool {
        path.parent().is_some_and(|module| self.world.project.stub_alone(&module).is_some())
    }
}
