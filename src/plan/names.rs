//! The local name of every variable that is an alias, and what that asks of its bindings and uses.

use std::collections::{BTreeMap, BTreeSet};

use super::context::{Draft, Kept};
use super::refuse::{Refused, Stays, objections};
use super::variable::{Variable, is_free, is_seen, is_shared, variables};
use super::wish::{EntryWish, Needed, Wishes};
use super::{Note, Reason, Safety, deprecate, shims, stub};
use crate::python::syntax::{BindKind, BindingId, ChainId, Form, ScopeId, Value};
use crate::python::{DottedName, Identifier};
use crate::rule::LocalNames;
use crate::semantics::{Origin, Why};
use crate::site::{Kind, ModuleHit, Standing, Target, is_placeholder};
use crate::text::Cover;

/// What stands for a variable's object afterwards, by the variable's scope and name.
pub(super) type Outcomes = BTreeMap<(ScopeId, Identifier), String>;

/// What the rounds before have shown of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Round {
    /// The statements that go: what they read does not count.
    pub gone: Cover,
    /// Names of the module that take the place of a shim.
    pub needed: BTreeSet<Identifier>,
    /// What stands for each variable, also for those that are decided later.
    pub outcomes: Outcomes,
}

/// What has been decided of a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Settled {
    pub refused: Refused,
    pub wishes: Wishes,
    pub outcomes: Outcomes,
}

/// Decides every variable of a file: refused, renamed, or kept under its name.
pub(super) fn settle(draft: &Draft, kept: &Kept, round: &Round) -> Settled {
    let mut settled = Settled { outcomes: round.outcomes.clone(), ..Settled::default() };
    let Settled { refused, wishes, outcomes } = &mut settled;
    let mut variables = variables(draft.facts, draft.sites, &round.gone);
    let contested = contested(draft, &variables);
    for variable in &mut variables {
        variable.needed = variable.scope == ScopeId::MODULE && round.needed.contains(&variable.name);
    }
    for variable in variables {
        if objections(draft, kept, &variable, refused) {
            continue;
        }
        let outcome = if shims::is_removed(draft, kept, &variable) {
            shims::remove(draft, &variable, outcomes, wishes)
        } else if deprecate::is_deprecated(draft, &variable) {
            deprecate::turn(draft, kept, (&variable, outcomes), wishes)
        } else {
            rewrite(draft, &variable, &contested, wishes)
        };
        match outcome {
            Ok(Some(text)) => {
                outcomes.insert((variable.scope, variable.name.clone()), text);
            }
            Ok(None) => {}
            Err(why) => refuse_all(draft, &variable, refused, &why),
        }
    }
    shims::remove_emptied_assignments(draft, wishes);
    settled
}

/// The canonical names that different classes want in this file: none of them gets it.
fn contested(draft: &Draft, variables: &[Variable]) -> BTreeSet<Identifier> {
    let mut wanted: BTreeMap<Identifier, BTreeSet<Origin>> = BTreeMap::new();
    for (_, target) in variables.iter().flat_map(|variable| variable.targets()) {
        let origin = draft.run.families.target_origin(&target);
        wanted.entry(name_of(&target).root()).or_default().insert(origin);
    }
    wanted.into_iter().filter(|(_, origins)| origins.len() > 1).map(|(name, _)| name).collect()
}

/// Leaves all sites and uses of a variable as they are.
fn refuse_all(draft: &Draft, variable: &Variable, refused: &mut Refused, (reason, text): &(Reason, String)) {
    for (id, target) in variable.targets() {
        let binding = &draft.facts.bindings[id.index()];
        let kind = binding_kind(draft, id);
        refused.bindings.insert(id);
        refused.add(draft, Stays { span: binding.span, kind, reason: *reason, text: text.clone() }, &target);
    }
    refused.chains.extend(variable.references.iter().copied());
}

/// The kind of site that a binding is.
pub(super) fn binding_kind(draft: &Draft, id: BindingId) -> Kind {
    if let Some(shim) = draft.sites.shim(id) {
        return shim.kind;
    }
    match draft.facts.bindings[id.index()].kind {
        BindKind::Star => Kind::ImportStar,
        BindKind::Import(_) => Kind::ImportModule,
        _ => Kind::ImportFrom,
    }
}

