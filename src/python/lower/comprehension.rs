//! Comprehensions and generator expressions: all but the first iterable runs in a scope of its own.

use ruff_python_ast::{self as ast, Comprehension, Expr};
use ruff_text_size::Ranged;

use super::Lowering;
use crate::python::syntax::{BindKind, ScopeKind, Value};

impl Lowering<'_> {
    pub(super) fn comprehension(&mut self, whole: &Expr, elements: &[&Expr], generators: &[Comprehension]) -> Value {
        if let Some(first) = generators.first() {
            self.expression(&first.iter);
        }
        let opened = self.nameless(ScopeKind::Comprehension, whole.range());
        self.scope(opened, |lowering| {
            for (position, generator) in generators.iter().enumerate() {
                if position > 0 {
                    lowering.expression(&generator.iter);
                }
                lowering.target(&generator.target, BindKind::Loop);
                lowering.all(&generator.ifs);
            }
            for element in elements {
                lowering.expression(element);
            }
        });
        Value::Other
    }

    /// `{**value for …}` has no key.
    pub(super) fn dict_comprehension(&mut self, whole: &Expr, node: &ast::ExprDictComp) -> Value {
        match &node.key {
            Some(key) => self.comprehension(whole, &[key, &node.value], &node.generators),
            None => self.comprehension(whole, &[&node.value], &node.generators),
        }
    }
}
