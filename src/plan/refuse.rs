//! Which sites are refused before anything is composed, and what they hold.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::context::{Draft, Kept, Run};
use super::variable::Variable;
use super::{Objection, Reason, Refusal, Safety, members, stub};
use crate::project::{FileId, FileKind, Source};
use crate::python::syntax::{BindKind, BindingId, ChainId};
use crate::python::{DottedName, ParseError, Symbol};
use crate::rule::Shims;
use crate::semantics::{Origin, Unread, Why, World};
use crate::site::{Asserted, Held, Holder, HolderWhy, Kind, Standing, Target};
use crate::text::{Position, Span};

/// The sites of one file that stay, and why.
#[derive(Clone, Debug, Default)]
pub(super) struct Refused {
    pub bindings: FxHashSet<BindingId>,
    pub chains: FxHashSet<ChainId>,
    /// Members of merged classes.
    pub members: FxHashSet<Span>,
    pub refusals: Vec<Refusal>,
    pub held: Vec<Held>,
}

impl Refused {
    /// Records that the site at `span` stays and holds what it stands for.
    pub(super) fn add(&mut self, draft: &Draft, site: Stays, target: &Target) {
        self.refusals.push(refusal(draft, site, target.rule()));
        self.held.push(match target {
            Target::Symbol(hit) => Held::Symbol(hit.symbol.clone()),
            Target::Module(hit) => Held::Module(hit.alias.clone()),
        });
        if let Target::Symbol(hit) = target {
            self.held.push(Held::Module(hit.symbol.module.clone()));
        }
    }
}

/// A site that stays.
#[derive(Clone, Debug)]
pub(super) struct Stays {
    pub span: Span,
    pub kind: Kind,
    pub reason: Reason,
    pub text: String,
}

/// A refusal at its place in the file.
pub(super) fn refusal(draft: &Draft, site: Stays, rule: usize) -> Refusal {
    let position = draft.run.world.project.position(draft.file, site.span.start());
    Refusal {
        path: draft.path().to_owned(),
        position,
        span: site.span,
        rule,
        kind: site.kind,
        reason: site.reason,
        text: site.text,
    }
}

/// Why a site cannot be rewritten, judged by what the alias is.
pub(super) fn objection(run: &Run, kept: &Kept, target: &Target) -> Option<(Reason, String)> {
    let (name, canonical) = spelled(target);
    if let Some(why) = run.families.blocked.get(&target.rule()) {
        return Some((Reason::MissingMember, why.clone()));
    }
    if matches!(target, Target::Symbol(hit) if run.sites.rebound.contains(&hit.symbol)) {
        return Some(unknown(Why::Rebound, &name));
    }
    match target.standing() {
        Standing::Same | Standing::Vouched => None,
        Standing::Merged => {
            is_unmerged(kept, target).then(|| incomplete(target)).or_else(|| members::loose(run, target))
        }
        Standing::WidensExcept => Some((
            Reason::WidensExcept,
            format!("`{name}` is an exception class of its own; only `merge` makes it `{canonical}`"),
        )),
        Standing::Gone if run.safety == Some(Safety::Risky) => None,
        Standing::Gone => Some((
            Reason::AliasGone,
            format!("`{name}` does not exist any more; `--safety risky` sends it to `{canonical}`"),
        )),
        Standing::Other if is_dual(run, target) => Some((
            Reason::DualRoot,
            format!("`{name}` and `{canonical}` are one file under two import roots: two classes at run time"),
        )),
        Standing::Other => Some((
            Reason::AnotherObject,
            format!("`{name}` is another object than `{canonical}`; only `merge` makes them one"),
        )),
        Standing::NoCounterpart if lacks_member(run, target) => {
            Some((Reason::MissingMember, format!("`{canonical}` does not have what `{name}` is asked for here")))
        }
        Standing::NoCounterpart => {
            Some((Reason::MissingMember, format!("`{canonical}` does not exist, so `{name}` has nothing to become")))
        }
        Standing::Unknown(why) => {
            let is_canonical = matches!(target, Target::Module(hit) if run.families.is_unreadable(&hit.target));
            Some(unknown(why, if is_canonical { &canonical } else { &name }))
        }
    }
}

