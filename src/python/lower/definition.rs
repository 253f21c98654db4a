//! Functions, classes, type aliases, and their parameters.

use ruff_python_ast::{self as ast, Decorator, Expr, Parameters, TypeParam, TypeParams};
use ruff_text_size::{Ranged, TextRange};

use super::typing::Source;
use super::{Lowering, span_of};
use crate::python::Identifier;
use crate::python::syntax::{BindKind, BlockKind, Class, Function, OpenedScope, ScopeKind, StatementKind, Value};

impl Lowering<'_> {
    /// Decorators and defaults run outside, annotations where the type parameters are seen, the body in its own scope.
    pub(super) fn function(&mut self, node: &ast::StmtFunctionDef) -> StatementKind {
        let mark = self.mark_lookup(node);
        let decorators = self.decorators(&node.decorator_list);
        self.defaults(&node.parameters);
        let mut body = None;
        self.with_type_parameters(node.type_params.as_deref(), |lowering| {
            lowering.parameter_annotations(&node.parameters);
            if let Some(returns) = &node.returns {
                lowering.annotation(returns);
            }
            let opened = opened(ScopeKind::Function, &node.name, node.end());
            lowering.scope(opened, |lowering| {
                lowering.parameters(&node.parameters);
                body = Some(lowering.block(BlockKind::Function, &node.body, |lowering| {
                    lowering.statements(&node.body);
                }));
            });
        });
        let name = self.bind(&node.name, node.name.range, BindKind::Function);
        if let Some(mark) = mark {
            self.note_lookup(&mark, node);
        }
        StatementKind::Function(Function {
            name,
            name_span: span_of(node.name.range),
            decorators,
            body: body.expect("the closure has run"),
        })
    }

    pub(super) fn class(&mut self, node: &ast::StmtClassDef) -> StatementKind {
        let decorators = self.decorators(&node.decorator_list);
        let mut bases = Vec::new();
        let mut body = None;
        self.with_type_parameters(node.type_params.as_deref(), |lowering| {
            bases = node.bases().iter().map(|base| lowering.base(base)).collect();
            for keyword in node.keywords() {
                lowering.expression(&keyword.value);
            }
            lowering.scope(opened(ScopeKind::Class, &node.name, node.end()), |lowering| {
                body = Some(lowering.block(BlockKind::Class, &node.body, |lowering| lowering.statements(&node.body)));
            });
        });
        let name = self.bind(&node.name, node.name.range, BindKind::Class);
        let is_starred = |base: &Value| matches!(base, Value::Starred(_));
        StatementKind::Class(Box::new(Class {
            name,
            name_span: span_of(node.name.range),
            special: node.type_params.is_some() || !node.keywords().is_empty() || bases.iter().any(is_starred),
            bases,
            decorators,
            body: body.expect("the closure has run"),
        }))
    }

    /// A base class; strings in its brackets may be code.
    fn base(&mut self, base: &Expr) -> Value {
        let Expr::Subscript(node) = base else { return self.expression(base) };
        match self.typing.source(&node.value) {
            Source::Typing(_) | Source::Generic => return self.expression(base),
            Source::Foreign(_) | Source::Own => drop(self.expression(&node.value)),
        }
        match &*node.slice {
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|one| drop(self.perhaps(one))),
            one => drop(self.perhaps(one)),
        }
        Value::Other
    }

    /// `type Name[T] = value` (PEP 695).
    pub(super) fn type_alias(&mut self, node: &ast::StmtTypeAlias) -> StatementKind {
        self.with_type_parameters(node.type_params.as_deref(), |lowering| {
            let mut opened = lowering.nameless(ScopeKind::TypeAlias, node.value.range());
            if let Expr::Name(name) = &*node.name {
                opened.name = Identifier::new(&name.id);
            }
            lowering.scope(opened, |lowering| lowering.annotation(&node.value));
        });
        self.target(&node.name, BindKind::TypeAlias);
        StatementKind::TypeAlias
    }

    fn decorators(&mut self, decorators: &[Decorator]) -> Vec<Value> {
        decorators.iter().map(|decorator| self.expression(&decorator.expression)).collect()
    }

    /// Defaults run where the function is defined: those of positional parameters first.
    pub(super) fn defaults(&mut self, parameters: &Parameters) {
        for parameter in parameters.iter_non_variadic_params() {
            if let Some(default) = &parameter.default {
                self.expression(default);
            }
        }
    }

    fn parameter_annotations(&mut self, parameters: &Parameters) {
        for parameter in parameters.iter() {
            if let Some(annotation) = parameter.annotation() {
                self.annotation(annotation);
            }
        }
    }

    pub(super) fn parameters(&mut self, parameters: &Parameters) {
        for parameter in parameters.iter() {
            let name = parameter.name();
            self.bind(name, name.range, BindKind::Parameter);
        }
    }

    /// Runs `inside` in the scope of the type parameters, if there are any.
    fn with_type_parameters(&mut self, parameters: Option<&TypeParams>, inside: impl FnOnce(&mut Self)) {
        let Some(parameters) = parameters else { return inside(self) };
        let opened = self.nameless(ScopeKind::TypeParameters, parameters.range);
        self.scope(opened, |lowering| {
            for parameter in parameters {
                lowering.type_parameter(parameter);
            }
            inside(lowering);
        });
    }

    /// Bounds and defaults are evaluated late, each in a scope of its own.
    fn type_parameter(&mut self, parameter: &TypeParam) {
        let name = parameter.name();
        self.bind(name, name.range, BindKind::TypeParameter);
        let bound = match parameter {
            TypeParam::TypeVar(variable) => variable.bound.as_deref(),
            TypeParam::TypeVarTuple(_) | TypeParam::ParamSpec(_) => None,
        };
        for late in [bound, parameter.default()].into_iter().flatten() {
            let opened = self.nameless(ScopeKind::TypeAlias, late.range());
            self.scope(opened, |lowering| lowering.annotation(late));
        }
    }
}

/// The scope of a definition: from its name to its end.
fn opened(kind: ScopeKind, name: &ast::Identifier, end: ruff_text_size::TextSize) -> OpenedScope {
    OpenedScope { kind, name: Identifier::new(name), span: span_of(TextRange::new(name.range.start(), end)) }
}
