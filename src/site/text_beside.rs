//! Modules that strings name, whose names are taken from what nobody can follow: `import_module("pkg.old").Old`,
//! `("pkg.old", "Old")`, `found = load("pkg.old")` and then `found.Old`.

use rustc_hash::{FxHashMap, FxHashSet};

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
    let beyond = Beyond::of(visit);
    let beside = beside(visit, roles);
    let (mut holders, mut read) = (Vec::new(), Vec::new());
    let mut of_all: FxHashMap<&DottedName, Vec<(Symbol, usize)>> = FxHashMap::default();
    for NamedModule { string, role, module } in named {
        let span = visit.facts.syntax.strings[string.index()].span;
        let own = beyond.taken(*string, role).map(|names| declared(visit, module, &names, &mut read));
        let held = match &own {
            Some(own) => own,
            None => of_all.entry(module).or_insert_with(|| declared(visit, module, &beside, &mut read)),
        };
        holders.extend(held.iter().map(|(symbol, rule)| {
            let held = Held::Symbol(symbol.clone());
            Holder { span, rule: *rule, kind: role.kind, held, why: HolderWhy::Text }
        }));
    }
    (holders, read)
}

/// The aliases among the names of a module, with their rules; all of the names are read.
fn declared(visit: &Visit, module: &DottedName, names: &[Identifier], read: &mut Vec<Symbol>) -> Vec<(Symbol, usize)> {
    let symbols = names.iter().map(|name| Symbol::new(module.clone(), DottedName::new(name.as_str())));
    let first = read.len();
    read.extend(symbols);
    let rule = |symbol: &Symbol| Some((symbol.clone(), visit.families.declares(symbol)?));
    read[first..].iter().filter_map(rule).collect()
}

/// The names that are spelled where they can be those of any module: alone in strings, and as attributes of what cannot
/// be followed.
fn beside(visit: &Visit, roles: &Roles) -> Vec<Identifier> {
    let syntax = &visit.facts.syntax;
    let entries = visit.facts.exports.iter().flat_map(|exports| &exports.entries);
    let listed: FxHashSet<StringId> = entries.map(|entry| entry.string).collect();
    let strings = syntax.strings.iter().enumerate().filter(|(_, string)| string.kind == StringKind::Plain);
    let short = strings.filter_map(|(index, string)| {
        let name = Identifier::parse(string.value(visit.text)).filter(|name| visit.names.has(name))?;
        let id = StringId(index as u32);
        (!listed.contains(&id) && !roles.is_of_module(id)).then_some(name)
    });
    let chained = visit.facts.references.iter().flat_map(|reference| unfollowed(visit, reference));
    let beyond =
        visit.attributes().iter().map(|attribute| &attribute.name).filter(|name| visit.names.has(name)).cloned();
    let spelled: FxHashSet<_> = short.chain(chained).chain(beyond).collect();
    let mut spelled: Vec<_> = spelled.into_iter().collect();
    spelled.sort();
    spelled
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

/// What is read of what calls give: `import_module("pkg.old").Old`.
struct Beyond<'a> {
    visit: &'a Visit<'a>,
    /// The first call that takes each string.
    calls: FxHashMap<StringId, Span>,
    /// The attributes by where what they are read of begins.
    attributes: FxHashMap<u32, Vec<&'a Attribute>>,
}

impl<'a> Beyond<'a> {
    fn of(visit: &'a Visit<'a>) -> Self {
        let (mut calls, mut attributes) = (FxHashMap::default(), FxHashMap::<_, Vec<_>>::default());
        for call in &visit.facts.syntax.calls {
            for value in call.arguments.iter().chain(call.keywords.iter().map(|keyword| &keyword.value)) {
                if let Value::Text(string) = value {
                    calls.entry(*string).or_insert(call.span);
                }
            }
        }
        for attribute in visit.attributes() {
            attributes.entry(attribute.receiver.start).or_default().push(attribute);
        }
        Self { visit, calls, attributes }
    }

    /// The names behind an import that is an expression; `None` if what it gives goes elsewhere.
    fn taken(&self, string: StringId, role: &Role) -> Option<Vec<Identifier>> {
        if !matches!(role.act, Act::Import) && !role.is_import() {
            return None;
        }
        let call = self.calls.get(&string)?;
        let mut behind =
            self.attributes.get(&call.start)?.iter().filter(|attribute| attribute.receiver.end >= call.end);
        let first = behind.next()?;
        let names = std::iter::once(first).chain(behind).map(|attribute| &attribute.name);
        Some(names.filter(|name| self.visit.names.has(name)).cloned().collect())
    }
}
