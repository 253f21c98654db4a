//! The search: files that spell a name are parsed, their bindings and chains are followed, and new names widen it.

use std::cell::OnceCell;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::names::Names;
use super::{
    ConfigSite, Families, FileSites, Reader, Target, Trail, assertion, call, config, import_from, import_module,
    import_star, is_stored, member, readers, shim, shim_getattr, shim_sys_modules, text_manual, text_path, unreadable,
    use_chain,
};
use crate::project::{FileId, Project, Side, SourceFile};
use crate::python::attributes::{Attribute, attributes};
use crate::python::syntax::BindKind;
use crate::python::{Identifier, Symbol};
use crate::semantics::{Facts, World};
use crate::text::Search;
use crate::timing::piece;

/// All sites of a tree.
#[derive(Debug, Default)]
pub struct Sites {
    /// Files with at least one site or holder, in the order of the project.
    pub files: Vec<FileSites>,
    /// Every file that spells a name of the families, whether it holds a site or not.
    pub candidates: Vec<FileId>,
    /// Symbols that a file other than their own reads.
    pub exported: FxHashSet<Symbol>,
    /// The files that read symbols of others, with these.
    readers: Vec<(FileId, Vec<Symbol>)>,
    /// Merged aliases with members that could not be followed.
    pub loose: FxHashSet<Symbol>,
    /// Aliases that some file assigns or deletes as attributes of their modules.
    pub rebound: FxHashSet<Symbol>,
    /// Values in configuration files.
    pub configs: Vec<ConfigSite>,
    /// The names of canonical objects, beside their own, that strings of a file patch.
    pub patched: Vec<(FileId, Symbol)>,
    /// The code that reads names of modules each time it runs.
    pub runtime: FxHashMap<Symbol, Vec<Reader>>,
    names: Names,
    /// The files that pass aliases on, with the names by which they do.
    passed_on: Vec<(FileId, Vec<Identifier>)>,
}

impl Sites {
    /// What the next search can start from.
    pub fn trail(&self, project: &Project) -> Trail {
        Trail::default().with(self.passed_on.iter().map(|(file, names)| (&*project.file(*file).path, &names[..])))
    }

    /// Adds the readers of files that did not change, by the numbers that these files have now.
    pub fn take_runtime(&mut self, before: &Sites, unchanged: impl Fn(FileId) -> Option<FileId>) {
        for (cell, readers) in &before.runtime {
            let same = readers.iter().filter_map(|reader| Some(Reader { file: unchanged(reader.file)?, ..*reader }));
            let same: Vec<Reader> = same.collect();
            if !same.is_empty() {
                self.runtime.entry(cell.clone()).or_default().extend(same);
            }
        }
    }

    /// The files that read a name of another file by that name.
    pub fn readers_of<'s>(&'s self, symbol: &'s Symbol) -> impl Iterator<Item = FileId> + 's {
        self.readers.iter().filter(|(_, symbols)| symbols.contains(symbol)).map(|(file, _)| *file)
    }

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
    attributes: OnceCell<Vec<Attribute>>,
}

impl Visit<'_> {
    /// The attributes of what is no dotted name, for which the file is parsed once more.
    pub(super) fn attributes(&self) -> &[Attribute] {
        self.attributes.get_or_init(|| attributes(self.text))
    }
}

/// What one file adds.
struct Found {
    file: FileId,
    /// How many names were known when the file was looked at.
    known: usize,
    /// `None` if there is none.
    sites: Option<FileSites>,
    exported: Vec<Symbol>,
    patched: Vec<Symbol>,
    runtime: Vec<(Symbol, Reader)>,
    /// Names by which the file passes an alias on.
    passed_on: Vec<Identifier>,
    /// A star can bring names along that the file does not spell.
    has_star: bool,
}

/// Finds every site of every family, side by side: in sources as the interpreter sees them, in stubs as type checkers do.
pub fn find_sides(sides: &[Families]) -> Vec<Sites> {
    shared(sides.iter().map(find_all).collect())
}