/// Whether the module is there that stands for another, without what that is asked for.
fn lacks_member(run: &Run, target: &Target) -> bool {
    matches!(target, Target::Module(hit) if run.world.project.module(hit.target.as_str()).is_some())
}

/// Whether the alias is defined in the file of the canonical symbol, under another module name.
fn is_dual(run: &Run, target: &Target) -> bool {
    let Target::Symbol(hit) = target else { return false };
    let module = |origin: Origin| match origin {
        Origin::Defined(definition) => Some(definition.symbol.module),
        _ => None,
    };
    let (own, other) = (module(run.world.symbol(&hit.alias).origin), module(run.families.target_origin(target)));
    own.zip(other).is_some_and(|(own, other)| run.world.is_one_file(&own, &other))
}

fn is_unmerged(kept: &Kept, target: &Target) -> bool {
    matches!(target, Target::Symbol(hit) if kept.unmerged.contains(&hit.alias))
}

/// Refuses a variable as a whole if one of its sites cannot be rewritten: its bindings and uses share a name.
pub(super) fn objections(draft: &Draft, kept: &Kept, variable: &Variable, refused: &mut Refused) -> bool {
    let targets = variable.targets();
    let found = targets.iter().find_map(|(id, target)| binding_objection(draft, kept, *id, target));
    let asserted = || {
        let rule = targets.first().map(|(_, target)| target.rule())?;
        let used = |asserted: &Asserted| variable.references.iter().any(|chain| asserted.chains.contains(chain));
        draft.is_asserted(rule, used).then(|| {
            (
                Reason::AssertsTheShim,
                "a test compares it with another name of its family, or waits for it to warn".to_owned(),
            )
        })
    };
    let culprits = culprits(draft, variable);
    let missing = || culprits.values().next().map(|culprit| blamed(draft, &targets, culprit));
    let found = match found {
        Some((Reason::MergeIncomplete, _)) | None => asserted().or(found).or_else(missing),
        found => found,
    };
    let Some((reason, text)) = found else { return false };
    for (id, target) in &targets {
        let span = draft.facts.bindings[id.index()].span;
        let kind = super::names::binding_kind(draft, *id);
        let is_held = reason == Reason::MergeIncomplete && is_folded(draft, kind, target);
        let reason = if is_held { Reason::Held } else { reason };
        refused.bindings.insert(*id);
        refused.add(draft, Stays { span, kind, reason, text: text.clone() }, target);
    }
    for chain in &variable.references {
        refused.chains.insert(*chain);
        let span = draft.facts.syntax.chains[chain.index()].root_span;
        let Some((_, target)) = targets.first() else { continue };
        let (reason, text) = culprits.get(chain).cloned().unwrap_or_else(|| (reason, text.clone()));
        refused.add(draft, Stays { span, kind: Kind::UseName, reason, text }, target);
    }
    true
}

/// The uses of a variable that cannot follow a merge, by themselves.
fn culprits(draft: &Draft, variable: &Variable) -> BTreeMap<ChainId, Objection> {
    let uses = variable.references.iter().flat_map(|chain| draft.sites.uses_of(*chain));
    let own = uses.filter(|site| site.attributes == 0);
    own.filter_map(|site| Some((site.chain, members::objection(draft, site)?))).collect()
}

/// What the sites beside a culprit say: a merge as a whole stays for it, a partial one only under this name.
fn blamed(draft: &Draft, targets: &[(BindingId, Target)], culprit: &Objection) -> Objection {
    match targets.first() {
        Some((_, target)) if !draft.run.rules().rules[target.rule()].partial => incomplete(target),
        _ => culprit.clone(),
    }
}

/// A definition that may be folded, and which no rule names under `merge`.
fn is_folded(draft: &Draft, kind: Kind, target: &Target) -> bool {
    let folds =
        matches!(kind, Kind::ShimSubclass | Kind::ShimForward | Kind::ShimCopy | Kind::ShimDynamic | Kind::ShimStub);
    matches!(target, Target::Symbol(hit) if folds && draft.run.families.members(hit).is_none())
}

