//! `hasattr(old, "Old")`, `getattr(old, "Old", None)`, `patch.object(old, "Old")`: calls that name an alias by a module and a string.

use super::find::Visit;
use super::{Held, Holder, HolderWhy, Kind};
use crate::python::syntax::{Call, Value};
use crate::python::{DottedName, Identifier, Symbol};
use crate::semantics::Origin;

/// The calls whose first argument is a module and whose second is the name of an alias in it.
pub(super) fn find(visit: &Visit) -> Vec<Holder> {
    let probes = visit.facts.syntax.calls.iter().filter_map(|call| {
        let symbol = asked(visit, call)?;
        let rule = visit.families.declares(&symbol)?;
        let held = Held::Symbol(symbol);
        Some(Holder { span: call.span, rule, kind: Kind::TextPath, held, why: HolderWhy::Probe })
    });
    probes.collect()
}

/// The symbols that such calls name.
pub(super) fn read(visit: &Visit) -> Vec<Symbol> {
    visit.facts.syntax.calls.iter().filter_map(|call| asked(visit, call)).collect()
}

fn asked(visit: &Visit, call: &Call) -> Option<Symbol> {
    let [Value::Chain(chain), Value::Text(string), ..] = call.arguments[..] else { return None };
    let name = Identifier::parse(visit.facts.syntax.strings[string.index()].value(visit.text))?;
    if !visit.names.has(&name) {
        return None;
    }
    let reference = &visit.facts.references[chain.index()];
    let wanted = visit.facts.syntax.chains[chain.index()].attributes.len();
    let last = visit.world.chain(visit.file, reference).pop().filter(|step| step.attributes == wanted)?;
    let Origin::Module(module) = last.resolution.origin else { return None };
    Some(Symbol::new(module, DottedName::new(name.as_str())))
}