/// Sends all bindings of an alias that is no shim to its canonical symbol; returns the new name if it changes.
fn rewrite(
    draft: &Draft,
    variable: &Variable,
    contested: &BTreeSet<Identifier>,
    wishes: &mut Wishes,
) -> Result<Option<String>, (Reason, String)> {
    let targets = variable.targets();
    if targets.iter().any(|(id, target)| !stays_as_shim(draft, *id) && is_own(draft, target)) {
        return inside_canonical(draft, variable, &targets, wishes).map(Some);
    }
    if variable.sites.is_empty() && !is_wanted(draft, variable) {
        return Ok(None);
    }
    let new = new_name(draft, variable, &targets).filter(|new| !contested.contains(&DottedName::new(new).root()));
    for (id, target) in &targets {
        if stays_as_shim(draft, *id) {
            continue;
        }
        let bound = new.as_deref().unwrap_or(variable.name.as_str());
        let needed = stub::reexported(draft, variable, *id, needed(draft, *id, target, bound)?)?;
        let note = note(target, binding_kind(draft, *id));
        let binding = &draft.facts.bindings[id.index()];
        match binding.kind {
            BindKind::From(entry) | BindKind::Import(entry) => {
                wishes.entries.insert((binding.statement, entry), (EntryWish::Needed(needed), note));
            }
            BindKind::Star if is_wanted(draft, variable) => {
                wishes.imports.entry(binding.statement).or_default().push((needed, note));
            }
            _ => {}
        }
    }
    if let Some(new) = &new {
        rename(draft, variable, new, wishes);
    }
    Ok(new)
}

fn is_use(draft: &Draft, chain: ChainId) -> bool {
    !draft.sites.uses_of(chain).is_empty()
}

/// Whether the canonical symbol is defined in this very file.
fn is_own(draft: &Draft, target: &Target) -> bool {
    matches!(target, Target::Symbol(hit) if hit.target.module == draft.run.world.module_name(draft.file))
}

/// The canonical module does not import itself: the import goes, and the name is at hand.
fn inside_canonical(
    draft: &Draft,
    variable: &Variable,
    targets: &[(BindingId, Target)],
    wishes: &mut Wishes,
) -> Result<String, (Reason, String)> {
    let (_, target) = targets.first().expect("a variable has a site");
    let name = name_of(target);
    let own = is_seen(draft.facts, ScopeId::MODULE, &name.root(), &variable.references);
    let shadows_itself = variable.scope != ScopeId::MODULE && variable.name == name.root();
    let plain = variable.is_whole(draft.facts) && !draft.is_exported(variable.scope, &variable.name);
    if !(plain && (own || shadows_itself) && can_be_renamed(draft, variable)) {
        return Err((Reason::Form, "the canonical module would import itself".into()));
    }
    for (id, target) in targets {
        let binding = &draft.facts.bindings[id.index()];
        if let BindKind::From(entry) | BindKind::Import(entry) = binding.kind {
            let note = note(target, binding_kind(draft, *id));
            wishes.entries.insert((binding.statement, entry), (EntryWish::Drop, note));
        }
    }
    rename(draft, variable, name.as_str(), wishes);
    Ok(name.as_str().to_owned())
}

/// A name that a star brought along is imported by itself only where somebody reads it.
fn is_wanted(draft: &Draft, variable: &Variable) -> bool {
    variable.references.iter().any(|chain| is_use(draft, *chain))
        || draft.is_exported(variable.scope, &variable.name) && draft.passes_on(variable.scope, &variable.name)
}

/// A shim that stays, and is no import that goes through another alias.
fn stays_as_shim(draft: &Draft, id: BindingId) -> bool {
    !draft.sites.is_imported(id)
}

/// The canonical name, if the variable shall and can take it.
fn new_name(draft: &Draft, variable: &Variable, targets: &[(BindingId, Target)]) -> Option<String> {
    let (_, first) = targets.first()?;
    let same = targets.iter().all(|(_, target)| name_of(target) == name_of(first));
    let keeps = draft.run.rules().rules[first.rule()].local_names == LocalNames::Keep
        || !same
        || !variable.is_whole(draft.facts)
        || variable.sites.is_empty() && !variable.references.iter().all(|chain| is_use(draft, *chain))
        || variable.is_chosen(draft.facts)
        || draft.is_exported(variable.scope, &variable.name)
        || draft.declares(variable.scope, &variable.name)
        || !can_be_renamed(draft, variable);
    let new = name_of(first);
    let root = new.root();
    if keeps || root == variable.name || is_mangled(&root) || has_placeholder(draft, variable) {
        return None;
    }
    fits(draft, variable, &root, first).then(|| new.as_str().to_owned())
}

/// `__New` would be read as `_Class__New` inside a class (Python reference, "Private name mangling").
fn is_mangled(name: &Identifier) -> bool {
    name.as_str().starts_with("__") && !name.as_str().ends_with("__")
}

/// `except ImportError: Old = None` names the file's own variable, which is more than the class.
fn has_placeholder(draft: &Draft, variable: &Variable) -> bool {
    let is_none = |id: &BindingId| matches!(draft.facts.bindings[id.index()].kind, BindKind::Assign(Value::None));
    variable.bindings(draft.facts).iter().any(is_none)
}