/// Finds the sites of the files of a changed tree that have changed, side by side, under the names by which they were
/// found before.
///
/// `changed` has each of these files as it was numbered before, and its number now unless it is gone.
pub fn find_in_sides<'s>(
    sides: &[Families],
    changed: &FxHashMap<FileId, Option<FileId>>,
    before: impl Iterator<Item = &'s Sites>,
) -> Vec<Sites> {
    shared(sides.iter().zip(before).map(|(families, before)| find_in(families, changed, before)).collect())
}

/// The sites of all sides, each with what any side exports.
fn shared(mut found: Vec<Sites>) -> Vec<Sites> {
    // What a stub reads of a module is seen by others when the program runs, and the other way round.
    let exported: FxHashSet<Symbol> = found.iter().flat_map(|sites| sites.exported.iter().cloned()).collect();
    found.iter_mut().for_each(|sites| sites.exported.clone_from(&exported));
    found
}

/// Takes what a look at a file gives in the place of an earlier look, which knew fewer names: those that it added are the file's.
fn add(all: &mut FxHashMap<FileId, Found>, mut found: Found) {
    found.passed_on.extend(all.remove(&found.file).into_iter().flat_map(|earlier| earlier.passed_on));
    all.insert(found.file, found);
}

/// Finds the sites in the files of one side. For type checkers the sources are looked at as well: names pass through them.
fn find_all(families: &Families) -> Sites {
    let mut names = Names::of(families);
    let mut all: FxHashMap<FileId, Found> = FxHashMap::default();
    loop {
        let fresh = names.take_fresh();
        if fresh.is_empty() {
            break;
        }
        for found in search(families, &names, &Search::new(fresh.iter().map(Identifier::as_str))) {
            found.passed_on.iter().for_each(|name| names.add(name.clone()));
            add(&mut all, found);
        }
    }
    // A file that spells none of the names that came later has the same sites under all names, unless a star adds some.
    let mut again: FxHashSet<FileId> = families.shim_files().collect();
    again.extend(all.values().filter(|found| found.has_star).map(|found| found.file));
    let is_old = |file: &FileId| all.get(file).is_none_or(|found| found.known < names.count());
    again.retain(|file| is_seen(families, *file) && is_old(file));
    let (found, configs) =
        rayon::join(|| visit_all(families, &names, again), || config::find(families, &names, |_| true));
    found.into_iter().for_each(|found| add(&mut all, found));
    gather(families, names, configs, all.into_values().collect())
}

/// Finds the sites of some files on one side.
pub fn find_in(families: &Families, changed: &FxHashMap<FileId, Option<FileId>>, before: &Sites) -> Sites {
    let names = before.names.clone();
    let files = changed.values().copied().flatten().filter(|file| is_seen(families, *file));
    let had_sites: FxHashSet<&str> = before.configs.iter().map(|site| site.path.as_str()).collect();
    let (found, configs) = rayon::join(
        || visit_all(families, &names, files.collect()),
        || config::find(families, &names, |file| had_sites.contains(file.path.as_str())),
    );
    let mut sites = gather(families, names, configs, found);
    sites.loose.extend(before.loose.iter().cloned());
    sites.patched.extend(before.patched.iter().filter(|(file, _)| !changed.contains_key(file)).cloned());
    let unchanged = before.readers.iter().filter(|(file, _)| !changed.contains_key(file));
    sites.exported.extend(unchanged.flat_map(|(_, symbols)| symbols.iter().cloned()));
    sites
}

/// Finds the sites of the files of each side that have changed since a search left these trails, which are brought up to date.
///
/// Files that are not Python are looked at if `is_elsewhere`. `None` if aliases go by other names now: then any file can have other
/// sites.
pub fn find_changed(
    sides: &[Families],
    changed: &FxHashSet<FileId>,
    is_elsewhere: bool,
    trails: &mut [Trail],
) -> Option<Vec<Sites>> {
    sides.iter().zip(trails).map(|(families, trail)| changed_on(families, changed, is_elsewhere, trail)).collect()
}

