//! Deprecated detours that add nothing: other objects than the canonical one, made to be found under the old name only.

use super::deprecated::{Text, is_nothing, is_warnings_import};
use super::{Families, Kind, Standing, copy, forward};
use crate::python::Identifier;
use crate::python::syntax::{BindKind, Class, Function, Statement, StatementKind, Target, Value};
use crate::semantics::{Origin, World};
use crate::text::Span;

/// Methods that may warn and hand on.
const HOOKS: [&str; 3] = ["__init__", "__new__", "__init_subclass__"];
const EXCEPTION_ENDINGS: [&str; 3] = ["Error", "Exception", "Warning"];
/// Builtin exceptions whose names say nothing.
const EXCEPTIONS: [&str; 6] =
    ["BaseExceptionGroup", "ExceptionGroup", "GeneratorExit", "KeyboardInterrupt", "StopIteration", "SystemExit"];

/// What a definition is to its canonical one, of which it is no other name: a deprecated detour that may be folded, an
/// exception, or an object of its own.
pub(super) fn standing(families: &Families, alias: &Origin, canonical: &Origin) -> Standing {
    let world = families.world;
    let is_twin = families.is_twin(alias);
    match shape(world, alias, canonical).is_some() && (is_twin || is_deprecated(world, alias)) {
        false => Standing::Other,
        true if is_exception(world, canonical) && !is_twin => Standing::WidensExcept,
        true => Standing::Merged,
    }
}

/// The kind of detour that a definition is: it makes nothing of its own of the canonical one.
pub fn shape(world: &World, alias: &Origin, canonical: &Origin) -> Option<Kind> {
    let text = Text::of(world, alias)?;
    let fold = Fold { text, canonical };
    match text.kind() {
        StatementKind::Class(class) if fold.adds_nothing(class) => Some(Kind::ShimSubclass),
        StatementKind::Function(function) if forward::forwards(&text, function, alias, canonical) => {
            Some(Kind::ShimForward)
        }
        StatementKind::Class(_) | StatementKind::Function(_) => {
            copy::is_copy(&text, alias, canonical).then_some(Kind::ShimCopy)
        }
        StatementKind::Assign { targets, value: Some(value), .. } => {
            fold.is_made_of_it(targets, value).then_some(Kind::ShimDynamic)
        }
        _ => None,
    }
}

/// Whether a definition says of itself that it is deprecated.
pub fn is_deprecated(world: &World, origin: &Origin) -> bool {
    Text::of(world, origin).is_some_and(|text| text.is_deprecated())
}

/// Whether a class is an exception, as far as its bases can be followed.
pub fn is_exception(world: &World, origin: &Origin) -> bool {
    let ends = |name: &str| EXCEPTION_ENDINGS.iter().any(|ending| name.ends_with(ending));
    world.ancestors(origin).iter().flatten().any(|ancestor| match ancestor {
        Origin::Builtin(name) => ends(name.as_str()) || EXCEPTIONS.contains(&name.as_str()),
        Origin::Outside(path) => ends(path.last().as_str()),
        Origin::Unknown(_) => true,
        other => other.is_either(),
    })
}

/// A definition that may be folded into the canonical one.
struct Fold<'a> {
    text: Text<'a>,
    canonical: &'a Origin,
}

impl Fold<'_> {
    /// `class Old(New): pass`, or with hooks that only warn.
    fn adds_nothing(&self, class: &Class) -> bool {
        let [base] = &class.bases[..] else { return false };
        self.text.origin(base).as_ref() == Some(self.canonical)
            && !class.special
            && class.decorators.iter().all(|decorator| self.text.is_deprecation(decorator))
            && self.text.body(class.body).all(|statement| is_nothing(statement) || self.is_hook(class, statement))
    }

    /// `X = type("X", (New,), {})`
    fn is_made_of_it(&self, targets: &[Target], value: &Value) -> bool {
        let ([Target::Name(..)], Value::Call(call)) = (targets, value) else { return false };
        let call = &self.text.facts.syntax.calls[call.index()];
        let is_type = call.callee.and_then(|callee| self.text.origin(&Value::Chain(callee)))
            == Some(Origin::Builtin(Identifier::new("type")));
        let ([_, Value::Tuple(bases), Value::Dict(members)], []) = (&call.arguments[..], &call.keywords[..]) else {
            return false;
        };
        let says_nothing = |key: &Option<Value>| match key {
            Some(Value::Text(key)) => {
                let key = self.text.facts.syntax.strings[key.index()].value(self.text.text);
                matches!(key, "__doc__" | "__module__")
            }
            _ => false,
        };
        let [base] = &bases[..] else { return false };
        is_type
            && self.text.origin(base).as_ref() == Some(self.canonical)
            && members.iter().all(|(key, _)| says_nothing(key))
    }

    fn is_hook(&self, class: &Class, statement: &Statement) -> bool {
        let StatementKind::Function(function) = &statement.kind else { return false };
        let does_more = |statement: &&Statement| {
            !is_nothing(statement) && !self.text.is_warning(statement) && !is_warnings_import(statement)
        };
        let mut rest = self.text.body(function.body).filter(does_more);
        let hands_on = rest.next().is_some_and(|last| self.hands_on(class, (statement, function), last));
        HOOKS.contains(&function.name.as_str()) && function.decorators.is_empty() && hands_on && rest.next().is_none()
    }

    /// `super().__init__(*given, **named)` with exactly what `def __init__(self, *given, **named)` was given: any other
    /// list of parameters can refuse, rename or default what the base would have taken.
    fn hands_on(&self, class: &Class, (statement, function): (&Statement, &Function), last: &Statement) -> bool {
        let call = match &last.kind {
            StatementKind::Expression(Value::Call(call)) => self.text.facts.syntax.calls[call.index()].span,
            StatementKind::Return => last.span,
            _ => return false,
        };
        let Some((own, given)) = self.parameters(statement, function) else { return false };
        let name = &function.name;
        let arguments = match name.as_str() {
            "__new__" => std::iter::once(own.to_owned()).chain(given).collect::<Vec<_>>().join(","),
            _ => given.join(","),
        };
        let written = self.text.compact(call);
        let written = written.strip_prefix("return").unwrap_or(&written).replace(",)", ")");
        let returns = name.as_str() != "__new__" || matches!(last.kind, StatementKind::Return);
        let long = format!("super({},{own})", class.name);
        let supers = ["super()", long.as_str()];
        returns && supers.iter().any(|of| written == format!("{of}.{name}({arguments})"))
    }

    /// The name for the object itself, and the starred parameters after it; `None` if there are others.
    fn parameters(&self, statement: &Statement, function: &Function) -> Option<(&str, Vec<String>)> {
        let facts = self.text.facts;
        let head = Span { start: statement.span.start, end: facts.syntax.blocks[function.body.index()].span.start };
        let parameters = facts.bindings.iter().filter(|binding| matches!(binding.kind, BindKind::Parameter));
        let mut names = parameters.map(|binding| binding.span).filter(|span| head.contains(*span));
        let own = names.next()?.of(self.text.text);
        let given = names.map(|span| {
            let before = self.text.text[..span.start()].trim_end();
            let stars = before.len() - before.trim_end_matches('*').len();
            (stars > 0).then(|| format!("{}{}", &"**"[..stars], span.of(self.text.text)))
        });
        Some((own, given.collect::<Option<_>>()?))
    }
}
