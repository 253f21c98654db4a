//! The bindings that can reach a name, and the one thing that they agree on.

use super::walk::Walk;
use super::{BindingId, Definition, Facts, Hop, HopKind, Origin, Reach, Resolution, Route, ScopeId, Why, World};
use crate::project::{FileId, ModuleId};
use crate::python::syntax::{BindKind, BlockKind, Value};
use crate::python::{DottedName, Identifier, Symbol};

impl World {
    /// As `candidates`, with the module's own symbol as the first hop. What its bindings do not agree on in the end is one
    /// object for everybody who asks the module, whichever of them runs.
    pub(super) fn reached_in(
        &self,
        module: ModuleId,
        name: &Identifier,
        reach: &Reach,
        walk: &mut Walk,
    ) -> Option<Resolution> {
        let file = self.project.modules[module.index()].file?;
        let mut found = self.candidates(file, name, reach, walk)?;
        let facts = self.reached_facts(file)?;
        let symbol = Symbol::new(self.project.modules[module.index()].name.clone(), DottedName::new(name.as_str()));
        let first = reach.bindings.last().or(reach.stars.last()).map(|id| &facts.bindings[id.index()])?;
        let is_last = || facts.scopes[ScopeId::MODULE.index()].last.get(name).is_some_and(|last| **last == *reach);
        if found.origin == Origin::Unknown(Why::TwoOrigins) && is_last() {
            let hop = Hop { symbol: symbol.clone(), file, span: first.span, kind: HopKind::Definition };
            let definition = Definition { symbol: symbol.clone(), nth: Definition::EITHER };
            found = Resolution { origin: Origin::Defined(definition), route: Route::of(hop) };
        }
        let is_definition = found.route.first().is_some_and(|hop| hop.symbol == symbol);
        if is_definition {
            return Some(found);
        }
        let kind = match first.kind {
            BindKind::Star => HopKind::Star,
            BindKind::Assign(_) => HopKind::Assignment,
            _ => HopKind::Import,
        };
        Some(found.through(Hop { symbol, file, span: first.span, kind }))
    }

    /// The one thing that all bindings of a reach agree on; `None` if nothing binds the name.
    pub(super) fn candidates(
        &self,
        file: FileId,
        name: &Identifier,
        reach: &Reach,
        walk: &mut Walk,
    ) -> Option<Resolution> {
        if reach.too_many {
            return Some(Resolution::unknown(Why::TwoOrigins));
        }
        let facts = self.reached_facts(file)?;
        let mut found: Vec<(BindingId, Resolution)> = Vec::new();
        for &star in reach.stars.iter().rev() {
            if reach.bindings.iter().any(|binding| *binding > star) {
                break;
            }
            if let Some(resolution) = self.through_star(file, star, name, walk) {
                found.push((star, resolution));
                if facts.runs_always(facts.bindings[star.index()].statement) {
                    return agree(&facts, found);
                }
            }
        }
        for &binding in &reach.bindings {
            if matches!(facts.bindings[binding.index()].kind, BindKind::Delete | BindKind::Declare) {
                continue;
            }
            found.push((binding, self.bound(file, binding, walk)));
        }
        if found.is_empty() {
            return None;
        }
        if facts.is_rebound(reach.scope, name) {
            return Some(Resolution::unknown(Why::Rebound));
        }
        agree(&facts, found)
    }
}

/// One resolution if all are of one origin.
///
/// A placeholder in the handler of a failed import does not count: `try: from a import C` with
/// `except ImportError: C = None` is `C` wherever the import works.
fn agree(facts: &Facts, mut found: Vec<(BindingId, Resolution)>) -> Option<Resolution> {
    if found.len() > 1 {
        let real = |(id, resolution): &(BindingId, Resolution)| {
            !is_placeholder(facts, *id) && resolution.origin != Origin::Unknown(Why::Missing)
        };
        if found.iter().any(real) {
            found.retain(real);
        }
    }
    let (_, first) = found.pop()?;
    let same = found.iter().all(|(_, other)| other.origin == first.origin);
    Some(if same { first } else { Resolution::unknown(Why::TwoOrigins) })
}

/// `C = None` in an `except` block.
fn is_placeholder(facts: &Facts, id: BindingId) -> bool {
    let binding = &facts.bindings[id.index()];
    let block = facts.syntax.statements[binding.statement.index()].block;
    matches!(binding.kind, BindKind::Assign(Value::None))
        && facts.syntax.blocks[block.index()].kind == BlockKind::Handler
}
