//! Strings whose words are looked up among the names of the file while it runs: `eval("Old()")`, `globals()["Old"]`.

use ruff_python_ast::Expr;
use smallvec::SmallVec;

use super::Lowering;
use crate::python::Identifier;
use crate::python::syntax::{Chain, ChainId, Context, Event, Form, StringId, Value};

impl Lowering<'_> {
    /// An expression; if it is a string, the names that it spells keep their spelling.
    pub(super) fn spelled(&mut self, expression: &Expr) -> Value {
        let value = self.expression(expression);
        if let (Value::Text(string), Expr::StringLiteral(literal)) = (&value, expression) {
            self.words(*string, literal.value.to_str());
        }
        value
    }

    fn words(&mut self, string: StringId, text: &str) {
        let is_part = |c: char| c == '_' || c.is_alphanumeric();
        let root_span = self.syntax.strings[string.index()].span;
        for word in text.split(|c| !is_part(c)).filter_map(Identifier::parse) {
            let id = ChainId(self.syntax.chains.len() as u32);
            self.syntax.chains.push(Chain {
                root: word,
                root_span,
                attributes: SmallVec::new(),
                statement: self.statement,
                context: Context::Load,
                form: Form::Unmapped(string),
            });
            self.syntax.events.push(Event::Read(id));
        }
    }
}

/// `globals()`, `locals()`, `vars()`: the names here, as a dictionary.
pub(super) fn is_namespace(expression: &Expr) -> bool {
    let Expr::Call(call) = expression else { return false };
    let name = call.func.as_name_expr().map(|name| name.id.as_str());
    call.arguments.is_empty() && matches!(name, Some("globals" | "locals" | "vars"))
}

/// `globals().get`
pub(super) fn is_namespace_method(callee: &Expr) -> bool {
    matches!(callee, Expr::Attribute(attribute) if is_namespace(&attribute.value))
}
