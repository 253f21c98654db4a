//! Which names are there for others, and which files are there for nothing but such names.

use super::look::View;
use crate::python::Identifier;
use crate::python::syntax::{BindingId, BlockId, StatementKind, Value};
use crate::semantics::Facts;

/// Whether an import binds a name that others are meant to see: in `__all__`, in a package or a stub, written `X as X`.
pub(super) fn is_meant_for_others(view: &View, id: Option<BindingId>, name: &Identifier) -> bool {
    let source = view.world.project.file(view.file);
    let listed = view.facts.exports.as_ref();
    let listed = listed.is_some_and(|all| all.entries.iter().any(|entry| entry.name == *name));
    listed || source.is_stub || source.path.ends_with("__init__.py") || id.is_some_and(|id| view.is_explicit(id))
}

/// Whether the top level of a file only imports, gives other names, and warns.
pub(super) fn is_hollow(facts: &Facts) -> bool {
    let mut open = vec![BlockId(0)];
    while let Some(block) = open.pop() {
        for id in &facts.syntax.blocks[block.index()].statements {
            match &facts.syntax.statements[id.index()].kind {
                StatementKind::Import(_) | StatementKind::From(_) | StatementKind::Pass => {}
                StatementKind::Expression(Value::Text(_) | Value::Call(_)) => {}
                StatementKind::Assign { value: Some(value), .. } | StatementKind::Augment { value, .. }
                    if is_name_or_list(value) => {}
                StatementKind::Try { body, handlers, orelse, finally } => {
                    open.extend([*body]);
                    open.extend(handlers.iter().map(|handler| handler.block).chain(*orelse).chain(*finally));
                }
                StatementKind::If { blocks, .. } => open.extend(blocks),
                _ => return false,
            }
        }
    }
    true
}

/// What aliases and `__all__` are assigned.
fn is_name_or_list(value: &Value) -> bool {
    match value {
        Value::Chain(_) | Value::None | Value::Text(_) => true,
        Value::List(values) | Value::Tuple(values) | Value::Sum(values) => values.iter().all(is_name_or_list),
        Value::Starred(value) => is_name_or_list(value),
        _ => false,
    }
}
