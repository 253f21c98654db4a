//! What must not be touched, whatever it is called: definitions that are there to be others.

use super::family::Keep;
use super::tests::is_test;
use crate::project::FileId;
use crate::python::syntax::{StatementKind, Value};
use crate::semantics::{ClassView, Origin, World};
use crate::site::is_exception;

const PROTOCOLS: [&str; 4] = ["typing.Protocol", "typing_extensions.Protocol", "abc.ABC", "typing.TypedDict"];

/// Why `own` stays what it is beside `head`, if it must.
pub(super) fn kept(world: &World, (file, own): (FileId, &Origin), head: &Origin) -> Option<Keep> {
    if is_test(&world.project.file(file).path) {
        return Some(Keep::TestDouble);
    }
    let view = world.class(own)?;
    let ancestors = world.ancestors(own);
    let outside = |name: &str| ancestors.iter().flatten().any(|origin| is_outside(origin, name));
    if ancestors.iter().flatten().any(|origin| is_under(origin, "unittest.mock")) {
        return Some(Keep::TestDouble);
    }
    if PROTOCOLS.iter().any(|name| outside(name)) {
        return Some(Keep::Protocol);
    }
    if is_exception(world, own) && view.class.bases.iter().any(|base| world.base(&view, base).is_some()) {
        return is_raised(world, own).then_some(Keep::Exception);
    }
    if view.class.bases.len() > 1 && is_bare(&view) {
        return Some(Keep::SeveralBases);
    }
    let descends = ancestors.iter().skip(1).flatten().any(|ancestor| ancestor == head);
    descends.then_some(Keep::Subclass)
}

/// Whether a builtin or outside exception is really among the ancestors, and not only something unknown.
fn is_raised(world: &World, own: &Origin) -> bool {
    let ends =
        |name: &str| ["Error", "Exception", "Warning", "Interrupt", "Exit"].iter().any(|end| name.ends_with(end));
    world.ancestors(own).iter().flatten().any(|ancestor| match ancestor {
        Origin::Builtin(name) => ends(name.as_str()),
        Origin::Outside(path) => ends(path.last().as_str()),
        _ => false,
    })
}

fn is_outside(origin: &Origin, name: &str) -> bool {
    matches!(origin, Origin::Outside(path) if path.as_str() == name)
}

fn is_under(origin: &Origin, module: &str) -> bool {
    matches!(origin, Origin::Outside(path) if path.as_str().starts_with(module))
}

/// Whether the body of a class says nothing.
fn is_bare(view: &ClassView) -> bool {
    let syntax = &view.facts.syntax;
    let statements = syntax.blocks[view.class.body.index()].statements.iter();
    statements
        .map(|id| &syntax.statements[id.index()].kind)
        .all(|kind| matches!(kind, StatementKind::Pass | StatementKind::Expression(Value::Text(_) | Value::Literal)))
}
