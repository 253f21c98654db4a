//! The law about import cycles: no module that could be imported first reads a name too early that it did not before.
//!
//! An import that is new can do that, and so can one that went: what it loaded is loaded later, from another side.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::Reason;
use super::compose::Composed;
use super::context::{Kept, Run};
use super::entered::Cycles;
use crate::project::{FileId, ModuleId};
use crate::python::syntax::BindingId;
use crate::python::{DottedName, Identifier, Symbol};
use crate::semantics::{Eager, Failure, Loader};
use crate::site::{FileSites, Target};
use crate::text::{Search, Span};
use crate::timing::piece;

/// The tree before and after, as an interpreter loads it.
pub(super) struct Loading<'a> {
    pub run: Run<'a>,
    pub old: Loader<'a>,
    pub new: Loader<'a>,
    /// What is kept in the composition that is being proven.
    pub kept: &'a Kept,
}

/// A changed file that loads other modules than before when it is loaded, or in another order.
struct Changed {
    file: FileId,
    name: DottedName,
    old: ModuleId,
    new: ModuleId,
    /// The imports that run then and that it did not have.
    fresh: Vec<Eager>,
}

/// A site with a part in what its file imports when it is loaded.
pub(super) struct Site {
    pub span: Span,
    pub target: Target,
}

impl Site {
    /// The canonical symbol that the site shall name.
    fn canonical(&self) -> Option<Symbol> {
        match &self.target {
            Target::Symbol(hit) => Some(hit.target.clone()),
            Target::Module(_) => None,
        }
    }
}

/// The sites that cause failures, by file and canonical symbol, with what fails.
type Blamed = BTreeMap<(FileId, Option<Symbol>), (BTreeSet<Span>, String)>;

/// Modules to begin with, each with the changed files that can be the reason of what fails then.
type Entries = BTreeMap<ModuleId, BTreeSet<FileId>>;

/// The cycles in which something can change, each with the files that can be the reason.
type Touched = BTreeMap<usize, BTreeSet<FileId>>;

/// Keeps the sites, or sends them elsewhere on the canonical route, whose imports come too early or go too soon.
pub(super) fn keep_cycles(loading: &Loading, composed: &Composed, kept: &mut Kept) {
    let changed = changed_files(loading, composed);
    let loaded = |file: &Changed| loading.old.direct(file.old).iter().filter_map(|module| renumbered(loading, *module));
    let cycles = Cycles::behind(&loading.new, changed.iter().flat_map(|file| loaded(file).chain([file.new])));
    let touched = touched(loading, &changed, &cycles);
    let mut entries = inside(&cycles, &touched);
    entries.extend(dissolved(loading, &changed, &cycles));
    if entries.is_empty() {
        return;
    }
    let imports = imports(loading, entries);
    let fails: FxHashSet<ModuleId> = imports.iter().filter(|import| import.fails).map(|import| import.entry).collect();
    let outside = outside(loading, &changed, &cycles, (&touched, &fails));
    let outside = self::imports(loading, outside);
    let mut blamed = Blamed::new();
    for import in imports.iter().chain(&outside) {
        for failure in &import.fresh {
            for (file, site) in blame(loading, &changed, failure, &import.files) {
                let canonical = site.canonical();
                let first = || (BTreeSet::new(), text(&loading.new, failure));
                blamed.entry((file, canonical)).or_insert_with(first).0.insert(site.span);
            }
        }
    }
    for ((file, canonical), (spans, text)) in blamed {
        let has_detour = canonical.is_some_and(|canonical| kept.detour(&loading.run, file, &canonical));
        if !has_detour {
            kept.keep(file, spans, &(Reason::ImportCycle, text));
        }
    }
}

fn changed_files(loading: &Loading, composed: &Composed) -> Vec<Changed> {
    let edited = composed.files.par_iter().with_max_len(1).filter(|file| !file.written.edits.is_empty());
    edited.filter_map(|file| piece(|| changed_file(loading, file.file))).collect()
}

/// What a file loads otherwise, if it does and stays in the tree.
fn changed_file(loading: &Loading, file: FileId) -> Option<Changed> {
    let old = loading.run.world.module_of(file)?;
    let name = loading.run.world.module_name(file);
    let new = module_called(&loading.new, &name)?;
    let asks = |eager: &Eager| (eager.module.clone(), eager.name.clone());
    let before: FxHashSet<(DottedName, Option<Identifier>)> = loading.old.eager(old).iter().map(asks).collect();
    let fresh: Vec<_> = loading.new.eager(new).into_iter().filter(|eager| !before.contains(&asks(eager))).collect();
    let differs = || names(&loading.old, old).ne(names(&loading.new, new));
    (!fresh.is_empty() || differs()).then_some(Changed { file, name, old, new, fresh })
}

