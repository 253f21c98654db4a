//! The names that a module has of others as a whole: by its stars, or because another module stands in its place.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use crate::project::{FileId, ModuleId};
use crate::python::Identifier;
use crate::semantics::{Exported, ScopeId, Swap, World};

/// The names that the star imports of a module can bind, sorted.
pub(super) fn star_names(world: &World, module: ModuleId) -> BTreeSet<Identifier> {
    let mut names = BTreeSet::new();
    for source in sources(world, module) {
        names.extend(public_names(world, source));
    }
    names
}

/// The names that the file's module has because it puts another one into its place.
pub(super) fn swapped_names(world: &World, file: FileId) -> BTreeSet<Identifier> {
    let text = world.project.text(file).unwrap_or_default();
    if !text.contains("sys.modules") {
        return BTreeSet::new();
    }
    let other = match world.swap(file) {
        Some((Swap::Module(other), _)) => world.project.module(other.as_str()),
        _ => None,
    };
    other.map_or_else(BTreeSet::new, |other| public_names(world, other))
}

/// The modules of the star imports at the top level of a module, in their order.
pub(super) fn sources(world: &World, module: ModuleId) -> Vec<ModuleId> {
    let Some(file) = world.project.modules[module.index()].file else { return Vec::new() };
    let Some(facts) = world.look(file) else { return Vec::new() };
    let stars = facts.scopes[ScopeId::MODULE.index()].stars.iter().map(|id| &facts.bindings[id.index()]);
    let modules = stars.filter_map(|star| world.imported_module(file, &facts, star));
    modules.filter_map(|name| world.project.module(name.as_str())).collect()
}

/// The names that a star import of the module gives.
pub(super) fn public_names(world: &World, module: ModuleId) -> BTreeSet<Identifier> {
    let mut names = BTreeSet::new();
    let (mut open, mut seen) = (vec![module], FxHashSet::from_iter([module]));
    while let Some(next) = open.pop() {
        let Some(file) = world.project.modules[next.index()].file else { continue };
        let Some(facts) = world.look(file) else { continue };
        names.extend(facts.scopes[ScopeId::MODULE.index()].names.keys().cloned());
        names.extend(facts.exports.iter().flat_map(|all| all.entries.iter().map(|entry| entry.name.clone())));
        open.extend(sources(world, next).into_iter().filter(|source| seen.insert(*source)));
    }
    names.retain(|name| world.exports(module, name) == Exported::Yes);
    names
}
