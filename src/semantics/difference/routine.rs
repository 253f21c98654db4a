//! Functions and methods side by side.

use super::{Difference, Differs, Pair, Stretch};
use crate::project::FileId;
use crate::python::outline::{Parameter, Routine};
use crate::text::Span;

impl Pair<'_> {
    pub(super) fn routines(
        &self,
        member: Option<&str>,
        (file, own): (FileId, &Routine),
        (other_file, canonical): (FileId, &Routine),
    ) -> Vec<Difference> {
        let differs = |what, span: Span, other: Span| {
            let (one, other) = (Stretch { file, span }, Stretch { file: other_file, span: other });
            Difference::of(what, member, Some(one), Some(other))
        };
        let mut found = Vec::new();
        if own.decorators != canonical.decorators {
            found.push(differs(Differs::Decorators, decorated(own), decorated(canonical)));
        }
        if own.is_async != canonical.is_async {
            found.push(differs(Differs::Async, own.header, canonical.header));
        }
        if !takes_alike(&own.parameters, &canonical.parameters) {
            found.push(differs(Differs::Signature, own.header, canonical.header));
        } else {
            let pairs = own.parameters.iter().zip(&canonical.parameters);
            let changed = pairs.filter(|(one, other)| one.default != other.default);
            found.extend(changed.map(|(one, other)| differs(Differs::Default, one.span, other.span)));
        }
        let bodies = (Stretch { file, span: own.body.span }, Stretch { file: other_file, span: canonical.body.span });
        if own.body != canonical.body {
            found.push(differs(Differs::Body, own.body.span, canonical.body.span));
        } else if let Some((one, other)) = self.other_names(bodies.0, bodies.1) {
            found.push(Difference::of(Differs::Names, member, Some(one), Some(other)));
        }
        found
    }
}

/// The first decorator; where there is none, the parameters stand for the function.
fn decorated(routine: &Routine) -> Span {
    match (routine.decorators.first(), routine.decorators.last()) {
        (Some(first), Some(last)) => Span { start: first.span.start, end: last.span.end },
        _ => Span::empty(routine.header.start()),
    }
}

/// Whether both take the same calls: the same names in the same order, needed or not.
fn takes_alike(own: &[Parameter], canonical: &[Parameter]) -> bool {
    let alike = |one: &Parameter, other: &Parameter| {
        one.name == other.name && one.kind == other.kind && one.default.is_some() == other.default.is_some()
    };
    own.len() == canonical.len() && own.iter().zip(canonical).all(|(one, other)| alike(one, other))
}
