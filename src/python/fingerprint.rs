//! Classes and functions as bags of hashed parts, by which copies and near copies are found without comparing all pairs.
//!
//! A part is a simple statement, or the head of a compound one. Layout, comments, docstrings and annotations of the head
//! do not count, nor does the name of the definition itself: a copy under another name is a copy.

use std::hash::{Hash, Hasher};

use ruff_python_ast::comparable::{ComparableExpr, ComparableParameters, ComparablePattern, ComparableStmt};
use ruff_python_ast::{self as ast, Stmt};
use rustc_hash::{FxHashMap, FxHasher};
use serde::{Deserialize, Serialize};

use super::outline::{span_of, suites};
use crate::text::Span;

/// One definition at the top level of a module.
#[derive(Debug, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Where its name stands.
    pub name: Span,
    /// Equal for definitions whose parts are equal in the same order.
    pub whole: u64,
    /// Sorted; a part that stands there twice has two hashes.
    pub parts: Box<[u32]>,
}

impl Fingerprint {
    /// How much of two definitions is alike: the parts that both have, of all that either has; from 0 to 1.
    pub fn likeness(&self, other: &Fingerprint) -> f64 {
        let (mut left, mut right, mut both) = (self.parts.iter().peekable(), other.parts.iter().peekable(), 0_usize);
        while let (Some(one), Some(two)) = (left.peek(), right.peek()) {
            match one.cmp(two) {
                std::cmp::Ordering::Less => _ = left.next(),
                std::cmp::Ordering::Greater => _ = right.next(),
                std::cmp::Ordering::Equal => {
                    both += 1;
                    left.next();
                    right.next();
                }
            }
        }
        let all = self.parts.len() + other.parts.len() - both;
        if all == 0 { 1.0 } else { both as f64 / all as f64 }
    }
}

/// The classes and functions of a module's top level, those under `if` and `try` included, by where their names stand.
pub(super) fn fingerprints(module: &[Stmt]) -> Vec<Fingerprint> {
    let mut found = Vec::new();
    let mut open: Vec<&[Stmt]> = vec![module];
    while let Some(suite) = open.pop() {
        for statement in suite {
            match statement {
                Stmt::ClassDef(class) => found.push(of(&class.body, head_of_class(class), class.name.range)),
                Stmt::FunctionDef(function) => {
                    found.push(of(&function.body, head_of_function(function), function.name.range));
                }
                Stmt::If(_) | Stmt::Try(_) | Stmt::With(_) => open.extend(suites(statement)),
                _ => {}
            }
        }
    }
    found.sort_by_key(|fingerprint| fingerprint.name);
    found
}

fn of(body: &[Stmt], head: u64, name: ruff_text_size::TextRange) -> Fingerprint {
    let mut parts = vec![head];
    let mut open: Vec<&Stmt> = body.iter().rev().collect();
    while let Some(statement) = open.pop() {
        if !says_nothing(statement) {
            parts.push(part(statement));
        }
        open.extend(suites(statement).into_iter().rev().flat_map(|suite| suite.iter().rev()));
    }
    let whole = hashed(&parts);
    let mut times: FxHashMap<u64, u64> = FxHashMap::default();
    let told_apart = |part: u64| {
        let time = times.entry(part).or_default();
        *time += 1;
        if *time == 1 { part } else { hashed((part, *time)) }
    };
    let mut parts: Box<[u32]> = parts.into_iter().map(told_apart).map(folded).collect();
    parts.sort_unstable();
    Fingerprint { name: span_of(name), whole, parts }
}

/// Docstrings and other literals on their own, `pass`.
fn says_nothing(statement: &Stmt) -> bool {
    match statement {
        Stmt::Pass(_) => true,
        Stmt::Expr(node) => node.value.is_literal_expr(),
        _ => false,
    }
}

/// The hash of a simple statement, or of the head of a compound one.
fn part(statement: &Stmt) -> u64 {
    match statement {
        Stmt::FunctionDef(node) => hashed((1, node.name.as_str(), head_of_function(node))),
        Stmt::ClassDef(node) => hashed((2, node.name.as_str(), head_of_class(node))),
        Stmt::For(node) => {
            hashed((3, node.is_async, ComparableExpr::from(&node.target), ComparableExpr::from(&node.iter)))
        }
        Stmt::While(node) => hashed((4, ComparableExpr::from(&node.test))),
        Stmt::If(node) => {
            let clauses = node.elif_else_clauses.iter().map(|clause| clause.test.as_ref().map(ComparableExpr::from));
            hashed((5, ComparableExpr::from(&node.test), clauses.collect::<Vec<_>>()))
        }
        Stmt::With(node) => {
            let items = node.items.iter().map(|item| {
                (ComparableExpr::from(&item.context_expr), item.optional_vars.as_deref().map(ComparableExpr::from))
            });
            hashed((6, node.is_async, items.collect::<Vec<_>>()))
        }
        Stmt::Match(node) => {
            let patterns = node.cases.iter().map(|case| ComparablePattern::from(&case.pattern));
            hashed((7, ComparableExpr::from(&*node.subject), patterns.collect::<Vec<_>>()))
        }
        Stmt::Try(node) => {
            let handlers = node.handlers.iter().map(|ast::ExceptHandler::ExceptHandler(handler)| {
                (handler.type_.as_deref().map(ComparableExpr::from), handler.name.as_ref().map(|name| name.as_str()))
            });
            hashed((8, node.is_star, handlers.collect::<Vec<_>>()))
        }
        simple => hashed((0, ComparableStmt::from(simple))),
    }
}

fn head_of_function(function: &ast::StmtFunctionDef) -> u64 {
    let decorators = function.decorator_list.iter().map(|decorator| ComparableExpr::from(&decorator.expression));
    let parameters = ComparableParameters::from(&*function.parameters);
    hashed((function.is_async, parameters, decorators.collect::<Vec<_>>()))
}

fn head_of_class(class: &ast::StmtClassDef) -> u64 {
    let bases = class.bases().iter().map(ComparableExpr::from);
    let decorators = class.decorator_list.iter().map(|decorator| ComparableExpr::from(&decorator.expression));
    hashed((bases.collect::<Vec<_>>(), decorators.collect::<Vec<_>>()))
}

/// Half of the digits, each of which depends on all (Fibonacci hashing: the least ones of the hash say the least).
fn folded(hash: u64) -> u32 {
    ((hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}

fn hashed(value: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two(text: &str) -> [Fingerprint; 2] {
        let (_, prints) = crate::python::parse_with_fingerprints(text).expect("Python");
        prints.try_into().expect("two definitions")
    }

    #[test]
    fn a_copy_under_another_name_is_a_copy() {
        let [one, other] =
            two("class A:\n    def m(self): return 1\nclass B:\n    'b'\n    def m(self):\n        return 1\n");
        assert_eq!((one.whole, one.likeness(&other)), (other.whole, 1.0));
    }

    #[test]
    fn what_is_alike_is_counted_by_parts() {
        let [one, other] = two("def f():\n    a()\n    b()\n    c()\ndef g():\n    a()\n    b()\n    d()\n");
        assert_ne!(one.whole, other.whole);
        assert_eq!(one.likeness(&other), 3.0 / 5.0);
    }

    #[test]
    fn a_part_that_stands_twice_counts_twice() {
        let [one, other] = two("def f():\n    a()\n    a()\ndef g():\n    a()\n");
        assert_eq!(one.likeness(&other), 2.0 / 3.0);
    }
}
