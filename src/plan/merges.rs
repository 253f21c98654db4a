//! Aliases that are other objects: what becomes of each, and how it differs from the canonical symbol.

use std::collections::BTreeSet;

use super::context::{Kept, Run};
use crate::python::Symbol;
use crate::rule::Canonical;
use crate::semantics::{Difference, Origin};
use crate::site::Standing;

/// An alias that is another object than its canonical symbol.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Merge {
    pub rule: usize,
    pub alias: Symbol,
    pub canonical: Symbol,
    pub outcome: Outcome,
    /// `None` if one of the two is no class or function of the tree.
    pub differences: Option<Vec<Difference>>,
}

/// What becomes of an alias that is another object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// it becomes the canonical symbol wherever its sites are rewritten
    Merged,
    /// so it does, and the rule lets sites stay that keep it all the same
    InPart,
    /// the rule names it under `merge`, and a site that stays keeps it whole
    Refused,
    /// no rule names it under `merge`
    NotMerged,
}

/// The aliases that are other objects, by rule and name; of several names of one object the first.
pub(super) fn merges(run: &Run, kept: &Kept) -> Vec<Merge> {
    let mut seen: BTreeSet<(usize, Origin)> = BTreeSet::new();
    let mut declared = run.families.declared_symbols();
    declared.sort_by_key(|(symbol, rule)| (*rule, *symbol));
    let found = declared.into_iter().filter_map(|(alias, rule)| {
        let (origin, outcome) = other_object(run, kept, alias)?;
        let Canonical::Symbol(canonical) = &run.rules().rules[rule].canonical else { return None };
        let differences = run.world.differences(&origin, &run.families.families[rule].origin);
        let is_new = seen.insert((rule, origin));
        let merge = Merge { rule, alias: alias.clone(), canonical: canonical.clone(), outcome, differences };
        is_new.then_some(merge)
    });
    found.collect()
}

/// What a declared alias is and becomes, if it is another object than the canonical symbol.
fn other_object(run: &Run, kept: &Kept, alias: &Symbol) -> Option<(Origin, Outcome)> {
    let resolution = run.world.symbol(alias);
    let hit = run.families.hit(alias, &resolution)?;
    let is_named = run.families.members(&hit).is_some();
    let is_other = resolution.origin != run.families.families[hit.rule].origin;
    let outcome = match hit.standing {
        Standing::Merged if is_named && kept.unmerged.contains(&hit.alias) => Outcome::Refused,
        Standing::Merged if is_named && kept.keeps(&hit.alias) => Outcome::InPart,
        Standing::Merged if is_named => Outcome::Merged,
        Standing::Other | Standing::WidensExcept => Outcome::NotMerged,
        _ => return None,
    };
    (is_other && hit.alias == *alias).then_some((resolution.origin, outcome))
}
