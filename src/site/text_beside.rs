//! Modules that strings name, whose names are taken from what nobody can follow: `import_module("pkg.old").Old`,
//! `("pkg.old", "Old")`, `found = load("pkg.old")` and then `found.Old`.

use rustc_hash::FxHashSet;

use super::find::Visit;
use super::text_role::{Role, Roles};
use super::{Act, Held, Holder, HolderWhy};
use crate::python::attributes::Attribute;
use crate::python::syntax::{StringId, StringKind, Value};
use crate::python::{DottedName, Identifier, Symbol};
use crate::semantics::{Origin, Reference, Step};
use crate::text::Span;

/// A string that names a module, and what the code does with it.
pub(super) struct NamedModule {
    pub string: StringId,
    pub role: Role,
    pub module: DottedName,
}

/// The aliases that the strings hold, and the names of their modules that may be read.
pub(super) fn find(visit: &Visit, roles: &Roles, named: &[NamedModule]) -> (Vec<Holder>, Vec<Symbol>) {
    if named.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let beyond = visit.attributes();
    let beside = beside(visit, roles, beyond);
    let (mut holders, mut read) = (Vec::new(), Vec::new());
    for NamedModule { string, role, module } in named {
        let span = visit.facts.syntax.strings[string.index()].span;
        for name in taken(visit, (*string, role), beyond).as_ref().unwrap_or(&beside) {
            let symbol = Symbol::new(module.clone(), DottedName::new(name.as_str()));
            if let Some(rule) = visit.families.declares(&symbol) {
                let held = Held::Symbol(symbol.clone());
                holders.push(Holder { span, rule, kind: role.kind, held, why: HolderWhy::Text });
            }
            read.push(symbol);
        }
    }
    (holders, read)
}

/// The names that are spelled where they can be those of any module: alone in strings, and as attributes of what cannot
/// be followed.
fn beside(visit: &Visit, roles: &Roles, beyond: &[Attribute]) -> Vec<Identifier> {
    let syntax = &visit.facts.syntax;
    let strings = syntax.strings.iter().enumerate().filter(|(_, string)| string.kind == StringKind::Plain);
    let short = strings.filter_map(|(index, string)| {
        let name = Identifier::parse(string.value(visit.text)).filter(|name| visit.names.has(name))?;
        let id = StringId(index as u32);
        (!is_listed(visit, id) && !roles.is_of_module(id)).then_some(name)
    });
    let chained = visit.facts.references.iter().flat_map(|reference| unfollowed(visit, reference));
    let beyond = beyond.iter().map(|attribute| attribute.name.clone()).filter(|name| visit.names.has(name));
    let spelled: FxHashSet<_> = short.chain(chained).chain(beyond).collect();
    let mut spelled: Vec<_> = spelled.into_iter().collect();
    spelled.sort();
    spelled
}

/// Whether a string is an entry of the file's `__all__`.
fn is_listed(visit: &Visit, string: StringId) -> bool {
    visit.facts.exports.as_ref().is_some_and(|exports| exports.entries.iter().any(|entry| entry.string == string))
}

/// The attributes of a chain that lead nobody knows where.
fn unfollowed(visit: &Visit, reference: &Reference) -> Vec<Identifier> {
    let attributes = &visit.facts.syntax.chains[reference.chain.index()].attributes;
    if !attributes.iter().any(|(name, _)| visit.names.has(name)) {
        return Vec::new();
    }
    let steps = visit.world.chain(visit.file, reference);
    let is_followed = |step: &&Step| !matches!(step.resolution.origin, Origin::Unknown(_));
    let followed = steps.iter().take_while(is_followed).last().map_or(0, |step| step.attributes);
    attributes[followed..].iter().map(|(name, _)| name).filter(|name| visit.names.has(name)).cloned().collect()
}

/// The names behind an import that is an expression, `import_module("pkg.old").Old`; `None` if what it gives goes elsewhere.
fn taken(visit: &Visit, (string, role): (StringId, &Role), beyond: &[Attribute]) -> Option<Vec<Identifier>> {
    if !matches!(role.act, Act::Import) && !role.is_import() {
        return None;
    }
    let is_this = |value: &Value| matches!(value, Value::Text(id) if *id == string);
    let mut calls = visit.facts.syntax.calls.iter();
    let call = calls
        .find(|call| call.arguments.iter().chain(call.keywords.iter().map(|keyword| &keyword.value)).any(is_this))?;
    let is_behind = |of: Span| of.start() == call.span.start() && of.end() >= call.span.end();
    let names = beyond.iter().filter(|attribute| is_behind(attribute.receiver)).map(|attribute| attribute.name.clone());
    let names: Vec<_> = names.collect();
    (!names.is_empty()).then(|| names.into_iter().filter(|name| visit.names.has(name)).collect())
}
