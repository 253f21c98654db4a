//! The proof of the files that do not change but can see what does.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::context::{Kept, Run};
use super::verify::Changed;
use crate::project::FileId;
use crate::python::{Identifier, Symbol};
use crate::semantics::{Facts, Origin, Resolution, ScopeId, World};
use crate::text::Search;
use crate::timing::piece;

/// Law 4 for files that do not change but can see what does: every name that goes is read by nobody.
pub(super) fn compare_others(change: &Changed, kept: &mut Kept) -> usize {
    let Changed { run, composed, new, deleted } = *change;
    let gone = gone_names(change);
    if gone.is_empty() {
        return 0;
    }
    let changed: FxHashSet<FileId> =
        composed.files.iter().filter(|file| !file.written.edits.is_empty()).map(|file| file.file).collect();
    let spelled = Search::new(gone.iter().map(Identifier::as_str));
    let spells = |file: &FileId| run.world.project.file(*file).spells(&spelled);
    let files = run.world.project.par_files();
    let can_see = |file: &FileId| run.world.project.is_own(*file) && spells(file);
    let compare = |file| {
        let (unchanged, mut broken) = match changed.contains(&file) {
            true => (0, Vec::new()),
            false => compare_other(run, new, file, &gone),
        };
        broken.extend(uncovered(run, new, file, &gone));
        (unchanged, broken)
    };
    let results: Vec<(usize, Vec<Resolution>)> =
        files.filter_map(|file| piece(|| can_see(&file).then(|| compare(file)))).collect();
    let goes = |file: &FileId| changed.contains(file) || deleted.iter().any(|(gone, _)| gone == file);
    let unchanged = results.iter().map(|(count, _)| count).sum();
    let broken = results.iter().flat_map(|(_, broken)| broken);
    let held: Vec<Symbol> = broken.flat_map(|broken| held(broken, &goes, kept)).collect();
    kept.symbols.extend(held);
    unchanged
}

/// The first name on a route that can be what broke it: those behind it may go, as this one leads elsewhere then.
fn held(broken: &Resolution, goes: &impl Fn(&FileId) -> bool, kept: &Kept) -> Vec<Symbol> {
    let mut hops = broken.route.iter();
    match hops.find(|hop| goes(&hop.file) && !kept.symbols.contains(&hop.symbol)) {
        Some(hop) => vec![hop.symbol.clone()],
        None => broken.route.iter().map(|hop| hop.symbol.clone()).collect(),
    }
}

/// The names of shims that go, of imports that go with them, and of the files that go.
fn gone_names(change: &Changed) -> FxHashSet<Identifier> {
    let Changed { run, composed, new, deleted } = *change;
    let mut gone: FxHashSet<Identifier> = deleted.iter().map(|(file, _)| run.world.module_name(*file).last()).collect();
    for file in &composed.files {
        let (Some(sites), Some(facts)) = (run.sites.of(file.file), run.world.facts(file.file)) else { continue };
        if !file.removed.is_empty() {
            gone.extend(sites.shims.iter().map(|shim| facts.bindings[shim.binding.index()].name.clone()));
            gone.extend(sites.lookups.iter().map(|site| site.name.clone()));
            gone.extend(gone_from(facts, new, &run.world.project.file(file.file).path));
        }
    }
    gone
}

/// The names that a module had and has no more.
fn gone_from(before: &Facts, new: &World, path: &str) -> Vec<Identifier> {
    let after = new.project.file_by_path(path).and_then(|file| new.look(file));
    after.map_or_else(Vec::new, |after| names_lacking(before, &after))
}

/// The module-level names of a file that another lacks.
pub(super) fn names_lacking(one: &Facts, other: &Facts) -> Vec<Identifier> {
    let [names, others] = [one, other].map(|facts| &facts.scopes[ScopeId::MODULE.index()].names);
    names.keys().filter(|name| !others.contains_key(*name)).cloned().collect()
}

/// Whether a name that stars can bring to a file is there what it was.
pub(super) fn is_seen_alike(run: &Run, new: &World, file: FileId, name: &Identifier) -> bool {
    let names = FxHashSet::from_iter([name.clone()]);
    let project = &run.world.project;
    let new_file = new.project.file_by_path(&project.file(file).path);
    let is_unchanged =
        new_file.is_some_and(|now| Arc::ptr_eq(&project.files[file.index()], &new.project.files[now.index()]));
    let is_read_alike = || !is_unchanged || compare_other(run, new, file, &names).1.is_empty();
    uncovered(run, new, file, &names).is_empty() && is_read_alike()
}

/// What a star of the file has brought over a name of its own, and brings no more.
fn uncovered(run: &Run, new: &World, file: FileId, gone: &FxHashSet<Identifier>) -> Vec<Resolution> {
    let Some(outline) = run.world.outline(file) else { return Vec::new() };
    let modules = run
        .world
        .project
        .modules_of(file)
        .iter()
        .map(|module| (*module, &run.world.project.modules[module.index()].name));
    let modules: Vec<_> =
        modules.filter_map(|(old, name)| Some((old, new.project.namesakes(name.as_str()).next()?))).collect();
    let all = outline.covered(gone).flat_map(|name| modules.iter().map(move |(old, now)| (name, *old, *now)));
    let broken = all.filter_map(|(name, old, now)| {
        let before = run.world.member(old, name);
        (before.origin != new.member(now, name).origin).then(|| (*before).clone())
    });
    broken.collect()
}

/// How many references of an unchanged file end where they ended, and what the others were.
fn compare_other(run: &Run, new: &World, file: FileId, gone: &FxHashSet<Identifier>) -> (usize, Vec<Resolution>) {
    let path = &run.world.project.file(file).path;
    let Some(new_file) = new.project.file_by_path(path) else { return (0, Vec::new()) };
    let Some(outline) = run.world.outline(file) else { return (0, Vec::new()) };
    let mut unchanged = 0;
    let mut broken = Vec::new();
    let mut compare = |old: Resolution, now: &Origin| match old.origin == *now {
        true => unchanged += 1,
        false => broken.push(old),
    };
    for import in outline.imports_of(gone) {
        compare(run.world.imported(file, import), &new.imported(new_file, import).origin);
    }
    if !outline.is_led_to(gone) {
        return (unchanged + outline.own_reads(gone), broken);
    }
    let Some(facts) = run.world.look(file) else { return (unchanged, broken) };
    for reference in &facts.references {
        let chain = &facts.syntax.chains[reference.chain.index()];
        let by_star = !reference.reach.stars.is_empty() && gone.contains(&chain.root);
        if !by_star && !chain.attributes.iter().any(|(name, _)| gone.contains(name)) {
            continue;
        }
        let (old, now) = (run.world.chain(file, reference), new.chain(new_file, reference));
        for (old, now) in old.into_iter().zip(now) {
            compare(old.resolution, &now.resolution.origin);
        }
    }
    (unchanged, broken)
}
