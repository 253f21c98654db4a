//! The outline of one class or function: its members, their signatures, and shapes that are equal where the code is.
//!
//! It is made of the text on demand, for the few definitions that are compared; layout, comments and docstrings do not count.

mod members;
mod shape;
mod shift;

use ruff_python_ast::{self as ast, Stmt};
use ruff_python_parser::parse_module;
use ruff_text_size::{Ranged, TextRange};

use super::depth;
use crate::text::Span;
use shift::Shift;

/// A class or function as it is written.
#[derive(Debug)]
pub enum Outline {
    Class(ClassOutline),
    Function(Routine),
}

#[derive(Debug)]
pub struct ClassOutline {
    pub decorators: Vec<Part>,
    /// `metaclass=…` and other keywords of the header.
    pub keywords: Vec<Part>,
    /// What stands behind the name: `(Base, metaclass=M)`; empty without.
    pub header: Span,
    /// By their first appearance, each name once; private names (`__x`) are the class's own and left out.
    pub members: Vec<Member>,
}

/// A stretch of code; parts are equal if their code is.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    pub span: Span,
    shape: u64,
}

impl PartialEq for Part {
    fn eq(&self, other: &Self) -> bool {
        self.shape == other.shape
    }
}

/// What a class or its instances have under one name.
#[derive(Debug)]
pub struct Member {
    /// `name`; `name.setter` for the further functions of a property.
    pub name: String,
    pub span: Span,
    pub shape: MemberShape,
}

#[derive(Debug)]
pub enum MemberShape {
    Method(Routine),
    /// `name = value` or `name: annotation` in the body.
    Attribute(Option<Part>),
    /// `self.name = …` in a method.
    Instance,
    /// A class in the class.
    Nested,
}

/// A function or method.
#[derive(Debug)]
pub struct Routine {
    pub decorators: Vec<Part>,
    pub is_async: bool,
    pub parameters: Vec<Parameter>,
    /// The parameters with their parentheses.
    pub header: Span,
    /// Without the docstring.
    pub body: Part,
}

/// Annotations do not count: they say what is meant, not what is done.
#[derive(Debug)]
pub struct Parameter {
    pub span: Span,
    pub name: String,
    pub kind: ParameterKind,
    pub default: Option<Part>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    PositionalOnly,
    Plain,
    /// `*name`
    Rest,
    KeywordOnly,
    /// `**name`
    Keywords,
}

/// The outline of the class or function whose `statement` has its name at `name`; `None` if there is none.
///
/// Needs the stack that [`super::parse`] needs. The rest of the text is parsed as well only if nothing is found without:
/// a file of many definitions is not parsed for each of them.
pub fn outline(text: &str, statement: Span, name: Span) -> Option<Outline> {
    alone(text, statement, name).or_else(|| find(text, name))
}

/// The outline of a statement that begins its line, of which nothing else is parsed.
fn alone(text: &str, statement: Span, name: Span) -> Option<Outline> {
    const HEAD: &str = "if 1:\n";
    let line = text[..statement.start()].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let head = match &text[line..statement.start()] {
        "" => "",
        indentation if indentation.trim().is_empty() => HEAD,
        _ => return None,
    };
    let source = [head, &text[line..statement.end()]].concat();
    let shift = Shift { forward: line as u32, back: head.len() as u32 };
    let moved = |place: u32| place + shift.back - shift.forward;
    let mut outline = find(&source, Span { start: moved(name.start), end: moved(name.end) })?;
    shift.outline(&mut outline);
    Some(outline)
}

/// The outline of the class or function of a whole text whose name stands at `name`.
fn find(text: &str, name: Span) -> Option<Outline> {
    if depth::too_deep_at(text, depth::FILE).is_some() {
        return None;
    }
    let parsed = parse_module(text).ok()?;
    let mut open: Vec<&[Stmt]> = vec![parsed.suite()];
    while let Some(suite) = open.pop() {
        for statement in suite.iter().filter(|statement| span_of(statement.range()).contains(name)) {
            match statement {
                Stmt::ClassDef(class) if span_of(class.name.range) == name => {
                    return Some(Outline::Class(members::class(class)));
                }
                Stmt::FunctionDef(function) if span_of(function.name.range) == name => {
                    return Some(Outline::Function(shape::routine(function)));
                }
                other => open.extend(suites(other)),
            }
        }
    }
    None
}

