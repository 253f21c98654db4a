//! Annotations: the code that type checkers read, also inside strings (PEP 484, PEP 563).

use ruff_python_ast::{self as ast, Expr, ExprStringLiteral};
use ruff_python_parser::parse_parenthesized_expression_range;
use ruff_text_size::TextRange;

use std::rc::Rc;

use super::typing::Source;
use super::{Fixed, Lowering, depth};
use crate::python::edit::Literal;
use crate::python::syntax::{Form, StringId, StringKind, Value};
use crate::text::Span;

impl Lowering<'_> {
    /// An annotation as it stands behind `:` or `->`.
    pub(super) fn annotation(&mut self, annotation: &Expr) {
        self.with_form(Form::Annotation, |lowering| lowering.typed(annotation));
    }

    /// `name: TypeAlias = "Old"` has code in its string; other values are what they are.
    pub(super) fn annotated_value(&mut self, value: &Expr, annotation: &Expr) -> Value {
        match last_name(annotation) {
            Some("TypeAlias") => self.typed(value),
            _ => self.expression(value),
        }
    }

    /// An expression whose strings are code: an annotation, or an argument like the first of `cast`.
    pub(super) fn typed(&mut self, expression: &Expr) -> Value {
        match expression {
            Expr::StringLiteral(literal) => return self.quoted(literal),
            Expr::Name(_) | Expr::Attribute(_) | Expr::NoneLiteral(_) => return self.expression(expression),
            Expr::Subscript(node) => self.typed_subscript(node),
            Expr::BinOp(node) => self.all_typed([&*node.left, &*node.right]),
            Expr::Tuple(node) => self.all_typed(&node.elts),
            Expr::List(node) => self.all_typed(&node.elts),
            Expr::Starred(node) => self.all_typed([&*node.value]),
            other if self.is_evaluated() => return self.expression(other),
            _ => {}
        }
        Value::Other
    }

    fn all_typed<'e>(&mut self, expressions: impl IntoIterator<Item = &'e Expr>) {
        for expression in expressions {
            self.typed(expression);
        }
    }

    /// `Literal["text"]` holds values, `Annotated[Type, …]` one type and then values.
    pub(super) fn typed_subscript(&mut self, node: &ast::ExprSubscript) {
        let name = match self.typing.source(&node.value) {
            Source::Typing(name) => Some(name),
            _ => last_name(&node.value),
        };
        self.typed(&node.value);
        match (name, &*node.slice) {
            (Some("Literal"), slice) => self.values(std::slice::from_ref(slice)),
            (Some("Annotated"), Expr::Tuple(tuple)) => {
                let (types, values) = tuple.elts.split_at(tuple.elts.len().min(1));
                self.all_typed(types);
                self.values(values);
            }
            (_, slice) => self.all_typed([slice]),
        }
    }

    /// Values inside an annotation; inside a string or a comment they are never evaluated.
    fn values(&mut self, values: &[Expr]) {
        if self.is_evaluated() {
            self.all(values);
        }
    }

    fn is_evaluated(&self) -> bool {
        matches!(self.form, Form::Code | Form::Annotation)
    }

    fn quoted(&mut self, literal: &ExprStringLiteral) -> Value {
        let string = self.string(literal, StringKind::Annotation);
        match self.syntax.strings[string.index()].content {
            Some(content) => self.code_at(content, Form::Quoted(string)),
            None => self.quoted_elsewhere(string, literal.value.to_str()),
        }
        Value::Text(string)
    }

    /// Reads the text of `span` as an annotation; what is no expression is no annotation.
    pub(super) fn code_at(&mut self, span: Span, form: Form) {
        if let Some(expression) = expression_at(self.text, span) {
            self.with_form(form, |lowering| lowering.typed(&expression));
        }
    }

    /// A string in a place where code may stand, if what takes it is of `typing`: the names in it keep their spelling.
    pub(super) fn perhaps(&mut self, expression: &Expr) -> Value {
        let value = self.expression(expression);
        if let (Value::Text(string), Expr::StringLiteral(literal)) = (&value, expression)
            && !literal.value.to_str().contains('.')
        {
            self.unmapped(*string, literal.value.to_str());
        }
        value
    }

    /// The text of a string that has escapes or several parts: it is code where each of its names stands in one part.
    fn quoted_elsewhere(&mut self, string: StringId, text: &str) {
        let span = self.syntax.strings[string.index()].span;
        let literal = self.fixed.is_none().then(|| Literal::read(self.text, span)).flatten();
        let Some(literal) = literal.filter(|literal| literal.has_whole_names(text)) else {
            return self.unmapped(string, text);
        };
        let Some(expression) = expression_at(text, Span::new(0, text.len())) else { return };
        self.fixed = Some(Fixed::Parts(Rc::new(literal)));
        self.with_form(Form::Quoted(string), |lowering| lowering.typed(&expression));
        self.fixed = None;
    }

    /// Reads a text as code of which all spans are those of its literal.
    pub(super) fn unmapped(&mut self, string: StringId, text: &str) {
        let Some(expression) = expression_at(text, Span::new(0, text.len())) else { return };
        let outer = self.fixed.take();
        self.fixed = match outer {
            Some(Fixed::At(_)) => outer.clone(),
            _ => Some(Fixed::At(self.syntax.strings[string.index()].span)),
        };
        self.with_form(Form::Unmapped(string), |lowering| lowering.typed(&expression));
        self.fixed = outer;
    }

    fn with_form<T>(&mut self, form: Form, inside: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.form, form);
        let result = inside(self);
        self.form = outer;
        result
    }
}

fn expression_at(text: &str, span: Span) -> Option<Expr> {
    if depth::too_deep_at(span.of(text), depth::ANNOTATION).is_some() {
        return None;
    }
    let range = TextRange::new(span.start.into(), span.end.into());
    parse_parenthesized_expression_range(text, range).ok().map(|parsed| parsed.into_expr())
}

/// The last name of a dotted name, or of an attribute of anything.
pub(super) fn last_name(expression: &Expr) -> Option<&str> {
    match expression {
        Expr::Name(name) => Some(name.id.as_str()),
        Expr::Attribute(attribute) => Some(attribute.attr.as_str()),
        _ => None,
    }
}
