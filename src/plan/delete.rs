//! Files that held nothing but shims, and what keeps them.

use std::cell::OnceCell;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::compose::{Composed, ComposedFile};
use super::context::Run;
use super::{Refusal, mention};
use crate::project::FileId;
use crate::python::syntax::BindKind;
use crate::python::{DottedName, Identifier};
use crate::rule::{Modules, Shims};
use crate::semantics::{Facts, Origin, World, is_hollow};
use crate::site::{Kind, ShimSite};
use crate::text::Search;
use crate::timing::piece;

/// Modules that frameworks and tools look up by name (Django, pytest, Python itself).
const BY_NAME: [&str; 18] = [
    "__main__",
    "conftest",
    "setup",
    "manage",
    "settings",
    "urls",
    "wsgi",
    "asgi",
    "admin",
    "apps",
    "models",
    "views",
    "tests",
    "signals",
    "tasks",
    "celery",
    "forms",
    "middleware",
];

/// What becomes of the files that are left with nothing.
#[derive(Default)]
pub(super) struct Emptied {
    /// Those that go, with the rule that says so.
    pub deleted: Vec<(FileId, usize)>,
    /// The modules that something needs, so that they keep their shims, with a file that does.
    pub needed: Vec<(DottedName, String)>,
    /// The strings and broken files that need one.
    pub refusals: Vec<Refusal>,
}

/// What the unchanged tree says of modules that would go: asked once for all rounds.
#[derive(Default)]
pub(super) struct Asked {
    mentions: FxHashMap<(FileId, usize), Vec<Refusal>>,
    /// The files that list modules (`pkgutil`).
    listing: OnceCell<Vec<FileId>>,
}

impl Asked {
    /// The places that need each of the files without importing it.
    fn mentions(&mut self, run: &Run, files: &[(FileId, usize)]) -> &FxHashMap<(FileId, usize), Vec<Refusal>> {
        let fresh: Vec<_> = files.iter().copied().filter(|file| !self.mentions.contains_key(file)).collect();
        if !fresh.is_empty() {
            let refusals = mention::refusals(run, &fresh);
            self.mentions.extend(fresh.into_iter().zip(refusals));
        }
        &self.mentions
    }

    fn listing(&self, run: &Run) -> &[FileId] {
        self.listing.get_or_init(|| {
            let search = Search::new(["iter_modules", "walk_packages"]);
            let lists = |file: &FileId| run.world.project.file(*file).spells(&search);
            run.world.project.par_files().filter(lists).collect()
        })
    }
}

/// Judges the files that the edits empty; `new` is the world in which the edits are made.
pub(super) fn emptied(run: &Run, composed: &Composed, new: &World, asked: &mut Asked) -> Emptied {
    let mut candidates: Vec<_> = composed.files.iter().filter_map(|file| candidate(run, composed, file, new)).collect();
    candidates.retain(|(file, _)| is_plain_module(run, *file, asked));
    let mut emptied = Emptied::default();
    if candidates.is_empty() {
        return emptied;
    }
    let composed_file = |refusal: &Refusal| {
        let file = run.world.project.file_by_path(&refusal.path);
        composed.files.iter().find(|composed| Some(composed.file) == file)
    };
    let is_rewritten =
        |refusal: &&Refusal| composed_file(refusal).is_some_and(|file| file.written.edits.covers(refusal.span));
    let is_listed = |refusal: &&Refusal| {
        let has = |file: &ComposedFile| file.refusals.iter().any(|listed| listed.span == refusal.span);
        composed_file(refusal).is_some_and(has)
    };
    let mut needed = needed_modules(new, &candidates, run);
    let mentions = asked.mentions(run, &candidates);
    for candidate in &candidates {
        let refusals: Vec<_> = mentions[candidate].iter().filter(|refusal| !is_rewritten(refusal)).collect();
        if !refusals.is_empty() {
            needed.insert(run.world.module_name(candidate.0), refusals[0].path.clone());
            emptied.refusals.extend(refusals.into_iter().filter(|refusal| !is_listed(refusal)).cloned());
        }
    }
    for (file, rule) in candidates {
        let names = run.world.project.modules_of(file).iter().map(|id| &run.world.project.modules[id.index()].name);
        let needs = |name: &DottedName| {
            needed.get(name).cloned().or_else(|| composed.kept.keeps_module(name).then(String::new))
        };
        let kept: Vec<_> = names.filter_map(|name| Some((name.clone(), needs(name)?))).collect();
        if kept.is_empty() {
            emptied.deleted.push((file, rule));
        } else if !passes_on(run, file, new) {
            emptied.needed.extend(kept);
        }
    }
    emptied
}

/// Whether what is left of a file imports something by name, which others can read from it.
fn passes_on(run: &Run, file: FileId, new: &World) -> bool {
    let path = &run.world.project.file(file).path;
    let facts = new.project.file_by_path(path).and_then(|file| new.look(file));
    facts.is_some_and(|facts| facts.bindings.iter().any(|binding| matches!(binding.kind, BindKind::From(_))))
}

