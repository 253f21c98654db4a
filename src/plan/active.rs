//! The law about active modules: a module that does something when it runs keeps an import that makes it run.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::Reason;
use super::compose::Composed;
use super::context::Kept;
use super::cycle::{Loading, Site, eager_sites};
use crate::project::{FileId, ModuleId};
use crate::python::DottedName;
use crate::semantics::Loader;
use crate::site::Target;
use crate::text::Search;

/// Keeps the sites that would drop the last imports of an active module.
pub(super) fn keep_active(loading: &Loading, composed: &Composed, kept: &mut Kept) {
    let dropped = dropped(loading, composed);
    let orphans: Vec<_> = dropped.into_par_iter().filter(|(module, _)| is_orphan(loading, *module)).collect();
    for (module, files) in orphans {
        let name = &loading.old.world.project.modules[module.index()].name;
        let text = format!("importing `{name}` does more than define names, and this is what imports it");
        for file in files {
            let spans = sites_through(loading, file, name);
            kept.keep(file, spans, &(Reason::ActiveModule, text.clone()));
        }
    }
}

/// The active modules that changed files import no longer, with these files.
fn dropped(loading: &Loading, composed: &Composed) -> BTreeMap<ModuleId, BTreeSet<FileId>> {
    let mut dropped: BTreeMap<ModuleId, BTreeSet<FileId>> = BTreeMap::new();
    for file in composed.files.iter().filter(|file| !file.written.edits.is_empty()) {
        let Some(module) = loading.run.world.module_of(file.file) else { continue };
        let after = namesake(&loading.old, &loading.new, module);
        let still = after.map(|module| loading.new.direct(module)).unwrap_or_default();
        let own = loading.run.world.module_name(file.file);
        let is_around =
            |package: &ModuleId| own.strip_prefix(&loading.old.world.project.modules[package.index()].name).is_some();
        for before in loading.old.direct(module).iter().copied().filter(|loaded| !is_around(loaded)) {
            let stays = namesake(&loading.old, &loading.new, before).is_some_and(|module| still.contains(&module));
            let name = &loading.old.world.project.modules[before.index()].name;
            if !stays && !loading.kept.fresh.contains(&(file.file, name.clone())) {
                dropped.entry(before).or_default().insert(file.file);
            }
        }
    }
    dropped.retain(|module, _| loading.old.world.is_active(*module));
    dropped
}

/// The module of this name and path in the other world.
fn namesake(from: &Loader, to: &Loader, module: ModuleId) -> Option<ModuleId> {
    let (from, to) = (&from.world.project, &to.world.project);
    let path =
        |file: Option<FileId>, project: &crate::project::Project| file.map(|file| project.file(file).path.clone());
    let old = &from.modules[module.index()];
    to.namesakes(old.name.as_str()).find(|other| path(to.modules[other.index()].file, to) == path(old.file, from))
}

/// Whether a module is there after the change, and nothing imports it when it is loaded.
fn is_orphan(loading: &Loading, module: ModuleId) -> bool {
    let loader = &loading.new;
    let Some(module) = namesake(&loading.old, loader, module) else { return false };
    let project = &loader.world.project;
    let own = &project.modules[module.index()];
    let search = Search::new([own.name.last().as_str()]);
    let imports = |file: FileId| {
        let source = project.file(file);
        let others = || project.modules_of(file).iter().filter(|other| **other != module);
        source.spells(&search) && others().any(|other| loader.direct(*other).contains(&module))
    };
    !project.par_files().any(imports)
}

/// The places in a file that reach their alias through a module.
fn sites_through(loading: &Loading, file: FileId, module: &DottedName) -> Vec<crate::text::Span> {
    let Some(sites) = loading.run.sites.of(file) else { return Vec::new() };
    let sites = eager_sites(loading, sites);
    let is_through = |site: &&Site| {
        let through = match &site.target {
            Target::Symbol(hit) => &hit.symbol.module,
            Target::Module(hit) => &hit.alias,
        };
        through.strip_prefix(module).is_some()
    };
    let found: Vec<_> = sites.iter().filter(is_through).map(|site| site.span).collect();
    if found.is_empty() { sites.iter().map(|site| site.span).collect() } else { found }
}
