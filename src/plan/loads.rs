//! `import pkg.old` of a module alias, which binds `pkg` alone: what becomes of the import once its uses are decided.

use super::context::{Draft, Kept};
use super::names::note;
use super::refuse::{Refused, Stays, binding_objection};
use super::variable::binds_root_only;
use super::wish::{EntryWish, Needed, Wishes};
use super::{Objection, Reason};
use crate::python::syntax::{BindKind, BindingId, BlockKind, ChainId};
use crate::semantics::Origin;
use crate::site::{Kind, ModuleHit, Target};

/// Sends the imports of which nothing is read to the other module, and lists those that stay.
pub(super) fn settle(draft: &Draft, kept: &Kept, refused: &mut Refused, wishes: &mut Wishes) {
    for site in draft.sites.modules.iter().filter(|site| binds_root_only(draft.facts, site.binding)) {
        let binding = &draft.facts.bindings[site.binding.index()];
        let BindKind::Import(entry) = binding.kind else { continue };
        let place = (binding.statement, entry);
        if wishes.entries.contains_key(&place) || wishes.removed.contains_key(&binding.statement) {
            continue;
        }
        let target = Target::Module(site.hit.clone());
        let why = binding_objection(draft, kept, site.binding, &target)
            .or_else(|| stays(draft, refused, site.binding, &site.hit));
        match why {
            Some((reason, text)) => {
                refused.bindings.insert(site.binding);
                refused.add(draft, Stays { span: binding.span, kind: Kind::ImportModule, reason, text }, &target);
            }
            None => {
                let needed = Needed::Module { module: site.hit.target.clone(), local: None };
                wishes.entries.insert(place, (EntryWish::Needed(needed), note(&target, Kind::ImportModule)));
            }
        }
    }
}

/// Why an import stays though nothing is said against its module.
fn stays(draft: &Draft, refused: &Refused, id: BindingId, hit: &ModuleHit) -> Option<Objection> {
    let binding = &draft.facts.bindings[id.index()];
    let syntax = &draft.facts.syntax;
    let alias = &hit.alias;
    let references = draft.facts.references.iter().filter(|reference| reference.reach.bindings.contains(&id));
    let chains: Vec<ChainId> = references.map(|reference| reference.chain).collect();
    let is_through = |chain: &&ChainId| {
        let steps = draft.run.world.chain(draft.file, &draft.facts.references[chain.index()]);
        steps.iter().any(|step| step.resolution.origin == Origin::Module(alias.clone()))
    };
    let through: Vec<&ChainId> = chains.iter().filter(is_through).collect();
    if through.iter().any(|chain| refused.chains.contains(chain)) {
        return Some((Reason::Held, format!("`{alias}` stays: what is read from it here does")));
    }
    let block = syntax.statements[binding.statement.index()].block;
    if through.is_empty() && syntax.blocks[block.index()].kind == BlockKind::Try {
        return Some((Reason::Probe, format!("asks whether `{alias}` exists")));
    }
    let is_bound_else = hit.target.root() != binding.name;
    let is_needed = is_bound_else && (!chains.is_empty() || draft.is_exported(binding.scope, &binding.name));
    (is_needed || !through.is_empty()).then(|| {
        (
            Reason::Form,
            format!("`{}` is read here for other things too, and this import is what binds it", binding.name),
        )
    })
}
