//! Classes that extend a merged alias: bases that would stand twice or in no order.

use super::context::Draft;
use super::{Objection, Reason};
use crate::python::syntax::{BindingId, Class, StatementId, StatementKind, Value};
use crate::semantics::Origin;
use crate::site::{Hit, Standing, Target, UseSite};

/// A class with a merged alias among its bases.
struct Extended<'a> {
    draft: &'a Draft<'a>,
    statement: StatementId,
    class: &'a Class,
    hit: &'a Hit,
    /// Which of the bases is the alias.
    place: usize,
    canonical: Origin,
}

/// Why the canonical class cannot stand where an alias is a base.
pub(super) fn objection(draft: &Draft, site: &UseSite) -> Option<Objection> {
    let extended = extended(draft, site)?;
    if extended.is_shim() {
        return None;
    }
    let is_wrong = extended.is_its_own_ancestor() || extended.has_no_order();
    is_wrong.then(|| {
        (Reason::Form, format!("`{}` cannot be a base of `{}` here", extended.hit.target, extended.class.name))
    })
}

fn extended<'a>(draft: &'a Draft<'a>, site: &'a UseSite) -> Option<Extended<'a>> {
    let Target::Symbol(hit) = &site.target else { return None };
    let statement = draft.facts.syntax.chains[site.chain.index()].statement;
    let StatementKind::Class(class) = &draft.facts.syntax.statements[statement.index()].kind else { return None };
    let place = class.bases.iter().position(|base| matches!(base, Value::Chain(chain) if *chain == site.chain))?;
    let canonical = draft.run.families.target_origin(&site.target);
    (hit.standing == Standing::Merged).then_some(Extended { draft, statement, class, hit, place, canonical })
}

impl Extended<'_> {
    fn binding(&self) -> Option<BindingId> {
        self.draft.facts.class_binding(self.statement)
    }

    /// The class itself is to go.
    fn is_shim(&self) -> bool {
        self.binding().is_some_and(|id| self.draft.sites.shim(id).is_some())
    }

    /// `class New(Old)` would extend itself.
    fn is_its_own_ancestor(&self) -> bool {
        let Some(id) = self.binding() else { return false };
        let own = self.draft.run.world.binding(self.draft.file, id).origin;
        self.draft.run.world.ancestors(&self.canonical).contains(&Some(own))
    }

    /// Python wants every base once, and a class before those that it extends (method resolution order).
    fn has_no_order(&self) -> bool {
        let others = self.class.bases.iter().enumerate().filter(|(place, _)| *place != self.place);
        others.into_iter().any(|(place, base)| {
            let Some(origin) = self.base(base) else { return false };
            let descends = || self.draft.run.world.ancestors(&origin).contains(&Some(self.canonical.clone()));
            origin == self.canonical || place > self.place && descends()
        })
    }

    /// What a base is after the change.
    fn base(&self, base: &Value) -> Option<Origin> {
        let Value::Chain(chain) = base else { return None };
        let site = self.draft.sites.uses_of(*chain).first();
        if let Some(site) = site {
            return Some(self.draft.run.families.target_origin(&site.target));
        }
        let steps = self.draft.run.world.chain(self.draft.file, &self.draft.facts.references[chain.index()]);
        steps.last().map(|step| step.resolution.origin.clone())
    }
}
