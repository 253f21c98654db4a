//! `import pkg.old`, `from pkg import old`: imports of a module that is an alias as a whole.

use super::find::Visit;
use super::{ModuleHit, ModuleSite};
use crate::python::DottedName;
use crate::python::syntax::{BindKind, BindingId, StatementKind};
use crate::semantics::Binding;

/// The import entries that name a module alias.
pub(super) fn find(visit: &Visit) -> Vec<ModuleSite> {
    let sites = visit.facts.bindings.iter().enumerate().filter_map(|(index, binding)| {
        let alias = imported(visit, binding)?;
        let (rule, target) = visit.families.module(&alias)?;
        let standing = visit.families.counterpart(&alias, &target, None);
        Some(ModuleSite { binding: BindingId(index as u32), hit: ModuleHit { rule, alias, target, standing } })
    });
    sites.collect()
}

/// The module that an entry names: `a.b` in `import a.b`, `a.b` in `from a import b` if that is a module.
fn imported(visit: &Visit, binding: &Binding) -> Option<DottedName> {
    match (&binding.kind, &visit.facts.syntax.statements[binding.statement.index()].kind) {
        (BindKind::Import(entry), StatementKind::Import(names)) => Some(names[*entry].module.clone()),
        (BindKind::From(entry), StatementKind::From(from)) => {
            let package = visit.world.from_module(visit.file, from.level, from.module.as_ref())?;
            let module = package.child(from.names[*entry].name.as_str());
            visit.world.project.module(module.as_str()).map(|_| module)
        }
        _ => None,
    }
}

/// Whether `import a.b as c` gives the module a name of its own; `import a.b` binds only `a`.
pub(super) fn has_local_name(visit: &Visit, binding: BindingId) -> bool {
    let binding = &visit.facts.bindings[binding.index()];
    match (&binding.kind, &visit.facts.syntax.statements[binding.statement.index()].kind) {
        (BindKind::Import(entry), StatementKind::Import(names)) => {
            names[*entry].local.is_some() || names[*entry].module.parent().is_none()
        }
        _ => true,
    }
}
