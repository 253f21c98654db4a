//! The module's `__getattr__`, read a second time for what it answers to which name.

use ruff_python_ast::{self as ast, CmpOp, Expr, FStringPart, InterpolatedStringElement, Operator, Pattern, Stmt};
use ruff_text_size::{Ranged, TextRange};
use rustc_hash::FxHashMap;

use super::annotation::last_name;
use super::{Lowering, span_of};
use crate::python::Identifier;
use crate::python::syntax::{Arm, BlockId, ChainId, Comparator, Lookup, StatementId, Step, Term};

/// Where the chains and statements of the function begin.
pub(super) struct Mark {
    chains: usize,
    statement: StatementId,
}

/// Blocks and expressions nest no deeper than the parser allows.
struct Reader {
    chains: FxHashMap<u32, ChainId>,
    statements: FxHashMap<u32, StatementId>,
}

impl Lowering<'_> {
    /// A mark before the body, if the function is the module's own `__getattr__(name)`.
    pub(super) fn mark_lookup(&self, node: &ast::StmtFunctionDef) -> Option<Mark> {
        let is_own =
            (self.block == BlockId(0) || self.run_time_arm == Some(self.block)) && node.name.as_str() == "__getattr__";
        let is_plain = node.decorator_list.is_empty() && !node.is_async && node.type_params.is_none();
        let mark = Mark { chains: self.syntax.chains.len(), statement: self.statement };
        (is_own && is_plain && node.parameters.len() == 1).then_some(mark)
    }

    /// Notes what the function answers, once its body is lowered.
    pub(super) fn note_lookup(&mut self, mark: &Mark, node: &ast::StmtFunctionDef) {
        let Some(parameter) = node.parameters.iter_non_variadic_params().next() else { return };
        let chains = self.syntax.chains[mark.chains..].iter().enumerate();
        let chains = chains.map(|(index, chain)| (chain.root_span.start, ChainId((mark.chains + index) as u32)));
        let first = mark.statement.index();
        let statements = self.syntax.statements[first..].iter().enumerate();
        let statements = statements.map(|(index, inner)| (inner.span.start, StatementId((first + index) as u32)));
        let reader = Reader { chains: chains.collect(), statements: statements.collect() };
        self.syntax.lookup = Some(Lookup {
            statement: mark.statement,
            parameter: Identifier::new(parameter.parameter.name.as_str()),
            body: reader.steps(&node.body),
        });
    }
}

impl Reader {
    fn steps(&self, body: &[Stmt]) -> Vec<Step> {
        body.iter().filter_map(|statement| self.step(statement)).collect()
    }

    fn step(&self, statement: &Stmt) -> Option<Step> {
        Some(match statement {
            Stmt::Pass(_) | Stmt::Import(_) | Stmt::ImportFrom(_) => return None,
            Stmt::Expr(node) => match &*node.value {
                Expr::StringLiteral(_) | Expr::EllipsisLiteral(_) => return None,
                value => Step::Call(self.term(value)),
            },
            Stmt::Assign(node) => return self.set(&node.targets, &node.value),
            Stmt::AnnAssign(node) => match (&*node.target, &node.value) {
                (Expr::Name(name), Some(value)) => Step::Set(vec![Identifier::new(&name.id)], self.term(value)),
                _ => Step::Other,
            },
            Stmt::If(node) => Step::Choice(self.arms(node)),
            Stmt::Match(node) => Step::Choice(self.cases(node)),
            Stmt::Return(node) => Step::Return(node.value.as_deref().map_or(Term::None, |value| self.term(value))),
            Stmt::Raise(node) if is_attribute_error(node.exc.as_deref()) => Step::Raise,
            Stmt::Try(node) => self.attempt(node),
            _ => Step::Other,
        })
    }

