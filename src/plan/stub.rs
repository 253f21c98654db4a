//! What is special about sites in stubs: how a stub shows a name to others, and shims of which only the stub is in the tree.

use super::context::Draft;
use super::variable::Variable;
use super::wish::Needed;
use super::{Objection, Reason};
use crate::python::syntax::{BindKind, BindingId, ScopeId};

/// The import as it shows its name to others where the old one did: an import in a stub does so only as `X as X`
/// (PEP 484, "Stub Files"), and a source that is written so keeps it.
pub(super) fn reexported(
    draft: &Draft,
    variable: &Variable,
    id: BindingId,
    needed: Needed,
) -> Result<Needed, Objection> {
    let is_stub = draft.run.world.project.file(draft.file).is_stub;
    let shows = match draft.facts.bindings[id.index()].kind {
        BindKind::From(_) => draft.facts.is_reexported(&variable.name),
        BindKind::Star => is_stub && draft.is_exported(variable.scope, &variable.name),
        _ => false,
    };
    let listed = draft.facts.exports.as_ref().is_some_and(|all| all.lists(&variable.name));
    match needed {
        Needed::From { module, name, local: None } if shows && !listed && variable.scope == ScopeId::MODULE => {
            let local = Some(name.clone());
            Ok(Needed::From { module, name, local })
        }
        Needed::From { name, local: Some(local), .. } if shows && is_stub && !listed && name != local => {
            Err((Reason::Form, format!("a stub shows `{local}` to others only if what it imports is called so")))
        }
        needed => Ok(needed),
    }
}

/// Why a shim in a stub stays: what it describes is no source file of the tree, so the alias is still there.
pub(super) fn described(draft: &Draft, id: BindingId) -> Option<Objection> {
    let project = &draft.run.world.project;
    let is_shim = draft.sites.shim(id).is_some();
    let alone = is_shim && project.file(draft.file).is_stub && project.twin(draft.file).is_none();
    let module = draft.run.world.module_name(draft.file);
    alone.then(|| (Reason::Held, format!("`{module}` is no source file of this tree, and its stub says what it holds")))
}