/// The names of the modules that a module loads by its own statements.
fn names<'a>(loader: &'a Loader, module: ModuleId) -> impl Iterator<Item = &'a DottedName> {
    loader.direct(module).iter().map(|module| &loader.world.project.modules[module.index()].name)
}

fn module_called(loader: &Loader, name: &DottedName) -> Option<ModuleId> {
    loader.world.project.namesakes(name.as_str()).next()
}

/// The module of the changed tree that has the name of one before.
fn renumbered(loading: &Loading, module: ModuleId) -> Option<ModuleId> {
    module_called(&loading.new, &loading.old.world.project.modules[module.index()].name)
}

/// The cycles that changed files are in, and those that they come into by another module than before.
fn touched(loading: &Loading, changed: &[Changed], cycles: &Cycles) -> Touched {
    let touched_by = |file: &Changed| {
        let before = cycles.entered(&loading.old, file.old, |module| renumbered(loading, module));
        let after = cycles.entered(&loading.new, file.new, Some);
        let own = cycles.of(file.new);
        let all: BTreeSet<usize> = before.keys().chain(after.keys()).chain(&own).copied().collect();
        let differs = |cycle: &usize| own == Some(*cycle) || before.get(cycle) != after.get(cycle);
        all.into_iter().filter(differs).map(|cycle| (cycle, file.file)).collect::<Vec<_>>()
    };
    let pairs: Vec<_> = changed.par_iter().with_max_len(1).flat_map_iter(|file| piece(|| touched_by(file))).collect();
    let mut touched = Touched::new();
    for (cycle, file) in pairs {
        touched.entry(cycle).or_default().insert(file);
    }
    touched
}

/// Every module of the cycles that changed files were in, and that is in none any more.
fn dissolved(loading: &Loading, changed: &[Changed], cycles: &Cycles) -> Entries {
    let before = Cycles::behind(&loading.old, changed.iter().map(|file| file.old));
    let mut entries = Entries::new();
    for file in changed {
        let members = before.of(file.old).map(|cycle| &before.members[cycle]);
        let members = members.into_iter().flatten().filter_map(|module| renumbered(loading, *module));
        for module in members.filter(|module| cycles.of(*module).is_none()) {
            entries.entry(module).or_default().insert(file.file);
        }
    }
    entries
}

/// Every module of the cycles in which something can change.
fn inside(cycles: &Cycles, touched: &Touched) -> Entries {
    let members = |cycle: &usize| cycles.members[*cycle].iter().copied();
    touched.iter().flat_map(|(cycle, files)| members(cycle).map(|module| (module, files.clone()))).collect()
}

/// The modules that come now into a cycle by a module with which it `fails`, and did not before.
///
/// Such a module has changed, or loads one that has and does not come into the cycle itself any more.
fn outside(
    loading: &Loading,
    changed: &[Changed],
    cycles: &Cycles,
    (touched, fails): (&Touched, &FxHashSet<ModuleId>),
) -> Entries {
    let is_bad = |cycle: &usize| cycles.members[*cycle].iter().any(|module| fails.contains(module));
    let bad: Touched =
        touched.iter().filter(|(cycle, _)| is_bad(cycle)).map(|(id, files)| (*id, files.clone())).collect();
    let reasons: FxHashSet<FileId> = bad.values().flatten().copied().collect();
    let mut open: Vec<_> = changed.iter().filter(|file| reasons.contains(&file.file)).map(|file| file.new).collect();
    let mut known = FxHashSet::from_iter(open.iter().copied());
    let mut entries = Entries::new();
    while !open.is_empty() {
        let turns: Vec<_> = open
            .par_iter()
            .with_max_len(1)
            .map(|module| piece(|| turn(loading, *module, cycles, (&bad, fails))))
            .collect();
        let mut left = Vec::new();
        for (module, (files, leaves)) in open.into_iter().zip(turns) {
            left.extend(leaves.then_some(module));
            if !files.is_empty() {
                entries.insert(module, files);
            }
        }
        open = importers(&loading.new, &left);
        open.retain(|module| known.insert(*module));
    }
    entries
}