    /// `globals()[name] = value` only saves the next call.
    fn set(&self, targets: &[Expr], value: &Expr) -> Option<Step> {
        let kept: Vec<&Expr> = targets.iter().filter(|target| !is_cache(target)).collect();
        let name = |target: &Expr| target.as_name_expr().map(|name| Identifier::new(&name.id));
        let names = match kept[..] {
            [] => return None,
            [Expr::Tuple(tuple)] => tuple.elts.iter().map(name).collect(),
            [target] => name(target).map(|name| vec![name]),
            _ => None,
        };
        Some(names.map_or(Step::Other, |names| Step::Set(names, self.term(value))))
    }

    fn arms(&self, node: &ast::StmtIf) -> Vec<Arm> {
        let statement = self.statements[&node.start().to_u32()];
        let end = node.body.last().map_or(node.end(), Ranged::end);
        let first = (Some(self.term(&node.test)), &node.body[..], TextRange::new(node.start(), end));
        let clause = |clause: &ast::ElifElseClause| clause.test.as_ref().map(|test| self.term(test));
        let rest = node.elif_else_clauses.iter().map(|other| (clause(other), &other.body[..], other.range));
        let arms = std::iter::once(first).chain(rest).enumerate();
        let arm = |(index, (test, body, range)): (usize, (_, &[Stmt], _))| {
            let (body, span) = (self.steps(body), span_of(range));
            Arm { statement, index, test, body, span }
        };
        arms.map(arm).collect()
    }

    fn cases(&self, node: &ast::StmtMatch) -> Vec<Arm> {
        let statement = self.statements[&node.start().to_u32()];
        let cases = node.cases.iter().enumerate();
        let arm = |(index, case): (usize, &ast::MatchCase)| {
            let test = match (&case.guard, &case.pattern) {
                (None, Pattern::MatchAs(wild)) if wild.pattern.is_none() && wild.name.is_none() => None,
                (None, pattern) => Some(self.pattern_test(&node.subject, pattern)),
                (Some(_), _) => Some(Term::Other),
            };
            Arm { statement, index, test, body: self.steps(&case.body), span: span_of(case.range) }
        };
        cases.map(arm).collect()
    }

    fn pattern_test(&self, subject: &Expr, pattern: &Pattern) -> Term {
        let subject = Box::new(self.term(subject));
        match pattern {
            Pattern::MatchValue(value) => Term::Compare(Comparator::Equal, subject, Box::new(self.term(&value.value))),
            Pattern::MatchOr(either) => {
                let values = either.patterns.iter().map(|pattern| match pattern {
                    Pattern::MatchValue(value) => self.term(&value.value),
                    _ => Term::Other,
                });
                let several = Term::Several(values.collect(), span_of(either.range));
                Term::Compare(Comparator::In, subject, Box::new(several))
            }
            _ => Term::Other,
        }
    }

    fn attempt(&self, node: &ast::StmtTry) -> Step {
        let plain = node.orelse.is_empty() && node.finalbody.is_empty() && !node.is_star;
        match &node.handlers[..] {
            [ast::ExceptHandler::ExceptHandler(handler)] if plain => {
                let caught = handler.type_.as_deref().and_then(last_name);
                match caught {
                    Some("KeyError") => Step::Try { body: self.steps(&node.body), missing: self.steps(&handler.body) },
                    _ => Step::Other,
                }
            }
            _ => Step::Other,
        }
    }

