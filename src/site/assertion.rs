//! Tests of the fragmentation itself: they compare two names of one family, or wait for a shim to warn or to fail.

use rustc_hash::{FxHashMap, FxHashSet};

use super::find::Visit;
use super::{FileSites, Target, TextSite};
use crate::python::syntax::{BindingId, Call, CallId, ChainId, StatementKind, StringId, Value};
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
    /// Paths that stand in one list with another path of the same object.
    pub paths: FxHashSet<StringId>,
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
    for call in &syntax.calls {
        called(visit, sites, call, &mut asserted);
    }
    listed(visit, sites, &mut asserted);
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
    let site = sites.uses_of(chain).iter().find(|site| site.attributes == length)?;
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

/// `pytest.warns(Warning, Old)`, `self.assertWarns(Warning, Old, 1)`: what is called, and what it gets.
fn called(visit: &Visit, sites: &FileSites, call: &Call, asserted: &mut Asserted) {
    let name = last_name(visit, call.callee).unwrap_or_default();
    let first = if name == "deprecated_call" { 0 } else { 1 };
    let arguments = call.arguments.iter().skip(first);
    for argument in arguments.filter(|_| WARNING.contains(&name) || RAISING.contains(&name)) {
        match argument {
            Value::Text(string) => drop(asserted.strings.insert(*string)),
            Value::Chain(chain) if WARNING.contains(&name) && whole_use(visit, sites, *chain).is_some() => {
                asserted.chains.insert(*chain);
            }
            _ => {}
        }
    }
}

/// Lists, tuples, sets and keys of a dictionary in which several paths would become one.
fn listed(visit: &Visit, sites: &FileSites, asserted: &mut Asserted) {
    let syntax = &visit.facts.syntax;
    let becomes: FxHashMap<StringId, String> =
        sites.texts.iter().filter_map(|site| Some((site.string?, becoming(site)?))).collect();
    if becomes.is_empty() {
        return;
    }
    for list in syntax.displays.iter().chain(&syntax.sets).chain(&syntax.dictionaries) {
        let text = |string: &StringId| syntax.strings[string.index()].value(visit.text).replacen(':', ".", 1);
        let mut seen: FxHashMap<String, Vec<StringId>> = FxHashMap::default();
        for string in list.elements.iter().flatten() {
            seen.entry(becomes.get(string).cloned().unwrap_or_else(|| text(string))).or_default().push(*string);
        }
        let differ = |strings: &Vec<StringId>| strings.iter().any(|string| text(string) != text(&strings[0]));
        let twice = seen.into_values().filter(differ).flatten();
        asserted.paths.extend(twice.filter(|string| becomes.contains_key(string)));
    }
}

/// The path that a string would be, with dots alone.
fn becoming(site: &TextSite) -> Option<String> {
    let new = match site.target.as_ref().ok()? {
        Target::Symbol(hit) => hit.target.path(),
        Target::Module(hit) => hit.target.clone(),
    };
    let rest: String = site.path.parts().skip(site.parts).map(|name| format!(".{name}")).collect();
    Some(format!("{new}{rest}"))
}

/// What the body of a `with` shall do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Awaits {
    Warning,
    Failure,
}

fn awaits(visit: &Visit, items: &[Value]) -> Option<Awaits> {
    let calls: Vec<&Call> = items.iter().filter_map(|item| call(visit, item)).collect();
    let any = |list: &[&str]| calls.iter().any(|call| last_name(visit, call.callee).is_some_and(|n| list.contains(&n)));
    let records = |call: &&Call| {
        last_name(visit, call.callee) == Some("catch_warnings")
            && call.keyword("record").is_some()
            && !call.span.of(visit.text).contains("False")
    };
    (any(&WARNING) || calls.iter().any(records))
        .then_some(Awaits::Warning)
        .or_else(|| any(&RAISING).then_some(Awaits::Failure))
}

fn call<'a>(visit: &'a Visit, value: &Value) -> Option<&'a Call> {
    match value {
        Value::Call(call) => Some(&visit.facts.syntax.calls[call.index()]),
        _ => None,
    }
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
