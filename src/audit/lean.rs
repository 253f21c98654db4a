//! Definitions that are nothing but a detour to another one: subclasses that add nothing, functions that hand on, classes made by `type`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::alias::of_detour;
use super::family::AliasKind;
use super::look::View;
use crate::python::syntax::{BindKind, BlockId, StatementId, StatementKind, Value};
use crate::python::{DottedName, Identifier, Symbol};
use crate::semantics::{Binding, Definition, Origin, ScopeId};
use crate::site::{Kind, detour, is_exception};

/// A detour has no more statements than these: a docstring, a warning with its import, and what hands on.
const MOST_STATEMENTS: usize = 4;
/// What a class that is one defines at most.
const HOOKS: [&str; 3] = ["__init__", "__new__", "__init_subclass__"];

/// A definition that stands for another one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Detour {
    pub own: Definition,
    pub head: Definition,
    pub kind: AliasKind,
}

/// The module-level definitions of a file that are detours.
pub(super) fn detours(view: &View) -> Vec<Detour> {
    let own = view.facts.bindings.iter().filter(|binding| binding.scope == ScopeId::MODULE);
    // Of several definitions of one name the last counts.
    let leanings: BTreeMap<&Identifier, Definition> =
        own.filter_map(|binding| Some((&binding.name, view.leans_on(binding)?))).collect();
    leanings.into_iter().filter_map(|(name, head)| view.detour(name, head)).collect()
}

impl View<'_> {
    /// What a name of the module is, if it is a detour to a definition.
    fn detour(&self, name: &Identifier, head: Definition) -> Option<Detour> {
        let symbol = Symbol::new(self.world.module_name(self.file), DottedName::new(name.as_str()));
        let own = self.world.symbol(&symbol).origin;
        let Origin::Defined(definition) = &own else { return None };
        if definition.symbol != symbol || *definition == head {
            return None;
        }
        let kind = detour(self.world, &own, &Origin::Defined(head.clone()))?;
        // `class NotFound(AppError): pass` is what an `except` tells apart.
        let is_raised = kind == Kind::ShimSubclass && is_exception(self.world, &own);
        (!is_raised).then(|| Detour { own: definition.clone(), head, kind: of_detour(kind) })
    }

    /// The one other definition that a small one names.
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
