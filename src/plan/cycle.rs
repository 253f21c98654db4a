//! The law about import cycles: no module that could be imported first reads a name too early that it did not before.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Reason;
use super::compose::Composed;
use super::context::{Kept, Run};
use crate::project::{FileId, ModuleId};
use crate::python::syntax::BindingId;
use crate::python::{DottedName, Identifier, Symbol};
use crate::semantics::{Eager, Failure, Loader};
use crate::site::{FileSites, Target};
use crate::text::Span;

/// The tree before and after, as an interpreter loads it.
pub(super) struct Loading<'a> {
    pub run: Run<'a>,
    pub old: Loader<'a>,
    pub new: Loader<'a>,
    /// What is kept in the composition that is being proven.
    pub kept: &'a Kept,
}

/// A changed file with the imports that run when it is loaded and that it did not have.
struct Changed {
    file: FileId,
    name: DottedName,
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
type Entries = BTreeMap<DottedName, BTreeSet<FileId>>;

/// Keeps the sites, or sends them elsewhere on the canonical route, whose new imports come too early.
pub(super) fn keep_cycles(loading: &Loading, composed: &Composed, kept: &mut Kept) {
    let changed = changed_files(loading, composed);
    let entries = entries(loading, &changed);
    let failures: Vec<_> =
        entries.par_iter().flat_map_iter(|(entry, files)| new_failures(loading, entry, files)).collect();
    let mut blamed = Blamed::new();
    for (failure, files) in failures {
        for (file, site) in blame(loading, &changed, &failure, files) {
            let canonical = site.canonical();
            let first = || (BTreeSet::new(), text(&loading.new, &failure));
            blamed.entry((file, canonical)).or_insert_with(first).0.insert(site.span);
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
    let edited = composed.files.iter().filter(|file| !file.written.edits.is_empty());
    edited.filter_map(|file| changed_file(loading, file.file)).collect()
}

/// The fresh imports of a file, if it has any and stays in the tree.
fn changed_file(loading: &Loading, file: FileId) -> Option<Changed> {
    let module = loading.run.world.module_of(file)?;
    let name = loading.run.world.module_name(file);
    let new = module_called(&loading.new, &name)?;
    let asks = |eager: &Eager| (eager.module.clone(), eager.name.clone());
    let before: FxHashSet<(DottedName, Option<Identifier>)> = loading.old.eager(module).iter().map(asks).collect();
    let fresh: Vec<_> = loading.new.eager(new).into_iter().filter(|eager| !before.contains(&asks(eager))).collect();
    (!fresh.is_empty()).then_some(Changed { file, name, fresh })
}

fn module_called(loader: &Loader, name: &DottedName) -> Option<ModuleId> {
    loader.world.project.namesakes(name.as_str()).next()
}

/// Every module of a cycle that a fresh import closes, and every freshly imported module itself.
fn entries(loading: &Loading, changed: &[Changed]) -> Entries {
    let loader = &loading.new;
    let mut closures: FxHashMap<ModuleId, FxHashSet<ModuleId>> = FxHashMap::default();
    let mut entries = Entries::new();
    for file in changed {
        let Some(own) = module_called(loader, &file.name) else { continue };
        for target in file.fresh.iter().filter_map(|eager| module_called(loader, &eager.module)) {
            let closure = closures.entry(target).or_insert_with(|| loader.closure(target));
            if !closure.contains(&own) {
                continue;
            }
            for module in cycle(loader, closure, own) {
                let name = loader.world.project.modules[module.index()].name.clone();
                entries.entry(name).or_default().insert(file.file);
            }
        }
    }
    entries
}

/// The modules of a closure that lead to `to`.
fn cycle(loader: &Loader, closure: &FxHashSet<ModuleId>, to: ModuleId) -> FxHashSet<ModuleId> {
    let mut importers: FxHashMap<ModuleId, Vec<ModuleId>> = FxHashMap::default();
    for module in closure {
        for &loaded in loader.direct(*module) {
            importers.entry(loaded).or_default().push(*module);
        }
    }
    let mut found = FxHashSet::from_iter([to]);
    let mut open = vec![to];
    while let Some(module) = open.pop() {
        let fresh = importers.get(&module).into_iter().flatten().copied();
        open.extend(fresh.filter(|importer| found.insert(*importer)));
    }
    found
}

/// What fails after the change when `entry` is imported first, and did not before.
fn new_failures<'f>(
    loading: &Loading,
    entry: &DottedName,
    files: &'f BTreeSet<FileId>,
) -> Vec<(Failure, &'f BTreeSet<FileId>)> {
    let Some(module) = module_called(&loading.new, entry) else { return Vec::new() };
    let failures = loading.new.import(module);
    let before = match module_called(&loading.old, entry) {
        Some(module) if !failures.is_empty() => loading.old.import(module),
        _ => Vec::new(),
    };
    let is_old = |failure: &Failure| before.iter().any(|before| was(loading, before, failure));
    failures.into_iter().filter(|failure| !is_old(failure)).map(|failure| (failure, files)).collect()
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
    let all = changed.iter().filter(|changed| files.contains(&changed.file));
    all.flat_map(|file| sites_behind(loading, file, |_| true)).collect()
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
        _ => format!("`{}` would not be there when it is read", failure.wanted),
    }
}
