//! The arguments of a call under the names of a pattern, as Python binds them.

use crate::python::Identifier;
use crate::python::call_path::{Argument, ArgumentShape, CallPath, PathStep};
use crate::text::Span;

/// A call that a pattern matches.
pub(super) struct Bound<'a> {
    /// The arguments in the order in which they are written, each with its placeholder.
    pub arguments: Vec<(&'a Identifier, &'a Argument)>,
    /// The parentheses of the last call.
    pub last: Span,
    /// All calls but the last have no arguments.
    pub is_plain: bool,
    pub end: u32,
}

/// The arguments of `steps` under the names of `pattern`, if it matches their beginning.
pub(super) fn bind<'a>(pattern: &'a CallPath, steps: &'a [PathStep]) -> Option<Bound<'a>> {
    let mut bound = Bound { arguments: Vec::new(), last: Span::default(), is_plain: true, end: 0 };
    if pattern.steps.len() > steps.len() {
        return None;
    }
    for (index, (wanted, step)) in pattern.steps.iter().zip(steps).enumerate() {
        match (wanted, step) {
            (PathStep::Attribute(wanted, _), PathStep::Attribute(name, _)) if wanted == name => {}
            (PathStep::Call(parameters, _), PathStep::Call(arguments, span)) => {
                let own = bind_call(parameters, arguments)?;
                bound.is_plain &= own.is_empty() || index + 1 == pattern.steps.len();
                bound.arguments.extend(own);
                (bound.last, bound.end) = (*span, span.end);
            }
            _ => return None,
        }
    }
    Some(bound)
}

/// Every parameter gets one argument, and every argument goes to one parameter; a parameter without a keyword is bound by
/// place or by its name.
fn bind_call<'a>(parameters: &'a [Argument], arguments: &'a [Argument]) -> Option<Vec<(&'a Identifier, &'a Argument)>> {
    let mut positional = parameters.iter().filter(|parameter| parameter.keyword.is_none());
    let mut found: Vec<(&Identifier, &Argument)> = Vec::with_capacity(arguments.len());
    for argument in arguments {
        let parameter = match &argument.keyword {
            _ if argument.shape == ArgumentShape::Starred => return None,
            None => placeholder(positional.next()?)?,
            Some((name, _)) => placeholder(parameters.iter().find(|parameter| called(parameter) == Some(name))?)?,
        };
        if found.iter().any(|(other, _)| *other == parameter) {
            return None;
        }
        found.push((parameter, argument));
    }
    (found.len() == parameters.len()).then_some(found)
}

fn placeholder(parameter: &Argument) -> Option<&Identifier> {
    match &parameter.shape {
        ArgumentShape::Name(name) => Some(name),
        _ => None,
    }
}

/// The name by which a call can give a parameter.
fn called(parameter: &Argument) -> Option<&Identifier> {
    parameter.keyword.as_ref().map(|(name, _)| name).or_else(|| placeholder(parameter))
}
