//! Dotted names: every longest run `root.attribute.attribute` is one chain.

use ruff_python_ast::{self as ast, Expr, ExprContext};
use ruff_text_size::{Ranged, TextSize};
use smallvec::SmallVec;

use super::Lowering;
use super::target::context;
use crate::python::Identifier;
use crate::python::syntax::{Chain, ChainId, Event, Value};

impl Lowering<'_> {
    pub(super) fn name(&mut self, name: &ast::ExprName) -> Value {
        Value::Chain(self.chain(name, &[], ExprContext::Load))
    }

    /// A dotted name, or an attribute of something else.
    pub(super) fn attribute(&mut self, node: &ast::ExprAttribute) -> Value {
        let mut attributes = SmallVec::<[&ast::Identifier; 4]>::new();
        let mut last = node;
        let mut whole = true;
        loop {
            if self.is_joined(last.value.end(), last.attr.start()) {
                attributes.push(&last.attr);
            } else {
                attributes.clear();
                whole = false;
            }
            match &*last.value {
                Expr::Attribute(inner) => last = inner,
                Expr::Name(root) => {
                    attributes.reverse();
                    let context = if whole { node.ctx } else { ExprContext::Load };
                    let chain = self.chain(root, &attributes, context);
                    return if whole { Value::Chain(chain) } else { Value::Other };
                }
                other => {
                    self.expression(other);
                    return Value::Other;
                }
            }
        }
    }

    /// Whether only a dot and blanks stand between two parts: `(a).b` is no chain, as its span would hold half of the parentheses.
    fn is_joined(&self, end: TextSize, start: TextSize) -> bool {
        let gap = end.to_usize()..start.to_usize();
        self.fixed.is_some() || gap.len() == 1 || !self.text[gap].contains(')')
    }

    fn chain(&mut self, root: &ast::ExprName, attributes: &[&ast::Identifier], last: ExprContext) -> ChainId {
        let id = ChainId(self.syntax.chains.len() as u32);
        let chain = Chain {
            root: Identifier::new(&root.id),
            root_span: self.span(root.range),
            attributes: attributes.iter().map(|name| (Identifier::new(name), self.span(name.range))).collect(),
            statement: self.statement,
            context: context(last),
            form: self.form,
        };
        self.syntax.chains.push(chain);
        self.syntax.events.push(Event::Read(id));
        id
    }
}
