//! Classes as their statements say them: where they stand, what they descend from, and which attributes they have.

use super::{Binding, Definition, Facts, Origin, Scope, ScopeId, World};
use crate::project::FileId;
use crate::python::Identifier;
use crate::python::outline::{ClassOutline, Outline, outline};
use crate::python::syntax::{BindKind, Class, StatementId, StatementKind, Value};
use crate::text::Span;

/// More ancestors are not looked at.
const MOST_ANCESTORS: usize = 256;

/// Decorators that leave the attributes of a class as its body says.
const PLAIN_DECORATORS: [&str; 3] = ["dataclass", "deprecated", "final"];

/// A class statement of the tree.
#[derive(Clone, Copy, Debug)]
pub struct ClassView<'a> {
    pub file: FileId,
    pub facts: &'a Facts,
    pub text: &'a str,
    pub statement: StatementId,
    pub class: &'a Class,
}

impl World {
    /// The statement of the class that an origin is.
    pub fn class(&self, origin: &Origin) -> Option<ClassView<'_>> {
        let (file, facts, binding) = self.defined(origin)?;
        let statement = binding.statement;
        let StatementKind::Class(class) = &facts.syntax.statements[statement.index()].kind else { return None };
        Some(ClassView { file, facts, text: self.project.text(file)?, statement, class })
    }

    /// Whether an origin is a function of the tree.
    pub fn is_function(&self, origin: &Origin) -> bool {
        self.defined(origin).is_some_and(|(_, _, binding)| matches!(binding.kind, BindKind::Function))
    }

    /// The binding that an origin is, in its file.
    pub fn defined(&self, origin: &Origin) -> Option<(FileId, &Facts, &Binding)> {
        let Origin::Defined(definition) = origin else { return None };
        let module = self.project.module(definition.symbol.module.as_str())?;
        let file = self.project.modules[module.index()].file?;
        let facts = self.facts(file)?;
        Some((file, facts, binding_of(facts, definition)?))
    }

    /// What a base of a class is; `None` if it is no name that can be followed.
    pub fn base(&self, view: &ClassView, base: &Value) -> Option<Origin> {
        let Value::Chain(chain) = base else { return None };
        let last = self.chain(view.file, &view.facts.references[chain.index()]).pop()?;
        let whole = last.attributes == view.facts.syntax.chains[chain.index()].attributes.len();
        whole.then_some(last.resolution.origin)
    }

    /// The origin itself and all that it descends from, each once, as far as classes can be followed; a base that is no
    /// name stands as `None`.
    pub fn ancestors(&self, origin: &Origin) -> Vec<Option<Origin>> {
        let mut found = vec![Some(origin.clone())];
        let mut next = 0;
        while let Some(origin) = found.get(next).cloned() {
            next += 1;
            let Some(view) = origin.and_then(|origin| self.class(&origin)) else { continue };
            for base in &view.class.bases {
                let base = self.base(&view, base);
                if found.len() < MOST_ANCESTORS && !found.contains(&base) {
                    found.push(base);
                }
            }
        }
        found
    }

    /// Whether a class has the attribute; `None` where bases, decorators or a metaclass may add what cannot be seen.
    pub fn has_attribute(&self, origin: &Origin, name: &Identifier) -> Option<bool> {
        let ancestors = self.ancestors(origin);
        let mut classes = ancestors.iter().flatten().filter_map(|origin| self.class(origin));
        if classes.any(|view| view.binds(name)) {
            return Some(true);
        }
        let sure = self.is_plain(origin);
        let is_special = name.as_str().starts_with("__") || name.as_str() == "mro";
        (sure && !is_special).then_some(false)
    }
}

impl World {
    /// Whether nothing but class bodies that can be seen gives a class its attributes.
    pub(super) fn is_plain(&self, origin: &Origin) -> bool {
        self.ancestors(origin).iter().all(|ancestor| match ancestor.as_ref().and_then(|origin| self.class(origin)) {
            Some(view) => view.is_plain(),
            None => matches!(ancestor, Some(Origin::Builtin(name)) if name.as_str() == "object"),
        })
    }
}

/// The binding that a definition is.
fn binding_of<'a>(facts: &'a Facts, definition: &Definition) -> Option<&'a Binding> {
    let name = &definition.symbol.name;
    let scope = match name.parent() {
        Some(outer) => facts.class_scope(&outer)?,
        None => ScopeId::MODULE,
    };
    let ids = facts.scopes[scope.index()].names.get(&name.last())?;
    let mut own = ids.iter().map(|id| &facts.bindings[id.index()]).filter(|binding| !binding.kind.is_import());
    own.nth(definition.nth as usize)
}

impl<'a> ClassView<'a> {
    /// The members of the class as it is written.
    pub fn outline(&self) -> Option<ClassOutline> {
        match outline(self.text, self.span(), self.class.name_span) {
            Some(Outline::Class(class)) => Some(class),
            _ => None,
        }
    }

    fn span(&self) -> Span {
        self.facts.syntax.statements[self.statement.index()].span
    }

    fn scope(&self) -> Option<&'a Scope> {
        let span = self.span();
        let mut scopes = self.facts.classes_named(&self.class.name).iter().map(|id| &self.facts.scopes[id.index()]);
        scopes.find(|scope| span.contains(scope.span))
    }

    /// Whether the body gives `name` a value.
    fn binds(&self, name: &Identifier) -> bool {
        let Some(ids) = self.scope().and_then(|scope| scope.names.get(name)) else { return false };
        let kinds = ids.iter().map(|id| &self.facts.bindings[id.index()].kind);
        kinds.into_iter().any(|kind| !matches!(kind, BindKind::Declare | BindKind::Delete))
    }

    /// Nothing but the body and the bases gives the class its attributes.
    fn is_plain(&self) -> bool {
        let is_known =
            |decorator: &Value| self.name_of(decorator).is_some_and(|name| PLAIN_DECORATORS.contains(&name.as_str()));
        !self.class.special && self.class.decorators.iter().all(is_known)
    }

    /// The last name of a dotted name, or of the callee of a call.
    pub fn name_of(&self, value: &Value) -> Option<&'a Identifier> {
        let syntax = &self.facts.syntax;
        let chain = match value {
            Value::Chain(chain) => *chain,
            Value::Call(call) => syntax.calls[call.index()].callee?,
            _ => return None,
        };
        let chain = &syntax.chains[chain.index()];
        Some(chain.attributes.last().map_or(&chain.root, |(name, _)| name))
    }
}
