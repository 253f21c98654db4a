//! Calls, and the few whose arguments type checkers read as annotations.

use ruff_python_ast as ast;
use ruff_text_size::Ranged;

use super::Lowering;
use super::annotation::last_name;
use crate::python::Identifier;
use crate::python::syntax::{Call, CallId, Value};

impl Lowering<'_> {
    pub(super) fn call(&mut self, node: &ast::ExprCall) -> Value {
        let callee = match self.expression(&node.func) {
            Value::Chain(chain) => Some(chain),
            _ => None,
        };
        let types = last_name(&node.func).map_or(NO_TYPES, types_of);
        let mut arguments = Vec::with_capacity(node.arguments.args.len());
        for (position, argument) in node.arguments.args.iter().enumerate() {
            let is_type = (types.first..types.end).contains(&position);
            arguments.push(if is_type { self.typed(argument) } else { self.expression(argument) });
        }
        let mut keywords = Vec::with_capacity(node.arguments.keywords.len());
        for keyword in &node.arguments.keywords {
            let name = keyword.arg.as_ref().map_or("", |name| name.as_str());
            let is_type = types.keywords.contains(&name);
            let value = if is_type { self.typed(&keyword.value) } else { self.expression(&keyword.value) };
            keywords.extend(keyword.arg.as_ref().map(|name| (Identifier::new(name), value)));
        }
        let id = CallId(self.syntax.calls.len() as u32);
        let span = self.span(node.range());
        self.syntax.calls.push(Call { span, callee, arguments, keywords, statement: self.statement });
        Value::Call(id)
    }
}

/// Which arguments of a call are annotations, so that strings in them are code.
struct Types {
    first: usize,
    end: usize,
    keywords: &'static [&'static str],
}

const NO_TYPES: Types = Types { first: 0, end: 0, keywords: &[] };

/// By the last name of the callee alone: `typing.cast`, `t.cast` and `cast` are the same.
fn types_of(callee: &str) -> Types {
    match callee {
        "cast" => Types { first: 0, end: 1, keywords: &["typ"] },
        "ForwardRef" => Types { first: 0, end: 1, keywords: &["arg"] },
        "NewType" => Types { first: 1, end: 2, keywords: &["tp"] },
        "TypeVar" => Types { first: 1, end: usize::MAX, keywords: &["bound", "default"] },
        _ => NO_TYPES,
    }
}
