//! Aliases in installed packages: nothing of them is in the tree, and the rule vouches for them.

use super::{Families, Hit, Standing};
use crate::python::{DottedName, Symbol};
use crate::semantics::{Origin, Resolution};

impl Families<'_> {
    /// The alias in an installed package at which a route ends.
    pub(super) fn outside_hit(&self, spelled: &Symbol, resolution: &Resolution) -> Option<Hit> {
        let Origin::Outside(path) = &resolution.origin else { return None };
        let alias = Symbol::new(path.parent()?, DottedName::new(path.last().as_str()));
        let (rule, merge, target) = self.declared(&alias, &resolution.origin)?;
        let standing = self.standing((rule, merge), &alias, &target, resolution);
        let symbol = spelled.clone();
        (standing == Standing::Vouched).then_some(Hit { rule, symbol, alias, target, standing })
    }

    /// Whether the canonical symbol is that of an installed package, and known to be one.
    pub(super) fn is_outside(&self, rule: usize, canonical: &Origin) -> bool {
        self.rules.rules[rule].external && matches!(canonical, Origin::Outside(_))
    }

    /// Whether what ended at `old` may end at `new`: the same, or what a rule of installed packages puts in its place.
    pub fn is_one(&self, old: &Origin, new: &Origin) -> bool {
        match (old, new) {
            (Origin::Outside(path), Origin::Outside(now)) => path == now || self.vouched(path).as_ref() == Some(now),
            _ => old == new,
        }
    }

    /// Where a path in an installed package goes, if it begins with an alias there.
    fn vouched(&self, path: &DottedName) -> Option<DottedName> {
        let (alias, hit) = self.alias_outside(path)?;
        let rest = path.strip_prefix(&alias).expect("the alias is a prefix of the path");
        let target = hit.target.path();
        Some(if rest.is_empty() { target } else { target.child(rest) })
    }

    /// The alias in an installed package with which a path begins.
    pub(super) fn alias_outside(&self, path: &DottedName) -> Option<(DottedName, Hit)> {
        std::iter::successors(Some(path.clone()), DottedName::parent).find_map(|prefix| {
            let symbol = Symbol::new(prefix.parent()?, DottedName::new(prefix.last().as_str()));
            let hit = self.hit(&symbol, &Resolution::ends(Origin::Outside(prefix.clone())))?;
            (hit.standing == Standing::Vouched).then_some((prefix, hit))
        })
    }
}
