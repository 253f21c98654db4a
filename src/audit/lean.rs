//! Definitions that may be nothing but a detour to another one: found by their shape, decided later by their text.

use super::look::View;
use crate::python::Symbol;
use crate::python::syntax::{BindKind, BlockId, StatementId, StatementKind, Value};
use crate::semantics::{Binding, Definition, Origin, ScopeId};

/// A detour has no more statements than these: a docstring, a warning with its import, and what hands on.
const MOST_STATEMENTS: usize = 4;
/// What a class that is one defines at most.
const HOOKS: [&str; 3] = ["__init__", "__new__", "__init_subclass__"];

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
            (BindKind::Class, StatementKind::Class(class)) if self.says_little(class.body) => match &class.bases[..] {
                [base] => self.defined(base),
                _ => None,
            },
            (BindKind::Function, StatementKind::Function(function)) if self.says_little(function.body) => {
                self.defined(&self.last_callee(function.body)?)
            }
            (BindKind::Assign(Value::Call(call)), _) => match &self.facts.syntax.calls[call.index()].arguments[..] {
                [_, Value::Tuple(bases), _] => self.defined(bases.first()?),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether a body holds nothing but what a detour has.
    fn says_little(&self, body: BlockId) -> bool {
        let statements = &self.facts.syntax.blocks[body.index()].statements;
        let is_common = |id: &StatementId| match &self.facts.syntax.statements[id.index()].kind {
            StatementKind::Function(function) => HOOKS.contains(&function.name.as_str()),
            StatementKind::Pass | StatementKind::Expression(_) | StatementKind::Return => true,
            StatementKind::Import(_) | StatementKind::From(_) => true,
            _ => false,
        };
        statements.len() <= MOST_STATEMENTS && statements.iter().all(is_common)
    }

    /// `new` in `return new(…)` at the end of a body.
    fn last_callee(&self, body: BlockId) -> Option<Value> {
        let last = *self.facts.syntax.blocks[body.index()].statements.last()?;
        let is_return = matches!(self.facts.syntax.statements[last.index()].kind, StatementKind::Return);
        let calls = self.facts.syntax.calls.iter().filter(|call| call.statement == last);
        let call = calls.max_by_key(|call| call.span.len()).filter(|_| is_return)?;
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
