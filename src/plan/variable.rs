//! A name of one scope with all that binds and reads it: the unit in which local names change.

use std::collections::BTreeMap;

use super::context::Draft;
use crate::python::Identifier;
use crate::python::syntax::{BindKind, BindingId, ChainId, ScopeId, ScopeKind, StatementKind};
use crate::semantics::Facts;
use crate::site::{FileSites, Kind, Target, is_placeholder};
use crate::text::Cover;

/// A name of one scope that is an alias by at least one of its bindings.
#[derive(Debug)]
pub(super) struct Variable {
    pub scope: ScopeId,
    pub name: Identifier,
    /// The bindings that are sites, each with what it stands for.
    pub sites: BTreeMap<BindingId, Target>,
    /// The stars that bring the name along, each with what it stands for.
    pub stars: Vec<(BindingId, Target)>,
    /// Another shim of the file is replaced by this name.
    pub needed: bool,
    /// Every chain whose root can be this name here.
    pub references: Vec<ChainId>,
}

/// The variables of a file, by scope and name; what is read in the statements at `gone` does not count.
pub(super) fn variables(facts: &Facts, sites: &FileSites, gone: &Cover) -> Vec<Variable> {
    let mut found: BTreeMap<(ScopeId, Identifier), Variable> = BTreeMap::new();
    let imports = sites.imports.iter().map(|site| (site.binding, Target::Symbol(site.hit.clone())));
    let modules = sites.modules.iter().map(|site| (site.binding, Target::Module(site.hit.clone())));
    let shims = sites
        .shims
        .iter()
        .filter(|site| site.kind != Kind::ShimStar)
        .map(|site| (site.binding, Target::Symbol(site.hit.clone())));
    for (id, target) in modules.chain(imports).chain(shims) {
        let binding = &facts.bindings[id.index()];
        if binds_root_only(facts, id) {
            continue;
        }
        insert(&mut found, binding.scope, &binding.name).sites.insert(id, target);
    }
    for star in &sites.stars {
        let scope = facts.bindings[star.binding.index()].scope;
        let target = Target::Symbol(star.hit.clone());
        insert(&mut found, scope, &star.name).stars.push((star.binding, target));
    }
    for reference in &facts.references {
        let star = reference.reach.stars.last().filter(|_| reference.reach.bindings.is_empty());
        let starred = star.map(|star| facts.bindings[star.index()].scope);
        let Some(scope) = reference.reach.scope.or(starred) else { continue };
        let chain = &facts.syntax.chains[reference.chain.index()];
        if gone.contains(chain.root_span) {
            continue;
        }
        let root = &chain.root;
        if let Some(variable) = found.get_mut(&(scope, root.clone())) {
            variable.references.push(reference.chain);
        }
    }
    found.into_values().collect()
}

fn insert<'a>(
    found: &'a mut BTreeMap<(ScopeId, Identifier), Variable>,
    scope: ScopeId,
    name: &Identifier,
) -> &'a mut Variable {
    found.entry((scope, name.clone())).or_insert_with(|| Variable {
        scope,
        name: name.clone(),
        sites: BTreeMap::new(),
        stars: Vec::new(),
        needed: false,
        references: Vec::new(),
    })
}

/// `import a.b` binds `a`, which is no alias.
pub(super) fn binds_root_only(facts: &Facts, id: BindingId) -> bool {
    let binding = &facts.bindings[id.index()];
    match (&binding.kind, &facts.syntax.statements[binding.statement.index()].kind) {
        (BindKind::Import(entry), StatementKind::Import(names)) => {
            names[*entry].local.is_none() && names[*entry].module.parent().is_some()
        }
        _ => false,
    }
}

