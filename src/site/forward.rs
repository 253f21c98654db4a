//! Functions that warn and hand on exactly what they are given: `def old(*a, **k): warn(…); return new(*a, **k)`.

use super::deprecated::{Text, is_nothing, is_warnings_import};
use crate::python::outline::{Outline, Parameter, ParameterKind, Routine, outline};
use crate::python::syntax::{Function, Statement, StatementKind, Value};
use crate::semantics::{Differs, Origin};
use crate::text::Span;

/// Whether a function does nothing but warn and call the canonical symbol with all that it was given.
///
/// Any callable may stand behind `*a, **k`; parameters by name must be those of the canonical function, defaults included,
/// as every other list could refuse, rename or default what that would have taken.
pub(super) fn forwards(text: &Text, function: &Function, own: &Origin, canonical: &Origin) -> bool {
    let does_more = |statement: &&Statement| {
        !is_nothing(statement) && !text.is_warning(statement) && !is_warnings_import(statement)
    };
    let mut rest = text.body(function.body).filter(does_more);
    let (Some(last), None) = (rest.next(), rest.next()) else { return false };
    let plain = function.decorators.iter().all(|decorator| text.is_deprecation(decorator));
    let routine = match outline(text.text, text.span(), function.name_span) {
        Some(Outline::Function(routine)) => routine,
        _ => return false,
    };
    plain && hands_on(text, &routine, last, canonical) && takes_alike(text, &routine, own, canonical)
}

/// `return new(…)`, in an `async` function `return await new(…)`.
fn hands_on(text: &Text, routine: &Routine, last: &Statement, canonical: &Origin) -> bool {
    let StatementKind::Return = last.kind else { return false };
    let calls = text.facts.calls_in(last.span).map(|id| &text.facts.syntax.calls[id.index()]);
    let Some(call) = calls.max_by_key(|call| call.span.len()) else { return false };
    let Some(callee) = call.callee else { return false };
    let head = Span { start: last.span.start, end: call.span.start };
    let written = if routine.is_async { "returnawait" } else { "return" };
    let whole = call.span.end == last.span.end && text.compact(head) == written;
    let callee_span = text.facts.syntax.chains[callee.index()].span();
    let given = text.compact(Span { start: callee_span.end, end: call.span.end });
    let given =
        given.strip_prefix('(').and_then(|given| given.strip_suffix(')')).map(|given| given.trim_end_matches(','));
    let given: Vec<&str> = given.unwrap_or_default().split(',').filter(|part| !part.is_empty()).collect();
    whole
        && text.origin(&Value::Chain(callee)).as_ref() == Some(canonical)
        && given.len() == routine.parameters.len()
        && given.iter().zip(&routine.parameters).all(|(given, parameter)| is_passed(given, parameter))
}

fn is_passed(given: &str, parameter: &Parameter) -> bool {
    let name = parameter.name.as_str();
    let keyword = || given.split_once('=') == Some((name, name));
    match parameter.kind {
        ParameterKind::PositionalOnly => given == name,
        ParameterKind::Plain => given == name || keyword(),
        ParameterKind::KeywordOnly => keyword(),
        ParameterKind::Rest => given.strip_prefix('*') == Some(name),
        ParameterKind::Keywords => given.strip_prefix("**") == Some(name),
    }
}

/// Whether all calls that the one takes, the other takes in the same way.
fn takes_alike(text: &Text, routine: &Routine, own: &Origin, canonical: &Origin) -> bool {
    let kinds: Vec<_> = routine.parameters.iter().map(|parameter| parameter.kind).collect();
    if kinds == [ParameterKind::Rest, ParameterKind::Keywords] && !routine.is_async {
        return true;
    }
    const OTHER_CALL: [Differs; 4] = [Differs::Kind, Differs::Async, Differs::Signature, Differs::Default];
    let differences = text.world.differences(own, canonical);
    differences.is_some_and(|differences| !differences.iter().any(|difference| OTHER_CALL.contains(&difference.what)))
}
