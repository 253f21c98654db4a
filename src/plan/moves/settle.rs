//! Where a definition that a rule moves stands now, and what the rule means then.

use super::super::{Objection, Reason};
use crate::project::FileId;
use crate::python::Symbol;
use crate::python::syntax::{BindingId, ScopeId};
use crate::rule::{Alias, Canonical, Rule};
use crate::semantics::{Definition, Origin, World};
use crate::text::Span;

/// Where the definition of a rule stands.
pub(super) enum Standing {
    /// The rule moves nothing, or neither place exists.
    None,
    /// At its new place.
    Done(Symbol),
    /// At its old place.
    Pending(Pending),
    /// Another object is at the new place.
    Clash(Pending),
}

/// A definition that is to move.
pub(super) struct Pending {
    pub definition: Definition,
    pub file: FileId,
    pub binding: BindingId,
    /// Its name in the definition.
    pub span: Span,
    /// The symbols from the canonical one to the definition.
    pub route: Vec<Symbol>,
    pub new: Symbol,
}

impl Pending {
    pub(super) fn clash(&self, world: &World) -> Objection {
        let text = match world.project.module(self.new.module.as_str()) {
            Some(_) => format!("`{}` is another object already", self.new),
            None => format!(
                "`{}` is no module of the tree, and a new one could hide one that is installed",
                self.new.module
            ),
        };
        (Reason::NameTaken, text)
    }
}

pub(super) fn standing(world: &World, rule: &Rule) -> Standing {
    let (Some(new), Canonical::Symbol(canonical)) = (&rule.moves, &rule.canonical) else { return Standing::None };
    let (old, there) = (world.symbol(canonical), world.symbol(new));
    let is_there = matches!(&there.origin, Origin::Defined(definition) if definition.symbol == *new);
    if is_there && (old.origin == there.origin || matches!(old.origin, Origin::Unknown(_))) {
        return Standing::Done(new.clone());
    }
    let Origin::Defined(definition) = old.origin.clone() else { return Standing::None };
    let Some((file, binding)) = binding(world, &definition) else { return Standing::None };
    let span = world.facts(file).map_or(Span::empty(0), |facts| facts.bindings[binding.index()].span);
    let is_taken = !matches!(there.origin, Origin::Unknown(_)) && there.origin != old.origin;
    let route = old.route.iter().map(|hop| hop.symbol.clone()).collect();
    let pending = Pending { definition, file, binding, span, route, new: new.clone() };
    if is_taken { Standing::Clash(pending) } else { Standing::Pending(pending) }
}

/// The last binding of a definition's name.
fn binding(world: &World, definition: &Definition) -> Option<(FileId, BindingId)> {
    let module = world.project.module(definition.symbol.module.as_str())?;
    let file = world.file_of(module)?;
    let facts = world.facts(file)?;
    let ids = facts.scopes[ScopeId::MODULE.index()].names.get(&definition.symbol.name.root())?;
    Some((file, *ids.last()?))
}

/// The rule once the definition is at its new place: every name on the old route is an alias.
pub(super) fn moved(rule: &Rule, new: &Symbol, route: &[Symbol]) -> Rule {
    let canonical = match &rule.canonical {
        Canonical::Symbol(symbol) => Some(symbol),
        Canonical::Module(_) => None,
    };
    let old = canonical.into_iter().chain(route).cloned().map(Alias::Symbol);
    let mut aliases: Vec<Alias> = Vec::new();
    for alias in old.chain(rule.aliases.iter().cloned()) {
        let is_new = match &alias {
            Alias::Symbol(symbol) => symbol == new,
            Alias::Star(module) => *module == new.module,
            Alias::Module(_) => false,
        };
        if !is_new && !aliases.contains(&alias) {
            aliases.push(alias);
        }
    }
    Rule { canonical: Canonical::Symbol(new.clone()), aliases, moves: None, ..rule.clone() }
}

/// The rule while the definition is where it was.
pub(super) fn unmoved(rule: &Rule, route: &[Symbol]) -> Rule {
    let is_own = |alias: &Alias| matches!(alias, Alias::Symbol(symbol) if route.contains(symbol));
    let aliases = rule.aliases.iter().filter(|alias| !is_own(alias)).cloned().collect();
    Rule { aliases, moves: None, ..rule.clone() }
}
