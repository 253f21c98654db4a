//! Strings, bytes, and the fields of f-strings and t-strings.

use ruff_python_ast::{self as ast, FStringPart, InterpolatedStringElement};
use ruff_text_size::{Ranged, TextRange};

use super::{Lowering, span_of};
use crate::python::syntax::{ChainId, StringId, StringKind, StringLiteral, Value};

impl Lowering<'_> {
    /// A literal of one or several parts, none of which is an f-string.
    pub(super) fn string(&mut self, literal: &ast::ExprStringLiteral, kind: StringKind) -> StringId {
        let value = literal.value.to_str();
        let content = match literal.value.as_slice() {
            [only] if self.fixed.is_none() => Some(span_of(only.content_range())),
            _ => None,
        };
        let content = content.filter(|content| content.of(self.text) == value);
        let value = content.is_none().then(|| Box::from(value));
        let span = self.span(literal.range);
        self.push_string(StringLiteral { span, content, value, kind, statement: self.statement })
    }

    pub(super) fn bytes(&mut self, literal: &ast::ExprBytesLiteral) -> Value {
        let span = self.span(literal.range);
        let (kind, statement) = (StringKind::Bytes, self.statement);
        self.push_string(StringLiteral { span, content: None, value: None, kind, statement });
        Value::Literal
    }

    pub(super) fn f_string(&mut self, literal: &ast::ExprFString) -> Value {
        let mut value = String::new();
        for part in &literal.value {
            match part {
                FStringPart::Literal(text) => value.push_str(text.as_str()),
                FStringPart::FString(fields) => self.elements(&fields.elements, &mut value),
            }
        }
        self.template(literal.range(), value)
    }

    pub(super) fn t_string(&mut self, literal: &ast::ExprTString) -> Value {
        let mut value = String::new();
        for part in &literal.value {
            self.elements(&part.elements, &mut value);
        }
        self.template(literal.range(), value)
    }

    /// Lowers the fields and adds the text between them to `value`.
    fn elements(&mut self, elements: &ast::InterpolatedStringElements, value: &mut String) {
        for element in elements {
            match element {
                InterpolatedStringElement::Literal(text) => value.push_str(&text.value),
                InterpolatedStringElement::Interpolation(field) => self.field(field),
            }
        }
    }

    /// `{expression:format}`, where the format may have fields of its own.
    fn field(&mut self, field: &ast::InterpolatedElement) {
        let (printed, chains) = (self.syntax.printed.len(), self.syntax.chains.len());
        self.expression(&field.expression);
        if field.debug_text.is_some() {
            self.syntax.printed.truncate(printed);
            let inside = chains as u32..self.syntax.chains.len() as u32;
            self.syntax.printed.extend(inside.map(ChainId));
        }
        if let Some(format) = &field.format_spec {
            self.elements(&format.elements, &mut String::new());
        }
    }

    fn template(&mut self, range: TextRange, value: String) -> Value {
        let span = self.span(range);
        let (kind, value, statement) = (StringKind::Template, Some(value.into_boxed_str()), self.statement);
        Value::Text(self.push_string(StringLiteral { span, content: None, value, kind, statement }))
    }

    fn push_string(&mut self, string: StringLiteral) -> StringId {
        let id = StringId(self.syntax.strings.len() as u32);
        self.syntax.strings.push(string);
        id
    }
}
