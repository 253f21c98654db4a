//! What an expression in a `__getattr__` can be while it runs for one name.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::run::Run;
use super::table::Items;
use super::{module_origin, only_binding};
use crate::python::syntax::{self, BindKind, ChainId, Term};
use crate::python::{DottedName, Identifier};
use crate::semantics::{Origin, Reference, Resolution};

/// A value of the small language.
#[derive(Clone, Debug)]
pub(super) enum Value<'a> {
    Text(String),
    Number(u64),
    None,
    Truth(bool),
    Several(Vec<Value<'a>>),
    Table(&'a Items),
    /// `globals()`
    Globals,
    Module(DottedName),
    Object(Resolution),
    Unknown,
}

impl Value<'_> {
    /// Whether Python takes it for true; `None` if nobody can say.
    pub(super) fn truth(&self) -> Option<bool> {
        match self {
            Value::Text(text) => Some(!text.is_empty()),
            Value::Number(number) => Some(*number != 0),
            Value::None => Some(false),
            Value::Truth(truth) => Some(*truth),
            Value::Several(values) => Some(!values.is_empty()),
            Value::Table(items) => Some(!items.is_empty()),
            Value::Globals | Value::Module(_) | Value::Object(_) => Some(true),
            Value::Unknown => None,
        }
    }
}

impl<'a> Run<'a, '_> {
    /// A dotted name: a variable of the function, a constant of the module, or something that can be followed.
    pub(super) fn chain(&mut self, id: ChainId) -> Value<'a> {
        let chain = &self.facts.syntax.chains[id.index()];
        let reference = &self.facts.references[id.index()];
        let local = self.variables.get(&chain.root).cloned();
        if let Some(mut value) = local.or_else(|| self.constant(reference)) {
            for (attribute, _) in &chain.attributes {
                value = self.member(value, attribute);
            }
            return value;
        }
        let last = self.world.chain_on(self.file, reference, self.walk).pop();
        match last.filter(|step| step.attributes == chain.attributes.len()) {
            Some(step) => self.resolved(step.resolution),
            None => Value::Unknown,
        }
    }

    pub(super) fn resolved(&self, resolution: Resolution) -> Value<'a> {
        let module = self.world.module_name(self.file);
        match &resolution.origin {
            Origin::Module(name) => Value::Module(name.clone()),
            Origin::Builtin(name) if name.as_str() == "__name__" => Value::Text(module.to_string()),
            Origin::Builtin(name) if name.as_str() == "__package__" => Value::Text(self.package().to_string()),
            Origin::Unknown(_) | Origin::Local(_) => Value::Unknown,
            _ => Value::Object(resolution),
        }
    }

    /// The package in which relative paths of the module begin.
    pub(super) fn package(&self) -> DottedName {
        let module = self.world.module_name(self.file);
        let is_package = self.world.project.file(self.file).path.ends_with("__init__.py");
        let parent = module.parent().filter(|_| !is_package);
        parent.unwrap_or(module)
    }

    /// A module-level string, tuple or dictionary that nothing changes.
    pub(super) fn constant(&mut self, reference: &Reference) -> Option<Value<'a>> {
        let id = only_binding(self.facts, reference)?;
        let BindKind::Assign(value) = &self.facts.bindings[id.index()].kind else { return None };
        match value {
            syntax::Value::Dict(_) | syntax::Value::Text(_) | syntax::Value::Tuple(_) | syntax::Value::List(_) => {
                let root = &self.facts.syntax.chains[reference.chain.index()].root;
                self.facts.is_constant(root).then(|| self.written(value))
            }
            _ => None,
        }
    }

    /// The strings of a module-level list or tuple that nothing changes.
    pub(super) fn list(&self, term: &Term) -> Option<Arc<FxHashSet<String>>> {
        let Term::Chain(chain) = term else { return None };
        let (reference, chain) = (&self.facts.references[chain.index()], &self.facts.syntax.chains[chain.index()]);
        let id = only_binding(self.facts, reference).filter(|_| !self.variables.contains_key(&chain.root))?;
        match &self.facts.bindings[id.index()].kind {
            BindKind::Assign(syntax::Value::Tuple(values) | syntax::Value::List(values))
                if chain.attributes.is_empty() && self.facts.is_constant(&chain.root) =>
            {
                self.facts.listed(id, values, self.text)
            }
            _ => None,
        }
    }

    /// The value of an expression outside the function.
    pub(super) fn written(&mut self, value: &'a syntax::Value) -> Value<'a> {
        match value {
            syntax::Value::Text(string) => {
                self.facts.plain_string(*string, self.text).map_or(Value::Unknown, |text| Value::Text(text.to_owned()))
            }
            syntax::Value::Tuple(values) | syntax::Value::List(values) => {
                Value::Several(values.iter().map(|value| self.written(value)).collect())
            }
            syntax::Value::Dict(items) => Value::Table(items),
            syntax::Value::Chain(chain) => self.chain(*chain),
            syntax::Value::None => Value::None,
            _ => Value::Unknown,
        }
    }

    /// `value.attribute`
    pub(super) fn member(&mut self, value: Value<'a>, attribute: &Identifier) -> Value<'a> {
        match value {
            Value::Module(module) => {
                let found = self.world.path(&module.child(attribute.as_str()), self.walk);
                self.resolved(found)
            }
            Value::Object(resolution) => match resolution.origin {
                Origin::Outside(path) => {
                    Value::Object(Resolution::ends(Origin::Outside(path.child(attribute.as_str()))))
                }
                origin => {
                    let nested = self.world.nested(&origin, attribute);
                    nested.map_or(Value::Unknown, |nested| self.resolved(nested))
                }
            },
            _ => Value::Unknown,
        }
    }

    /// What the function gives if it returns the value.
    pub(super) fn returned(&self, value: Value) -> Option<Resolution> {
        match value {
            Value::Module(module) => Some(Resolution::ends(module_origin(self.world, &module))),
            Value::Object(resolution) => Some(resolution),
            _ => None,
        }
    }
}