/// The reasons why a module comes into a `bad` cycle by a module with which it `fails` and did not before, and whether it
/// has come into one and does no more.
fn turn(
    loading: &Loading,
    entry: ModuleId,
    cycles: &Cycles,
    (bad, fails): (&Touched, &FxHashSet<ModuleId>),
) -> (BTreeSet<FileId>, bool) {
    let before = module_called(&loading.old, &loading.new.world.project.modules[entry.index()].name);
    let before = before.map(|old| cycles.entered(&loading.old, old, |module| renumbered(loading, module)));
    let before = before.unwrap_or_default();
    let after = cycles.entered(&loading.new, entry, Some);
    let is_now_bad = |cycle: &usize| {
        let first = after.get(cycle);
        first.is_some_and(|first| fails.contains(first)) && first != before.get(cycle)
    };
    let files = bad.iter().filter(|(cycle, _)| is_now_bad(cycle)).flat_map(|(_, files)| files).copied().collect();
    (files, bad.keys().any(|cycle| before.contains_key(cycle) && !after.contains_key(cycle)))
}

/// The modules that load one of `loaded` by their own statements, or lie in it.
fn importers(loader: &Loader, loaded: &[ModuleId]) -> Vec<ModuleId> {
    if loaded.is_empty() {
        return Vec::new();
    }
    let project = &loader.world.project;
    let names: FxHashSet<&DottedName> = loaded.iter().map(|module| &project.modules[module.index()].name).collect();
    let lasts: Vec<Identifier> = names.iter().map(|name| name.last()).collect();
    let search = Search::new(lasts.iter().map(Identifier::as_str));
    let can_load = |module: &ModuleId| {
        let module = &project.modules[module.index()];
        let lies_in = module.name.parent().is_some_and(|parent| names.contains(&parent));
        lies_in || module.file.is_some_and(|file| project.file(file).spells(&search))
    };
    let loads = |module: &ModuleId| loader.direct(*module).iter().any(|direct| loaded.contains(direct));
    let all = (0..project.modules.len() as u32).into_par_iter().with_max_len(8).map(ModuleId);
    all.filter(|module| piece(|| can_load(module) && loads(module))).collect()
}

/// What importing one module first does after the change.
struct Import {
    entry: ModuleId,
    files: BTreeSet<FileId>,
    /// A module is asked for what it has not bound yet, as it is still being loaded.
    fails: bool,
    /// What did not fail before.
    fresh: Vec<Failure>,
}

fn imports(loading: &Loading, entries: Entries) -> Vec<Import> {
    Vec::from_iter(entries)
        .into_par_iter()
        .with_max_len(1)
        .map(|(entry, files)| piece(|| import(loading, entry, files)))
        .collect()
}

fn import(loading: &Loading, entry: ModuleId, files: BTreeSet<FileId>) -> Import {
    let after = loading.new.import(entry);
    let name = &loading.new.world.project.modules[entry.index()].name;
    let before = module_called(&loading.old, name).map(|module| loading.old.import(module)).unwrap_or_default();
    let is_old = |failure: &Failure| before.failures.iter().any(|before| was(loading, before, failure));
    let fails = after.failures.iter().any(Failure::is_too_early);
    let has_gone =
        |failure: &&Failure| failure.is_caught && !after.failures.iter().any(|now| now.wanted == failure.wanted);
    let turned = before.early.symmetric_difference(&after.early).map(|early| &early.name);
    let turned = turned.chain(before.failures.iter().filter(has_gone).map(|failure| &failure.wanted)).map(turned_at);
    let turned: Vec<_> = turned.collect();
    let fresh = after.failures.into_iter().filter(|failure| !is_old(failure)).chain(turned).collect();
    Import { entry, files, fails, fresh }
}

/// A name is taken before or after it is bound anew, and it was the other way round; or it is there, and the handler for
/// its absence does not run any more.
fn turned_at(name: &DottedName) -> Failure {
    Failure { stack: Vec::new(), wanted: name.clone(), lacking: None, is_caught: false }
}

/// Whether the same name was wanted too early before by the same module, or by one that it went through.
fn was(loading: &Loading, before: &Failure, after: &Failure) -> bool {
    let Some(failing) = after.stack.last() else { return false };
    let failing = &loading.new.world.project.modules[failing.module.index()].name;
    let mut stack = before.stack.iter().map(|at| &loading.old.world.project.modules[at.module.index()].name);
    before.wanted == after.wanted && stack.any(|module| module == failing)
}

