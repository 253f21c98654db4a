//! `Old`, `old.Old`: names and attribute chains that lead to an alias.

use rustc_hash::FxHashMap;

use super::find::Visit;
use super::{FileSites, ModuleHit, ModuleSite, StarSite, Target, UseSite, import_module};
use crate::python::syntax::{BindKind, BindingId, Chain, Context, Value};
use crate::python::{DottedName, Identifier, Symbol};
use crate::semantics::{Origin, Reference, Step};

/// The uses of aliases, and the symbols of other files that chains read.
pub(super) fn find(visit: &Visit, sites: &FileSites) -> (Vec<UseSite>, Vec<Symbol>) {
    let bound = bound_targets(visit, sites);
    let mut stars: FxHashMap<&Identifier, Vec<&StarSite>> = FxHashMap::default();
    sites.stars.iter().for_each(|star| stars.entry(&star.name).or_default().push(star));
    let mut uses = Vec::new();
    let mut read = Vec::new();
    for reference in &visit.facts.references {
        let chain = &visit.facts.syntax.chains[reference.chain.index()];
        if let Some(target) = by_name(visit, reference, &bound, &stars) {
            let starred = reference.reach.bindings.is_empty().then(|| symbol_of(&target)).flatten();
            read.extend(starred);
            uses.push(UseSite { chain: reference.chain, attributes: 0, target, text: None });
        } else if chain.attributes.iter().any(|(name, _)| visit.names.has(name)) {
            by_attribute(visit, reference, &mut uses, &mut read);
        }
    }
    (uses, read)
}

fn symbol_of(target: &Target) -> Option<Symbol> {
    match target {
        Target::Symbol(hit) => Some(hit.symbol.clone()),
        Target::Module(_) => None,
    }
}

/// What the bindings of the file that are sites give their names.
fn bound_targets(visit: &Visit, sites: &FileSites) -> FxHashMap<BindingId, Target> {
    let mut bound = FxHashMap::default();
    for site in &sites.shims {
        bound.insert(site.binding, Target::Symbol(site.hit.clone()));
    }
    let binds_module = |site: &&ModuleSite| import_module::has_local_name(visit, site.binding);
    for site in sites.modules.iter().filter(binds_module) {
        bound.insert(site.binding, Target::Module(site.hit.clone()));
    }
    for site in &sites.imports {
        bound.insert(site.binding, Target::Symbol(site.hit.clone()));
    }
    bound
}

/// The alias that a chain's root is, if all bindings that reach it agree on what it shall become.
fn by_name(
    visit: &Visit,
    reference: &Reference,
    bound: &FxHashMap<BindingId, Target>,
    stars: &FxHashMap<&Identifier, Vec<&StarSite>>,
) -> Option<Target> {
    if reference.reach.bindings.is_empty() {
        let chain = &visit.facts.syntax.chains[reference.chain.index()];
        let named = stars.get(&chain.root)?.iter().rev();
        let star = named.copied().find(|star| reference.reach.stars.contains(&star.binding))?;
        let root = visit.world.root(visit.file, reference);
        let is_alias = root.passes(&star.hit.alias);
        return is_alias.then(|| Target::Symbol(star.hit.clone()));
    }
    let mut found: Option<&Target> = None;
    for binding in &reference.reach.bindings {
        if is_placeholder(&visit.facts.bindings[binding.index()].kind) {
            continue;
        }
        let target = bound.get(binding)?;
        if found.is_some_and(|found| !same_target(found, target)) {
            return None;
        }
        found = Some(target);
    }
    Some(with_counterpart(visit, reference, found?))
}

/// A module alias with the attribute that this chain reads from it.
fn with_counterpart(visit: &Visit, reference: &Reference, target: &Target) -> Target {
    let Target::Module(hit) = target else { return target.clone() };
    let next = visit.facts.syntax.chains[reference.chain.index()].attributes.first().map(|(name, _)| name);
    Target::Module(ModuleHit { standing: visit.families.counterpart(&hit.alias, &hit.target, next), ..hit.clone() })
}

/// `Old = None` beside an import of `Old`, and `del Old`, say nothing of what the name is.
pub fn is_placeholder(kind: &BindKind) -> bool {
    matches!(kind, BindKind::Assign(Value::None) | BindKind::Delete | BindKind::Declare)
}

fn same_target(one: &Target, other: &Target) -> bool {
    match (one, other) {
        (Target::Symbol(one), Target::Symbol(other)) => one.target == other.target,
        (Target::Module(one), Target::Module(other)) => one.target == other.target,
        _ => false,
    }
}

fn by_attribute(visit: &Visit, reference: &Reference, uses: &mut Vec<UseSite>, read: &mut Vec<Symbol>) {
    let chain = &visit.facts.syntax.chains[reference.chain.index()];
    let steps = visit.world.chain(visit.file, reference);
    for pair in steps.windows(2) {
        let (Origin::Module(module) | Origin::Outside(module)) = &pair[0].resolution.origin else { continue };
        let (name, _) = &chain.attributes[pair[0].attributes];
        let spelled = Symbol::new(module.clone(), DottedName::new(name.as_str()));
        if visit.names.has(name) && matches!(pair[0].resolution.origin, Origin::Module(_)) {
            read.push(spelled.clone());
        }
        let target = match visit.families.hit(&spelled, &pair[1].resolution) {
            Some(hit) => Target::Symbol(hit),
            None => match module_target(visit, chain, &pair[1]) {
                Some(target) => target,
                None => continue,
            },
        };
        uses.push(UseSite { chain: reference.chain, attributes: pair[1].attributes, target, text: None });
        return;
    }
}

/// `pkg.old`, where that module is an alias as a whole.
fn module_target(visit: &Visit, chain: &Chain, step: &Step) -> Option<Target> {
    let Origin::Module(alias) = &step.resolution.origin else { return None };
    let (rule, target) = visit.families.module(alias)?;
    let next = chain.attributes.get(step.attributes).map(|(name, _)| name);
    let standing = visit.families.counterpart(alias, &target, next);
    Some(Target::Module(ModuleHit { rule, alias: alias.clone(), target, standing }))
}

/// Whether the alias itself is assigned or deleted: `old.Old = …`.
pub fn is_stored(chain: &Chain, site: &UseSite) -> bool {
    chain.context != Context::Load && site.attributes == chain.attributes.len()
}
