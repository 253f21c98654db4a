//! One other name of an object: how it comes about, and who reads it.

use super::family::{Alias, AliasKind, Spot};
use super::look::Name;
use super::survey::Survey;
use crate::semantics::{Definition, HopKind};
use crate::site::Kind;

/// Another name of the same object.
pub(super) fn same(survey: &Survey, name: &Name) -> Alias {
    alias(survey, name, (kind(survey, name), true))
}

/// A name of another object that is a detour of the given kind, or leads to it.
pub(super) fn other(survey: &Survey, name: &Name, (detour, how): (&Definition, AliasKind)) -> Alias {
    let is_itself = *name.symbol() == detour.symbol;
    let kind = if is_itself { how } else { kind(survey, name) };
    alias(survey, name, (kind, false))
}

fn alias(survey: &Survey, name: &Name, (kind, same_object): (AliasKind, bool)) -> Alias {
    let readers = survey.readers.get(name.symbol());
    Alias {
        symbol: name.symbol().clone(),
        kind,
        same_object,
        place: Spot { file: name.file, span: name.span },
        route: name.route.clone(),
        importers: readers.map_or(0, |readers| readers.files.len()),
        uses: readers.map_or(0, |readers| readers.uses),
    }
}

fn kind(survey: &Survey, name: &Name) -> AliasKind {
    let source = survey.world.project.file(name.file);
    let first = name.route.first().map(|hop| hop.kind);
    match first {
        _ if source.is_stub => AliasKind::Stub,
        Some(HopKind::Getattr) => AliasKind::Getattr,
        Some(HopKind::SysModules) => AliasKind::SysModules,
        _ if name.is_fallback => AliasKind::Fallback,
        _ if survey.hollow.contains(&name.file) && !source.path.ends_with("__init__.py") => AliasKind::Module,
        Some(HopKind::Star) => AliasKind::Star,
        Some(HopKind::Assignment) => AliasKind::Assignment,
        Some(HopKind::Import | HopKind::Definition) | None => AliasKind::Reexport,
    }
}

/// The kind of alias that a detour makes.
pub(super) fn of_detour(kind: Kind) -> AliasKind {
    match kind {
        Kind::ShimForward => AliasKind::Forward,
        Kind::ShimCopy => AliasKind::Copy,
        Kind::ShimDynamic => AliasKind::Dynamic,
        _ => AliasKind::Subclass,
    }
}
