//! Calls, and the few whose arguments type checkers read as annotations.

use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::Ranged;

use super::Lowering;
use super::spelled::is_namespace_method;
use super::typing::Source;
use crate::python::Identifier;
use crate::python::syntax::{Call, CallId, Keyword, Value};

impl Lowering<'_> {
    pub(super) fn call(&mut self, node: &ast::ExprCall) -> Value {
        let callee = match self.expression(&node.func) {
            Value::Chain(chain) => Some(chain),
            _ => None,
        };
        let (types, sure) = match self.typing.source(&node.func) {
            Source::Typing(name) => (types_of(name), true),
            Source::Foreign(name) => (types_of(name), false),
            Source::Own if is_namespace_method(&node.func) => (types_of("eval"), false),
            Source::Generic | Source::Own => (NO_TYPES, false),
        };
        let mut arguments = Vec::with_capacity(node.arguments.args.len());
        for (position, argument) in node.arguments.args.iter().enumerate() {
            arguments.push(self.argument(argument, types.at(position), sure));
        }
        let mut keywords = Vec::with_capacity(node.arguments.keywords.len());
        for keyword in &node.arguments.keywords {
            let name = keyword.arg.as_ref().map_or("", |name| name.as_str());
            let value = self.argument(&keyword.value, types.of(name), sure);
            if let Some(name) = &keyword.arg {
                keywords.push(Keyword { name: Identifier::new(name), span: self.span(name.range), value });
            }
        }
        let id = CallId(self.syntax.calls.len() as u32);
        let span = self.span(node.range());
        let (arguments, keywords, statement) = (arguments.into(), keywords.into(), self.statement);
        self.syntax.calls.push(Call { span, callee, arguments, keywords, statement });
        Value::Call(id)
    }

    fn argument(&mut self, argument: &Expr, reads: Reads, sure: bool) -> Value {
        match reads {
            Reads::Type if sure => self.typed(argument),
            Reads::Type => self.perhaps(argument),
            Reads::Fields if sure => self.fields(argument),
            Reads::Names if sure => self.names(argument),
            Reads::Program => self.spelled(argument),
            _ => self.expression(argument),
        }
    }

    /// `{"name": "Old"}` of `TypedDict`, `[("name", "Old")]` of `NamedTuple`.
    fn fields(&mut self, argument: &Expr) -> Value {
        match argument {
            Expr::Dict(node) => {
                let item = |item: &ast::DictItem| {
                    let key = item.key.as_ref().map(|key| self.expression(key));
                    (key, self.typed(&item.value))
                };
                Value::Dict(node.items.iter().map(item).collect())
            }
            Expr::List(ast::ExprList { elts, .. }) | Expr::Tuple(ast::ExprTuple { elts, .. }) => {
                elts.iter().for_each(|field| self.field_type(field));
                Value::Other
            }
            other => self.expression(other),
        }
    }

    fn field_type(&mut self, field: &Expr) {
        match field {
            Expr::Tuple(pair) if pair.elts.len() == 2 => {
                self.expression(&pair.elts[0]);
                self.typed(&pair.elts[1]);
            }
            other => drop(self.expression(other)),
        }
    }

    /// The names in which annotations are read: those of the file keep their spelling.
    fn names(&mut self, argument: &Expr) -> Value {
        let value = self.expression(argument);
        if let Value::Dict(items) = &value {
            for (key, _) in items.iter() {
                let Some(Value::Text(string)) = key else { continue };
                let text = self.syntax.strings[string.index()].value(self.text).to_owned();
                self.unmapped(*string, &text);
            }
        }
        value
    }
}

/// What a call does with an argument.
#[derive(Clone, Copy)]
enum Reads {
    Value,
    /// It is an annotation, so that strings in it are code.
    Type,
    /// A dictionary or list with annotations.
    Fields,
    /// A dictionary of names for annotations.
    Names,
    /// A program, or a name, that is looked up where the call stands.
    Program,
}

/// Which arguments of a call are read as what.
struct Types {
    first: usize,
    end: usize,
    keywords: &'static [&'static str],
    reads: Reads,
    /// What a keyword is that is not listed.
    others: Reads,
}

const NO_TYPES: Types = Types { first: 0, end: 0, keywords: &[], reads: Reads::Value, others: Reads::Value };

impl Types {
    fn at(&self, position: usize) -> Reads {
        if (self.first..self.end).contains(&position) { self.reads } else { Reads::Value }
    }

    fn of(&self, keyword: &str) -> Reads {
        if self.keywords.contains(&keyword) { self.reads } else { self.others }
    }
}

fn types_of(callee: &str) -> Types {
    let types = |first, end, keywords| Types { first, end, keywords, reads: Reads::Type, others: Reads::Value };
    match callee {
        "cast" => types(0, 1, &["typ"]),
        "assert_type" => types(1, 2, &["typ"]),
        "ForwardRef" => types(0, 1, &["arg"]),
        "NewType" => types(1, 2, &["tp"]),
        "TypeVar" => types(1, usize::MAX, &["bound", "default"]),
        "TypedDict" | "NamedTuple" => {
            Types { reads: Reads::Fields, others: Reads::Type, ..types(1, 2, &["fields", "total", "closed"]) }
        }
        "eval" | "exec" => Types { reads: Reads::Program, ..types(0, 1, &[]) },
        "get_type_hints" => Types { reads: Reads::Names, ..types(1, 3, &["globalns", "localns"]) },
        _ => NO_TYPES,
    }
}
