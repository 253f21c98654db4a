//! Members of merged classes that were followed to their class: renamed, or refused; and those that were not.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::context::{Draft, Kept, Run};
use super::names::note;
use super::refuse::{Refused, Stays, frozen, refusal};
use super::wish::Wishes;
use super::{Note, Objection, Reason, Safety};
use crate::python::Symbol;
use crate::site::{Becomes, FileSites, Hit, Kind, LooseSite, MemberForm, MemberSite, Target};

/// Gives followed members their new names, refuses those that the canonical class lacks, and lists those not followed.
pub(super) fn settle(draft: &Draft, kept: &Kept, refused: &mut Refused, wishes: &mut Wishes) {
    for site in &draft.sites.members {
        let target = Target::Symbol(site.hit.clone());
        if let Some((reason, text)) = objection(draft, kept, site) {
            refused.members.insert(site.span);
            refused.add(draft, Stays { span: site.span, kind: Kind::UseMember, reason, text }, &target);
        }
    }
    let mut merged: FxHashMap<&Symbol, bool> = FxHashMap::default();
    for site in &draft.sites.members {
        let is_merged = || is_merged(draft, kept, refused, &site.hit);
        if let Becomes::Renamed(name) = &site.becomes
            && *merged.entry(&site.hit.alias).or_insert_with(is_merged)
        {
            let note = note(&Target::Symbol(site.hit.clone()), Kind::UseMember);
            wishes.tokens.insert(site.span, (name.to_string(), note));
        }
    }
    list_loose(draft, refused);
}

/// What a rule changes is risky if members of what it merges could not be followed.
pub(super) fn lower(run: Run, notes: &mut [Note]) {
    let merging = run.families.merging.iter();
    let risky: Vec<usize> =
        merging.filter(|merging| run.sites.loose.contains(&merging.alias)).map(|merging| merging.rule).collect();
    for note in notes.iter_mut().filter(|note| risky.contains(&note.rule)) {
        note.safety = note.safety.min(Safety::Risky);
    }
}

/// Why a member cannot follow.
pub(super) fn objection(draft: &Draft, kept: &Kept, site: &MemberSite) -> Option<Objection> {
    if let Some(why) = frozen(draft, site.hit.rule) {
        return Some((Reason::NotEdited, why));
    }
    if let Some(objection) = kept.objection(draft.file, site.span) {
        return Some(objection);
    }
    let (name, target) = (&site.name, &site.hit.target);
    match (&site.becomes, site.form) {
        (Becomes::Nothing, MemberForm::Read) => {
            Some((Reason::MissingMember, format!("`{target}` has no `{name}`, and `members` names nothing for it")))
        }
        (Becomes::Nothing, MemberForm::Override | MemberForm::Clash) => {
            let text = format!("`{name}` would no longer override anything: `{target}` has no such member");
            Some((Reason::MissingMember, text))
        }
        (Becomes::Renamed(new), MemberForm::Clash) => {
            Some((Reason::NameTaken, format!("`{name}` becomes `{new}`, which the class has already")))
        }
        (Becomes::Same, MemberForm::Clash) => {
            let text = format!("`{name}` would override `{target}.{name}`, and overrides nothing now");
            Some((Reason::NameTaken, text))
        }
        (Becomes::Renamed(_) | Becomes::Same, _) => None,
    }
}

/// Whether all sites of the alias in this file become the canonical class.
fn is_merged(draft: &Draft, kept: &Kept, refused: &Refused, hit: &Hit) -> bool {
    let is_loose = draft.run.safety != Some(Safety::Risky) && draft.run.sites.loose.contains(&hit.alias);
    let stays = own_sites(draft.sites, &hit.alias, |site| match site {
        Own::Binding(id) => refused.bindings.contains(&id),
        Own::Chain(id) => refused.chains.contains(&id),
    });
    let stuck =
        draft.sites.members.iter().any(|site| site.hit.alias == hit.alias && refused.members.contains(&site.span));
    !is_loose && !kept.unmerged.contains(&hit.alias) && !stays && !stuck
}

/// A place of a file at which an alias itself stands.
enum Own {
    Binding(crate::python::syntax::BindingId),
    Chain(crate::python::syntax::ChainId),
}

/// Whether `asks` holds for any site of the alias itself in a file.
fn own_sites(sites: &FileSites, alias: &Symbol, asks: impl Fn(Own) -> bool) -> bool {
    let is_own = |hit: &Hit| hit.alias == *alias;
    let uses = sites.uses.iter().filter(|site| matches!(&site.target, Target::Symbol(hit) if is_own(hit)));
    let imports = sites.imports.iter().filter(|site| is_own(&site.hit)).map(|site| site.binding);
    let shims = sites.shims.iter().filter(|site| is_own(&site.hit)).map(|site| site.binding);
    imports.chain(shims).any(|id| asks(Own::Binding(id))) || uses.into_iter().any(|site| asks(Own::Chain(site.chain)))
}

/// The merged aliases of which a member of this file stays, unless a partial merge can leave the file as it is.
pub(super) fn unmerged(draft: &Draft, refused: &Refused) -> Vec<Symbol> {
    let refused = draft.sites.members.iter().filter(|site| refused.members.contains(&site.span));
    let can_stay =
        |hit: &Hit| draft.run.rules().rules[hit.rule].partial && own_sites(draft.sites, &hit.alias, |_| true);
    let mut known: FxHashMap<Symbol, bool> = FxHashMap::default();
    let stays = |site: &&MemberSite| !*known.entry(site.hit.alias.clone()).or_insert_with(|| can_stay(&site.hit));
    refused.filter(stays).map(|site| site.hit.alias.clone()).collect()
}

/// One refusal a file and alias, at the first of its members that could not be followed.
fn list_loose(draft: &Draft, refused: &mut Refused) {
    let mut by_alias: BTreeMap<(usize, &Symbol), Vec<&LooseSite>> = BTreeMap::new();
    for site in &draft.sites.loose {
        by_alias.entry((site.rule, &site.alias)).or_default().push(site);
    }
    for ((rule, alias), sites) in by_alias {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        sites.iter().for_each(|site| *counts.entry(site.name.as_str()).or_default() += 1);
        let counts: Vec<String> = counts.iter().map(|(name, count)| format!("`.{name}` ×{count}")).collect();
        let text = format!("may be of `{alias}`, and could not be followed: {}", counts.join(", "));
        let stays = Stays { span: sites[0].span, kind: Kind::UseMember, reason: Reason::MemberNotFollowed, text };
        refused.refusals.push(refusal(draft, stays, rule));
    }
}
