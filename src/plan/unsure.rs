//! Stars that run while the module that they ask is still being loaded: nobody can say what names they bring.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::Reason;
use super::context::{Kept, Run};
use super::cycle::Loading;
use super::verify::keep_all;
use crate::project::{FileId, ModuleId};
use crate::python::DottedName;
use crate::semantics::{HopKind, Route};
use crate::site::FileSites;
use crate::text::Span;
use crate::timing::piece;

/// The files in which such a star runs, each with a name that it takes too early, or misses.
type Unsure = BTreeMap<FileId, DottedName>;

/// Keeps these files, and in others what goes through their stars.
pub(super) fn keep_unsure(loading: &Loading, kept: &mut Kept) {
    let run = &loading.run;
    let passed: Vec<_> = run.sites.files.par_iter().map(|sites| (sites, through(run, sites))).collect();
    let unsure = unsure(loading, passed.iter().flat_map(|(_, passed)| passed));
    for (file, name) in &unsure {
        keep_all(run, *file, (Reason::ImportCycle, format!("a star import runs here while {}", why(name))), kept);
    }
    for (sites, passed) in passed {
        for Passed { span, star, .. } in passed {
            let Some(name) = unsure.get(&star).filter(|_| star != sites.file) else { continue };
            let text = format!("a star import runs in `{}` while {}", run.world.module_name(star), why(name));
            kept.keep(sites.file, [span], &(Reason::ImportCycle, text));
        }
    }
}

fn why(name: &DottedName) -> String {
    format!("`{name}` is not bound yet: what it brings depends on who is imported first")
}

/// A site that comes to its alias through a star.
struct Passed {
    span: Span,
    /// The file in which the star runs.
    star: FileId,
    /// The module that the star asks.
    asked: ModuleId,
}

fn through(run: &Run, sites: &FileSites) -> Vec<Passed> {
    let Some(facts) = run.world.facts(sites.file) else { return Vec::new() };
    let passed = |span: Span, route: &Route| {
        let stars = route.iter().zip(route.iter().skip(1)).filter(|(hop, _)| hop.kind == HopKind::Star);
        let asked =
            stars.filter_map(|(hop, next)| Some((hop.file, run.world.project.module(next.symbol.module.as_str())?)));
        asked.map(|(star, asked)| Passed { span, star, asked }).collect::<Vec<_>>()
    };
    let imports = sites.imports.iter().flat_map(|site| {
        passed(facts.bindings[site.binding.index()].span, &run.world.binding(sites.file, site.binding).route)
    });
    let stars = sites.stars.iter().filter_map(|site| {
        let binding = &facts.bindings[site.binding.index()];
        let asked = run.world.imported_module(sites.file, facts, binding)?;
        Some(Passed { span: binding.span, star: sites.file, asked: run.world.project.module(asked.as_str())? })
    });
    let uses = sites.uses.iter().flat_map(|site| {
        let reference = &facts.references[site.chain.index()];
        let steps = run.world.chain(sites.file, reference);
        let route = steps.get(site.attributes).map_or_else(Route::default, |step| step.resolution.route.clone());
        passed(facts.syntax.chains[site.chain.index()].root_span, &route)
    });
    imports.chain(stars).chain(uses).collect()
}

/// The stars of which an import of the module that they ask, as the first of all, shows that they run too early.
fn unsure<'p>(loading: &Loading, passed: impl Iterator<Item = &'p Passed>) -> Unsure {
    let pairs: BTreeSet<_> = passed.map(|passed| (passed.asked, passed.star)).collect();
    let early = |(asked, star): (ModuleId, FileId)| {
        let by = loading.run.world.module_name(star);
        let early = loading.old.import(asked).early.into_iter().find(|early| early.by_star && early.by == by)?;
        Some((star, early.name))
    };
    Vec::from_iter(pairs).into_par_iter().with_max_len(1).filter_map(|pair| piece(|| early(pair))).collect()
}
