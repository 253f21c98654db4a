//! Names that a module's `__getattr__` gives (PEP 562): `if name == "Old": return New`, `return TABLE[name]`.

use super::find::Visit;
use super::{Held, Hit, Holder, HolderWhy, Kind, Standing};
use crate::python::{DottedName, Identifier, Symbol};
use crate::semantics::{LookupEntry, Place};
use crate::text::{Cover, Span};

/// A declared alias that the module's `__getattr__` gives.
#[derive(Clone, Debug)]
pub struct LookupSite {
    pub name: Identifier,
    pub span: Span,
    pub entry: LookupEntry,
    pub hit: Hit,
}

/// More names are not asked for.
const MOST_NAMES: usize = 4_096;

/// The declared aliases that the module's `__getattr__` gives.
pub(super) fn find(visit: &Visit) -> Vec<LookupSite> {
    if visit.facts.lookup_statement().is_none() {
        return Vec::new();
    }
    visit.names.sorted().into_iter().filter_map(|name| site(visit, name)).collect()
}

/// Names of another kind whose strings lead through an alias: `{"Public": "pkg.old"}` holds `pkg.old:Public`.
pub(super) fn holders(visit: &Visit) -> Vec<Holder> {
    if visit.facts.lookup_statement().is_none() {
        return Vec::new();
    }
    let names = visit.names.sorted().into_iter();
    let holders = names.filter_map(|name| {
        let entry = visit.world.lookup_entry(visit.file, name)?;
        let symbol = Symbol::new(visit.world.module_name(visit.file), DottedName::new(name.as_str()));
        let hit = visit.families.hit(&symbol, &entry.resolution).filter(|hit| hit.alias != symbol)?;
        let span = entry.places.iter().find_map(|place| spelled(visit, place.extent(visit.facts), &hit.alias))?;
        let held = Held::Symbol(hit.alias);
        Some(Holder { span, rule: hit.rule, kind: Kind::TextPath, held, why: HolderWhy::Text })
    });
    holders.collect()
}

/// The string in what is there for a name that names the module of an alias.
fn spelled(visit: &Visit, extent: Span, alias: &Symbol) -> Option<Span> {
    let mut strings = visit.facts.strings_in(extent).map(|string| &visit.facts.syntax.strings[string.index()]);
    let last = alias.module.last();
    let names = |text: &str| text.split(['.', ':']).any(|part| part == last.as_str());
    strings.find(|string| names(string.value(visit.text))).map(|string| string.span)
}

fn site(visit: &Visit, name: &Identifier) -> Option<LookupSite> {
    let entry = visit.world.lookup_entry(visit.file, name)?;
    let symbol = Symbol::new(visit.world.module_name(visit.file), DottedName::new(name.as_str()));
    let hit = visit.families.hit(&symbol, &entry.resolution)?;
    let is_own = hit.alias == symbol && hit.standing != Standing::NoCounterpart;
    let span = entry.resolution.route.first()?.span;
    is_own.then(|| LookupSite { name: name.clone(), span, entry, hit })
}

/// The names under which the module's `__getattr__` passes an alias on.
pub(super) fn passed_on(visit: &Visit) -> Vec<Identifier> {
    let mut names = visit.facts.lookup_names(visit.text);
    names.retain(|name| !visit.names.has(name));
    if names.len() > MOST_NAMES {
        return Vec::new();
    }
    names.retain(|name| {
        let symbol = Symbol::new(visit.world.module_name(visit.file), DottedName::new(name.as_str()));
        let entry = visit.world.lookup_entry(visit.file, name);
        entry.is_some_and(|entry| visit.families.hit(&symbol, &entry.resolution).is_some())
    });
    names
}

/// Paths in what is there for an alias alone go with it; if it stays, the plan holds what they name.
pub(super) fn keep_others(visit: &Visit, sites: &[LookupSite], holders: &mut Vec<Holder>) {
    let places = sites.iter().flat_map(|site| &site.entry.places);
    let own: Cover = places.map(|place| place.extent(visit.facts)).collect();
    holders.retain(|holder| {
        let is_text = holder.why == HolderWhy::Text;
        !(own.contains(holder.span) || is_text && is_of_a_known_name(visit, holder.span))
    });
}

/// Whether a string is there for one name that the module's `__getattr__` is known to give: it means that name alone.
fn is_of_a_known_name(visit: &Visit, span: Span) -> bool {
    if visit.facts.lookup_statement().is_none() {
        return false;
    }
    let mut tables = visit.facts.syntax.dictionaries.iter().filter(|table| table.span.contains(span));
    let Some(table) = tables.next() else { return false };
    let mut keys = table.elements.iter().flatten();
    let key = keys.rfind(|key| visit.facts.syntax.strings[key.index()].span.start <= span.start);
    let Some(key) = key.filter(|key| visit.facts.syntax.strings[key.index()].span != span) else { return false };
    let name = Identifier::parse(visit.facts.syntax.strings[key.index()].value(visit.text));
    let entry = name.and_then(|name| visit.world.lookup_entry(visit.file, &name));
    entry.is_some_and(|entry| entry.places.contains(&Place::Text(*key)))
}
