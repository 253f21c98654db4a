//! The names of a module, asked for in its dictionary: `vars(old)["Old"]`, `old.__dict__.get("Old")`, `"Old" in vars(old)`.

use super::find::Visit;
use crate::python::Identifier;
use crate::python::syntax::{Call, ChainId, Value};
use crate::text::Span;

/// The chain of the module in whose dictionary a string is looked up; `is_vars` tells a call of the builtin `vars`.
pub(super) fn owner(visit: &Visit, string: Span, is_vars: impl Fn(&Call) -> bool) -> Option<ChainId> {
    let end = base(visit.text, string).or_else(|| compared(visit, string))?;
    let syntax = &visit.facts.syntax;
    let is_dictionary = |(name, span): &(Identifier, Span)| name.as_str() == "__dict__" && span.end() == end;
    let found = syntax.chains.iter().position(|chain| chain.attributes.iter().any(is_dictionary));
    found.map(|index| ChainId(index as u32)).or_else(|| {
        let call = syntax.calls.iter().find(|call| call.span.end() == end && is_vars(call))?;
        match call.arguments[..] {
            [Value::Chain(chain)] => Some(chain),
            _ => None,
        }
    })
}

/// Where the expression ends of which the string is a key, or the first argument of a method.
fn base(text: &str, string: Span) -> Option<usize> {
    let before = text[..string.start()].trim_end();
    if let Some(base) = before.strip_suffix('[') {
        return Some(base.trim_end().len());
    }
    let method = before.strip_suffix('(')?.trim_end();
    let base = method.trim_end_matches(|c: char| c == '_' || c.is_alphanumeric()).trim_end();
    Some(base.strip_suffix('.')?.trim_end().len())
}

/// Where the expression ends in which the string is looked for with `in`.
fn compared(visit: &Visit, string: Span) -> Option<usize> {
    let syntax = &visit.facts.syntax;
    let is_string = |value: &Value| matches!(value, Value::Text(id) if syntax.strings[id.index()].span == string);
    let comparison = syntax.comparisons.iter().find(|comparison| comparison.operands.first().is_some_and(is_string))?;
    match comparison.operands.get(1)? {
        Value::Chain(chain) => Some(syntax.chains[chain.index()].span().end()),
        Value::Call(call) => Some(syntax.calls[call.index()].span.end()),
        _ => None,
    }
}
