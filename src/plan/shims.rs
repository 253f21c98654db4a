//! Shims that go: the statement that makes an alias exist, its entry in `__all__`, and imports that only it needed.

use super::context::{Draft, Kept};
use super::names::{Outcomes, binding_kind, can_be_renamed, fits, name_of, note, rename};
use super::variable::{Variable, is_seen};
use super::wish::{EntryWish, Needed, Wishes};
use super::{Objection, Reason};
use crate::python::Identifier;
use crate::python::syntax::{
    BindKind, BindingId, ChainId, ScopeId, StatementId, StatementKind, Target as Assigned, Value,
};
use crate::rule::Shims;
use crate::semantics::Binding;
use crate::site::{Hit, Kind, Target, is_placeholder};
use crate::text::Cover;

/// Whether a variable is a declared shim that nothing holds.
pub(super) fn is_removed(draft: &Draft, kept: &Kept, variable: &Variable) -> bool {
    if !draft.declares(variable.scope, &variable.name) {
        return false;
    }
    let rules = variable.targets().into_iter().map(|(_, target)| target.rule());
    let removes = |rule: usize| draft.run.rules().rules[rule].shims == Shims::Remove;
    rules.into_iter().all(removes) && !draft.is_kept(kept, &variable.name)
}

/// Takes a shim away, from `__all__` too; returns what stands for it in its own file, if that still uses it.
pub(super) fn remove(
    draft: &Draft,
    variable: &Variable,
    outcomes: &Outcomes,
    wishes: &mut Wishes,
) -> Result<Option<String>, (Reason, String)> {
    let taken = take(draft, variable, outcomes, wishes)?;
    if let (Taken::Away(_), Some((_, target))) = (&taken, variable.targets().last()) {
        unlist(draft, &variable.name, target, wishes);
    }
    Ok(taken.replacement())
}

/// What has become of the statements of a shim.
pub(super) enum Taken {
    /// The file itself uses the import that it is.
    Not,
    /// They go, and this stands for the shim in its own file.
    Away(Option<String>),
}

impl Taken {
    pub(super) fn replacement(self) -> Option<String> {
        match self {
            Taken::Not => None,
            Taken::Away(replacement) => replacement,
        }
    }
}

/// Takes the statements of a shim away.
pub(super) fn take(
    draft: &Draft,
    variable: &Variable,
    outcomes: &Outcomes,
    wishes: &mut Wishes,
) -> Result<Taken, Objection> {
    if !variable.is_whole(draft.facts) {
        return Err((Reason::TwoOrigins, format!("`{}` can be two different objects", variable.name)));
    }
    let targets = variable.targets();
    let (last, target) = targets.last().expect("a variable has a site");
    let replacement = match is_used(draft, variable) {
        false => None,
        true => Some(replacement(draft, variable, (*last, target), outcomes)?),
    };
    let is_definition = matches!(draft.facts.bindings[last.index()].kind, BindKind::Class | BindKind::Function);
    if replacement.as_deref() == Some(variable.name.as_str()) && !is_definition {
        return Ok(Taken::Not);
    }
    for (id, target) in &targets {
        take_away(draft, (*id, target), replacement.as_deref(), wishes);
    }
    for id in variable.bindings(draft.facts) {
        let binding = &draft.facts.bindings[id.index()];
        if matches!(binding.kind, BindKind::Assign(Value::None)) && is_placeholder(&binding.kind) {
            wishes.removed.insert(binding.statement, note(target, Kind::ShimFallback));
        }
    }
    if let Some(text) = &replacement {
        rename(draft, variable, text, wishes);
    }
    Ok(Taken::Away(replacement))
}

/// Whether the file uses a shim anywhere but in the statements that go.
fn is_used(draft: &Draft, variable: &Variable) -> bool {
    let syntax = &draft.facts.syntax;
    let definitions = variable.sites.keys().map(|id| &draft.facts.bindings[id.index()]);
    let definitions = definitions.filter(|binding| matches!(binding.kind, BindKind::Class | BindKind::Function));
    let gone: Cover = definitions.map(|binding| syntax.statements[binding.statement.index()].span).collect();
    let stays = |id: &ChainId| !gone.contains(syntax.chains[id.index()].root_span);
    variable.needed || variable.references.iter().any(stays)
}

