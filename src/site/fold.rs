//! Deprecated subclasses that add nothing: other objects than their base, but made to be found under the old name only.

use super::{Families, Standing};
use crate::python::DottedName;
use crate::python::syntax::{BindKind, BlockId, CallId, Function, Statement, StatementKind, Value};
use crate::semantics::{ClassView, Origin, World};
use crate::text::Span;

/// Methods that may warn and hand on.
const HOOKS: [&str; 3] = ["__init__", "__new__", "__init_subclass__"];
const EXCEPTION_ENDINGS: [&str; 3] = ["Error", "Exception", "Warning"];
/// Builtin exceptions whose names say nothing.
const EXCEPTIONS: [&str; 6] =
    ["BaseExceptionGroup", "ExceptionGroup", "GeneratorExit", "KeyboardInterrupt", "StopIteration", "SystemExit"];

/// What a class is to its canonical one, of which it is no other name: a deprecated detour that may be folded, an
/// exception, or an object of its own.
pub(super) fn standing(families: &Families, alias: &Origin, canonical: &Origin) -> Standing {
    let world = families.world;
    let Some(view) = world.class(alias) else { return Standing::Other };
    let fold = Fold { world, view };
    let is_twin = families.is_twin(alias);
    match fold.adds_nothing_to(canonical) && (is_twin || fold.is_deprecated()) {
        false => Standing::Other,
        true if is_exception(world, canonical) && !is_twin => Standing::WidensExcept,
        true => Standing::Merged,
    }
}

/// Whether the bases lead to an exception, as far as they can be followed.
fn is_exception(world: &World, origin: &Origin) -> bool {
    let ends = |name: &str| EXCEPTION_ENDINGS.iter().any(|ending| name.ends_with(ending));
    world.ancestors(origin).iter().flatten().any(|ancestor| match ancestor {
        Origin::Builtin(name) => ends(name.as_str()) || EXCEPTIONS.contains(&name.as_str()),
        Origin::Outside(path) => ends(path.last().as_str()),
        Origin::Unknown(_) => true,
        _ => false,
    })
}

/// A class that may be folded into its base.
struct Fold<'a> {
    world: &'a World,
    view: ClassView<'a>,
}