fn changed_on(
    families: &Families,
    changed: &FxHashSet<FileId>,
    is_elsewhere: bool,
    trail: &mut Trail,
) -> Option<Sites> {
    let project = &families.world.project;
    let others = trail.without(changed.iter().map(|file| project.file(*file).path.as_str()));
    let [mut all, mut names] = [(); 2].map(|()| Names::of(families));
    trail.names().for_each(|name| all.add(Identifier::new(name)));
    others.names().for_each(|name| names.add(Identifier::new(name)));
    let search = Search::new(all.sorted().into_iter().map(Identifier::as_str));
    // What a star brings along nobody spells.
    let shims: FxHashSet<FileId> = families.shim_files().collect();
    let mut files = changed.clone();
    files.retain(|file| is_seen(families, *file) && (shims.contains(file) || spells(project.file(*file), &search)));
    // By a name that one of these files passes on, another can pass on more.
    let mut found: FxHashMap<FileId, Found> = FxHashMap::default();
    loop {
        let known = names.count();
        for one in visit_all(families, &names, files.clone()) {
            one.passed_on.iter().for_each(|name| names.add(name.clone()));
            add(&mut found, one);
        }
        if names.count() == known {
            break;
        }
    }
    let passed_on = found.values().map(|found| (project.file(found.file).path.as_str(), &found.passed_on[..]));
    let now = others.with(passed_on);
    if !now.names().eq(trail.names()) {
        return None;
    }
    *trail = now;
    let configs = config::find(families, &all, |_| is_elsewhere);
    Some(gather(families, all, configs, found.into_values().collect()))
}

/// What the files that spell a fresh name add.
fn search(families: &Families, names: &Names, search: &Search) -> Vec<Found> {
    let project = &families.world.project;
    let files = project.par_files();
    let is_spelled = |file| is_seen(families, file) && spells(project.file(file), search);
    files.filter_map(|file| piece(|| is_spelled(file).then(|| in_file(families, names, file)))).collect()
}

/// Whether a file spells a name, be it where it cannot be read.
fn spells(file: &SourceFile, search: &Search) -> bool {
    file.spells(search) || says_beside(file, search)
}

/// Whether a notebook says a name where it cannot be read.
fn says_beside(file: &SourceFile, search: &Search) -> bool {
    file.beside().iter().any(|(_, told)| search.matches(told.as_bytes()))
}

/// Whether this side looks at a file: the interpreter sees no stubs.
fn is_seen(families: &Families, file: FileId) -> bool {
    let project = &families.world.project;
    project.side == Side::Stubs || project.is_own(file)
}

fn visit_all(families: &Families, names: &Names, files: FxHashSet<FileId>) -> Vec<Found> {
    let files = Vec::from_iter(files).into_par_iter().with_max_len(1);
    files.map(|file| piece(|| in_file(families, names, file))).collect()
}

fn gather(families: &Families, names: Names, configs: Vec<ConfigSite>, mut all: Vec<Found>) -> Sites {
    all.sort_by_key(|found| found.file);
    let project = &families.world.project;
    let mut sites = Sites { configs, names, ..Sites::default() };
    for found in all {
        if !found.passed_on.is_empty() {
            sites.passed_on.push((found.file, found.passed_on));
        }
        for (cell, reader) in found.runtime {
            sites.runtime.entry(cell).or_default().push(reader);
        }
        sites.exported.extend(found.exported.iter().cloned());
        sites.patched.extend(found.patched.into_iter().map(|name| (found.file, name)));
        if !found.exported.is_empty() {
            sites.readers.push((found.file, found.exported));
        }
        if project.is_own(found.file) {
            sites.candidates.push(found.file);
            sites.loose.extend(found.sites.iter().flat_map(|sites| sites.loose.iter().map(|site| site.alias.clone())));
            sites.rebound.extend(found.sites.iter().flat_map(|sites| rebound(families, sites)));
            sites.files.extend(found.sites);
        }
    }
    sites.exported.extend(sites.configs.iter().filter_map(ConfigSite::read).cloned());
    sites
}

