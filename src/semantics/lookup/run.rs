//! The run of a `__getattr__` for one name.

use rustc_hash::FxHashMap;

use super::table::Items;
use super::value::Value;
use super::{Answer, Place, is_name};
use crate::project::FileId;
use crate::python::Identifier;
use crate::python::syntax::{self, Arm, Comparator, Lookup, Step, Term};
use crate::semantics::walk::Walk;
use crate::semantics::{Facts, World};
use crate::text::Span;

/// An interpreter of the function; blocks nest no deeper than the parser allows.
pub(super) struct Run<'a, 'w> {
    pub world: &'a World,
    pub file: FileId,
    pub facts: &'a Facts,
    pub text: &'a str,
    pub walk: &'w mut Walk,
    pub variables: FxHashMap<Identifier, Value<'a>>,
    /// What the run has passed for this name.
    pub places: Vec<Place>,
    /// Whether a call that warns was passed.
    pub warns: bool,
    /// What the last step met with.
    pub trouble: Option<Trouble>,
    name: Identifier,
    parameter: Identifier,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// A call whose effect is not known.
    Effect,
    KeyError,
    AttributeError,
}

enum Flow {
    On,
    Ends(Answer),
    KeyError,
}

impl<'a, 'w> Run<'a, 'w> {
    pub(super) fn new(
        world: &'a World,
        (file, facts): (FileId, &'a Facts),
        name: &Identifier,
        walk: &'w mut Walk,
    ) -> Self {
        Self {
            world,
            file,
            facts,
            text: world.project.text(file).unwrap_or_default(),
            walk,
            variables: FxHashMap::default(),
            places: Vec::new(),
            warns: false,
            trouble: None,
            name: name.clone(),
            parameter: Identifier::new("name"),
        }
    }

    pub(super) fn answer(&mut self, lookup: &'a Lookup) -> Answer {
        self.parameter = lookup.parameter.clone();
        self.variables.insert(lookup.parameter.clone(), Value::Text(self.name.to_string()));
        match self.steps(&lookup.body) {
            Flow::Ends(answer) => answer,
            Flow::On | Flow::KeyError => Answer::Unknown,
        }
    }

    fn steps(&mut self, steps: &'a [Step]) -> Flow {
        let mut next = 0;
        while let Some(place) = self.next_step(steps, next) {
            next = place + 1;
            let flow = self.step(&steps[place]);
            match (self.trouble.take(), flow) {
                (Some(Trouble::Effect), _) => return Flow::Ends(Answer::Unknown),
                (Some(Trouble::KeyError), _) => return Flow::KeyError,
                (Some(Trouble::AttributeError), _) => return Flow::Ends(Answer::Raises),
                (None, Flow::On) => {}
                (None, flow) => return flow,
            }
        }
        Flow::On
    }

    /// The next step from `from` on that is not passed because its arms are for other names.
    fn next_step(&self, steps: &[Step], from: usize) -> Option<usize> {
        match self.asked() {
            Some(asked) if steps.len() > 1 => {
                self.facts.step_doors(steps, &self.parameter).next(from, asked).map(|(place, _)| place)
            }
            _ => (from < steps.len()).then_some(from),
        }
    }

    /// The first arm from `from` on that can open, and where the name stands in its test if it does for sure.
    fn next_arm(&self, arms: &[Arm], from: usize) -> Option<(usize, Option<Span>)> {
        match self.asked() {
            Some(asked) => self.facts.arm_doors(arms, &self.parameter).next(from, asked),
            None => (from < arms.len()).then_some((from, None)),
        }
    }

    /// The text that the parameter holds by now.
    fn asked(&self) -> Option<&str> {
        match self.variables.get(&self.parameter) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    fn step(&mut self, step: &'a Step) -> Flow {
        match step {
            Step::Set(names, term) => {
                let value = self.term(term);
                self.set(names, value);
                Flow::On
            }
            Step::Choice(arms) => self.choice(arms),
            Step::Call(term) => {
                self.term(term);
                Flow::On
            }
            Step::Return(term) => {
                let value = self.term(term);
                Flow::Ends(self.returned(value).map_or(Answer::Unknown, Answer::Gives))
            }
            Step::Raise => Flow::Ends(Answer::Raises),
            Step::Try { body, missing } => match self.steps(body) {
                Flow::KeyError => self.steps(missing),
                flow => flow,
            },
            Step::Other => Flow::Ends(Answer::Unknown),
        }
    }

    fn set(&mut self, names: &[Identifier], value: Value<'a>) {
        match (names, value) {
            ([name], value) => {
                self.variables.insert(name.clone(), value);
            }
            (names, Value::Several(values)) if names.len() == values.len() => {
                self.variables.extend(names.iter().cloned().zip(values));
            }
            (names, _) => self.variables.extend(names.iter().map(|name| (name.clone(), Value::Unknown))),
        }
    }

    fn choice(&mut self, arms: &'a [Arm]) -> Flow {
        let mut next = 0;
        while let Some((place, literal)) = self.next_arm(arms, next) {
            next = place + 1;
            let arm = &arms[place];
            let truth = match &arm.test {
                Some(test) if literal.is_none() => {
                    let value = self.term(test);
                    value.truth()
                }
                _ => Some(true),
            };
            match truth {
                Some(true) => {
                    self.note_arm(arm, literal);
                    return self.steps(&arm.body);
                }
                Some(false) => {}
                None => return Flow::Ends(Answer::Unknown),
            }
        }
        Flow::On
    }

    /// An arm that is there for the name, or names it beside others.
    fn note_arm(&mut self, arm: &Arm, own: Option<Span>) {
        let Some(Term::Compare(comparator, left, right)) = &arm.test else { return };
        let Arm { statement, index, span, .. } = *arm;
        let literal = match (is_name(left, self.facts, &self.parameter), is_name(right, self.facts, &self.parameter)) {
            (true, false) => right,
            (false, true) => left,
            _ => return,
        };
        match (comparator, &**literal) {
            (Comparator::Equal, Term::Text(..)) => self.places.push(Place::Arm { statement, index, span }),
            (Comparator::In, Term::Several(terms, _)) if terms.len() == 1 => {
                self.places.push(Place::Arm { statement, index, span });
            }
            (Comparator::In, Term::Several(terms, list)) => {
                let spelled = |term: &Term| match term {
                    Term::Text(text, span) if **text == *self.name.as_str() => Some(*span),
                    _ => None,
                };
                let own = own.filter(|_| self.asked() == Some(self.name.as_str()));
                let own = own.or_else(|| terms.iter().find_map(spelled));
                self.places.extend(own.map(|element| Place::Listed { list: *list, element }));
            }
            _ => {}
        }
    }

    pub(super) fn term(&mut self, term: &'a Term) -> Value<'a> {
        match term {
            Term::Text(text, _) => Value::Text(text.to_string()),
            Term::Number(number) => Value::Number(*number),
            Term::None => Value::None,
            Term::Chain(chain) => self.chain(*chain),
            Term::Attribute(base, attribute) => {
                let base = self.term(base);
                self.member(base, attribute)
            }
            Term::Several(terms, _) => Value::Several(terms.iter().map(|term| self.term(term)).collect()),
            Term::Item(base, key) => {
                let (base, key) = (self.term(base), self.term(key));
                self.item(base, &key)
            }
            Term::Call { callee, arguments, keywords } => self.call(callee, arguments, keywords),
            Term::Joined(terms) => self.joined(terms),
            Term::Compare(comparator @ (Comparator::In | Comparator::NotIn), left, right)
                if let Some(list) = self.list(right) =>
            {
                let is_in = match self.term(left) {
                    Value::Text(text) => list.contains(&text),
                    _ => return Value::Unknown,
                };
                Value::Truth(is_in == (*comparator == Comparator::In))
            }
            Term::Compare(comparator, left, right) => {
                let (left, right) = (self.term(left), self.term(right));
                self.compared(*comparator, &left, &right).map_or(Value::Unknown, Value::Truth)
            }
            Term::Not(inner) => self.term(inner).truth().map_or(Value::Unknown, |truth| Value::Truth(!truth)),
            Term::All(terms) => self.all(terms),
            Term::Named(name, inner) => {
                let value = self.term(inner);
                self.variables.insert(name.clone(), value.clone());
                value
            }
            Term::Other => Value::Unknown,
        }
    }

    fn all(&mut self, terms: &'a [Term]) -> Value<'a> {
        let mut last = Value::Truth(true);
        for term in terms {
            last = self.term(term);
            match last.truth() {
                Some(true) => {}
                Some(false) => return last,
                None => return Value::Unknown,
            }
        }
        last
    }

    fn joined(&mut self, terms: &'a [Term]) -> Value<'a> {
        let mut joined = String::new();
        for term in terms {
            match self.term(term) {
                Value::Text(text) => joined.push_str(&text),
                _ => return Value::Unknown,
            }
        }
        Value::Text(joined)
    }

    fn compared(&mut self, comparator: Comparator, left: &Value, right: &Value<'a>) -> Option<bool> {
        match comparator {
            Comparator::Equal => is_equal(left, right),
            Comparator::Unequal => is_equal(left, right).map(|equal| !equal),
            Comparator::In => self.is_in(left, right),
            Comparator::NotIn => self.is_in(left, right).map(|inside| !inside),
        }
    }

    fn is_in(&mut self, left: &Value, right: &Value<'a>) -> Option<bool> {
        let Value::Text(name) = left else { return None };
        match right {
            Value::Table(items) => self.found(items, name).map(|found| found.is_some()),
            Value::Several(values) => {
                let mut unsure = false;
                for value in values {
                    match is_equal(left, value) {
                        Some(true) => return Some(true),
                        Some(false) => {}
                        None => unsure = true,
                    }
                }
                (!unsure).then_some(false)
            }
            _ => None,
        }
    }

    /// The value under a key; the outer `None` if nobody can say.
    pub(super) fn found(&mut self, items: &'a Items, name: &str) -> Option<Option<&'a syntax::Value>> {
        let mut found = None;
        for (key, value) in self.facts.entries(items, name, self.text)? {
            let place = Place::Text(key);
            if !self.places.contains(&place) {
                self.places.push(place);
            }
            found = Some(value);
        }
        Some(found)
    }

    pub(super) fn item(&mut self, base: Value<'a>, key: &Value) -> Value<'a> {
        match (base, key) {
            (Value::Table(items), Value::Text(name)) => match self.found(items, name) {
                Some(Some(value)) => self.written(value),
                Some(None) => {
                    self.trouble.get_or_insert(Trouble::KeyError);
                    Value::Unknown
                }
                None => Value::Unknown,
            },
            (Value::Several(values), Value::Number(index)) => {
                values.get(*index as usize).cloned().unwrap_or(Value::Unknown)
            }
            (Value::Globals, Value::Text(name)) if *name != *self.name.as_str() => {
                let path = self.world.module_name(self.file).child(name);
                let found = self.world.path(&path, self.walk);
                self.resolved(found)
            }
            _ => Value::Unknown,
        }
    }
}

fn is_equal(left: &Value, right: &Value) -> Option<bool> {
    match (left, right) {
        (Value::Text(one), Value::Text(other)) => Some(one == other),
        (Value::Number(one), Value::Number(other)) => Some(one == other),
        (Value::None, Value::None) => Some(true),
        (Value::Unknown | Value::Object(_), _) | (_, Value::Unknown | Value::Object(_)) => None,
        _ => Some(false),
    }
}