pub(super) fn incomplete(target: &Target) -> Objection {
    let (name, _) = spelled(target);
    (Reason::MergeIncomplete, format!("another site of `{name}` stays, and a merge is all or nothing"))
}

pub(super) fn binding_objection(
    draft: &Draft,
    kept: &Kept,
    id: BindingId,
    target: &Target,
) -> Option<(Reason, String)> {
    if let Some(why) = frozen(draft, target.rule()) {
        return Some((Reason::NotEdited, why));
    }
    if let Some(objection) = kept.objection(draft.file, draft.binding_span(id)) {
        return Some(objection);
    }
    if draft.is_asserted(target.rule(), |asserted| asserted.bindings.contains(&id)) {
        return Some((Reason::AssertsTheShim, "a test waits for this import to warn or to fail".into()));
    }
    if matches!(draft.facts.bindings[id.index()].kind, BindKind::Unpack) {
        return Some((Reason::Form, "what is unpacked into it cannot be followed".into()));
    }
    stub::described(draft, id)
        .or_else(|| objection(&draft.run, kept, target))
        .or_else(|| members::stuck(draft, kept, target))
        .or_else(|| swapped(draft, id, target).map(|text| (Reason::Form, text)))
}

/// Why a shim in a module that puts another object into its own place stays.
fn swapped(draft: &Draft, id: BindingId, target: &Target) -> Option<String> {
    let is_shim = draft.sites.shim(id).is_some();
    let removes = draft.run.rules().rules[target.rule()].shims != Shims::Keep;
    let swap = is_shim && removes && draft.run.world.swap(draft.file).is_some();
    swap.then(|| {
        "its module puts another object into its own place in `sys.modules`, which has the name too".to_owned()
    })
}

/// The alias of a target and what shall stand in its place, for people.
pub(super) fn spelled(target: &Target) -> (String, String) {
    match target {
        Target::Symbol(hit) => (hit.symbol.to_string(), hit.target.to_string()),
        Target::Module(hit) => (hit.alias.to_string(), hit.target.to_string()),
    }
}

fn unknown(why: Why, name: &str) -> (Reason, String) {
    match why {
        Why::Rebound => (Reason::Rebound, format!("`{name}` is bound again at run time")),
        Why::TwoOrigins => (Reason::TwoOrigins, format!("`{name}` can be two different objects")),
        Why::Dynamic => (Reason::Dynamic, format!("its module decides at run time what `{name}` is")),
        Why::Missing => (Reason::BrokenBefore, format!("`{name}` does not exist, and did not before")),
        Why::Cycle => (Reason::Dynamic, format!("the imports behind `{name}` end at themselves")),
        Why::TooFar => (Reason::Dynamic, format!("`{name}` is too many imports and assignments away from what it is")),
        Why::NotPython => (Reason::NotPython, format!("the file behind `{name}` is not valid Python")),
    }
}

/// Why no site of this file may be edited for a rule, if that is so.
pub(super) fn frozen(draft: &Draft, rule: usize) -> Option<String> {
    let path = draft.path();
    if !draft.run.world.project.file(draft.file).editable {
        return Some("the file is excluded or outside the path that was asked for".into());
    }
    let exception = draft.run.rules().rules[rule].exception(path)?;
    Some(format!("the rule leaves this file as it is: {}", exception.why))
}

/// The refusals of places that are never edited and need an alias.
pub(super) fn holders(draft: &Draft, holders: &[Holder], kept: &Kept) -> Vec<Refusal> {
    let holding = holders.iter().filter(|holder| kept.is_held(holder));
    let position = |holder: &Holder| draft.run.world.project.position(draft.file, holder.span.start());
    holding.map(|holder| held(draft.path(), position(holder), holder)).collect()
}

