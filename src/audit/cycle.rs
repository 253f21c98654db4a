//! Modules that load each other while they are loaded: one shortest circle for each knot of modules.

use std::collections::VecDeque;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::survey::Survey;
use super::trouble::{Trouble, TroubleKind};
use crate::project::ModuleId;
use crate::semantics::{Loader, World, knots};
use crate::timing::piece;

/// What each module loads by its own statements.
type Edges = Vec<Vec<ModuleId>>;

/// The knots of the import graph. That a package is loaded before its modules is no edge: the package names them itself.
pub(super) fn cycles(survey: &Survey) -> Vec<Trouble> {
    let (world, loaded) = (survey.world, &survey.answers.loaded);
    let loader = Loader::new(world);
    let count = world.project.modules.len() as u32;
    let edges: Edges = (0..count)
        .into_par_iter()
        .with_max_len(8)
        .map(ModuleId)
        .map(|module| piece(|| loaded.answer(module, || loaded_by(&loader, module))))
        .collect();
    let mut knots = knots((0..count).map(ModuleId), |module| &edges[module.index()]);
    knots.iter_mut().for_each(|knot| knot.sort_unstable());
    knots.iter().filter_map(|knot| told(world, &shortest_circle(&edges, knot), knot.len())).collect()
}

/// The modules that the statements of a module ask for when it is loaded.
fn loaded_by(loader: &Loader, module: ModuleId) -> Vec<ModuleId> {
    let project = &loader.world.project;
    let eager = loader.eager(module).into_iter();
    let asked = eager.filter_map(|eager| {
        let inner = eager.name.map(|name| eager.module.child(name.as_str()));
        let inner = inner.and_then(|inner| project.module(inner.as_str()));
        inner.or_else(|| project.module(eager.module.as_str()))
    });
    let mut asked: Vec<ModuleId> = asked.filter(|other| *other != module).collect();
    asked.sort_unstable();
    asked.dedup();
    asked
}

/// The shortest way from the first member of a knot back to it.
fn shortest_circle(edges: &Edges, knot: &[ModuleId]) -> Vec<ModuleId> {
    let start = knot[0];
    let mut before: FxHashMap<ModuleId, ModuleId> = FxHashMap::default();
    let mut open = VecDeque::from([start]);
    while let Some(node) = open.pop_front() {
        for &other in edges[node.index()].iter().filter(|other| knot.binary_search(other).is_ok()) {
            if other == start {
                let mut way: Vec<ModuleId> =
                    std::iter::successors(Some(node), |node| before.get(node).copied()).collect();
                way.reverse();
                return way;
            }
            before.entry(other).or_insert_with(|| {
                open.push_back(other);
                node
            });
        }
    }
    Vec::new()
}

fn told(world: &World, circle: &[ModuleId], size: usize) -> Option<Trouble> {
    let project = &world.project;
    let file = project.modules[circle.first()?.index()].file?;
    let names = circle.iter().chain(circle.first()).map(|module| project.modules[module.index()].name.to_string());
    let more = if size > circle.len() { format!(" ({size} modules are in the knot)") } else { String::new() };
    let what = format!("{}{more}", names.collect::<Vec<_>>().join(" → "));
    Some(Trouble { path: project.file(file).path.clone(), line: 1, kind: TroubleKind::ImportCycle, what })
}
