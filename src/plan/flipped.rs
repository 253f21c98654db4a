//! The law about names that come back: an alias that goes does not become another object.

use super::Reason;
use super::context::Kept;
use super::verify::Changed;
use crate::python::{DottedName, Symbol};
use crate::semantics::{BindingId, Origin, ScopeId, Why};

/// Keeps the shims, and the imports beside stars, without which their name would be another object: one that a star
/// brings, or an earlier binding.
pub(super) fn keep_flipped(change: &Changed, kept: &mut Kept) {
    let Changed { run, composed, new, .. } = *change;
    for file in composed.files.iter().filter(|file| !file.written.edits.is_empty()) {
        let (Some(sites), Some(facts)) = (run.sites.of(file.file), run.world.facts(file.file)) else { continue };
        let is_starred = !facts.scopes[ScopeId::MODULE.index()].stars.is_empty();
        let span = |id: BindingId| facts.bindings[id.index()].span;
        let shims = sites.shims.iter().map(|shim| (span(shim.binding), shim.hit.rule, shim.hit.alias.clone()));
        let imports = sites
            .imports
            .iter()
            .filter(|site| is_starred && facts.bindings[site.binding.index()].scope == ScopeId::MODULE);
        let named = |id: BindingId| DottedName::new(facts.bindings[id.index()].name.as_str());
        let symbol = |id: BindingId| Symbol::new(run.world.module_name(file.file), named(id));
        let imports = imports.map(|site| (span(site.binding), site.hit.rule, symbol(site.binding)));
        for (span, rule, symbol) in shims.chain(imports) {
            let (before, now) = (run.world.symbol(&symbol).origin, new.symbol(&symbol).origin);
            let is_other = now != before && now != run.families.families[rule].origin;
            let is_there = matches!(now, Origin::Defined(_) | Origin::Unknown(Why::Rebound | Why::TwoOrigins));
            if is_other && is_there {
                let text = format!("without this, `{symbol}` would be another object");
                kept.keep(file.file, [span], &(Reason::TwoOrigins, text));
            }
        }
    }
}
