//! Modules that load each other while they are loaded: one shortest circle for each knot of modules.

use std::collections::VecDeque;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::trouble::{Trouble, TroubleKind};
use crate::project::ModuleId;
use crate::semantics::{Loader, World};

/// The knots of the import graph. That a package is loaded before its modules is no edge: the package names them itself.
pub(super) fn cycles(world: &World) -> Vec<Trouble> {
    let loader = Loader::new(world);
    let modules = (0..world.project.modules.len() as u32).into_par_iter().map(ModuleId);
    let edges: Vec<Vec<usize>> = modules.map(|module| loaded_by(&loader, module)).collect();
    let knots = knots(&edges).into_iter();
    knots.filter_map(|knot| told(world, &shortest_circle(&edges, &knot), knot.len())).collect()
}

/// The modules that the statements of a module ask for when it is loaded.
fn loaded_by(loader: &Loader, module: ModuleId) -> Vec<usize> {
    let project = &loader.world.project;
    let eager = loader.eager(module).into_iter();
    let asked = eager.filter_map(|eager| {
        let inner = eager.name.map(|name| eager.module.child(name.as_str()));
        let inner = inner.and_then(|inner| project.module(inner.as_str()));
        inner.or_else(|| project.module(eager.module.as_str()))
    });
    let mut asked: Vec<usize> = asked.filter(|other| *other != module).map(ModuleId::index).collect();
    asked.sort_unstable();
    asked.dedup();
    asked
}

/// The strongly connected components with more than one member (Tarjan 1972, without recursion), each sorted.
fn knots(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    const NEW: usize = usize::MAX;
    let count = edges.len();
    let (mut order, mut low, mut is_open) = (vec![NEW; count], vec![0; count], vec![false; count]);
    let (mut stack, mut found, mut next) = (Vec::new(), Vec::new(), 0);
    for start in 0..count {
        let mut calls: Vec<(usize, usize)> = if order[start] == NEW { vec![(start, 0)] } else { Vec::new() };
        while let Some((node, edge)) = calls.pop() {
            if edge == 0 {
                (order[node], low[node], is_open[node]) = (next, next, true);
                next += 1;
                stack.push(node);
            }
            match edges[node].get(edge) {
                Some(&other) if order[other] == NEW => calls.extend([(node, edge + 1), (other, 0)]),
                Some(&other) => {
                    if is_open[other] {
                        low[node] = low[node].min(order[other]);
                    }
                    calls.push((node, edge + 1));
                }
                None => {
                    if let Some((caller, _)) = calls.last() {
                        low[*caller] = low[*caller].min(low[node]);
                    }
                    if low[node] == order[node] {
                        let from = stack.iter().rposition(|other| *other == node).expect("a node is on the stack");
                        let mut knot = stack.split_off(from);
                        knot.iter().for_each(|member| is_open[*member] = false);
                        knot.sort_unstable();
                        found.extend((knot.len() > 1).then_some(knot));
                    }
                }
            }
        }
    }
    found
}

/// The shortest way from the first member of a knot back to it.
fn shortest_circle(edges: &[Vec<usize>], knot: &[usize]) -> Vec<usize> {
    let start = knot[0];
    let mut before: FxHashMap<usize, usize> = FxHashMap::default();
    let mut open = VecDeque::from([start]);
    while let Some(node) = open.pop_front() {
        for &other in edges[node].iter().filter(|other| knot.binary_search(other).is_ok()) {
            if other == start {
                let mut way: Vec<usize> = std::iter::successors(Some(node), |node| before.get(node).copied()).collect();
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

fn told(world: &World, circle: &[usize], size: usize) -> Option<Trouble> {
    let project = &world.project;
    let file = project.modules[*circle.first()?].file?;
    let names = circle.iter().chain(circle.first()).map(|module| project.modules[*module].name.to_string());
    let more = if size > circle.len() { format!(" ({size} modules are in the knot)") } else { String::new() };
    let what = format!("{}{more}", names.collect::<Vec<_>>().join(" → "));
    Some(Trouble { path: project.file(file).path.clone(), line: 1, kind: TroubleKind::ImportCycle, what })
}
