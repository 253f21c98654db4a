//! What a rule keeps and what it wants gone: a symbol for symbols, a module for modules.

use super::problem::Problem;
use super::reader::Reader;
use super::spelled::{Spelled, read_spelled};
use super::written::Written;
use super::{Alias, Canonical};
use crate::python::Symbol;

/// The canonical, or a report of what is wrong with it.
pub(super) fn read_canonical(written: Written<String>, reader: &mut Reader<'_>) -> Option<Written<Canonical>> {
    let value = match spelled("the canonical", &written, reader)? {
        Spelled::Symbol(symbol) => Canonical::Symbol(symbol),
        Spelled::Module(module) => Canonical::Module(module),
        Spelled::Star(module) => {
            let help = format!("name the one symbol that is kept, as `{module}:Name`, or the module, as `{module}`");
            let message = format!("the canonical `{module}:*` is many symbols");
            reader.report(Problem::new(reader.place(written.span), message, help));
            return None;
        }
    };
    Some(Written { span: written.span, value })
}

pub(super) fn read_alias(
    written: Written<String>,
    canonical: Option<&Canonical>,
    reader: &mut Reader<'_>,
) -> Option<Written<Alias>> {
    let value = match spelled("the alias", &written, reader)? {
        Spelled::Symbol(symbol) => Alias::Symbol(symbol),
        Spelled::Module(module) => Alias::Module(module),
        Spelled::Star(module) => Alias::Star(module),
    };
    if let Some((message, help)) = canonical.and_then(|canonical| mismatch(&value, canonical)) {
        reader.report(Problem::new(reader.place(written.span), message, help));
        return None;
    }
    Some(Written { span: written.span, value })
}

/// A module among the aliases of a symbol, or a symbol among those of a module.
fn mismatch(alias: &Alias, canonical: &Canonical) -> Option<(String, String)> {
    match (alias, canonical) {
        (Alias::Module(module), Canonical::Symbol(symbol)) => {
            let whole = format!("`{module}:*` for all its names that are `{}`", symbol.name);
            let help = match module.parent() {
                Some(parent) => {
                    format!("write `{parent}:{}` if it is a symbol, {whole} if it is a module", module.last())
                }
                None => format!("write {whole}"),
            };
            Some((format!("the alias `{module}` is a module, and the canonical `{symbol}` is a symbol"), help))
        }
        (Alias::Symbol(_) | Alias::Star(_), Canonical::Module(kept)) => {
            let help = format!("write the module alone, or name a symbol as canonical: `{kept}:Name`");
            Some((format!("the alias `{alias}` is a symbol, and the canonical `{kept}` is a module"), help))
        }
        (Alias::Symbol(_) | Alias::Star(_), Canonical::Symbol(_)) | (Alias::Module(_), Canonical::Module(_)) => None,
    }
}

/// Where a definition goes: a plain name in a module.
pub(super) fn read_move(
    written: Written<String>,
    canonical: Option<&Canonical>,
    reader: &mut Reader<'_>,
) -> Option<Symbol> {
    let place = reader.place(written.span);
    let (message, help) = match (spelled("the new place", &written, reader)?, canonical) {
        (Spelled::Symbol(symbol), _) if symbol.name.parent().is_some() => {
            (format!("`{symbol}` lies in a class"), "name a place at the top level of a module".to_owned())
        }
        (Spelled::Symbol(symbol), Some(Canonical::Module(kept))) => (
            format!("`{kept}` is a module, and `move` takes definitions"),
            format!("name the definition as the canonical: `{kept}:{}`", symbol.name),
        ),
        (Spelled::Symbol(_), Some(Canonical::Symbol(kept))) if kept.name.parent().is_some() => {
            (format!("`{kept}` lies in a class and moves with it"), "move the class around it".to_owned())
        }
        (Spelled::Symbol(symbol), _) => return Some(symbol),
        (Spelled::Module(module) | Spelled::Star(module), _) => {
            (format!("`move` takes a symbol, and `{module}` is a module"), format!("write `{module}:Name`"))
        }
    };
    reader.report(Problem::new(place, message, help));
    None
}

pub(super) fn read_merge(
    written: Written<String>,
    canonical: Option<&Canonical>,
    reader: &mut Reader<'_>,
) -> Option<Written<Symbol>> {
    let place = reader.place(written.span);
    let (message, help) = match (spelled("the merged symbol", &written, reader)?, canonical) {
        (Spelled::Symbol(symbol), Some(Canonical::Symbol(_)) | None) => {
            return Some(Written { span: written.span, value: symbol });
        }
        (Spelled::Symbol(symbol), Some(Canonical::Module(kept))) => (
            format!("`{symbol}` can't be merged into `{kept}`, which is a module"),
            format!("name the symbol that it becomes as the canonical of a rule of its own: `{kept}:{}`", symbol.name),
        ),
        (Spelled::Module(module), _) => (
            format!("`merge` takes symbols, and `{module}` is a module"),
            match module.parent() {
                Some(parent) => format!("write `{parent}:{}`, with a colon before the name", module.last()),
                None => format!("name its symbols one by one, as `{module}:Name`"),
            },
        ),
        (Spelled::Star(module), _) => (
            "`merge` takes symbols one by one, and no `*`".to_owned(),
            format!("name each object that shall become another, as `{module}:Name`"),
        ),
    };
    reader.report(Problem::new(place, message, help));
    None
}

fn spelled(what: &str, written: &Written<String>, reader: &mut Reader<'_>) -> Option<Spelled> {
    match read_spelled(&written.value) {
        Ok(spelled) => Some(spelled),
        Err(fault) => {
            reader.report_fault(what, written, fault);
            None
        }
    }
}
