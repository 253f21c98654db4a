//! Where a path that is spelled in a string leads: module by module, then through names, as Python's importers go.

use super::find::Visit;
use super::{Families, ModuleHit, Standing, Target};
use crate::python::{DottedName, Identifier, Symbol};
use crate::semantics::{Origin, Why};

/// What a path comes to.
#[derive(Clone, Debug)]
pub(super) enum Followed {
    /// Its first `parts` names are an alias.
    Alias { parts: usize, target: Target },
    /// It names an alias, or what could be one, and nothing is there.
    Broken { rule: usize },
    /// Nobody can say where it leads.
    Unknown,
    /// It has nothing to do with the families.
    Nothing,
}

/// Follows a dotted path from the top package on.
pub(super) fn follow(visit: &Visit, path: &DottedName) -> Followed {
    let names: Vec<Identifier> = path.parts().map(Identifier::new).collect();
    let root = DottedName::new(names[0].as_str());
    if visit.world.project.module(root.as_str()).is_none() {
        return match visit.families.alias_outside(path) {
            Some((alias, hit)) => Followed::Alias { parts: alias.parts().count(), target: Target::Symbol(hit) },
            None => broken(visit.families, path, &[]),
        };
    }
    let mut origin = Origin::Module(root.clone());
    let mut whole = module_target(visit.families, &root);
    for (index, name) in names.iter().enumerate().skip(1) {
        let resolution = match &origin {
            Origin::Module(module) => {
                let symbol = Symbol::new(module.clone(), DottedName::new(name.as_str()));
                let resolution = visit.world.symbol(&symbol);
                match visit.families.hit(&symbol, &resolution) {
                    Some(hit) if hit.standing == Standing::Gone => return Followed::Broken { rule: hit.rule },
                    Some(hit) => return Followed::Alias { parts: index + 1, target: Target::Symbol(hit) },
                    None if resolution.origin == Origin::Unknown(Why::Missing) => {
                        return broken(visit.families, path, &names[index..]);
                    }
                    None => resolution,
                }
            }
            other => match visit.world.nested(other, name) {
                Some(nested) => nested,
                None => return Followed::Nothing,
            },
        };
        whole = match &resolution.origin {
            Origin::Module(module) => module_target(visit.families, module),
            Origin::Unknown(_) => return Followed::Unknown,
            Origin::Outside(_) => return Followed::Nothing,
            _ => None,
        };
        origin = resolution.origin;
    }
    match whole {
        Some(target) => Followed::Alias { parts: names.len(), target },
        None => Followed::Nothing,
    }
}

fn module_target(families: &Families, alias: &DottedName) -> Option<Target> {
    let (rule, target) = families.module(alias)?;
    let standing = families.counterpart(alias, &target, None);
    Some(Target::Module(ModuleHit { rule, alias: alias.clone(), target, standing }))
}

/// A path that leads nowhere counts if it goes through a declared alias, or if a name of the rules is in what is not there.
fn broken(families: &Families, path: &DottedName, missing: &[Identifier]) -> Followed {
    let prefixes = std::iter::successors(Some(path.clone()), DottedName::parent);
    let mut symbols =
        prefixes.filter_map(|prefix| Some(Symbol::new(prefix.parent()?, DottedName::new(prefix.last().as_str()))));
    let declared = symbols.find_map(|symbol| families.declares(&symbol));
    let spelled = || missing.iter().find_map(|name| families.spelled_by(name));
    declared.or_else(spelled).map_or(Followed::Nothing, |rule| Followed::Broken { rule })
}
