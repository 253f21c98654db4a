//! The search: files that spell a name are parsed, their bindings and chains are followed, and new names widen it.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::names::{Names, Search};
use super::{
    ConfigHolder, Families, FileSites, Target, assertion, config, import_from, import_module, import_star, is_stored,
    probe, shim, text_path, unreadable, use_chain,
};
use crate::project::FileId;
use crate::python::{Identifier, Symbol};
use crate::semantics::{Facts, World};

/// All sites of a tree.
#[derive(Debug, Default)]
pub struct Sites {
    /// Files with at least one site or holder, in the order of the project.
    pub files: Vec<FileSites>,
    /// Every file that spells a name of the families, whether it holds a site or not.
    pub candidates: Vec<FileId>,
    /// Symbols that a file other than their own reads.
    pub exported: FxHashSet<Symbol>,
    /// Aliases that some file assigns or deletes as attributes of their modules.
    pub rebound: FxHashSet<Symbol>,
    /// Values in configuration files.
    pub configs: Vec<ConfigHolder>,
    names: Names,
}

impl Sites {
    /// The sites of one file.
    pub fn of(&self, file: FileId) -> Option<&FileSites> {
        let found = self.files.binary_search_by_key(&file, |sites| sites.file);
        found.ok().map(|index| &self.files[index])
    }
}

/// One file under the search.
pub(super) struct Visit<'a> {
    pub families: &'a Families<'a>,
    pub world: &'a World,
    pub names: &'a Names,
    pub file: FileId,
    pub facts: &'a Facts,
    pub text: &'a str,
}

/// What one file adds.
struct Found {
    sites: Option<FileSites>,
    exported: Vec<Symbol>,
}

/// Finds every site of every family.
pub fn find_all(families: &Families) -> Sites {
    let mut names = Names::of(families);
    let mut candidates: FxHashSet<FileId> = families.shim_files().collect();
    loop {
        let fresh = names.take_fresh();
        if fresh.is_empty() {
            break;
        }
        let found = search(families, &names, &Search::new(&fresh));
        for (file, more) in found {
            candidates.insert(file);
            more.into_iter().for_each(|name| names.add(name));
        }
    }
    collect(families, names, candidates)
}

/// Finds the sites of some files of a changed tree, under the names by which they were found before the change.
pub fn find_in(families: &Families, files: impl Iterator<Item = FileId>, before: &Sites) -> Sites {
    let mut sites = collect(families, before.names.clone(), files.collect());
    sites.exported.extend(before.exported.iter().cloned());
    sites
}

/// The files that spell a fresh name, and the further names under which they pass an alias on.
fn search(families: &Families, names: &Names, search: &Search) -> Vec<(FileId, Vec<Identifier>)> {
    let files = &families.world.project.files;
    let spelled = (0..files.len()).into_par_iter().filter(|&index| search.matches(files[index].searchable()));
    spelled
        .map(|index| {
            let file = FileId(index as u32);
            let passed_on = visit(families, names, file).map(|visit| import_from::passed_on(&visit));
            (file, passed_on.unwrap_or_default())
        })
        .collect()
}

fn collect(families: &Families, names: Names, candidates: FxHashSet<FileId>) -> Sites {
    let mut candidates: Vec<_> = candidates.into_iter().collect();
    candidates.sort();
    let found: Vec<Found> = candidates.par_iter().map(|&file| in_file(families, &names, file)).collect();
    let mut sites = Sites { candidates, configs: config::find(families), names, ..Sites::default() };
    for found in found {
        sites.rebound.extend(found.sites.iter().flat_map(|sites| rebound(families, sites)));
        sites.files.extend(found.sites);
        sites.exported.extend(found.exported);
    }
    sites
}

/// The aliases that a file stores into: `old.Old = …`, `del old.Old`.
fn rebound(families: &Families, sites: &FileSites) -> Vec<Symbol> {
    let Some(facts) = families.world.facts(sites.file) else { return Vec::new() };
    let stored = sites.uses.iter().filter(|site| is_stored(&facts.syntax.chains[site.chain.index()], site));
    let symbols = stored.filter_map(|site| match &site.target {
        Target::Symbol(hit) => Some(hit.symbol.clone()),
        Target::Module(_) => None,
    });
    symbols.collect()
}

fn in_file(families: &Families, names: &Names, file: FileId) -> Found {
    let Some(visit) = visit(families, names, file) else {
        let holders = unreadable::find(families, file);
        let sites = FileSites { holders, ..FileSites::new(file) };
        return Found { sites: (!sites.is_empty()).then_some(sites), exported: Vec::new() };
    };
    let mut sites = FileSites::new(file);
    sites.imports = import_from::find(&visit);
    sites.modules = import_module::find(&visit);
    sites.stars = import_star::find(&visit);
    sites.shims = shim::find(&visit);
    let (uses, mut exported) = use_chain::find(&visit, &sites);
    sites.uses = uses;
    sites.asserted = assertion::find(&visit, &sites);
    sites.holders = text_path::find(&visit);
    sites.holders.extend(probe::find(&visit));
    exported.extend(import_from::read(&visit));
    exported.extend(text_path::read(&visit));
    exported.extend(probe::read(&visit));
    Found { sites: (!sites.is_empty()).then_some(sites), exported }
}

fn visit<'a>(families: &'a Families<'a>, names: &'a Names, file: FileId) -> Option<Visit<'a>> {
    let world = families.world;
    let facts = world.facts(file)?;
    let text = world.project.text(file)?;
    Some(Visit { families, world, names, file, facts, text })
}
