//! The statements that make a declared alias exist: `Old = New`, re-exports, stars, fallbacks, subclasses.

use super::find::Visit;
use super::{Hit, Kind, ShimSite, Standing, Target, fold};
use crate::python::syntax::{BindKind, BindingId, BlockKind, ScopeId, Value};
use crate::python::{DottedName, Identifier, Symbol};
use crate::semantics::{Binding, Origin};

/// The bindings at module level that are declared aliases.
pub(super) fn find(visit: &Visit) -> Vec<ShimSite> {
    let Some(module) = visit.world.module_of(visit.file) else { return Vec::new() };
    let name = &visit.world.project.modules[module.index()].name;
    let bindings = visit.facts.bindings.iter().enumerate();
    let named = bindings.filter(|(_, binding)| binding.scope == ScopeId::MODULE && visit.names.has(&binding.name));
    let symbols = named
        .map(|(index, binding)| (index, binding, Symbol::new(name.clone(), DottedName::new(binding.name.as_str()))));
    let declared = symbols.filter(|(_, _, symbol)| visit.families.may_declare(symbol));
    let sites = declared.filter_map(|(index, binding, symbol)| {
        let resolution = visit.world.member(module, &binding.name);
        let hit = visit.families.hit(&symbol, &resolution)?;
        let declared_here = hit.alias == symbol && hit.standing != Standing::NoCounterpart;
        // `import app.old` binds `app`, whatever the other module has under that name.
        let is_module = matches!(binding.kind, BindKind::Import(_)) && binding.name == name.root();
        let is_from_itself =
            || visit.world.imported_module(visit.file, visit.facts, binding).is_some_and(|module| module == *name);
        let id = BindingId(index as u32);
        let is_covered = is_covered(visit, &binding.name)
            && matches!(binding.kind, BindKind::Class | BindKind::Function)
            && visit.world.binding(visit.file, id).origin != resolution.origin;
        let kind = kind(visit, binding, &hit, &resolution.origin)?;
        (declared_here && !is_covered && !is_module && !is_from_itself()).then_some(ShimSite { binding: id, kind, hit })
    });
    sites.chain(stars(visit)).collect()
}

/// Stars that bring a declared alias of this very module along.
fn stars<'a>(visit: &'a Visit) -> impl Iterator<Item = ShimSite> + 'a {
    let bindings = visit.facts.bindings.iter().enumerate();
    let stars = bindings.filter(|(_, binding)| matches!(binding.kind, BindKind::Star));
    stars.flat_map(move |(index, binding)| {
        let id = BindingId(index as u32);
        let names = visit.names.sorted().into_iter().filter(|name| visit.world.star_gives(visit.file, binding, name));
        let hits = names.filter_map(|name| declared_here(visit, name));
        hits.map(|hit| ShimSite { binding: id, kind: Kind::ShimStar, hit }).collect::<Vec<_>>()
    })
}

/// The alias that a module-level name of this file is declared to be, if a star binds it.
fn declared_here(visit: &Visit, name: &Identifier) -> Option<Hit> {
    let module = visit.world.module_of(visit.file)?;
    if visit.facts.scopes[ScopeId::MODULE.index()].names.contains_key(name) && !is_covered(visit, name) {
        return None;
    }
    let symbol = Symbol::new(visit.world.project.modules[module.index()].name.clone(), DottedName::new(name.as_str()));
    if !visit.families.may_declare(&symbol) {
        return None;
    }
    let hit = visit.families.hit(&symbol, &visit.world.member(module, name))?;
    (hit.alias == symbol && hit.standing == Standing::Same).then_some(hit)
}

/// Whether a star stands behind what binds the name.
fn is_covered(visit: &Visit, name: &Identifier) -> bool {
    let last = visit.facts.scopes[ScopeId::MODULE.index()].last.get(name);
    last.is_some_and(|reach| !reach.stars.is_empty())
}

fn kind(visit: &Visit, binding: &Binding, hit: &Hit, origin: &Origin) -> Option<Kind> {
    let syntax = &visit.facts.syntax;
    let block = syntax.statements[binding.statement.index()].block;
    let is_arm = matches!(syntax.blocks[block.index()].kind, BlockKind::Try | BlockKind::Handler | BlockKind::TryElse);
    let is_stub = visit.world.project.file(visit.file).is_stub;
    let target = visit.families.target_origin(&Target::Symbol(hit.clone()));
    let shape = match &binding.kind {
        BindKind::Class | BindKind::Function | BindKind::Assign(Value::Call(_)) => {
            fold::shape(visit.world, origin, &target)
        }
        _ => None,
    };
    match &binding.kind {
        BindKind::Assign(_)
        | BindKind::Unpack
        | BindKind::From(_)
        | BindKind::Import(_)
        | BindKind::Class
        | BindKind::Function
            if is_stub =>
        {
            Some(Kind::ShimStub)
        }
        BindKind::Assign(_) | BindKind::From(_) | BindKind::Import(_) if is_arm => Some(Kind::ShimFallback),
        BindKind::Assign(_) | BindKind::Unpack => Some(shape.unwrap_or(Kind::ShimAssignment)),
        BindKind::From(_) | BindKind::Import(_) => Some(Kind::ShimReexport),
        BindKind::Class | BindKind::Function => Some(shape.unwrap_or(Kind::ShimDefinition)),
        _ => None,
    }
}
