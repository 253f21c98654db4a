//! Definitions that say of themselves that they are deprecated: by a call that warns, a decorator, or the word.

use crate::project::FileId;
use crate::python::DottedName;
use crate::python::syntax::{BlockId, CallId, Statement, StatementId, StatementKind, Value};
use crate::semantics::{Facts, Origin, World};
use crate::text::Span;

/// A definition, or another statement that makes an alias, in its file.
#[derive(Clone, Copy)]
pub(super) struct Text<'a> {
    pub world: &'a World,
    pub file: FileId,
    pub facts: &'a Facts,
    pub text: &'a str,
    pub statement: StatementId,
}

impl<'a> Text<'a> {
    /// The statement that an origin is.
    pub(super) fn of(world: &'a World, origin: &Origin) -> Option<Self> {
        let (file, facts, binding) = world.defined(origin)?;
        Some(Self { world, file, facts, text: world.project.text(file)?, statement: binding.statement })
    }

    pub(super) fn kind(&self) -> &'a StatementKind {
        &self.facts.syntax.statements[self.statement.index()].kind
    }

    pub(super) fn span(&self) -> Span {
        self.facts.syntax.statements[self.statement.index()].span
    }

    pub(super) fn body(&self, block: BlockId) -> impl Iterator<Item = &'a Statement> + use<'a> {
        let syntax = &self.facts.syntax;
        syntax.blocks[block.index()].statements.iter().map(|id| &syntax.statements[id.index()])
    }

    /// What the whole of a dotted name is.
    pub(super) fn origin(&self, value: &Value) -> Option<Origin> {
        let Value::Chain(chain) = value else { return None };
        let last = self.world.chain(self.file, &self.facts.references[chain.index()]).pop()?;
        let whole = last.attributes == self.facts.syntax.chains[chain.index()].attributes.len();
        whole.then_some(last.resolution.origin)
    }

    /// `warnings.warn(…)`
    pub(super) fn is_warning(&self, statement: &Statement) -> bool {
        matches!(statement.kind, StatementKind::Expression(Value::Call(call)) if self.is_warn_call(call))
    }

    fn is_warn_call(&self, call: CallId) -> bool {
        let callee = self.facts.syntax.calls[call.index()].callee;
        let origin = callee.and_then(|callee| self.origin(&Value::Chain(callee)));
        origin == Some(Origin::Outside(DottedName::new("warnings.warn")))
    }

    /// By its own text.
    pub(super) fn is_deprecated(&self) -> bool {
        let span = self.span();
        let warns = self.facts.calls_in(span).any(|call| self.is_warn_call(call));
        let (decorators, body) = match self.kind() {
            StatementKind::Class(class) => (&class.decorators[..], Some(class.body)),
            StatementKind::Function(function) => (&function.decorators[..], Some(function.body)),
            _ => (&[][..], None),
        };
        let decorated = decorators.iter().any(|decorator| self.is_deprecation(decorator));
        warns || decorated || body.is_some_and(|body| self.docstring_says_so(body)) || self.comment_says_so(span)
    }

    /// `@deprecated("use New")`
    pub(super) fn is_deprecation(&self, decorator: &Value) -> bool {
        let Value::Call(call) = decorator else { return false };
        let callee = self.facts.syntax.calls[call.index()].callee;
        callee.is_some_and(|callee| self.facts.syntax.chains[callee.index()].last().as_str() == "deprecated")
    }

    fn docstring_says_so(&self, body: BlockId) -> bool {
        match self.body(body).next().map(|statement| &statement.kind) {
            Some(StatementKind::Expression(Value::Text(string))) => {
                says_deprecated(self.facts.syntax.strings[string.index()].value(self.text))
            }
            _ => false,
        }
    }

    /// The lines of comment right above, or the one behind it on the same line.
    fn comment_says_so(&self, statement: Span) -> bool {
        let above = self.text[..statement.start()].trim_end_matches([' ', '\t']);
        let lines = above.lines().rev().map(str::trim).take_while(|line| line.starts_with('#'));
        let behind = self.text[statement.end()..].lines().next().unwrap_or_default();
        let behind = Some(behind.trim()).filter(|line| line.starts_with('#'));
        lines.chain(behind).any(says_deprecated)
    }

    pub(super) fn compact(&self, span: Span) -> String {
        span.of(self.text).split_whitespace().collect()
    }
}

/// A docstring, `pass`, `...`.
pub(super) fn is_nothing(statement: &Statement) -> bool {
    matches!(
        statement.kind,
        StatementKind::Pass | StatementKind::Expression(Value::Text(_) | Value::Literal | Value::None)
    )
}

/// `import warnings`, `from warnings import warn`
pub(super) fn is_warnings_import(statement: &Statement) -> bool {
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