    fn terms<'e>(&self, expressions: impl IntoIterator<Item = &'e Expr>) -> Vec<Term> {
        expressions.into_iter().map(|expression| self.term(expression)).collect()
    }

    fn term(&self, expression: &Expr) -> Term {
        let span = span_of(expression.range());
        match expression {
            Expr::StringLiteral(node) => Term::Text(node.value.to_str().into(), span),
            Expr::NumberLiteral(node) => match &node.value {
                ast::Number::Int(number) => number.as_u64().map_or(Term::Other, Term::Number),
                _ => Term::Other,
            },
            Expr::NoneLiteral(_) => Term::None,
            Expr::Name(_) => self.chain(expression),
            Expr::Attribute(node) if is_dotted(&node.value) => self.chain(expression),
            Expr::Attribute(node) => Term::Attribute(Box::new(self.term(&node.value)), Identifier::new(&node.attr)),
            Expr::Tuple(node) => Term::Several(self.terms(&node.elts), span),
            Expr::List(node) => Term::Several(self.terms(&node.elts), span),
            Expr::Set(node) => Term::Several(self.terms(&node.elts), span),
            Expr::Subscript(node) => Term::Item(Box::new(self.term(&node.value)), Box::new(self.term(&node.slice))),
            Expr::Call(node) => self.call(node),
            Expr::FString(node) => Term::Joined(self.fields(node)),
            Expr::BinOp(node) if node.op == Operator::Add => {
                Term::Joined(vec![self.term(&node.left), self.term(&node.right)])
            }
            Expr::Compare(node) => self.compare(node),
            Expr::UnaryOp(node) if node.op == ast::UnaryOp::Not => Term::Not(Box::new(self.term(&node.operand))),
            Expr::BoolOp(node) if node.op == ast::BoolOp::And => Term::All(self.terms(&node.values)),
            Expr::Named(node) => match &*node.target {
                Expr::Name(name) => Term::Named(Identifier::new(&name.id), Box::new(self.term(&node.value))),
                _ => Term::Other,
            },
            _ => Term::Other,
        }
    }

    fn chain(&self, expression: &Expr) -> Term {
        self.chains.get(&expression.start().to_u32()).map_or(Term::Other, |chain| Term::Chain(*chain))
    }

    fn call(&self, node: &ast::ExprCall) -> Term {
        let keywords = node.arguments.keywords.iter();
        let keywords =
            keywords.filter_map(|word| Some((Identifier::new(word.arg.as_ref()?.as_str()), self.term(&word.value))));
        Term::Call {
            callee: Box::new(self.term(&node.func)),
            arguments: self.terms(&node.arguments.args),
            keywords: keywords.collect(),
        }
    }

    fn fields(&self, node: &ast::ExprFString) -> Vec<Term> {
        let mut terms = Vec::new();
        let text = |text: &str, range: TextRange| Term::Text(text.into(), span_of(range));
        for part in &node.value {
            match part {
                FStringPart::Literal(literal) => terms.push(text(literal.as_str(), literal.range)),
                FStringPart::FString(fields) => terms.extend(fields.elements.iter().map(|element| match element {
                    InterpolatedStringElement::Literal(literal) => text(&literal.value, literal.range),
                    InterpolatedStringElement::Interpolation(field) if field.format_spec.is_none() => {
                        self.term(&field.expression)
                    }
                    InterpolatedStringElement::Interpolation(_) => Term::Other,
                })),
            }
        }
        terms
    }

    fn compare(&self, node: &ast::ExprCompare) -> Term {
        let ([operator], [right]) = (&*node.ops, &*node.comparators) else { return Term::Other };
        let operator = match operator {
            CmpOp::Eq | CmpOp::Is => Comparator::Equal,
            CmpOp::NotEq | CmpOp::IsNot => Comparator::Unequal,
            CmpOp::In => Comparator::In,
            CmpOp::NotIn => Comparator::NotIn,
            _ => return Term::Other,
        };
        Term::Compare(operator, Box::new(self.term(&node.left)), Box::new(self.term(right)))
    }
}

/// `a`, `a.b.c`
fn is_dotted(expression: &Expr) -> bool {
    let mut inner = expression;
    while let Expr::Attribute(node) = inner {
        inner = &node.value;
    }
    inner.is_name_expr()
}

/// `AttributeError`, `AttributeError(…)`
fn is_attribute_error(raised: Option<&Expr>) -> bool {
    let callee = match raised {
        Some(Expr::Call(call)) => Some(&*call.func),
        other => other,
    };
    callee.and_then(last_name) == Some("AttributeError")
}

/// `globals()[…]` as a target.
fn is_cache(target: &Expr) -> bool {
    match target {
        Expr::Subscript(node) => match &*node.value {
            Expr::Call(call) => last_name(&call.func) == Some("globals"),
            _ => false,
        },
        _ => false,
    }
}