impl Variable {
    /// All bindings of the name in its scope.
    pub(super) fn bindings<'a>(&self, facts: &'a Facts) -> &'a [BindingId] {
        facts.scopes[self.scope.index()].names.get(&self.name).map_or(&[], |ids| ids)
    }

    /// The bindings that are sites, stars included, each with what it stands for.
    pub(super) fn targets(&self) -> Vec<(BindingId, Target)> {
        self.sites.iter().map(|(id, target)| (*id, target.clone())).chain(self.stars.iter().cloned()).collect()
    }

    /// Whether every binding is a site for one and the same thing, so that the name as a whole can change.
    pub(super) fn is_whole(&self, facts: &Facts) -> bool {
        let strangers =
            |id: &BindingId| !self.sites.contains_key(id) && !is_placeholder(&facts.bindings[id.index()].kind);
        !self.bindings(facts).iter().any(strangers) && !facts.is_rebound(Some(self.scope), &self.name)
    }

    /// The user's own name for it: `from old import Old as Mine`.
    pub(super) fn is_chosen(&self, facts: &Facts) -> bool {
        self.sites.keys().any(|id| has_own_name(facts, *id))
    }
}

/// Whether an import entry is written with `as`.
pub(super) fn has_own_name(facts: &Facts, id: BindingId) -> bool {
    let binding = &facts.bindings[id.index()];
    match (&binding.kind, &facts.syntax.statements[binding.statement.index()].kind) {
        (BindKind::From(entry), StatementKind::From(from)) => from.names[*entry].local.is_some(),
        (BindKind::Import(entry), StatementKind::Import(names)) => names[*entry].local.is_some(),
        _ => false,
    }
}

/// Whether `new` is bound in the scope already, by imports of the very object that the target is.
pub(super) fn is_shared(draft: &Draft, variable: &Variable, new: &Identifier, target: &Target) -> bool {
    let Some(ids) = draft.facts.scopes[variable.scope.index()].names.get(new) else { return false };
    let origin = draft.run.families.target_origin(target);
    ids.iter().all(|id| {
        let is_import = draft.facts.bindings[id.index()].kind.is_import();
        is_import && draft.run.world.binding(draft.file, *id).origin == origin
    })
}

/// Whether a name bound in `scope` is what `references` would read under it.
pub(super) fn is_seen(facts: &Facts, scope: ScopeId, name: &Identifier, references: &[ChainId]) -> bool {
    let binds = |scope: ScopeId| {
        let scope = &facts.scopes[scope.index()];
        scope.names.contains_key(name) || scope.declared.contains_key(name)
    };
    !references.iter().any(|chain| {
        let from = facts.references[chain.index()].scope;
        scopes_between(facts, from, scope).into_iter().any(binds)
    })
}

/// Whether `new` can take the place of `old` wherever `references` stand, without meaning something else there or
/// taking a meaning away from what is spelled `new` already.
pub(super) fn is_free(facts: &Facts, scope: ScopeId, new: &Identifier, references: &[ChainId]) -> bool {
    let binds = |scope: ScopeId| {
        let scope = &facts.scopes[scope.index()];
        scope.names.contains_key(new) || scope.declared.contains_key(new)
    };
    if binds(scope) || !is_seen(facts, scope, new, references) {
        return false;
    }
    !facts.chains_of(new).iter().map(|chain| &facts.references[chain.index()]).any(|reference| {
        reference.reach.scope != Some(scope)
            && sees(facts, reference.scope, scope)
            && !scopes_between(facts, reference.scope, scope).into_iter().any(binds)
    })
}

/// The scopes that a lookup from `from` passes before it comes to `to`: classes only if it starts in them.
fn scopes_between(facts: &Facts, from: ScopeId, to: ScopeId) -> Vec<ScopeId> {
    let mut passed = Vec::new();
    let mut scope = Some(from);
    while let Some(id) = scope.filter(|id| *id != to) {
        if id == from || facts.scopes[id.index()].kind != ScopeKind::Class {
            passed.push(id);
        }
        scope = facts.scopes[id.index()].parent;
    }
    passed
}

/// Whether a name that `to` binds can be read in `from`.
fn sees(facts: &Facts, from: ScopeId, to: ScopeId) -> bool {
    if from == to {
        return true;
    }
    if facts.scopes[to.index()].kind == ScopeKind::Class {
        return false;
    }
    std::iter::successors(facts.scopes[from.index()].parent, |id| facts.scopes[id.index()].parent).any(|id| id == to)
}