/// Finds the fresh imports that led to a failure, the innermost first.
fn blame(loading: &Loading, changed: &[Changed], failure: &Failure, files: &BTreeSet<FileId>) -> Vec<(FileId, Site)> {
    let project = &loading.new.world.project;
    for at in failure.stack.iter().rev() {
        let name = &project.modules[at.module.index()].name;
        let Some(file) = changed.iter().find(|file| file.name == *name) else { continue };
        let found = sites_behind(loading, file, |eager| eager.statement == at.statement);
        if !found.is_empty() {
            return found;
        }
    }
    let all = || changed.iter().filter(|changed| files.contains(&changed.file));
    let found: Vec<_> = all().flat_map(|file| sites_behind(loading, file, |_| true)).collect();
    if found.is_empty() { all().flat_map(|file| sites_of(loading, file)).collect() } else { found }
}

/// All sites of a file that have a part in what it imports.
fn sites_of(loading: &Loading, file: &Changed) -> Vec<(FileId, Site)> {
    let sites = loading.run.sites.of(file.file).into_iter().flat_map(|sites| eager_sites(loading, sites));
    sites.map(|site| (file.file, site)).collect()
}

/// The sites of a file that some of its fresh imports stand for.
fn sites_behind(loading: &Loading, file: &Changed, is_meant: impl Fn(&Eager) -> bool) -> Vec<(FileId, Site)> {
    let Some(sites) = loading.run.sites.of(file.file) else { return Vec::new() };
    let modules: FxHashSet<_> = file.fresh.iter().filter(|eager| is_meant(eager)).map(|eager| &eager.module).collect();
    let all = eager_sites(loading, sites).into_iter();
    let behind = all.filter(|site| {
        let module = match &site.target {
            Target::Symbol(hit) => loading.kept.target(&loading.run, file.file, &hit.target).module,
            Target::Module(hit) => hit.target.clone(),
        };
        modules.iter().any(|fresh| **fresh == module || Some(*fresh) == module.parent().as_ref())
    });
    behind.map(|site| (file.file, site)).collect()
}

/// The sites of a file that have a part in what it imports when it is loaded.
pub(super) fn eager_sites(loading: &Loading, sites: &FileSites) -> Vec<Site> {
    let Some(facts) = loading.run.world.facts(sites.file) else { return Vec::new() };
    let span = |id: BindingId| facts.bindings[id.index()].span;
    let is_eager = |id: BindingId| loading.old.is_eager(sites.file, id);
    let symbols = sites.imports.iter().map(|site| (site.binding, Target::Symbol(site.hit.clone())));
    let stars = sites.stars.iter().map(|site| (site.binding, Target::Symbol(site.hit.clone())));
    let shims = sites.shims.iter().map(|site| (site.binding, Target::Symbol(site.hit.clone())));
    let modules = sites.modules.iter().map(|site| (site.binding, Target::Module(site.hit.clone())));
    let bindings = symbols.chain(stars).chain(shims).chain(modules).filter(|(id, _)| is_eager(*id));
    let bindings = bindings.map(|(id, target)| Site { span: span(id), target });
    let chains = sites.uses.iter().filter(|site| {
        let reach = &facts.references[site.chain.index()].reach;
        site.attributes > 0 && reach.bindings.iter().any(|id| is_eager(*id))
    });
    let chains = chains.map(|site| {
        let span = facts.syntax.chains[site.chain.index()].root_span;
        Site { span, target: site.target.clone() }
    });
    bindings.chain(chains).collect()
}

/// What happens, for people: the way round, and the name that is not bound yet.
pub(super) fn text(loader: &Loader, failure: &Failure) -> String {
    let name = |module: ModuleId| loader.world.project.modules[module.index()].name.to_string();
    let modules: Vec<ModuleId> = failure.stack.iter().map(|at| at.module).collect();
    let begin = modules.iter().position(|module| Some(*module) == failure.lacking);
    match (begin, failure.lacking) {
        (Some(begin), Some(lacking)) => {
            let path: Vec<_> = modules[begin..].iter().copied().chain([lacking]).map(name).collect();
            format!("`{}` would be read before it is bound: {}", failure.wanted, path.join(" → "))
        }
        _ if failure.stack.is_empty() => format!("`{}` would be another object when it is read", failure.wanted),
        _ => format!("`{}` would not be there when it is read", failure.wanted),
    }
}
