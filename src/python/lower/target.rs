//! Targets of assignments, loops, `with` and `del`.

use ruff_python_ast::{Expr, ExprContext};
use ruff_text_size::Ranged;

use super::Lowering;
use crate::python::syntax::{BindKind, Target, Value};

impl Lowering<'_> {
    /// Binds what `target` names; `kind` says what it gets.
    pub(super) fn target(&mut self, target: &Expr, kind: BindKind) -> Target {
        match target {
            Expr::Name(name) => {
                let bound = self.bind(&name.id, name.range, kind);
                Target::Name(bound, self.span(name.range))
            }
            Expr::Tuple(tuple) => self.unpack(&tuple.elts, kind),
            Expr::List(list) => self.unpack(&list.elts, kind),
            Expr::Starred(starred) => {
                self.target(&starred.value, part(kind));
                Target::Other(self.span(target.range()))
            }
            Expr::Attribute(attribute) => match self.attribute(attribute) {
                Value::Chain(chain) => Target::Attribute(chain),
                _ => Target::Other(self.span(target.range())),
            },
            other => {
                self.expression(other);
                Target::Other(self.span(other.range()))
            }
        }
    }

    /// `a, b = …`: element by element where the value is written out and no star shifts it.
    fn unpack(&mut self, targets: &[Expr], kind: BindKind) -> Target {
        let starred = targets.iter().any(Expr::is_starred_expr);
        let targets = match kind {
            BindKind::Assign(Value::Tuple(values) | Value::List(values))
                if values.len() == targets.len()
                    && !starred
                    && !values.iter().any(|value| matches!(value, Value::Starred(_))) =>
            {
                let pairs = targets.iter().zip(&*values);
                pairs.map(|(target, value)| self.target(target, BindKind::Assign(value.clone()))).collect()
            }
            kind => {
                let kind = part(kind);
                targets.iter().map(|target| self.target(target, kind.clone())).collect()
            }
        };
        Target::Tuple(targets)
    }
}

/// What a part of an unpacked value is bound by.
fn part(kind: BindKind) -> BindKind {
    match kind {
        BindKind::Assign(_) => BindKind::Unpack,
        kind => kind,
    }
}

/// What the parser's context says about the last name.
pub(super) fn context(context: ExprContext) -> crate::python::syntax::Context {
    use crate::python::syntax::Context;
    match context {
        ExprContext::Store => Context::Store,
        ExprContext::Del => Context::Delete,
        ExprContext::Load | ExprContext::Invalid => Context::Load,
    }
}
