//! The members of a class: what its body binds, and what its methods store in the object.

use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::Ranged;
use rustc_hash::FxHashMap;

use super::shape::{decorators, expression, routine};
use super::{ClassOutline, Member, MemberShape, Part, span_of, suites};
use crate::text::Span;

pub(super) fn class(class: &ast::StmtClassDef) -> ClassOutline {
    let mut members = Vec::new();
    let mut methods = Vec::new();
    each_statement(&class.body, |statement| {
        of_body(statement, &mut members);
        methods.extend(statement.as_function_def_stmt());
        !matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_))
    });
    for (method, own) in methods.into_iter().filter_map(|method| Some((method, object(method)?))) {
        each_statement(&method.body, |statement| {
            of_object(statement, own, &mut members);
            !matches!(statement, Stmt::ClassDef(_))
        });
    }
    ClassOutline {
        decorators: decorators(&class.decorator_list),
        keywords: class.keywords().iter().map(|keyword| expression(&keyword.value)).collect(),
        header: class.arguments.as_ref().map_or(Span::empty(class.name.end().to_usize()), |node| span_of(node.range)),
        members: each_once(members),
    }
}

/// Calls `visit` for the statements of a suite and of those within, in source order, as far as it says to go on inward.
fn each_statement<'a>(suite: &'a [Stmt], mut visit: impl FnMut(&'a Stmt) -> bool) {
    let mut open: Vec<&Stmt> = suite.iter().rev().collect();
    while let Some(statement) = open.pop() {
        if visit(statement) {
            open.extend(suites(statement).into_iter().rev().flat_map(|suite| suite.iter().rev()));
        }
    }
}

fn of_body(statement: &Stmt, members: &mut Vec<Member>) {
    match statement {
        Stmt::FunctionDef(node) => {
            let name = accessor(node).map_or(node.name.to_string(), |accessor| format!("{}.{accessor}", node.name));
            members.push(Member { name, span: span_of(node.name.range), shape: MemberShape::Method(routine(node)) });
        }
        Stmt::ClassDef(node) => {
            members.push(Member {
                name: node.name.to_string(),
                span: span_of(node.name.range),
                shape: MemberShape::Nested,
            });
        }
        Stmt::Assign(node) => {
            let value = expression(&node.value);
            each_target(&node.targets, |target| attribute(target, Some(value), members));
        }
        Stmt::AnnAssign(node) => attribute(&node.target, node.value.as_deref().map(expression), members),
        _ => {}
    }
}

/// `setter` of `@name.setter` above `def name`.
fn accessor(function: &ast::StmtFunctionDef) -> Option<&str> {
    let attributes = function.decorator_list.iter().filter_map(|decorator| decorator.expression.as_attribute_expr());
    let of_name = |value: &Expr| value.as_name_expr().is_some_and(|name| name.id == *function.name);
    attributes.into_iter().find(|attribute| of_name(&attribute.value)).map(|attribute| attribute.attr.as_str())
}

fn attribute(target: &Expr, value: Option<Part>, members: &mut Vec<Member>) {
    if let Expr::Name(name) = target {
        let span = span_of(name.range);
        members.push(Member { name: name.id.to_string(), span, shape: MemberShape::Attribute(value) });
    }
}

/// The name that a method has for its object; static methods have none.
fn object(method: &ast::StmtFunctionDef) -> Option<&str> {
    let is_static = |decorator: &ast::Decorator| {
        decorator.expression.as_name_expr().is_some_and(|name| name.id.as_str() == "staticmethod")
    };
    let first = method.parameters.iter_source_order().next()?;
    (!method.decorator_list.iter().any(is_static)).then(|| first.name().as_str())
}

fn of_object(statement: &Stmt, own: &str, members: &mut Vec<Member>) {
    let mut store = |target: &Expr| {
        let Expr::Attribute(node) = target else { return };
        if node.value.as_name_expr().is_some_and(|name| name.id.as_str() == own) {
            let span = span_of(node.attr.range);
            members.push(Member { name: node.attr.to_string(), span, shape: MemberShape::Instance });
        }
    };
    match statement {
        Stmt::Assign(node) => each_target(&node.targets, store),
        Stmt::AnnAssign(node) => store(&node.target),
        Stmt::AugAssign(node) => store(&node.target),
        _ => {}
    }
}

/// The targets of an assignment, those in tuples and lists by themselves.
fn each_target(targets: &[Expr], mut visit: impl FnMut(&Expr)) {
    let mut open: Vec<&Expr> = targets.iter().rev().collect();
    while let Some(target) = open.pop() {
        match target {
            Expr::Tuple(node) => open.extend(node.elts.iter().rev()),
            Expr::List(node) => open.extend(node.elts.iter().rev()),
            Expr::Starred(node) => open.push(&node.value),
            other => visit(other),
        }
    }
}

/// The last member of each name counts, but what the body binds goes before what methods store.
fn each_once(members: Vec<Member>) -> Vec<Member> {
    let mut kept: Vec<Member> = Vec::new();
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    let is_private = |name: &str| name.starts_with("__") && !name.ends_with("__");
    for member in members.into_iter().filter(|member| !is_private(&member.name)) {
        match places.get(&member.name) {
            Some(_) if matches!(member.shape, MemberShape::Instance) => {}
            Some(place) => kept[*place] = member,
            None => {
                places.insert(member.name.clone(), kept.len());
                kept.push(member);
            }
        }
    }
    kept
}