/// Whether the canonical symbol itself is defined in this file, under the name, and seen wherever the shim is used.
fn stands_here(draft: &Draft, variable: &Variable, root: &Identifier, target: &Target) -> bool {
    let Some(ids) = draft.facts.scopes[variable.scope.index()].names.get(root) else { return false };
    let origin = draft.run.families.target_origin(target);
    let is_shim = |id: &BindingId| draft.sites.shim(*id).is_some();
    ids.iter().all(|id| !is_shim(id) && draft.run.world.binding(draft.file, *id).origin == origin)
        && super::variable::is_seen(draft.facts, variable.scope, root, &variable.references)
}

/// Whether the canonical symbol is one of this very module, which does not import itself.
fn is_own(draft: &Draft, target: &Target) -> bool {
    matches!(target, Target::Symbol(hit) if hit.target.module == draft.run.world.module_name(draft.file))
}

/// What the uses of a shim in its own file name instead.
fn replacement(
    draft: &Draft,
    variable: &Variable,
    (binding, target): (BindingId, &Target),
    outcomes: &Outcomes,
) -> Result<String, (Reason, String)> {
    let taken = |root: &Identifier| (Reason::NameTaken, format!("`{root}` means something else where it is used"));
    if !can_be_renamed(draft, variable) {
        return Err((
            Reason::UnmappedString,
            format!("a string spells `{}` in a way that is not rewritten", variable.name),
        ));
    }
    let (root, text) = match &draft.facts.bindings[binding.index()].kind {
        BindKind::Assign(Value::Chain(chain)) if !is_alias_attribute(draft, *chain) => {
            return assigned(draft, variable, *chain, outcomes);
        }
        BindKind::Class => {
            base(draft, binding).unwrap_or_else(|| (name_of(target).root(), name_of(target).to_string()))
        }
        _ => (name_of(target).root(), name_of(target).to_string()),
    };
    let stands_here = stands_here(draft, variable, &root, target);
    let free = stands_here || !is_own(draft, target) && (root == variable.name || fits(draft, variable, &root, target));
    if free { Ok(text) } else { Err(taken(&root)) }
}

/// `module.Mid` of `Old = module.Mid`, where that is an alias itself.
fn is_alias_attribute(draft: &Draft, chain: ChainId) -> bool {
    draft.sites.uses_of(chain).iter().any(|site| site.attributes > 0)
}

/// The right-hand side of `Old = module.New`, as it reads after the change.
fn assigned(
    draft: &Draft,
    variable: &Variable,
    chain: ChainId,
    outcomes: &Outcomes,
) -> Result<String, (Reason, String)> {
    let value = &draft.facts.syntax.chains[chain.index()];
    let reference = &draft.facts.references[chain.index()];
    let scope = reference.reach.scope.unwrap_or(ScopeId::MODULE);
    let present = outcomes.get(&(scope, value.root.clone())).map_or(value.root.as_str(), |text| text);
    let seen = is_seen(draft.facts, scope, &value.root, &variable.references)
        && is_seen(draft.facts, scope, &Identifier::new(present), &variable.references);
    if !seen {
        return Err((Reason::NameTaken, format!("`{}` means something else where it is used", value.root)));
    }
    let attributes: String = value.attributes.iter().map(|(name, _)| format!(".{name}")).collect();
    Ok(format!("{present}{attributes}"))
}

/// The base of `class Old(New)`, if it is spelled as a plain name.
fn base(draft: &Draft, binding: BindingId) -> Option<(Identifier, String)> {
    let statement = draft.facts.bindings[binding.index()].statement;
    let StatementKind::Class(class) = &draft.facts.syntax.statements[statement.index()].kind else { return None };
    match class.bases[..] {
        [Value::Chain(chain)] => {
            let chain = &draft.facts.syntax.chains[chain.index()];
            Some((chain.root.clone(), chain.span().of(draft.text).to_owned()))
        }
        _ => None,
    }
}

