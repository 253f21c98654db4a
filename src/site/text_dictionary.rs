//! The names of a module, asked for in its dictionary: `vars(old)["Old"]`, `old.__dict__.get("Old")`, `"Old" in vars(old)`.

use rustc_hash::FxHashMap;

use super::find::Visit;
use crate::python::syntax::{Call, CallId, ChainId, StringId, Value};

/// What can be a dictionary, by where it ends, and what strings are looked for in.
pub(super) struct Dictionaries {
    /// The chains with a `__dict__` that ends there.
    chains: FxHashMap<usize, ChainId>,
    calls: FxHashMap<usize, CallId>,
    /// Where the second operands of comparisons end, by the strings that are the first.
    compared: FxHashMap<StringId, usize>,
}

impl Dictionaries {
    pub(super) fn of(visit: &Visit) -> Self {
        let syntax = &visit.facts.syntax;
        let mut chains = FxHashMap::default();
        for (index, chain) in syntax.chains.iter().enumerate() {
            for (_, span) in chain.attributes.iter().filter(|(name, _)| name.as_str() == "__dict__") {
                chains.entry(span.end()).or_insert(ChainId(index as u32));
            }
        }
        let calls = syntax.calls.iter().enumerate().map(|(index, call)| (call.span.end(), CallId(index as u32)));
        let compared = syntax.comparisons.iter().filter_map(|comparison| match comparison.operands[..] {
            [Value::Text(string), Value::Chain(chain), ..] => Some((string, syntax.chains[chain.index()].span().end())),
            [Value::Text(string), Value::Call(call), ..] => Some((string, syntax.calls[call.index()].span.end())),
            _ => None,
        });
        Self { chains, calls: calls.collect(), compared: compared.collect() }
    }

    /// The chain of the module in whose dictionary a string is looked up; `is_vars` tells a call of the builtin `vars`.
    pub(super) fn owner(&self, visit: &Visit, string: StringId, is_vars: impl Fn(&Call) -> bool) -> Option<ChainId> {
        let syntax = &visit.facts.syntax;
        let base = base(visit.text, syntax.strings[string.index()].span.start());
        let end = base.or_else(|| self.compared.get(&string).copied())?;
        self.chains.get(&end).copied().or_else(|| {
            let call = &syntax.calls[self.calls.get(&end)?.index()];
            match call.arguments[..] {
                [Value::Chain(chain)] if is_vars(call) => Some(chain),
                _ => None,
            }
        })
    }
}

/// Where the expression ends of which the string at `start` is a key, or the first argument of a method.
fn base(text: &str, start: usize) -> Option<usize> {
    let before = text[..start].trim_end();
    if let Some(base) = before.strip_suffix('[') {
        return Some(base.trim_end().len());
    }
    let method = before.strip_suffix('(')?.trim_end();
    let base = method.trim_end_matches(|c: char| c == '_' || c.is_alphanumeric()).trim_end();
    Some(base.strip_suffix('.')?.trim_end().len())
}
