//! What a stub lets others see (PEP 484, "Stub Files"): what it imports is its own unless it is written `X as X`, comes by
//! a star, or stands in `__all__`.

use super::{Binding, Facts, ScopeId, World};
use crate::project::FileId;
use crate::python::Identifier;
use crate::python::syntax::{BindKind, StatementKind};

impl World {
    /// Whether a module-level name of a stub is one that it imports for itself alone.
    pub fn is_stubs_own(&self, file: FileId, facts: &Facts, name: &Identifier) -> bool {
        if !self.project.file(file).is_stub {
            return false;
        }
        let listed = facts.exports.as_ref();
        let listed = listed.is_some_and(|all| all.dynamic || all.entries.iter().any(|entry| entry.name == *name));
        let bindings = facts.scopes[ScopeId::MODULE.index()].names.get(name).filter(|_| !listed);
        bindings.is_some_and(|ids| {
            ids.iter().map(|id| &facts.bindings[id.index()]).all(|binding| {
                matches!(binding.kind, BindKind::From(_) | BindKind::Import(_)) && !is_explicit(facts, binding)
            })
        })
    }
}

/// `from m import X as X`, `import m as m`.
fn is_explicit(facts: &Facts, binding: &Binding) -> bool {
    match (&binding.kind, &facts.syntax.statements[binding.statement.index()].kind) {
        (BindKind::From(entry), StatementKind::From(from)) => {
            let entry = &from.names[*entry];
            entry.local.as_ref().is_some_and(|(local, _)| *local == entry.name)
        }
        (BindKind::Import(entry), StatementKind::Import(names)) => {
            let entry = &names[*entry];
            entry.local.as_ref().is_some_and(|(local, _)| local.as_str() == entry.module.as_str())
        }
        _ => false,
    }
}
