//! Attributes of merged classes: what the rule calls them on the canonical class, and those that it does not have.

use super::context::{Draft, Kept, Run};
use super::names::note;
use super::refuse::{Refused, incomplete};
use super::wish::Wishes;
use super::{Objection, Reason, Safety, bases, calls, followed};
use crate::python::Identifier;
use crate::python::syntax::BindKind;
use crate::site::{Hit, Kind, Target, UseSite};
use crate::text::Span;

/// What a use reads from an alias that the rule names under `merge`.
struct Member<'a> {
    hit: &'a Hit,
    name: &'a Identifier,
    span: Span,
    /// What the rule calls it.
    mapped: Option<&'a Identifier>,
}

fn member<'a>(draft: &'a Draft, site: &'a UseSite) -> Option<Member<'a>> {
    let Target::Symbol(hit) = &site.target else { return None };
    let members = draft.run.families.members(hit)?;
    let (name, span) = draft.facts.syntax.chains[site.chain.index()].attributes.get(site.attributes)?;
    Some(Member { hit, name, span: *span, mapped: members.get(name) })
}

/// Why a use of a merged alias cannot follow: the canonical class has no such attribute, or cannot be a base here.
pub(super) fn objection(draft: &Draft, site: &UseSite) -> Option<Objection> {
    if let Some(call) = calls::decided(draft.sites, site) {
        return calls::objection(call);
    }
    if let Some(member) = member(draft, site) {
        let name = member.mapped.unwrap_or(member.name);
        let origin = draft.run.families.target_origin(&site.target);
        let missing = draft.run.world.has_attribute(&origin, name) == Some(false);
        return missing.then(|| {
            let text = format!("`{}` has no `{name}`, and `members` names nothing for it", member.hit.target);
            (Reason::MissingMember, text)
        });
    }
    bases::objection(draft, site)
}

/// Gives the attributes of rewritten uses the names that the rule has for them.
pub(super) fn rename(draft: &Draft, refused: &Refused, wishes: &mut Wishes) {
    for site in draft.sites.uses.iter().filter(|site| !refused.chains.contains(&site.chain)) {
        if let Some(Member { span, mapped: Some(mapped), .. }) = member(draft, site)
            && !means_kept_shim(draft, site, wishes)
            && calls::decided(draft.sites, site).is_none()
        {
            wishes.tokens.insert(span, (mapped.as_str().to_owned(), note(&site.target, Kind::UseAttribute)));
        }
    }
}

/// Why a merged alias stays although all its own sites could follow: members that could not, and only the user may risk it.
pub(super) fn loose(run: &Run, target: &Target) -> Option<Objection> {
    let Target::Symbol(hit) = target else { return None };
    let is_loose = run.safety != Some(Safety::Risky) && run.sites.loose.contains(&hit.alias);
    let text = format!(
        "not all uses of members of `{}` could be followed; `--safety risky` merges it all the same",
        hit.alias
    );
    is_loose.then_some((Reason::MergeIncomplete, text))
}

/// Why the sites of a merged alias stay in a file where one of its members cannot follow.
pub(super) fn stuck(draft: &Draft, kept: &Kept, target: &Target) -> Option<Objection> {
    let Target::Symbol(hit) = target else { return None };
    let own = draft.sites.members.iter().filter(|site| site.hit.alias == hit.alias && site.hit.rule == hit.rule);
    let objection = own.into_iter().find_map(|site| followed::objection(draft, kept, site))?;
    let is_partial = draft.run.rules().rules[hit.rule].partial;
    Some(if is_partial { objection } else { incomplete(target) })
}

/// A use in the file of the definition, which stays.
pub(super) fn means_kept_shim(draft: &Draft, site: &UseSite, wishes: &Wishes) -> bool {
    let bindings = &draft.facts.references[site.chain.index()].reach.bindings;
    site.attributes == 0
        && bindings.iter().map(|id| &draft.facts.bindings[id.index()]).any(|binding| {
            matches!(binding.kind, BindKind::Class | BindKind::Function | BindKind::Assign(_))
                && !wishes.removed.contains_key(&binding.statement)
                && !wishes.targets.contains_key(&binding.statement)
        })
}
