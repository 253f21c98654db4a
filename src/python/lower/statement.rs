//! Statements: the dispatch, and those without a suite.

use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::Ranged;

use super::{Lowering, span_of};
use crate::python::Identifier;
use crate::python::syntax::{BindKind, BlockKind, Event, StatementKind, StringKind, Target, Value};
use crate::text::Span;

impl Lowering<'_> {
    /// Lowers a suite into the current block.
    pub(super) fn statements(&mut self, body: &[Stmt]) {
        for statement in body {
            self.statement(statement);
        }
    }

    fn statement(&mut self, statement: &Stmt) {
        self.type_comments_before(statement.start().to_usize());
        let id = self.begin(statement.range());
        let kind = self.kind(statement);
        self.syntax.statements[id.index()].kind = kind;
        self.type_comments_behind(statement.end().to_usize());
    }

    fn kind(&mut self, statement: &Stmt) -> StatementKind {
        match statement {
            Stmt::FunctionDef(node) => self.function(node),
            Stmt::ClassDef(node) => self.class(node),
            Stmt::TypeAlias(node) => self.type_alias(node),
            Stmt::Import(node) => self.import(node),
            Stmt::ImportFrom(node) => self.import_from(node),
            Stmt::Assign(node) => self.assign(node),
            Stmt::AugAssign(node) => self.augment(node),
            Stmt::AnnAssign(node) => self.annotated(node),
            Stmt::Delete(node) => self.delete(node),
            Stmt::Expr(node) => self.expression_statement(node),
            Stmt::For(node) => self.for_loop(node),
            Stmt::While(node) => self.while_loop(node),
            Stmt::If(node) => self.if_statement(node),
            Stmt::With(node) => self.with(node),
            Stmt::Match(node) => self.match_statement(node),
            Stmt::Try(node) => self.try_statement(node),
            Stmt::Global(node) => self.declare(&node.names, StatementKind::Global),
            Stmt::Nonlocal(node) => self.declare(&node.names, StatementKind::Nonlocal),
            Stmt::Return(node) => self.leave(&[node.value.as_deref()], StatementKind::Return),
            Stmt::Raise(node) => self.leave(&[node.exc.as_deref(), node.cause.as_deref()], StatementKind::Raise),
            Stmt::Assert(node) => self.leave(&[Some(&node.test), node.msg.as_deref()], StatementKind::Assert),
            Stmt::Break(_) => StatementKind::Break,
            Stmt::Continue(_) => StatementKind::Continue,
            Stmt::Pass(_) | Stmt::IpyEscapeCommand(_) => StatementKind::Pass,
        }
    }

    fn assign(&mut self, node: &ast::StmtAssign) -> StatementKind {
        let value = self.expression(&node.value);
        let targets = node.targets.iter().map(|target| self.target(target, BindKind::Assign(value.clone()))).collect();
        StatementKind::Assign { targets, value: Some(value), annotated: false }
    }

    /// `(name): annotation` declares nothing. The annotation runs last; a name that it declares in a function is not evaluated, but read by people and tools.
    fn annotated(&mut self, node: &ast::StmtAnnAssign) -> StatementKind {
        let value = node.value.as_deref().map(|value| self.annotated_value(value, &node.annotation));
        let target = match &value {
            Some(value) => self.target(&node.target, BindKind::Assign(value.clone())),
            None if node.target.is_name_expr() && !node.simple => Target::Other(span_of(node.target.range())),
            None => self.target(&node.target, BindKind::Declare),
        };
        self.annotation(&node.annotation);
        StatementKind::Assign { targets: [target].into(), value, annotated: true }
    }

    fn augment(&mut self, node: &ast::StmtAugAssign) -> StatementKind {
        if let Expr::Name(name) = &*node.target {
            self.name(name);
        }
        let value = self.expression(&node.value);
        let target = self.target(&node.target, BindKind::Augment(value.clone()));
        StatementKind::Augment { target, value }
    }

    fn delete(&mut self, node: &ast::StmtDelete) -> StatementKind {
        let targets = node.targets.iter().map(|target| self.target(target, BindKind::Delete)).collect();
        StatementKind::Delete(targets)
    }

    fn expression_statement(&mut self, node: &ast::StmtExpr) -> StatementKind {
        let value = match &*node.value {
            Expr::StringLiteral(literal) if self.is_docstring() => {
                Value::Text(self.string(literal, StringKind::Docstring))
            }
            value => self.expression(value),
        };
        StatementKind::Expression(value)
    }

    /// Whether the statement that has just begun is the first of a module, class or function.
    fn is_docstring(&self) -> bool {
        let block = &self.syntax.blocks[self.block.index()];
        matches!(block.kind, BlockKind::Module | BlockKind::Class | BlockKind::Function) && block.statements.len() == 1
    }

    fn declare(
        &mut self,
        names: &[ast::Identifier],
        kind: impl FnOnce(Vec<(Identifier, Span)>) -> StatementKind,
    ) -> StatementKind {
        self.syntax.events.push(Event::Declare(self.statement));
        kind(names.iter().map(|name| (Identifier::new(name.as_str()), span_of(name.range))).collect())
    }

    /// A statement that only evaluates expressions.
    fn leave(&mut self, expressions: &[Option<&Expr>], kind: StatementKind) -> StatementKind {
        for expression in expressions.iter().flatten() {
            self.expression(expression);
        }
        kind
    }
}
