//! Statements with suites that fork the control flow.

use ruff_python_ast::{self as ast, CmpOp, ExceptHandler, ExceptHandlerExceptHandler, Expr, Stmt, UnaryOp};
use ruff_text_size::Ranged;
use smallvec::SmallVec;

use super::Lowering;
use super::annotation::last_name;
use crate::python::syntax::{BindKind, Block, BlockId, BlockKind, ChainId, Event, Handler, StatementKind, Test, Value};
use crate::text::Span;

impl Lowering<'_> {
    /// A suite of the current statement; `inside` lowers what stands in it, and a header that belongs to it.
    pub(super) fn block(&mut self, kind: BlockKind, body: &[Stmt], inside: impl FnOnce(&mut Self)) -> BlockId {
        let id = BlockId(self.syntax.blocks.len() as u32);
        let start = body.first().map_or(0, |first| first.start().to_usize());
        let end = body.last().map_or(start, |last| last.end().to_usize());
        let (owner, outer) = (self.statement, self.block);
        self.syntax.blocks.push(Block {
            kind,
            owner: Some(owner),
            span: Span::new(start, end),
            statements: SmallVec::new(),
            inline: is_inline(&self.text[..start]),
        });
        self.block = id;
        self.syntax.events.push(Event::EnterBlock(id));
        inside(self);
        self.syntax.events.push(Event::LeaveBlock(id));
        (self.statement, self.block) = (owner, outer);
        id
    }

    fn plain_block(&mut self, kind: BlockKind, body: &[Stmt]) -> BlockId {
        self.block(kind, body, |lowering| lowering.statements(body))
    }

    fn optional_block(&mut self, kind: BlockKind, body: &[Stmt]) -> Option<BlockId> {
        (!body.is_empty()).then(|| self.plain_block(kind, body))
    }

    fn fork<T>(&mut self, arms: impl FnOnce(&mut Self) -> T) -> T {
        let statement = self.statement;
        self.syntax.events.push(Event::Fork(statement));
        let result = arms(self);
        self.syntax.events.push(Event::Join(statement));
        result
    }

    pub(super) fn if_statement(&mut self, node: &ast::StmtIf) -> StatementKind {
        self.expression(&node.test);
        let mut tests = vec![test_of(&node.test)];
        let blocks = self.fork(|lowering| {
            let mut blocks = vec![lowering.arm(BlockKind::If, &node.body, tests[0] == Test::NotTypeChecking)];
            for clause in &node.elif_else_clauses {
                let kind = if clause.test.is_some() { BlockKind::Elif } else { BlockKind::Else };
                if let Some(test) = &clause.test {
                    lowering.expression(test);
                    tests.push(test_of(test));
                }
                let is_else = clause.test.is_none() && tests == [Test::TypeChecking];
                blocks.push(lowering.arm(kind, &clause.body, is_else));
            }
            blocks
        });
        StatementKind::If { tests: tests.into(), blocks: blocks.into() }
    }

    /// An arm that the interpreter runs can hold what belongs to the module.
    fn arm(&mut self, kind: BlockKind, body: &[Stmt], is_run_time: bool) -> BlockId {
        if is_run_time && self.block == BlockId(0) {
            self.run_time_arm = Some(BlockId(self.syntax.blocks.len() as u32));
        }
        self.plain_block(kind, body)
    }

    pub(super) fn for_loop(&mut self, node: &ast::StmtFor) -> StatementKind {
        self.expression(&node.iter);
        self.fork(|lowering| {
            let body = lowering.block(BlockKind::Loop, &node.body, |lowering| {
                lowering.target(&node.target, BindKind::Loop);
                lowering.statements(&node.body);
            });
            let orelse = lowering.optional_block(BlockKind::LoopElse, &node.orelse);
            StatementKind::Loop { body, orelse, endless: false }
        })
    }

    pub(super) fn while_loop(&mut self, node: &ast::StmtWhile) -> StatementKind {
        self.fork(|lowering| {
            lowering.expression(&node.test);
            let body = lowering.plain_block(BlockKind::Loop, &node.body);
            let orelse = lowering.optional_block(BlockKind::LoopElse, &node.orelse);
            StatementKind::Loop { body, orelse, endless: is_always_true(&node.test) }
        })
    }

    pub(super) fn with(&mut self, node: &ast::StmtWith) -> StatementKind {
        let mut items = Vec::with_capacity(node.items.len());
        for item in &node.items {
            items.push(self.expression(&item.context_expr));
            if let Some(target) = &item.optional_vars {
                self.target(target, BindKind::With);
            }
        }
        let body = self.plain_block(BlockKind::With, &node.body);
        StatementKind::With { items, body }
    }

    pub(super) fn match_statement(&mut self, node: &ast::StmtMatch) -> StatementKind {
        self.expression(&node.subject);
        let irrefutable = node.cases.iter().any(|case| case.guard.is_none() && case.pattern.is_irrefutable());
        self.fork(|lowering| {
            let case = |case: &ast::MatchCase| {
                lowering.block(BlockKind::Case, &case.body, |lowering| {
                    lowering.pattern(&case.pattern);
                    if let Some(guard) = &case.guard {
                        lowering.expression(guard);
                    }
                    lowering.statements(&case.body);
                })
            };
            StatementKind::Match { cases: node.cases.iter().map(case).collect(), irrefutable }
        })
    }

    pub(super) fn try_statement(&mut self, node: &ast::StmtTry) -> StatementKind {
        self.fork(|lowering| {
            let body = lowering.plain_block(BlockKind::Try, &node.body);
            let handler = |ExceptHandler::ExceptHandler(handler): &ExceptHandler| lowering.handler(handler);
            let handlers = node.handlers.iter().map(handler).collect();
            let orelse = lowering.optional_block(BlockKind::TryElse, &node.orelse);
            let finally = lowering.optional_block(BlockKind::Finally, &node.finalbody);
            StatementKind::Try { body, handlers, orelse, finally }
        })
    }

    /// The name of `except … as name` is gone when the handler ends.
    fn handler(&mut self, node: &ExceptHandlerExceptHandler) -> Handler {
        let mut types = Vec::new();
        let block = self.block(BlockKind::Handler, &node.body, |lowering| {
            if let Some(exception) = &node.type_ {
                types = chains_of(&lowering.expression(exception));
            }
            let statement = lowering.statement;
            if let Some(name) = &node.name {
                lowering.bind(name, name.range, BindKind::Except);
            }
            lowering.statements(&node.body);
            lowering.statement = statement;
            if let Some(name) = &node.name {
                lowering.bind(name, name.range, BindKind::Delete);
            }
        });
        Handler { types, bare: node.type_.is_none(), block }
    }
}

