//! Functions: parameters, and shapes by which code is compared.

use std::hash::{DefaultHasher, Hash, Hasher};

use ruff_python_ast::comparable::{ComparableExpr, ComparableStmt};
use ruff_python_ast::{self as ast, AnyParameterRef, Expr, Stmt};
use ruff_text_size::{Ranged, TextRange};

use super::{Parameter, ParameterKind, Part, Routine, span_of};
use crate::text::Span;

pub(super) fn routine(function: &ast::StmtFunctionDef) -> Routine {
    Routine {
        decorators: decorators(&function.decorator_list),
        is_async: function.is_async,
        parameters: parameters(&function.parameters),
        header: span_of(function.parameters.range),
        body: body(&function.body, function.range),
    }
}

pub(super) fn decorators(decorators: &[ast::Decorator]) -> Vec<Part> {
    decorators.iter().map(|decorator| expression(&decorator.expression)).collect()
}

pub(super) fn expression(expression: &Expr) -> Part {
    Part { span: span_of(expression.range()), shape: hashed(ComparableExpr::from(expression)) }
}

fn body(statements: &[Stmt], whole: TextRange) -> Part {
    let is_docstring = |statement: &Stmt| matches!(statement, Stmt::Expr(node) if node.value.is_string_literal_expr());
    let counted = match statements {
        [first, rest @ ..] if is_docstring(first) => rest,
        all => all,
    };
    let span = match counted {
        [first, .., last] => Span { start: first.start().to_u32(), end: last.end().to_u32() },
        [only] => span_of(only.range()),
        [] => Span::empty(whole.end().to_usize()),
    };
    let does: Vec<_> = counted.iter().filter(|statement| !is_nothing(statement)).map(ComparableStmt::from).collect();
    Part { span, shape: hashed(does) }
}

/// `pass` and `...` do nothing.
fn is_nothing(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Pass(_)) || matches!(statement, Stmt::Expr(node) if node.value.is_ellipsis_literal_expr())
}

fn parameters(parameters: &ast::Parameters) -> Vec<Parameter> {
    let kind = |parameter: &AnyParameterRef| {
        let is = |list: &[ast::ParameterWithDefault]| list.iter().any(|other| other.range() == parameter.range());
        match parameter {
            AnyParameterRef::NonVariadic(_) if is(&parameters.posonlyargs) => ParameterKind::PositionalOnly,
            AnyParameterRef::NonVariadic(_) if is(&parameters.kwonlyargs) => ParameterKind::KeywordOnly,
            AnyParameterRef::NonVariadic(_) => ParameterKind::Plain,
            AnyParameterRef::Variadic(_)
                if parameters.vararg.as_ref().is_some_and(|rest| rest.range() == parameter.range()) =>
            {
                ParameterKind::Rest
            }
            AnyParameterRef::Variadic(_) => ParameterKind::Keywords,
        }
    };
    let read = |parameter: AnyParameterRef| Parameter {
        span: span_of(parameter.range()),
        name: parameter.name().to_string(),
        kind: kind(&parameter),
        default: parameter.default().map(expression),
    };
    parameters.iter_source_order().map(read).collect()
}

fn hashed(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
