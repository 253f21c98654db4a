//! Definitions that may be nothing but a detour to another one: found by their shape, decided later by their text.

use super::look::View;
use crate::python::Symbol;
use crate::python::syntax::{BindKind, BlockId, StatementKind, Value};
use crate::semantics::{Binding, Definition, Origin, ScopeId};

/// A detour has no more statements than these: a docstring, a warning with its import, and what hands on.
const MOST_STATEMENTS: usize = 4;

/// The module-level definitions of a file that are small and name one other definition, with that one.
pub(super) fn leanings(view: &View) -> Vec<(Symbol, Definition)> {
    let own = view.facts.bindings.iter().filter(|binding| binding.scope == ScopeId::MODULE);
    let module = view.world.module_name(view.file);
    let symbol = |binding: &Binding| Symbol::new(module.clone(), crate::python::DottedName::new(binding.name.as_str()));
    own.filter_map(|binding| Some((symbol(binding), view.leans_on(binding)?))).collect()
}

impl View<'_> {
    fn leans_on(&self, binding: &Binding) -> Option<Definition> {
        match (&binding.kind, &self.facts.syntax.statements[binding.statement.index()].kind) {
            (BindKind::Class, StatementKind::Class(class)) if self.is_small(class.body) => match &class.bases[..] {
                [base] => self.defined(base),
                _ => None,
            },
            (BindKind::Function, StatementKind::Function(function)) if self.is_small(function.body) => {
                self.defined(&self.last_callee(function.body)?)
            }
            (BindKind::Assign(Value::Call(call)), _) => match &self.facts.syntax.calls[call.index()].arguments[..] {
                [_, Value::Tuple(bases), _] => self.defined(bases.first()?),
                _ => None,
            },
            _ => None,
        }
    }

    fn is_small(&self, body: BlockId) -> bool {
        self.facts.syntax.blocks[body.index()].statements.len() <= MOST_STATEMENTS
    }

    /// `new` in `return new(…)` at the end of a body.
    fn last_callee(&self, body: BlockId) -> Option<Value> {
        let last = *self.facts.syntax.blocks[body.index()].statements.last()?;
        let is_return = matches!(self.facts.syntax.statements[last.index()].kind, StatementKind::Return);
        if !is_return {
            return None;
        }
        let calls = self.facts.calls_in(self.facts.syntax.statements[last.index()].span);
        let call = calls.map(|id| &self.facts.syntax.calls[id.index()]).max_by_key(|call| call.span.len())?;
        call.callee.map(Value::Chain)
    }

    /// The definition that a whole dotted name is.
    fn defined(&self, value: &Value) -> Option<Definition> {
        let Value::Chain(chain) = value else { return None };
        let last = self.world.chain(self.file, &self.facts.references[chain.index()]).pop()?;
        let whole = last.attributes == self.facts.syntax.chains[chain.index()].attributes.len();
        match last.resolution.origin {
            Origin::Defined(definition) if whole => Some(definition),
            _ => None,
        }
    }
}