/// The suites of a compound statement, in source order.
pub(super) fn suites(statement: &Stmt) -> Vec<&[Stmt]> {
    match statement {
        Stmt::FunctionDef(node) => vec![&node.body],
        Stmt::ClassDef(node) => vec![&node.body],
        Stmt::For(node) => vec![&node.body, &node.orelse],
        Stmt::While(node) => vec![&node.body, &node.orelse],
        Stmt::If(node) => {
            let elifs = node.elif_else_clauses.iter().map(|clause| &clause.body[..]);
            std::iter::once(&node.body[..]).chain(elifs).collect()
        }
        Stmt::With(node) => vec![&node.body],
        Stmt::Match(node) => node.cases.iter().map(|case| &case.body[..]).collect(),
        Stmt::Try(node) => {
            let handlers = node.handlers.iter().map(|ast::ExceptHandler::ExceptHandler(handler)| &handler.body[..]);
            let ends = [&node.orelse[..], &node.finalbody[..]];
            std::iter::once(&node.body[..]).chain(handlers).chain(ends).collect()
        }
        _ => Vec::new(),
    }
}

pub(super) fn span_of(range: TextRange) -> Span {
    Span { start: range.start().to_u32(), end: range.end().to_u32() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(text: &str) -> ClassOutline {
        let start = text.find("class ").unwrap() + 6;
        match find(text, Span::new(start, start + 1)) {
            Some(Outline::Class(class)) => class,
            other => panic!("{other:?}"),
        }
    }

    fn names(text: &str) -> Vec<String> {
        class(text).members.into_iter().map(|member| member.name).collect()
    }

    #[test]
    fn members_are_those_of_the_body_and_of_the_first_parameter() {
        let text = "class C:\n    a: int\n    b = c = 1\n    def m(this, other):\n        this.d, other.e = 1, 2\n        if this.f:\n            this.__g = 1\n";
        assert_eq!(names(text), ["a", "b", "c", "m", "d"]);
        assert_eq!(names("class C:\n    @staticmethod\n    def m(self):\n        self.d = 1\n"), ["m"]);
    }

    #[test]
    fn the_functions_of_a_property_are_told_apart() {
        let text = "class C:\n    @property\n    def a(self): ...\n    @a.setter\n    def a(self, value): ...\n";
        assert_eq!(names(text), ["a", "a.setter"]);
    }

    #[test]
    fn a_definition_is_read_where_it_stands() {
        let own =
            "@a(1)\n    class Own(B, metaclass=M):\n        x = 1\n        @b\n        def f(self, y=2): self.z = y";
        let text = format!("def (:\n\nif x:\n    {own}\n\n    class Other: pass\n");
        let place = |part: &str| Span::new(text.find(part).unwrap(), text.find(part).unwrap() + part.len());
        let Some(Outline::Class(class)) = outline(&text, place(own), place("Own")) else { panic!("a class") };
        assert_eq!((class.header, class.decorators[0].span), (place("(B, metaclass=M)"), place("a(1)")));
        let spans: Vec<_> = class.members.iter().map(|member| member.span).collect();
        assert_eq!(spans, ["x ", "f(", "z "].map(|part| Span::new(place(part).start(), place(part).start() + 1)));
        let MemberShape::Method(method) = &class.members[1].shape else { panic!("a method") };
        assert_eq!((method.header, method.body.span), (place("(self, y=2)"), place("self.z = y")));
        assert!(outline(&text, place("class Other: pass"), place("Other")).is_some());
    }

    #[test]
    fn layout_and_docstrings_do_not_count() {
        let body = |text: &str| match &class(text).members[0].shape {
            MemberShape::Method(routine) => routine.body,
            _ => panic!("a method"),
        };
        let plain = body("class C:\n    def m(self): return f(1)\n");
        assert!(plain == body("class C:\n    def m(self):\n        'says'\n        return f( 1 )  # so\n"));
        assert!(plain != body("class C:\n    def m(self): return f(2)\n"));
    }
}