/// The aliases that a file stores into: `old.Old = …`, `del old.Old`.
fn rebound(families: &Families, sites: &FileSites) -> Vec<Symbol> {
    let facts = families.world.found_in(sites.file, || families.world.facts(sites.file));
    let Some(facts) = facts else { return Vec::new() };
    let stored = sites.uses.iter().filter(|site| is_stored(&facts.syntax.chains[site.chain.index()], site));
    let symbols = stored.filter_map(|site| match &site.target {
        Target::Symbol(hit) => Some(hit.symbol.clone()),
        Target::Module(_) => None,
    });
    symbols.collect()
}

/// Looks at one file, and keeps its facts if there is a site.
fn in_file(families: &Families, names: &Names, file: FileId) -> Found {
    families.world.found_in(file, || look(families, names, file))
}

fn look(families: &Families, names: &Names, file: FileId) -> Found {
    let world = families.world;
    let source = world.project.file(file);
    let says_beside = || says_beside(source, &Search::new(names.sorted().into_iter().map(Identifier::as_str)));
    if !source.beside().is_empty() && says_beside() {
        return in_unreadable(families, names, file);
    }
    let Some(facts) = world.look(file) else { return in_unreadable(families, names, file) };
    let text = world.project.text(file).expect("facts come from a text");
    let visit = Visit { families, world, names, file, facts: &facts, text, attributes: OnceCell::new() };
    let (mut sites, exported, patched) = visit.sites();
    let mut passed_on = import_from::passed_on(&visit, &sites.imports);
    passed_on.extend(shim_getattr::passed_on(&visit));
    let found = member::find(&visit, &sites);
    passed_on.extend(found.passed_on);
    (sites.members, sites.loose) = (found.members, found.loose);
    call::settle(&visit, &mut sites);
    let has_star = facts.bindings.iter().any(|binding| matches!(binding.kind, BindKind::Star));
    let sites = (!sites.is_empty()).then_some(sites);
    if sites.is_some() {
        world.facts(file);
    }
    let runtime = readers::find(&visit);
    Found { file, known: names.count(), sites, exported, patched, runtime, passed_on, has_star }
}

fn in_unreadable(families: &Families, names: &Names, file: FileId) -> Found {
    let holders = unreadable::find(families, file);
    let sites = FileSites { holders, ..FileSites::new(file) };
    let sites = (!sites.is_empty()).then_some(sites);
    let known = names.count();
    Found {
        file,
        known,
        sites,
        exported: Vec::new(),
        patched: Vec::new(),
        runtime: Vec::new(),
        passed_on: Vec::new(),
        has_star: false,
    }
}

impl Visit<'_> {
    /// The sites of the file, the symbols of other files that it reads, and those that it patches.
    fn sites(&self) -> (FileSites, Vec<Symbol>, Vec<Symbol>) {
        let mut sites = FileSites::new(self.file);
        sites.imports = import_from::find(self);
        sites.modules = import_module::find(self);
        sites.stars = import_star::find(self);
        sites.shims = shim::find(self);
        sites.shims.sort_by_key(|site| site.binding);
        let (uses, mut exported) = use_chain::find(self, &sites);
        sites.uses = uses;
        let named = text_path::find(self);
        (sites.texts, sites.holders) = (named.sites, named.holders);
        exported.extend(named.read);
        sites.texts.extend(text_manual::find(self));
        sites.texts.sort_by_key(|site| site.span);
        sites.asserted = assertion::find(self, &sites);
        sites.lookups = shim_getattr::find(self);
        sites.swap = shim_sys_modules::find(self);
        shim_getattr::keep_others(self, &sites.lookups, &mut sites.holders);
        sites.holders.extend(shim_getattr::holders(self));
        exported.extend(import_from::read(self));
        (sites, exported, named.patched)
    }
}
