//! Which code reads a module's name each time it runs: what a patch of that name reaches.

use super::find::Visit;
use crate::project::FileId;
use crate::python::syntax::{
    BindKind, BindingId, ChainId, Context, Form, FromImport, ScopeId, ScopeKind, StatementKind,
};
use crate::python::{DottedName, Identifier, Symbol};
use crate::semantics::{Facts, Origin, Reference, World};

/// A chain in a function that reads a name of a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reader {
    pub file: FileId,
    pub chain: ChainId,
    pub via: Via,
}

/// How a chain comes to the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Via {
    /// It is a global name of its own module.
    Own,
    /// An import in a function gives it anew each time.
    Import(BindingId),
    /// It is this attribute, counted from one, of a module.
    Attribute(usize),
}

/// The readers of one file of the names that matter.
pub(super) fn find(visit: &Visit) -> Vec<(Symbol, Reader)> {
    let later = |reference: &&Reference| runs_later(visit.facts, reference.scope);
    let references = visit.facts.references.iter().filter(later);
    let found = references.flat_map(|reference| {
        let chain = &visit.facts.syntax.chains[reference.chain.index()];
        let spells = visit.names.has(&chain.root) || chain.attributes.iter().any(|(name, _)| visit.names.has(name));
        let imports = || {
            reference
                .reach
                .bindings
                .iter()
                .filter_map(|id| taken(visit.facts, *id))
                .any(|(_, name)| visit.names.has(name))
        };
        match spells || imports() {
            true => cells(visit.world, visit.file, visit.facts, reference),
            false => Vec::new(),
        }
        .into_iter()
        .filter(|(cell, _)| visit.names.has(&cell.name.last()))
        .map(|(cell, via)| (cell, Reader { file: visit.file, chain: reference.chain, via }))
    });
    found.collect()
}

/// Whether code in a scope runs after its module has been imported.
pub fn runs_later(facts: &Facts, scope: ScopeId) -> bool {
    let scopes = std::iter::successors(Some(scope), |scope| facts.scopes[scope.index()].parent);
    let mut kinds = scopes.map(|scope| facts.scopes[scope.index()].kind);
    kinds.any(|kind| matches!(kind, ScopeKind::Function | ScopeKind::Lambda))
}

/// The names of modules that a chain reads where it stands.
pub fn cells(world: &World, file: FileId, facts: &Facts, reference: &Reference) -> Vec<(Symbol, Via)> {
    let chain = &facts.syntax.chains[reference.chain.index()];
    if !matches!(chain.form, Form::Code) {
        return Vec::new();
    }
    let mut cells = Vec::new();
    let own = reference.reach.scope == Some(ScopeId::MODULE)
        || reference.reach.scope.is_none() && !reference.reach.stars.is_empty();
    if own {
        let name = DottedName::new(chain.root.as_str());
        cells.push((Symbol::new(world.module_name(file), name), Via::Own));
    }
    for id in reference.reach.bindings.iter().filter(|_| !own) {
        cells.extend(imported(world, file, facts, *id).map(|cell| (cell, Via::Import(*id))));
    }
    let read = chain.attributes.len() - usize::from(chain.context != Context::Load && !chain.attributes.is_empty());
    if read == 0 {
        return cells;
    }
    let steps = world.chain(file, reference);
    for step in steps.iter().filter(|step| step.attributes < read) {
        if let Origin::Module(module) = &step.resolution.origin {
            let (name, _) = &chain.attributes[step.attributes];
            let cell = Symbol::new(module.clone(), DottedName::new(name.as_str()));
            cells.push((cell, Via::Attribute(step.attributes + 1)));
        }
    }
    cells
}

/// The name that an import in a function takes.
fn imported(world: &World, file: FileId, facts: &Facts, id: BindingId) -> Option<Symbol> {
    let (from, name) = taken(facts, id)?;
    let module = world.from_module(file, from.level, from.module.as_ref())?;
    Some(Symbol::new(module, DottedName::new(name.as_str())))
}

/// The name that a `from` import takes out of its module.
fn taken(facts: &Facts, id: BindingId) -> Option<(&FromImport, &Identifier)> {
    let binding = &facts.bindings[id.index()];
    match (&binding.kind, &facts.syntax.statements[binding.statement.index()].kind) {
        (BindKind::From(entry), StatementKind::From(from)) => Some((from, &from.names[*entry].name)),
        _ => None,
    }
}