fn candidate(run: &Run, composed: &Composed, file: &ComposedFile, new: &World) -> Option<(FileId, usize)> {
    let source = run.world.project.file(file.file);
    let new_file = new.project.file_by_path(&source.path)?;
    let module = run.world.module_of(file.file)?;
    let alias = run.families.module(&run.world.project.modules[module.index()].name).map(|(rule, _)| rule);
    let star = run.sites.of(file.file).and_then(|sites| sites.shims.iter().find(|shim| shim.kind == Kind::ShimStar));
    let rule = file.removed.first().map(|note| note.rule).or(alias).or(star.map(|shim| shim.hit.rule))?;
    let is_blocked = run.families.blocked.contains_key(&rule);
    let deletes = run.rules().rules[rule].modules == Modules::DeleteEmpty && source.editable && !is_blocked;
    let stays = |shim: &ShimSite| {
        let rule = &run.rules().rules[shim.hit.rule];
        rule.shims != Shims::Remove || rule.modules == Modules::Keep || composed.kept.keeps(&shim.hit.alias)
    };
    if run.sites.of(file.file).is_some_and(|sites| sites.shims.iter().any(stays)) {
        return None;
    }
    let hollow = new.look(new_file).is_some_and(|facts| is_hollow(&facts));
    (deletes && hollow).then_some((file.file, rule))
}

/// No package that holds anything else, and no module that is looked up by its name.
fn is_plain_module(run: &Run, file: FileId, asked: &Asked) -> bool {
    let project = &run.world.project;
    let path = &project.file(file).path;
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let name = name.rsplit_once('.').map_or(name, |(name, _)| name);
    if is_iterated(run, file, asked) {
        return false;
    }
    if name == "__init__" {
        let is_inside = |path: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let twin = project.twin(file).map(|twin| &project.file(twin).path);
        let mut others = project.files.iter().filter(|other| other.path != *path && Some(&other.path) != twin);
        return !folder.is_empty() && !others.any(|other| is_inside(&other.path));
    }
    !BY_NAME.contains(&name)
}

/// Whether code somewhere lists the modules of the package (`pkgutil`): each of them is seen by its name.
fn is_iterated(run: &Run, file: FileId, asked: &Asked) -> bool {
    let Some(package) = run.world.module_name(file).parent() else { return false };
    asked.listing(run).iter().any(|file| iterates(run, *file, &package))
}

fn iterates(run: &Run, file: FileId, package: &DottedName) -> bool {
    let Some(facts) = run.world.facts(file) else { return false };
    let in_package = run.world.module_name(file) == *package;
    facts.references.iter().any(|reference| {
        let chain = &facts.syntax.chains[reference.chain.index()];
        chain.last().as_str() == "__path__"
            && (in_package && chain.attributes.is_empty()
                || run.world.chain(file, reference).iter().any(|step| match &step.resolution.origin {
                    Origin::Module(module) => package.strip_prefix(module).is_some(),
                    _ => false,
                }))
    })
}

/// The modules among the candidates that code in the changed tree still imports or reaches by attribute, each with the
/// first file that does.
pub(super) fn needed_modules(new: &World, candidates: &[(FileId, usize)], run: &Run) -> FxHashMap<DottedName, String> {
    let modules: Vec<DottedName> = candidates.iter().map(|(file, _)| run.world.module_name(*file)).collect();
    let going: FxHashSet<&str> =
        candidates.iter().map(|(file, _)| run.world.project.file(*file).path.as_str()).collect();
    let lasts: Vec<_> = modules.iter().map(DottedName::last).collect();
    let lasts = Search::new(lasts.iter().map(Identifier::as_str));
    let spells = |file: &FileId| {
        let source = new.project.file(*file);
        source.spells(&lasts) && !going.contains(source.path.as_str())
    };
    let used = |file: FileId| -> Vec<(DottedName, FileId)> {
        let Some(facts) = new.look(file) else { return Vec::new() };
        let modules = used_modules(new, file, &facts).filter(|module| modules.contains(module));
        modules.map(|module| (module, file)).collect()
    };
    let files = new.project.par_files();
    let used: Vec<_> = files.filter(spells).flat_map_iter(|file| piece(|| used(file))).collect();
    let last_first = used.into_iter().rev();
    last_first.map(|(module, file)| (module, new.project.file(file).path.clone())).collect()
}

/// Every module that the imports and chains of a file lead to.
fn used_modules<'a>(world: &'a World, file: FileId, facts: &'a Facts) -> impl Iterator<Item = DottedName> + 'a {
    let imports = facts.bindings.iter().enumerate().flat_map(move |(index, binding)| {
        let module = world.imported_module(file, facts, binding);
        let given =
            module.is_some().then(|| world.binding(file, crate::python::syntax::BindingId(index as u32)).origin);
        let given = match given {
            Some(Origin::Module(module)) => Some(module),
            _ => None,
        };
        module.into_iter().chain(given)
    });
    let chains =
        facts.references.iter().filter(|reference| !facts.syntax.chains[reference.chain.index()].attributes.is_empty());
    let attributes = chains.flat_map(move |reference| {
        world.chain(file, reference).into_iter().filter_map(|step| match step.resolution.origin {
            Origin::Module(module) => Some(module),
            _ => None,
        })
    });
    imports.chain(attributes)
}
