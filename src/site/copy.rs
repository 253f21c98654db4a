//! Exact copies of the canonical class or function, under the same or another name.

use super::deprecated::Text;
use crate::python::syntax::{StatementKind, Value};
use crate::semantics::{Differs, Origin};

/// Names of a module that every module has for itself.
const OWN_NAMES: [&str; 6] = ["__name__", "__file__", "__package__", "__spec__", "__path__", "__loader__"];

/// Whether a definition is equal to the canonical one once docstrings, comments and layout are taken out, and every free
/// name in it is the same object there. A decorator that says `deprecated` does not count.
pub(super) fn is_copy(text: &Text, own: &Origin, canonical: &Origin) -> bool {
    if !text.world.can_be_equal(own, canonical) {
        return false;
    }
    let Some(differences) = text.world.differences(own, canonical) else { return false };
    let only_deprecated = || {
        let decorators = decorators(text);
        let plain = Text::of(text.world, canonical).is_some_and(|other| self::decorators(&other).is_empty());
        plain && decorators.iter().all(|decorator| text.is_deprecation(decorator))
    };
    let is_whole = differences
        .iter()
        .all(|difference| difference.what == Differs::Decorators && difference.member.is_none() && only_deprecated());
    is_whole && !reads_its_module(text)
}

fn decorators<'a>(text: &Text<'a>) -> &'a [Value] {
    match text.kind() {
        StatementKind::Class(class) => &class.decorators,
        StatementKind::Function(function) => &function.decorators,
        _ => &[],
    }
}

/// Whether the definition reads where it stands, or binds names of its module.
fn reads_its_module(text: &Text) -> bool {
    let span = text.span();
    let chains = text.facts.syntax.chains.iter().filter(|chain| span.contains(chain.root_span));
    let mut statements = text.facts.syntax.statements.iter().filter(|statement| span.contains(statement.span));
    chains.into_iter().any(|chain| OWN_NAMES.contains(&chain.root.as_str()))
        || statements.any(|statement| matches!(statement.kind, StatementKind::Global(_)))
}
