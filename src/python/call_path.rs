//! Calls that hang on a name: `Old.create(ctx)`, `Old().build(a, b=b)`, as they are written in code and in rules.
//!
//! They are read from the text on demand, for the few files in which calls of a merged class are rewritten.

use ruff_python_ast::visitor::{Visitor, walk_expr};
use ruff_python_ast::{self as ast, Expr};
use ruff_python_parser::{parse_expression, parse_module};
use ruff_text_size::{Ranged, TextRange};
use rustc_hash::FxHashMap;

use super::{Identifier, depth};
use crate::text::Span;

/// A name and what is read from it and called, step by step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallPath {
    pub root: Identifier,
    pub root_span: Span,
    pub steps: Vec<PathStep>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathStep {
    Attribute(Identifier, Span),
    /// With the span of its parentheses.
    Call(Vec<Argument>, Span),
}

/// An argument of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    pub keyword: Option<(Identifier, Span)>,
    /// The value without parentheses around it.
    pub value: Span,
    pub shape: ArgumentShape,
}

/// What an argument is, as far as it matters where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArgumentShape {
    Name(Identifier),
    Constant,
    /// An attribute of a name: evaluated without effect.
    Attribute,
    /// Its evaluation can matter.
    Effect,
    /// The same, and it needs parentheses wherever it does not stand alone: a generator, `:=`, `yield`.
    Bare,
    /// `*rest`, `**keywords`
    Starred,
}

impl CallPath {
    /// The attributes before the first call.
    pub fn attributes(&self) -> impl Iterator<Item = &Identifier> {
        self.steps.iter().map_while(|step| match step {
            PathStep::Attribute(name, _) => Some(name),
            PathStep::Call(..) => None,
        })
    }

    /// All arguments in the order in which they are evaluated.
    pub fn arguments(&self) -> impl Iterator<Item = &Argument> {
        self.steps.iter().flat_map(|step| match step {
            PathStep::Attribute(..) => &[][..],
            PathStep::Call(arguments, _) => &arguments[..],
        })
    }
}

/// One expression that is a call and hangs on a name; `None` if it is anything else.
pub fn call_path(text: &str) -> Option<CallPath> {
    if depth::too_deep_at(text, depth::ANNOTATION).is_some() {
        return None;
    }
    let parsed = parse_expression(text).ok()?;
    let path = path(parsed.expr())?;
    matches!(path.steps.last(), Some(PathStep::Call(..))).then_some(path)
}

/// The calls of a file that hang on names, each as long as it is, by the place of the name.
///
/// Needs the stack that [`super::parse`] needs.
pub fn call_paths(text: &str) -> FxHashMap<Span, CallPath> {
    let mut finder = Finder { found: FxHashMap::default() };
    if depth::too_deep_at(text, depth::FILE).is_none()
        && let Ok(parsed) = parse_module(text)
    {
        finder.visit_body(parsed.suite());
    }
    finder.found
}

struct Finder {
    found: FxHashMap<Span, CallPath>,
}

impl<'a> Visitor<'a> for Finder {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Some(root) = root(expression)
            && !self.found.contains_key(&span_of(root.range))
            && let Some(path) = path(expression)
        {
            self.found.insert(path.root_span, path);
        }
        walk_expr(self, expression);
    }
}

/// The name on which an expression hangs, if anything does.
fn root(expression: &Expr) -> Option<&ast::ExprName> {
    let mut inner = expression;
    loop {
        match inner {
            Expr::Attribute(node) => inner = &node.value,
            Expr::Call(node) => inner = &node.func,
            Expr::Name(name) => return (!expression.is_name_expr()).then_some(name),
            _ => return None,
        }
    }
}

fn path(expression: &Expr) -> Option<CallPath> {
    let mut steps = Vec::new();
    let mut inner = expression;
    loop {
        match inner {
            Expr::Attribute(node) => {
                steps.push(PathStep::Attribute(Identifier::new(&node.attr), span_of(node.attr.range)));
                inner = &node.value;
            }
            Expr::Call(node) => {
                steps.push(PathStep::Call(arguments(&node.arguments), span_of(node.arguments.range)));
                inner = &node.func;
            }
            Expr::Name(name) => {
                steps.reverse();
                return Some(CallPath { root: Identifier::new(&name.id), root_span: span_of(name.range), steps });
            }
            _ => return None,
        }
    }
}

fn arguments(arguments: &ast::Arguments) -> Vec<Argument> {
    let read = |argument| match argument {
        ast::ArgOrKeyword::Arg(value) => Argument { keyword: None, value: span_of(value.range()), shape: shape(value) },
        ast::ArgOrKeyword::Keyword(keyword) => Argument {
            keyword: keyword.arg.as_ref().map(|name| (Identifier::new(name), span_of(name.range))),
            value: span_of(keyword.value.range()),
            shape: if keyword.arg.is_some() { shape(&keyword.value) } else { ArgumentShape::Starred },
        },
    };
    arguments.iter_source_order().map(read).collect()
}

fn shape(value: &Expr) -> ArgumentShape {
    match value {
        Expr::Name(name) => ArgumentShape::Name(Identifier::new(&name.id)),
        Expr::Starred(_) => ArgumentShape::Starred,
        Expr::Named(_) | Expr::Generator(_) | Expr::Yield(_) | Expr::YieldFrom(_) => ArgumentShape::Bare,
        Expr::Attribute(_) if is_dotted(value) => ArgumentShape::Attribute,
        Expr::UnaryOp(node) if node.operand.is_number_literal_expr() => ArgumentShape::Constant,
        other if other.is_literal_expr() => ArgumentShape::Constant,
        _ => ArgumentShape::Effect,
    }
}

fn is_dotted(expression: &Expr) -> bool {
    let mut inner = expression;
    while let Expr::Attribute(node) = inner {
        inner = &node.value;
    }
    inner.is_name_expr()
}

fn span_of(range: TextRange) -> Span {
    Span { start: range.start().to_u32(), end: range.end().to_u32() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_read_step_by_step() {
        let path = call_path("Old().build(a, b=c.d, e=f())").unwrap();
        assert_eq!(path.root.as_str(), "Old");
        assert_eq!(path.steps.len(), 3);
        let shapes: Vec<_> = path.arguments().map(|argument| &argument.shape).collect();
        assert!(matches!(shapes[..], [ArgumentShape::Name(_), ArgumentShape::Attribute, ArgumentShape::Effect]));
    }

    #[test]
    fn only_one_call_on_a_name_is_a_path() {
        for text in ["Old.create", "Old", "(lambda: 1)()", "Old() + 1", "await Old()", "Old(), 1", "Old(", "x = Old()"]
        {
            assert_eq!(call_path(text), None, "{text}");
        }
    }

    #[test]
    fn the_longest_path_of_each_name_is_found() {
        let found = call_paths("a.b(c.d(1), e).f\nx = g\n");
        assert_eq!(found.len(), 2);
        assert_eq!(found[&Span::new(0, 1)].steps.len(), 3);
        assert_eq!(found[&Span::new(4, 5)].steps.len(), 2);
    }
}
