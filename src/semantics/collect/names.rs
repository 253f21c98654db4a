//! Names as scopes hold them.

use crate::python::Identifier;

/// What `name` is inside the class `class`: `__name` is `_Class__name` there.
/// See "Private name mangling" in the language reference.
pub(super) fn mangled(name: &Identifier, class: Option<&Identifier>) -> Identifier {
    let private = name.as_str().starts_with("__") && !name.as_str().ends_with("__");
    let class = class.filter(|_| private).map(|class| class.as_str().trim_start_matches('_'));
    match class {
        Some(class) if !class.is_empty() => Identifier::new(&format!("_{class}{name}")),
        _ => name.clone(),
    }
}
