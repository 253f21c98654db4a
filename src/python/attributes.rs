//! The attributes in a file that no dotted name leads to: `Old().send`, `super().send`, `made[0].send`.
//!
//! They are read from the text on demand, for the few files in which members of a merged class are looked for, or names of
//! modules that only strings name.

use ruff_python_ast::visitor::{Visitor, walk_expr};
use ruff_python_ast::{self as ast, Expr};
use ruff_python_parser::parse_module;
use ruff_text_size::{Ranged, TextRange};

use super::{Identifier, depth};
use crate::text::Span;

/// `receiver.name`, where the receiver is no dotted name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    pub name: Identifier,
    pub span: Span,
    /// All that stands before the dot.
    pub receiver: Span,
    pub of: Receiver,
}

/// What an attribute is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// A call of a dotted name, whose root stands here.
    Call(Span),
    /// `super()`
    Super,
    Other,
}

/// The attributes of a file that no dotted name leads to, in source order; none if it is not Python.
///
/// Needs the stack that [`super::parse`] needs.
pub fn attributes(text: &str) -> Vec<Attribute> {
    if depth::too_deep_at(text, depth::FILE).is_some() {
        return Vec::new();
    }
    let Ok(parsed) = parse_module(text) else { return Vec::new() };
    let mut finder = Finder { found: Vec::new() };
    finder.visit_body(parsed.suite());
    finder.found.sort_by_key(|attribute| attribute.span);
    finder.found
}

struct Finder {
    found: Vec<Attribute>,
}

impl<'a> Visitor<'a> for Finder {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Attribute(node) = expression
            && root(&node.value).is_none()
        {
            let of = receiver(&node.value);
            let (name, span) = (Identifier::new(&node.attr), span_of(node.attr.range));
            self.found.push(Attribute { name, span, receiver: span_of(node.value.range()), of });
        }
        walk_expr(self, expression);
    }
}

fn receiver(value: &Expr) -> Receiver {
    match value {
        Expr::Call(call) if is_super(call) => Receiver::Super,
        Expr::Call(call) => root(&call.func).map_or(Receiver::Other, |name| Receiver::Call(span_of(name.range))),
        _ => Receiver::Other,
    }
}

fn is_super(call: &ast::ExprCall) -> bool {
    call.func.as_name_expr().is_some_and(|name| name.id.as_str() == "super") && call.arguments.args.is_empty()
}

/// The first name of a dotted name.
pub(super) fn root(expression: &Expr) -> Option<&ast::ExprName> {
    let mut expression = expression;
    loop {
        match expression {
            Expr::Attribute(node) => expression = &node.value,
            Expr::Name(name) => return Some(name),
            _ => return None,
        }
    }
}

fn span_of(range: TextRange) -> Span {
    Span { start: range.start().to_u32(), end: range.end().to_u32() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_no_dotted_name_leads_to_is_found() {
        let text = "a.b.c()\nOld().d\nm.Old(1).e.f\nsuper().g()\nx[0].h\nf'{y().i}'\n";
        let found = attributes(text);
        let names: String = found.iter().map(|attribute| attribute.name.as_str()).collect();
        assert_eq!(names, "defghi");
        assert_eq!(found[0].of, Receiver::Call(Span::new(8, 11)));
        assert_eq!((found[1].of, found[2].of), (Receiver::Call(Span::new(16, 17)), Receiver::Other));
        assert_eq!((found[3].of, found[4].of), (Receiver::Super, Receiver::Other));
    }
}
