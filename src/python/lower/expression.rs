//! Expressions, in the order in which they are evaluated; each gives its shape as a [`Value`].

use std::sync::Arc;

use ruff_python_ast::{self as ast, CmpOp, Expr, Operator};
use ruff_text_size::{Ranged, TextRange};

use super::Lowering;
use super::spelled::is_namespace;
use super::typing::Source;
use crate::python::syntax::{BindKind, Comparison, Display, ScopeKind, StringId, StringKind, Value};

impl Lowering<'_> {
    pub(super) fn expression(&mut self, expression: &Expr) -> Value {
        match expression {
            Expr::Name(node) => self.name(node),
            Expr::Attribute(node) => self.attribute(node),
            Expr::Call(node) => self.call(node),
            Expr::StringLiteral(node) => Value::Text(self.string(node, StringKind::Plain)),
            Expr::FString(node) => self.f_string(node),
            Expr::TString(node) => self.t_string(node),
            Expr::BytesLiteral(node) => self.bytes(node),
            Expr::NumberLiteral(_) | Expr::BooleanLiteral(_) | Expr::EllipsisLiteral(_) => Value::Literal,
            Expr::NoneLiteral(_) => Value::None,
            Expr::Tuple(node) => Value::Tuple(self.display(node.range(), &node.elts)),
            Expr::List(node) => Value::List(self.display(node.range(), &node.elts)),
            Expr::Set(node) => self.set(node),
            Expr::Dict(node) => self.dict(node),
            Expr::Subscript(node) => self.subscript(node),
            Expr::Slice(node) => self.parts([&node.lower, &node.upper, &node.step].into_iter().flatten()),
            Expr::Starred(node) => Value::Starred(Box::new(self.expression(&node.value))),
            Expr::BinOp(node) => self.binary(node),
            Expr::UnaryOp(node) => self.parts([&node.operand]),
            Expr::BoolOp(node) => Value::Either(self.all(&node.values)),
            Expr::Compare(node) => self.compare(node),
            Expr::If(node) => self.conditional(node),
            Expr::Named(node) => self.walrus(node),
            Expr::Lambda(node) => self.lambda(node),
            Expr::ListComp(node) => self.comprehension(expression, &[&node.elt], &node.generators),
            Expr::SetComp(node) => self.comprehension(expression, &[&node.elt], &node.generators),
            Expr::Generator(node) => self.comprehension(expression, &[&node.elt], &node.generators),
            Expr::DictComp(node) => self.dict_comprehension(expression, node),
            Expr::Await(node) => self.parts([&node.value]),
            Expr::Yield(node) => self.parts(&node.value),
            Expr::YieldFrom(node) => self.parts([&node.value]),
            Expr::IpyEscapeCommand(_) => Value::Other,
        }
    }

    /// The elements of a list or tuple, which is noted if it begins with a string.
    fn display(&mut self, range: TextRange, expressions: &[Expr]) -> Arc<[Value]> {
        let values = self.all(expressions);
        if let Some(Value::Text(_)) = values.first() {
            let elements = values.iter().map(string).collect();
            self.syntax.displays.push(Display { span: self.span(range), elements, statement: self.statement });
        }
        values
    }

    pub(super) fn all(&mut self, expressions: &[Expr]) -> Arc<[Value]> {
        expressions.iter().map(|expression| self.expression(expression)).collect()
    }

    fn set(&mut self, node: &ast::ExprSet) -> Value {
        let values = self.all(&node.elts);
        if let Some(Value::Text(_)) = values.first() {
            let elements = values.iter().map(string).collect();
            self.syntax.sets.push(Display { span: self.span(node.range()), elements, statement: self.statement });
        }
        Value::Other
    }

    fn parts<'e>(&mut self, expressions: impl IntoIterator<Item = &'e Box<Expr>>) -> Value {
        for expression in expressions {
            self.expression(expression);
        }
        Value::Other
    }

    fn dict(&mut self, node: &ast::ExprDict) -> Value {
        let item = |item: &ast::DictItem| {
            let key = item.key.as_ref().map(|key| self.expression(key));
            (key, self.expression(&item.value))
        };
        let items: Arc<[_]> = node.items.iter().map(item).collect();
        if let Some((Some(Value::Text(_)), _)) = items.first() {
            let elements = items.iter().map(|(key, _)| key.as_ref().and_then(string)).collect();
            let display = Display { span: self.span(node.range()), elements, statement: self.statement };
            self.syntax.dictionaries.push(display);
        }
        Value::Dict(items)
    }

    /// `Optional["Old"]` is code wherever it stands; `table["Old"]` is none.
    fn subscript(&mut self, node: &ast::ExprSubscript) -> Value {
        if is_namespace(&node.value) {
            self.expression(&node.value);
            return self.spelled(&node.slice);
        }
        match self.typing.source(&node.value) {
            Source::Typing(_) | Source::Generic if node.ctx.is_load() => self.typed_subscript(node),
            _ => return self.parts([&node.value, &node.slice]),
        }
        Value::Other
    }

    fn binary(&mut self, node: &ast::ExprBinOp) -> Value {
        if node.op == Operator::Add {
            return self.sum(node);
        }
        self.parts([&node.left, &node.right])
    }

    /// A sum of what identity can follow. `a + b + c` nests to the left, and stays flat.
    fn sum(&mut self, node: &ast::ExprBinOp) -> Value {
        let (mut first, mut terms) = (&node.left, vec![&node.right]);
        while let Expr::BinOp(inner) = &**first
            && inner.op == Operator::Add
        {
            terms.push(&inner.right);
            first = &inner.left;
        }
        terms.push(first);
        let values: Arc<[Value]> = terms.into_iter().rev().map(|term| self.expression(term)).collect();
        let is_followed = values.iter().all(|value| !matches!(value, Value::Other | Value::Literal));
        if is_followed { Value::Sum(values) } else { Value::Other }
    }

    fn compare(&mut self, node: &ast::ExprCompare) -> Value {
        let asked = node.comparators.iter().any(is_namespace);
        let left = if asked { self.spelled(&node.left) } else { self.expression(&node.left) };
        let mut operands = vec![left];
        operands.extend(node.comparators.iter().map(|comparator| self.expression(comparator)));
        let asks_identity =
            |op: &CmpOp| matches!(op, CmpOp::Is | CmpOp::IsNot | CmpOp::Eq | CmpOp::NotEq | CmpOp::In | CmpOp::NotIn);
        if node.ops.iter().any(asks_identity) {
            self.syntax.comparisons.push(Comparison { operands, statement: self.statement });
        }
        Value::Other
    }

    fn conditional(&mut self, node: &ast::ExprIf) -> Value {
        self.expression(&node.test);
        Value::Either(Arc::new([self.expression(&node.body), self.expression(&node.orelse)]))
    }

    fn walrus(&mut self, node: &ast::ExprNamed) -> Value {
        let value = self.expression(&node.value);
        self.target(&node.target, BindKind::Assign(value.clone()));
        value
    }

    fn lambda(&mut self, node: &ast::ExprLambda) -> Value {
        if let Some(parameters) = &node.parameters {
            self.defaults(parameters);
        }
        let opened = self.nameless(ScopeKind::Lambda, node.range);
        self.scope(opened, |lowering| {
            if let Some(parameters) = &node.parameters {
                lowering.parameters(parameters);
            }
            lowering.expression(&node.body);
        });
        Value::Other
    }
}

fn string(value: &Value) -> Option<StringId> {
    match value {
        Value::Text(string) => Some(*string),
        _ => None,
    }
}