impl Fold<'_> {
    /// `class Old(New): pass`, or with hooks that only warn.
    fn adds_nothing_to(&self, canonical: &Origin) -> bool {
        let class = self.view.class;
        let [base] = &class.bases[..] else { return false };
        self.world.base(&self.view, base).as_ref() == Some(canonical)
            && !class.special
            && class.decorators.iter().all(|decorator| self.is_deprecation(decorator))
            && self.body(class.body).all(|statement| self.is_nothing(statement) || self.is_hook(statement))
    }

    fn body(&self, block: BlockId) -> impl Iterator<Item = &Statement> {
        let syntax = &self.view.facts.syntax;
        syntax.blocks[block.index()].statements.iter().map(|id| &syntax.statements[id.index()])
    }

    fn is_deprecation(&self, decorator: &Value) -> bool {
        matches!(decorator, Value::Call(_))
            && self.view.name_of(decorator).is_some_and(|name| name.as_str() == "deprecated")
    }

    /// A docstring, `pass`, `...`.
    fn is_nothing(&self, statement: &Statement) -> bool {
        matches!(
            statement.kind,
            StatementKind::Pass | StatementKind::Expression(Value::Text(_) | Value::Literal | Value::None)
        )
    }

    fn is_hook(&self, statement: &Statement) -> bool {
        let StatementKind::Function(function) = &statement.kind else { return false };
        let does_more = |statement: &&Statement| {
            !self.is_nothing(statement) && !self.is_warning(statement) && !is_import(statement)
        };
        let mut rest = self.body(function.body).filter(does_more);
        let hands_on = rest.next().is_some_and(|last| self.hands_on(statement, function, last));
        HOOKS.contains(&function.name.as_str()) && function.decorators.is_empty() && hands_on && rest.next().is_none()
    }

    /// `warnings.warn(…)`
    fn is_warning(&self, statement: &Statement) -> bool {
        let StatementKind::Expression(Value::Call(call)) = &statement.kind else { return false };
        self.is_warn_call(*call)
    }

    fn is_warn_call(&self, call: CallId) -> bool {
        let facts = self.view.facts;
        let Some(callee) = facts.syntax.calls[call.index()].callee else { return false };
        let last = self.world.chain(self.view.file, &facts.references[callee.index()]).pop();
        last.is_some_and(|last| last.resolution.origin == Origin::Outside(DottedName::new("warnings.warn")))
    }

    /// `super().__init__(*given, **named)` with exactly what `def __init__(self, *given, **named)` was given: any other
    /// list of parameters can refuse, rename or default what the base would have taken.
    fn hands_on(&self, statement: &Statement, function: &Function, last: &Statement) -> bool {
        let call = match &last.kind {
            StatementKind::Expression(Value::Call(call)) => self.view.facts.syntax.calls[call.index()].span,
            StatementKind::Return => last.span,
            _ => return false,
        };
        let Some((own, given)) = self.parameters(statement, function) else { return false };
        let name = &function.name;
        let arguments = match name.as_str() {
            "__new__" => std::iter::once(own.to_owned()).chain(given).collect::<Vec<_>>().join(","),
            _ => given.join(","),
        };
        let written = self.compact(call);
        let written = written.strip_prefix("return").unwrap_or(&written).replace(",)", ")");
        let returns = name.as_str() != "__new__" || matches!(last.kind, StatementKind::Return);
        let long = format!("super({},{own})", self.view.class.name);
        let supers = ["super()", long.as_str()];
        returns && supers.iter().any(|of| written == format!("{of}.{name}({arguments})"))
    }

    /// The name for the object itself, and the starred parameters after it; `None` if there are others.
    fn parameters(&self, statement: &Statement, function: &Function) -> Option<(&str, Vec<String>)> {
        let facts = self.view.facts;
        let head = Span { start: statement.span.start, end: facts.syntax.blocks[function.body.index()].span.start };
        let parameters = facts.bindings.iter().filter(|binding| matches!(binding.kind, BindKind::Parameter));
        let mut names = parameters.map(|binding| binding.span).filter(|span| head.contains(*span));
        let own = names.next()?.of(self.view.text);
        let given = names.map(|span| {
            let before = self.view.text[..span.start()].trim_end();
            let stars = before.len() - before.trim_end_matches('*').len();
            (stars > 0).then(|| format!("{}{}", &"**"[..stars], span.of(self.view.text)))
        });
        Some((own, given.collect::<Option<_>>()?))
    }

    fn compact(&self, span: Span) -> String {
        span.of(self.view.text).split_whitespace().collect()
    }

    /// By its own text: a call that warns, a decorator, or the word.
    fn is_deprecated(&self) -> bool {
        let facts = self.view.facts;
        let span = facts.syntax.statements[self.view.statement.index()].span;
        let calls = facts.syntax.calls.iter().enumerate().filter(|(_, call)| span.contains(call.span));
        let warns = calls.map(|(index, _)| CallId(index as u32)).any(|call| self.is_warn_call(call));
        warns || !self.view.class.decorators.is_empty() || self.docstring_says_so() || self.comment_says_so(span)
    }

    fn docstring_says_so(&self) -> bool {
        let first = self.body(self.view.class.body).next();
        match first.map(|statement| &statement.kind) {
            Some(StatementKind::Expression(Value::Text(string))) => {
                says_deprecated(self.view.facts.syntax.strings[string.index()].value(self.view.text))
            }
            _ => false,
        }
    }

    /// The lines of comment right above the class.
    fn comment_says_so(&self, statement: Span) -> bool {
        let above = self.view.text[..statement.start()].trim_end_matches([' ', '\t']);
        let lines = above.lines().rev().map(str::trim).take_while(|line| line.starts_with('#'));
        lines.into_iter().any(says_deprecated)
    }
}

/// `import warnings`, `from warnings import warn`
fn is_import(statement: &Statement) -> bool {
    match &statement.kind {
        StatementKind::Import(names) => names.iter().all(|name| name.module.as_str() == "warnings"),
        StatementKind::From(from) => {
            from.level == 0 && from.module.as_ref().is_some_and(|module| module.as_str() == "warnings")
        }
        _ => false,
    }
}

/// Whether a text has the word, in any case.
fn says_deprecated(text: &str) -> bool {
    let mut words = text.split(|character: char| !character.is_alphanumeric());
    words.any(|word| word.eq_ignore_ascii_case("deprecated"))
}
