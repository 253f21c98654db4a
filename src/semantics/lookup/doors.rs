//! Which arms of a `__getattr__` open for a name, looked up where the tests do no more than compare it with literals.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::is_name;
use crate::python::Identifier;
use crate::python::syntax::{Arm, Comparator, Step, Term};
use crate::semantics::Facts;
use crate::text::Span;

/// The arms of an `if` or `match`, or the steps of a block, by the names that they are for.
#[derive(Debug, Default)]
pub(super) struct Doors {
    /// The places that are for a text, each with where that stands in the test.
    texts: FxHashMap<Box<str>, SmallVec<[(usize, Span); 1]>>,
    /// The places of which only a run can say it.
    others: Vec<usize>,
}

impl Doors {
    pub(super) fn of_arms(arms: &[Arm], facts: &Facts, parameter: &Identifier) -> Self {
        let mut doors = Self::default();
        arms.iter().enumerate().for_each(|(place, arm)| doors.add(place, texts(arm, facts, parameter)));
        doors
    }

    pub(super) fn of_steps(steps: &[Step], facts: &Facts, parameter: &Identifier) -> Self {
        let mut doors = Self::default();
        for (place, step) in steps.iter().enumerate() {
            let texts = match step {
                Step::Choice(arms) => arms.iter().map(|arm| texts(arm, facts, parameter)).collect::<Option<Vec<_>>>(),
                _ => None,
            };
            doors.add(place, texts.map(|texts| texts.concat()));
        }
        doors
    }

    fn add(&mut self, place: usize, texts: Option<Vec<(&str, Span)>>) {
        let Some(texts) = texts else { return self.others.push(place) };
        for (text, span) in texts {
            let places = self.texts.entry(text.into()).or_default();
            if places.last().is_none_or(|(last, _)| *last != place) {
                places.push((place, span));
            }
        }
    }

    /// The first place from `from` on that is, or can be, for the text; with where the text stands, if it is for sure.
    pub(super) fn next(&self, from: usize, text: &str) -> Option<(usize, Option<Span>)> {
        let places = self.texts.get(text).map_or(&[][..], |places| places);
        let own = places.get(places.partition_point(|(place, _)| *place < from));
        let other = self.others.get(self.others.partition_point(|place| *place < from));
        match (own, other) {
            (Some((own, span)), other) if other.is_none_or(|other| own < other) => Some((*own, Some(*span))),
            (_, other) => other.map(|other| (*other, None)),
        }
    }
}

/// The literals that the name is compared with: `name == "Old"`, `name in ("Old", "Older")`; `None` for other tests.
fn texts<'t>(arm: &'t Arm, facts: &Facts, parameter: &Identifier) -> Option<Vec<(&'t str, Span)>> {
    let Some(Term::Compare(comparator, left, right)) = &arm.test else { return None };
    let is_name = |term: &Term| is_name(term, facts, parameter);
    let text = |term: &'t Term| match term {
        Term::Text(text, span) => Some((&**text, *span)),
        _ => None,
    };
    match (comparator, &**left, &**right) {
        (Comparator::Equal, name, literal) if is_name(name) => Some(vec![text(literal)?]),
        (Comparator::Equal, literal, name) if is_name(name) => Some(vec![text(literal)?]),
        (Comparator::In, name, Term::Several(terms, _)) if is_name(name) => terms.iter().map(text).collect(),
        _ => None,
    }
}