/// The refusals of a file that is no text: columns count bytes.
pub(super) fn unreadable(world: &World, id: FileId, holders: &[Holder]) -> Vec<Refusal> {
    let file = world.project.file(id);
    let reason = unread(world, id);
    let position = |offset: usize| {
        let before = &file.searchable()[..offset];
        let line = before.iter().filter(|byte| **byte == b'\n').count() as u32 + 1;
        let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() as u32 + 1;
        Position { line, column }
    };
    let refusals = holders.iter().map(|holder| held(&file.path, position(holder.span.start()), holder));
    refusals.map(|refusal| Refusal { reason, ..refusal }).collect()
}

/// Why a file has no meaning.
pub(super) fn unread(world: &World, file: FileId) -> Reason {
    match (world.read(file), world.project.file(file).source()) {
        (Err(Unread::NotPython(ParseError::TooDeep { .. })), _) => Reason::TooDeep,
        (_, Source::Opaque { .. }) if FileKind::of(&world.project.file(file).path) != FileKind::Notebook => {
            Reason::Encoding
        }
        (_, Source::Unread { .. }) => Reason::Unreadable,
        _ => Reason::NotPython,
    }
}

/// What a text that stays names, for people.
pub(super) fn held_text(held: &[Held]) -> String {
    let what = held.first().map_or_else(String::new, name);
    format!("names `{what}`, which stays for it")
}

fn name(held: &Held) -> String {
    match held {
        Held::Symbol(symbol) => symbol.to_string(),
        Held::Module(module) => module.to_string(),
    }
}

fn held(path: &str, position: Position, holder: &Holder) -> Refusal {
    let what = name(&holder.held);
    let (reason, text) = match holder.why {
        HolderWhy::Text => (Reason::HeldByText, held_text(std::slice::from_ref(&holder.held))),
        HolderWhy::Unreadable => (Reason::NotPython, format!("cannot be read as Python and mentions `{what}`")),
    };
    Refusal { path: path.to_owned(), position, span: holder.span, rule: holder.rule, kind: holder.kind, reason, text }
}

impl Kept {
    pub(super) fn hold(&mut self, held: impl IntoIterator<Item = Held>) {
        for held in held {
            match held {
                Held::Symbol(symbol) => {
                    self.symbols.insert(symbol);
                }
                Held::Module(module) => {
                    self.modules.insert(module);
                }
            }
        }
    }

    /// Whether a holder keeps something that would go without it.
    fn is_held(&self, holder: &Holder) -> bool {
        self.needs(&holder.held)
    }

    /// Whether what is held would go else.
    pub(super) fn needs(&self, held: &Held) -> bool {
        match held {
            Held::Symbol(_) => true,
            Held::Module(module) => self.whole.contains_key(module),
        }
    }

    /// Why the site whose name stands at `span` is kept, if it is.
    pub(super) fn objection(&self, file: FileId, span: Span) -> Option<(Reason, String)> {
        self.places.get(&(file, span)).cloned().or_else(|| self.nothing())
    }

    /// Why no site at all may change, if that is so.
    pub(super) fn nothing(&self) -> Option<Objection> {
        self.everything.then(|| (Reason::Unproven, "the result could not be proven".into()))
    }

    /// Keeps the sites at these places of a file.
    pub(super) fn keep(&mut self, file: FileId, spans: impl IntoIterator<Item = Span>, why: &(Reason, String)) {
        for span in spans {
            self.places.entry((file, span)).or_insert_with(|| why.clone());
        }
    }

    /// Grows with everything that is kept.
    pub(super) fn size(&self) -> usize {
        let sets = [self.symbols.len(), self.modules.len(), self.places.len(), self.unmerged.len(), self.whole.len()];
        let configs = self.configs.len() + self.named.len();
        let hops: usize = self.detours.values().sum();
        sets.into_iter().sum::<usize>() + configs + hops + usize::from(self.everything)
    }

    pub(super) fn keeps(&self, symbol: &Symbol) -> bool {
        self.symbols.contains(symbol)
    }

    pub(super) fn keeps_module(&self, module: &DottedName) -> bool {
        self.modules.contains(module)
    }
}
