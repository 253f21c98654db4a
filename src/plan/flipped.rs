//! The law about names that come back: an alias that goes does not become another object.

use super::Reason;
use super::context::Kept;
use super::verify::Changed;
use crate::semantics::{Origin, Why};

/// Keeps the shims without which their name would be another object: one that a star brings, or an earlier binding.
pub(super) fn keep_flipped(change: &Changed, kept: &mut Kept) {
    let Changed { run, composed, new, .. } = *change;
    for file in composed.files.iter().filter(|file| !file.written.edits.is_empty()) {
        let (Some(sites), Some(facts)) = (run.sites.of(file.file), run.world.facts(file.file)) else { continue };
        for shim in &sites.shims {
            let now = new.symbol(&shim.hit.alias).origin;
            let before = run.world.symbol(&shim.hit.alias).origin;
            let is_other = now != before && now != run.families.families[shim.hit.rule].origin;
            let is_there = matches!(now, Origin::Defined(_) | Origin::Unknown(Why::Rebound | Why::TwoOrigins));
            if is_other && is_there {
                let text = format!("without this, `{}` would be another object", shim.hit.alias);
                let span = facts.bindings[shim.binding.index()].span;
                kept.keep(file.file, [span], &(Reason::TwoOrigins, text));
            }
        }
    }
}
