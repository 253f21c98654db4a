//! `from old import *`, where the star brings an alias along.

use super::StarSite;
use super::find::Visit;
use crate::python::syntax::{BindKind, BindingId};
use crate::python::{DottedName, Identifier, Symbol};

/// The aliases that each star import of the file binds.
pub(super) fn find(visit: &Visit) -> Vec<StarSite> {
    let stars = visit.facts.bindings.iter().enumerate().filter(|(_, binding)| matches!(binding.kind, BindKind::Star));
    stars.flat_map(|(index, _)| aliases(visit, BindingId(index as u32))).collect()
}

fn aliases(visit: &Visit, star: BindingId) -> Vec<StarSite> {
    let binding = &visit.facts.bindings[star.index()];
    let Some(module) = visit.world.imported_module(visit.file, visit.facts, binding) else { return Vec::new() };
    let Some(source) = visit.world.project.module(module.as_str()) else { return Vec::new() };
    let given = |name: &&Identifier| visit.world.star_gives(visit.file, binding, name);
    let sites = visit.names.sorted().into_iter().filter(given).filter_map(|name| {
        let spelled = Symbol::new(module.clone(), DottedName::new(name.as_str()));
        let hit = visit.families.hit(&spelled, &visit.world.member(source, name))?;
        Some(StarSite { binding: star, name: name.clone(), hit })
    });
    sites.collect()
}