/// Takes one binding of a shim away, or leaves of it the import that the file's own uses need.
fn take_away(draft: &Draft, (id, target): (BindingId, &Target), replacement: Option<&str>, wishes: &mut Wishes) {
    let binding = &draft.facts.bindings[id.index()];
    let note = note(target, binding_kind(draft, id));
    match (&binding.kind, &draft.facts.syntax.statements[binding.statement.index()].kind) {
        (BindKind::From(entry) | BindKind::Import(entry), _) => {
            let wish = match (replacement, target) {
                (Some(_), Target::Symbol(hit)) if !is_own(draft, target) => EntryWish::Needed(Needed::From {
                    module: hit.target.module.clone(),
                    name: hit.target.name.root().as_str().to_owned(),
                    local: None,
                }),
                _ => EntryWish::Drop,
            };
            wishes.entries.insert((binding.statement, *entry), (wish, note));
        }
        (kind, StatementKind::Assign { targets, .. }) => {
            drop_target(binding, targets, note, wishes);
            let is_lost = match kind {
                BindKind::Assign(Value::Chain(chain)) => is_alias_attribute(draft, *chain),
                kind => matches!(kind, BindKind::Assign(Value::Call(_))),
            };
            if let (true, Some(_), Target::Symbol(hit)) = (is_lost, replacement, target) {
                need_canonical(draft, binding, hit, wishes);
            }
        }
        (BindKind::Class | BindKind::Function, _) => {
            wishes.removed.insert(binding.statement, note);
            if let (Some(_), Target::Symbol(hit)) = (replacement, target) {
                need_canonical(draft, binding, hit, wishes);
            }
        }
        _ => {}
    }
}

/// The import of the canonical symbol, in the place of a definition that used to stand for it.
fn need_canonical(draft: &Draft, binding: &Binding, hit: &Hit, wishes: &mut Wishes) {
    let root = hit.target.name.root();
    let is_bound = draft.facts.scopes[binding.scope.index()].names.contains_key(&root) && root != binding.name;
    if !is_bound {
        let needed = Needed::From { module: hit.target.module.clone(), name: root.to_string(), local: None };
        let note = note(&Target::Symbol(hit.clone()), Kind::ImportFrom);
        wishes.imports.entry(binding.statement).or_default().push((needed, note));
    }
}

/// `A = Old = New` loses a target, `Old, B = New, C` an element, `Old = New` goes.
fn drop_target(binding: &Binding, targets: &[Assigned], note: super::Note, wishes: &mut Wishes) {
    let is_bound = |target: &Assigned| matches!(target, Assigned::Name(_, span) if *span == binding.span);
    match targets {
        [Assigned::Tuple(elements)] => {
            let place = elements.iter().position(is_bound);
            wishes.targets.entry(binding.statement).or_insert((Vec::new(), note)).0.extend(place);
        }
        [_] => {
            wishes.removed.insert(binding.statement, note);
        }
        _ => {
            let place = targets.iter().position(is_bound);
            wishes.targets.entry(binding.statement).or_insert((Vec::new(), note)).0.extend(place);
        }
    }
}

/// Takes the name out of `__all__`.
pub(super) fn unlist(draft: &Draft, name: &Identifier, target: &Target, wishes: &mut Wishes) {
    let Some(exports) = &draft.facts.exports else { return };
    for string in exports.strings(name) {
        wishes.unlisted.insert(*string, note(target, Kind::ExportEntry));
    }
}

/// An assignment that loses all its targets goes as a statement.
pub(super) fn remove_emptied_assignments(draft: &Draft, wishes: &mut Wishes) {
    let removed = &mut wishes.removed;
    wishes.targets.retain(|id, (places, note)| {
        let is_emptied = places.len() == target_count(draft, *id);
        if is_emptied {
            removed.insert(*id, *note);
        }
        !is_emptied
    });
}

/// The number of elements of a tuple target, else of chained targets.
fn target_count(draft: &Draft, id: StatementId) -> usize {
    match &draft.facts.syntax.statements[id.index()].kind {
        StatementKind::Assign { targets, .. } => match &targets[..] {
            [Assigned::Tuple(elements)] => elements.len(),
            targets => targets.len(),
        },
        _ => 0,
    }
}
