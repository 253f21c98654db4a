//! The canonical symbol or module of a rule, found in the tree.

use rustc_hash::FxHashSet;

use super::{Family, Mismatch};
use crate::rule::{Canonical, Rule};
use crate::semantics::{Origin, Why, World};

/// The family of a rule; what does not fit the tree is added to `mismatches`.
pub(super) fn family(world: &World, index: usize, rule: &Rule, mismatches: &mut Vec<Mismatch>) -> Family {
    let mut missing = |what: String| {
        mismatches.push(Mismatch {
            rule: index,
            message: format!("the canonical {what} is not in the tree"),
            help: "name one that exists, or set `external = true` if an installed package holds it".into(),
        });
    };
    match &rule.canonical {
        Canonical::Module(module) => {
            if world.project.module(module.as_str()).is_none() && !rule.external {
                missing(format!("module `{module}`"));
            }
            let origin = Origin::Module(module.clone());
            Family { canonical: rule.canonical.clone(), origin, own_route: FxHashSet::default() }
        }
        Canonical::Symbol(symbol) if rule.external => {
            let origin = Origin::Outside(symbol.path());
            let own_route = [symbol.clone()].into_iter().collect();
            Family { canonical: rule.canonical.clone(), origin, own_route }
        }
        Canonical::Symbol(symbol) => {
            let resolution = world.symbol(symbol);
            if let Some(why) = resolution.origin.unknown() {
                match why {
                    Why::Missing => missing(format!("symbol `{symbol}`")),
                    Why::Rebound => {}
                    _ => mismatches.push(Mismatch {
                        rule: index,
                        message: format!("what the canonical symbol `{symbol}` is depends on how the program runs"),
                        help: "name the symbol where it is defined".into(),
                    }),
                }
            }
            let mut own_route: FxHashSet<_> = resolution.route.iter().map(|hop| hop.symbol.clone()).collect();
            own_route.insert(symbol.clone());
            Family { canonical: rule.canonical.clone(), origin: resolution.origin, own_route }
        }
    }
}