/// Whether a star brings something else under the name to the module, which others can read there.
fn is_brought(draft: &Draft, variable: &Variable, root: &Identifier, target: &Target) -> bool {
    let run = &draft.run;
    let module = run.world.module_of(draft.file).filter(|_| variable.scope == ScopeId::MODULE);
    let Some(module) = module.filter(|_| !draft.facts.scopes[ScopeId::MODULE.index()].stars.is_empty()) else {
        return false;
    };
    let brought = &run.world.member(module, root).origin;
    *brought != Origin::Unknown(Why::Missing) && *brought != run.families.target_origin(target)
}

/// Whether a name is free for a variable, or means its canonical symbol already.
pub(super) fn fits(draft: &Draft, variable: &Variable, root: &Identifier, target: &Target) -> bool {
    let facts = draft.facts;
    is_free(facts, variable.scope, root, &variable.references) && !is_brought(draft, variable, root, target)
        || is_shared(draft, variable, root, target) && is_seen(facts, variable.scope, root, &variable.references)
}

/// The name of what a target is, in its module.
pub(super) fn name_of(target: &Target) -> DottedName {
    match target {
        Target::Symbol(hit) => hit.target.name.clone(),
        Target::Module(hit) => DottedName::new(hit.target.last().as_str()),
    }
}

/// Escaped strings and `f"{Old=}"`, which prints the name, cannot follow a new name.
pub(super) fn can_be_renamed(draft: &Draft, variable: &Variable) -> bool {
    let syntax = &draft.facts.syntax;
    let follows = |id: &ChainId| {
        let chain = &syntax.chains[id.index()];
        !matches!(chain.form, Form::Unmapped(_)) && syntax.printed.binary_search(id).is_err()
    };
    !draft.facts.is_nonlocal(&variable.name) && variable.references.iter().all(follows)
}

/// The import that shall stand where a binding's entry stands.
fn needed(draft: &Draft, id: BindingId, target: &Target, bound: &str) -> Result<Needed, (Reason, String)> {
    match target {
        Target::Symbol(hit) => {
            let name = &hit.target.name;
            let root = name.root();
            let as_written = bound == name.as_str() || bound == root.as_str() && name.parent().is_none();
            if !as_written && name.parent().is_some() {
                return Err((Reason::Form, format!("a nested class cannot be imported under the name `{bound}`")));
            }
            let local = (!as_written).then(|| bound.to_owned());
            Ok(Needed::From { module: hit.target.module.clone(), name: root.as_str().to_owned(), local })
        }
        Target::Module(hit) => Ok(needed_module(draft, id, hit, bound)),
    }
}

fn needed_module(draft: &Draft, id: BindingId, hit: &ModuleHit, bound: &str) -> Needed {
    let is_from = matches!(draft.facts.bindings[id.index()].kind, BindKind::From(_));
    let last = hit.target.last();
    match hit.target.parent() {
        Some(parent) if is_from => {
            let local = (bound != last.as_str()).then(|| bound.to_owned());
            Needed::From { module: parent, name: last.as_str().to_owned(), local }
        }
        parent => {
            let local = (parent.is_some() || bound != last.as_str()).then(|| bound.to_owned());
            Needed::Module { module: hit.target.clone(), local }
        }
    }
}

/// Gives every binding and use of a variable its new name.
pub(super) fn rename(draft: &Draft, variable: &Variable, new: &str, wishes: &mut Wishes) {
    let targets = variable.targets();
    let Some((_, target)) = targets.first() else { return };
    let syntax = &draft.facts.syntax;
    for id in &variable.references {
        let chain = &syntax.chains[id.index()];
        let kind = match chain.form {
            Form::Quoted(_) | Form::Comment => Kind::UseQuoted,
            _ => Kind::UseName,
        };
        wishes.tokens.insert(chain.root_span, (new.to_owned(), note(target, kind)));
    }
    for id in variable.bindings(draft.facts) {
        let binding = &draft.facts.bindings[id.index()];
        let is_except_end = binding.span.of(draft.text) != variable.name.as_str();
        if is_placeholder(&binding.kind) && !is_except_end {
            wishes.tokens.insert(binding.span, (new.to_owned(), note(target, Kind::UseName)));
        }
    }
    if variable.scope == ScopeId::MODULE {
        for span in draft.facts.globals_of(&variable.name) {
            wishes.tokens.insert(*span, (new.to_owned(), note(target, Kind::UseName)));
        }
    }
}

/// The note of an edit that a target asks for.
pub(super) fn note(target: &Target, kind: Kind) -> Note {
    let safety = match target.standing() {
        Standing::Gone => Safety::Risky,
        _ => Safety::Safe,
    };
    Note { rule: target.rule(), kind, safety }
}
