//! Aliases that a star brings and that stay with it: a star is never removed from a file that says more.

use super::compose::Composed;
use super::context::Run;
use super::{Reason, Refusal};
use crate::project::FileId;
use crate::rule::Shims;
use crate::semantics::World;
use crate::site::{Kind, ShimSite, Target};

/// The declared aliases that are there after the change as stars bring them, and that nothing else speaks of.
pub(super) fn left_stars(run: &Run, composed: &Composed, new: &World) -> Vec<Refusal> {
    let listed = |file: FileId, rule: usize, start: usize| {
        let file = composed.files.iter().find(|composed| composed.file == file);
        file.is_some_and(|file| file.refusals.iter().any(|told| told.rule == rule && told.span.start() == start))
    };
    let mut left = Vec::new();
    for sites in &run.sites.files {
        let path = &run.world.project.file(sites.file).path;
        let (Some(facts), Some(_)) = (run.world.facts(sites.file), new.project.file_by_path(path)) else { continue };
        let is_left = |shim: &&ShimSite| {
            let span = facts.bindings[shim.binding.index()].span;
            let is_asked = run.rules().rules[shim.hit.rule].shims == Shims::Remove;
            let canonical = || run.families.target_origin(&Target::Symbol(shim.hit.clone()));
            let is_there = || new.symbol(&shim.hit.alias).origin == canonical();
            shim.kind == Kind::ShimStar && is_asked && !listed(sites.file, shim.hit.rule, span.start()) && is_there()
        };
        left.extend(sites.shims.iter().filter(is_left).map(|shim| {
            let span = facts.bindings[shim.binding.index()].span;
            Refusal {
                path: path.clone(),
                position: run.world.project.position(sites.file, span.start()),
                span,
                rule: shim.hit.rule,
                kind: shim.kind,
                reason: Reason::Form,
                text: format!("the star brings `{}` along: write the names that it shall bring", shim.hit.alias),
            }
        }));
    }
    left
}
