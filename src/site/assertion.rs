//! Tests of the fragmentation itself: they compare two names of one family, or wait for a shim to warn or to fail.

use rustc_hash::FxHashSet;

use super::find::Visit;
use super::{FileSites, Target};
use crate::python::syntax::{BindingId, CallId, ChainId, StatementKind, StringId, Value};
use crate::semantics::Origin;
use crate::text::Span;

const COMPARING: [&str; 8] = [
    "assertIs",
    "assertIsNot",
    "assertEqual",
    "assertNotEqual",
    "assertEquals",
    "assertIsInstance",
    "assertNotIsInstance",
    "assertSame",
];
const TYPE_TESTS: [&str; 2] = ["isinstance", "issubclass"];
const WARNING: [&str; 4] = ["warns", "deprecated_call", "assertWarns", "assertWarnsRegex"];
const RAISING: [&str; 3] = ["raises", "assertRaises", "assertRaisesRegex"];

/// Sites that a test makes assertions about.
#[derive(Clone, Debug, Default)]
pub struct Asserted {
    pub chains: FxHashSet<ChainId>,
    pub bindings: FxHashSet<BindingId>,
    pub strings: FxHashSet<StringId>,
}

/// The sites of the file that a test compares with their canonical symbol, or uses to see them warn or fail.
pub(super) fn find(visit: &Visit, sites: &FileSites) -> Asserted {
    let mut asserted = Asserted::default();
    let syntax = &visit.facts.syntax;
    for comparison in &syntax.comparisons {
        compared(visit, sites, &comparison.operands, &mut asserted);
    }
    for call in &syntax.calls {
        let name = last_name(visit, call.callee).unwrap_or_default();
        let is_assert = matches!(syntax.statements[call.statement.index()].kind, StatementKind::Assert);
        if COMPARING.contains(&name) || is_assert && TYPE_TESTS.contains(&name) {
            compared(visit, sites, &call.arguments, &mut asserted);
        }
    }
    for statement in &syntax.statements {
        if let StatementKind::With { items, .. } = &statement.kind
            && let Some(awaits) = awaits(visit, items)
        {
            awaited(visit, sites, (awaits, statement.span), &mut asserted);
        }
    }
    asserted
}

fn last_name<'a>(visit: &'a Visit, callee: Option<ChainId>) -> Option<&'a str> {
    Some(visit.facts.syntax.chains[callee?.index()].last().as_str())
}

/// Two differently spelled members of one family among the operands: every alias among them is asserted about.
fn compared(visit: &Visit, sites: &FileSites, operands: &[Value], asserted: &mut Asserted) {
    let mut chains = Vec::new();
    operands.iter().for_each(|operand| named(visit, operand, &mut chains));
    let aliases: Vec<_> = chains.iter().filter_map(|chain| Some((*chain, whole_use(visit, sites, *chain)?))).collect();
    for &(alias, rule) in &aliases {
        let other = chains
            .iter()
            .any(|&other| spelling(visit, other) != spelling(visit, alias) && is_member(visit, sites, other, rule));
        if other {
            asserted.chains.insert(alias);
        }
    }
}

/// The dotted names in an operand: itself, the elements of a tuple, the argument of `id(…)`, the class of `New()`.
fn named(visit: &Visit, value: &Value, chains: &mut Vec<ChainId>) {
    match value {
        Value::Chain(chain) => chains.push(*chain),
        Value::Tuple(values) | Value::List(values) => values.iter().for_each(|value| named(visit, value, chains)),
        Value::Call(call) => chains.extend(identity_of(visit, *call)),
        _ => {}
    }
}

fn identity_of(visit: &Visit, call: CallId) -> Option<ChainId> {
    let call = &visit.facts.syntax.calls[call.index()];
    match (last_name(visit, call.callee), &call.arguments[..]) {
        (Some("id" | "type"), [Value::Chain(chain)]) => Some(*chain),
        _ => call.callee,
    }
}

fn spelling<'a>(visit: &'a Visit, chain: ChainId) -> &'a str {
    visit.facts.syntax.chains[chain.index()].span().of(visit.text)
}

/// The rule of an alias that the whole chain is.
fn whole_use(visit: &Visit, sites: &FileSites, chain: ChainId) -> Option<usize> {
    let length = visit.facts.syntax.chains[chain.index()].attributes.len();
    let site = sites.uses.iter().find(|site| site.chain == chain && site.attributes == length)?;
    matches!(site.target, Target::Symbol(_)).then(|| site.target.rule())
}

fn is_member(visit: &Visit, sites: &FileSites, chain: ChainId, rule: usize) -> bool {
    if whole_use(visit, sites, chain) == Some(rule) {
        return true;
    }
    let steps = visit.world.chain(visit.file, &visit.facts.references[chain.index()]);
    let length = visit.facts.syntax.chains[chain.index()].attributes.len();
    let last = steps.last().filter(|step| step.attributes == length);
    last.is_some_and(|step| {
        step.resolution.origin == visit.families.families[rule].origin
            && !matches!(step.resolution.origin, Origin::Unknown(_))
    })
}

/// What the body of a `with` shall do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Awaits {
    Warning,
    Failure,
}

fn awaits(visit: &Visit, items: &[Value]) -> Option<Awaits> {
    let callee = |item: &Value| match item {
        Value::Call(call) => last_name(visit, visit.facts.syntax.calls[call.index()].callee),
        _ => None,
    };
    let names: Vec<_> = items.iter().filter_map(callee).collect();
    let any = |list: &[&str]| names.iter().any(|name| list.contains(name));
    any(&WARNING).then_some(Awaits::Warning).or_else(|| any(&RAISING).then_some(Awaits::Failure))
}

/// Sites in the body of `with pytest.warns(…)`; under `raises` only imports, which are what could fail.
fn awaited(visit: &Visit, sites: &FileSites, (awaits, body): (Awaits, Span), asserted: &mut Asserted) {
    let imports = sites.imports.iter().map(|site| site.binding);
    asserted.bindings.extend(imports.filter(|id| body.contains(visit.facts.bindings[id.index()].span)));
    let texts = sites.texts.iter().filter(|site| body.contains(site.span));
    asserted.strings.extend(texts.filter_map(|site| site.string));
    if awaits == Awaits::Warning {
        let chains = sites.uses.iter().map(|site| site.chain);
        asserted.chains.extend(chains.filter(|id| body.contains(visit.facts.syntax.chains[id.index()].root_span)));
    }
}
