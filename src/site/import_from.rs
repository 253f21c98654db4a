//! `from old import Old`: the commonest site.

use rustc_hash::{FxHashMap, FxHashSet};

use super::ImportSite;
use super::find::Visit;
use crate::python::syntax::{BindKind, BindingId, ScopeId, StatementKind, Value};
use crate::python::{DottedName, Identifier, Symbol};
use crate::semantics::Binding;

/// The entries of `from` statements whose route passes an alias.
pub(super) fn find(visit: &Visit) -> Vec<ImportSite> {
    let entries = named(visit).filter_map(|(binding, spelled)| {
        let hit = visit.families.hit(&spelled, &visit.world.symbol(&spelled))?;
        Some(ImportSite { binding, hit })
    });
    entries.collect()
}

/// The symbols that the file reads from others by `from` statements.
pub(super) fn read(visit: &Visit) -> Vec<Symbol> {
    named(visit).map(|(_, symbol)| symbol).collect()
}

/// The new names under which the file passes an alias on: `from old import Old as Public`, `Public = old.Old`.
pub(super) fn passed_on(visit: &Visit, imports: &[ImportSite]) -> Vec<Identifier> {
    let bindings = visit.facts.bindings.iter().filter(|binding| binding.scope == ScopeId::MODULE);
    let mut leads: FxHashMap<&Identifier, Vec<&Identifier>> = FxHashMap::default();
    for binding in bindings {
        let BindKind::Assign(Value::Chain(chain)) = &binding.kind else { continue };
        let chain = &visit.facts.syntax.chains[chain.index()];
        let last = chain.attributes.last().map_or(&chain.root, |(name, _)| name);
        leads.entry(last).or_default().push(&binding.name);
    }
    let imported = imports.iter().map(|site| &visit.facts.bindings[site.binding.index()]);
    let imported = imported.filter(|binding| binding.scope == ScopeId::MODULE).map(|binding| &binding.name);
    let mut passed: FxHashSet<&Identifier> = imported.collect();
    let mut open: Vec<&Identifier> = leads.keys().copied().filter(|name| visit.names.has(name)).collect();
    open.extend(&passed);
    while let Some(name) = open.pop() {
        let led = leads.remove(name).unwrap_or_default();
        open.extend(led.into_iter().filter(|name| passed.insert(name)));
    }
    let mut passed: Vec<Identifier> = passed.into_iter().filter(|name| !visit.names.has(name)).cloned().collect();
    passed.sort_unstable();
    passed
}

/// Every entry of a `from` statement that spells one of the names, with the symbol that it asks for.
fn named<'a>(visit: &'a Visit) -> impl Iterator<Item = (BindingId, Symbol)> + 'a {
    visit.facts.bindings.iter().enumerate().filter_map(|(index, binding)| {
        let symbol = spelled(visit, binding)?;
        Some((BindingId(index as u32), symbol))
    })
}

fn spelled(visit: &Visit, binding: &Binding) -> Option<Symbol> {
    let BindKind::From(entry) = binding.kind else { return None };
    let StatementKind::From(from) = &visit.facts.syntax.statements[binding.statement.index()].kind else {
        return None;
    };
    let name = &from.names[entry].name;
    if !visit.names.has(name) {
        return None;
    }
    let module = visit.world.from_module(visit.file, from.level, from.module.as_ref())?;
    Some(Symbol::new(module, DottedName::new(name.as_str())))
}