/// The dotted names of `except Name` and `except (Name, other.Name)`.
fn chains_of(value: &Value) -> Vec<ChainId> {
    match value {
        Value::Chain(chain) => vec![*chain],
        Value::Tuple(values) => values.iter().flat_map(chains_of).collect(),
        _ => Vec::new(),
    }
}

/// Whether a suite that begins behind `before` stands on the line of its header.
fn is_inline(before: &str) -> bool {
    let mut rest = before.trim_end_matches([' ', '\t', '\x0c']);
    while let Some(joined) = rest.strip_suffix(['\n', '\r']) {
        let Some(continued) = joined.trim_end_matches('\r').strip_suffix('\\') else { return false };
        rest = continued.trim_end_matches([' ', '\t', '\x0c']);
    }
    true
}

fn is_always_true(test: &Expr) -> bool {
    match test {
        Expr::BooleanLiteral(literal) => literal.value,
        Expr::NumberLiteral(literal) => matches!(&literal.value, ast::Number::Int(number) if *number != 0),
        _ => false,
    }
}

fn test_of(test: &Expr) -> Test {
    match test {
        Expr::UnaryOp(node) if node.op == UnaryOp::Not && is_type_checking(&node.operand) => Test::NotTypeChecking,
        Expr::Compare(node) if is_main(node) => Test::Main,
        test if is_type_checking(test) => Test::TypeChecking,
        _ => Test::Other,
    }
}

fn is_type_checking(test: &Expr) -> bool {
    last_name(test) == Some("TYPE_CHECKING")
}

/// `__name__ == "__main__"`, either way round.
fn is_main(node: &ast::ExprCompare) -> bool {
    let ([CmpOp::Eq], [right]) = (&*node.ops, &*node.comparators) else { return false };
    let is_name = |side: &Expr| last_name(side) == Some("__name__");
    let is_text = |side: &Expr| matches!(side, Expr::StringLiteral(literal) if literal.value.to_str() == "__main__");
    (is_name(&node.left) && is_text(right)) || (is_text(&node.left) && is_name(right))
}
