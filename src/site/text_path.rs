//! Strings that are a dotted path through an alias, or that name the module of one: they hold it.

use rustc_hash::FxHashSet;

use super::find::Visit;
use super::{Held, Holder, HolderWhy, Kind};
use crate::python::syntax::{StringKind, StringLiteral};
use crate::python::{DottedName, Identifier, Symbol};
use crate::text::Span;

/// A longer string is no path.
const LONGEST_PATH: usize = 300;

/// The strings of the file that hold an alias.
pub(super) fn find(visit: &Visit) -> Vec<Holder> {
    let mut holders = Vec::new();
    let mut modules = Vec::new();
    for (span, path) in paths(visit) {
        for (rule, held) in visit.families.held_by(&path) {
            match &held {
                Held::Module(module) => modules.push((span, rule, module.clone())),
                Held::Symbol(_) => {
                    holders.push(Holder { span, rule, kind: Kind::TextPath, held, why: HolderWhy::Text })
                }
            }
        }
    }
    if !modules.is_empty() {
        holders.extend(spelled_beside(visit, &modules));
    }
    holders
}

/// The symbols that strings of the file name.
pub(super) fn read(visit: &Visit) -> Vec<Symbol> {
    let symbols = paths(visit).into_iter().flat_map(|(_, path)| {
        let prefixes: Vec<_> = std::iter::successors(Some(path), DottedName::parent).collect();
        prefixes
            .into_iter()
            .filter_map(|prefix| Some(Symbol::new(prefix.parent()?, DottedName::new(prefix.last().as_str()))))
    });
    symbols.filter(|symbol| visit.names.has(&symbol.name.last())).collect()
}

/// Strings that spell a dotted path (`a.b.C` or `a.b:C`) with one of the names in it.
fn paths(visit: &Visit) -> Vec<(Span, DottedName)> {
    let strings = visit.facts.syntax.strings.iter();
    let plain = strings.filter(|string| matches!(string.kind, StringKind::Plain | StringKind::Docstring));
    plain.filter_map(|string| Some((string.span, path(visit, string)?))).collect()
}

fn path(visit: &Visit, string: &StringLiteral) -> Option<DottedName> {
    let value = string.value(visit.text);
    if value.len() > LONGEST_PATH || !value.contains(['.', ':']) {
        return None;
    }
    let path = DottedName::parse(&value.replacen(':', ".", 1))?;
    let spells = |part: &str| visit.names.has(&Identifier::new(part)) || visit.families.ends_shim_module(part);
    let found = path.parts().any(spells);
    found.then_some(path)
}

/// A module named by a string whose aliases are named by other strings, or as attributes of what cannot be followed:
/// `import_module("pkg.old").Old`, `("pkg.old", "Old")`.
fn spelled_beside(visit: &Visit, modules: &[(Span, usize, DottedName)]) -> Vec<Holder> {
    let syntax = &visit.facts.syntax;
    let strings = syntax.strings.iter().map(|string| string.value(visit.text));
    let short = strings.filter(|value| value.len() < LONGEST_PATH).filter_map(Identifier::parse);
    let attributes = syntax.chains.iter().flat_map(|chain| chain.attributes.iter().map(|(name, _)| name.clone()));
    let spelled: FxHashSet<_> = short.chain(attributes).filter(|name| visit.names.has(name)).collect();
    let mut spelled: Vec<_> = spelled.into_iter().collect();
    spelled.sort();
    let mut holders = Vec::new();
    for (span, _, module) in modules {
        for name in &spelled {
            let symbol = Symbol::new(module.clone(), DottedName::new(name.as_str()));
            let Some(rule) = visit.families.declares(&symbol) else { continue };
            let held = Held::Symbol(symbol);
            holders.push(Holder { span: *span, rule, kind: Kind::TextPath, held, why: HolderWhy::Text });
        }
    }
    holders
}
