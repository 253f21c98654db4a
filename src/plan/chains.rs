//! Module style: `import a.old` and `a.old.Old` become `import a.new` and `a.new.New`.

use std::collections::BTreeMap;

use super::Reason;
use super::context::{Draft, Kept};
use super::names::note;
use super::refuse::{Refused, Stays, frozen, objection};
use super::variable::{has_own_name, is_free, is_seen};
use super::wish::{EntryWish, Needed, Wishes};
use crate::python::syntax::{BindKind, BindingId, Chain, ChainId, Form, ScopeId, StatementKind};
use crate::python::{DottedName, Identifier};
use crate::semantics::Origin;
use crate::site::{Kind, Target, UseSite, is_stored};
use crate::text::Span;

/// The uses that go through one module variable.
struct Group<'a> {
    scope: ScopeId,
    root: Identifier,
    /// The binding that gives the root, where there is only one.
    binding: BindingId,
    uses: Vec<&'a UseSite>,
    /// Every chain with this root in this scope.
    references: Vec<ChainId>,
}

/// Decides every attribute chain of a file that leads to an alias.
pub(super) fn settle(draft: &Draft, kept: &Kept, refused: &mut Refused, wishes: &mut Wishes) {
    let uses = draft.sites.uses.iter().filter(|site| site.attributes > 0);
    let mut groups: BTreeMap<(ScopeId, Identifier, BindingId), Vec<&UseSite>> = BTreeMap::new();
    for site in uses {
        if let Some((reason, text)) = objects(draft, kept, site) {
            refuse(draft, site, refused, reason, text);
            continue;
        }
        let chain = &draft.facts.syntax.chains[site.chain.index()];
        let reach = &draft.facts.references[site.chain.index()].reach;
        match (reach.scope, reach.bindings.last()) {
            (Some(scope), Some(binding)) => {
                groups.entry((scope, chain.root.clone(), *binding)).or_default().push(site);
            }
            _ => refuse(draft, site, refused, Reason::Form, "the module comes from a star import".into()),
        }
    }
    for ((scope, root, binding), uses) in groups {
        let references = references(draft, scope, &root);
        let group = Group { scope, root, binding, uses, references };
        rewrite(draft, &group, refused, wishes);
    }
}

impl Group<'_> {
    fn chains(&self) -> Vec<ChainId> {
        self.uses.iter().map(|site| site.chain).collect()
    }

    /// Whether all that uses the module variable moves.
    fn is_alone(&self, draft: &Draft) -> bool {
        let moves = |chain: &ChainId| self.uses.iter().any(|site| site.chain == *chain);
        let bindings = draft.facts.scopes[self.scope.index()].names.get(&self.root);
        bindings.is_some_and(|ids| ids.len() == 1) && self.references.iter().all(moves)
    }
}

fn refuse(draft: &Draft, site: &UseSite, refused: &mut Refused, reason: Reason, text: String) {
    let span = site_span(&draft.facts.syntax.chains[site.chain.index()], site);
    refused.chains.insert(site.chain);
    refused.add(draft, Stays { span, kind: Kind::UseAttribute, reason, text }, &site.target);
}

/// From the root to the name that is the alias.
fn site_span(chain: &Chain, site: &UseSite) -> Span {
    let (_, last) = chain.attributes[site.attributes - 1];
    Span { start: chain.root_span.start, end: last.end }
}

fn objects(draft: &Draft, kept: &Kept, site: &UseSite) -> Option<(Reason, String)> {
    let chain = &draft.facts.syntax.chains[site.chain.index()];
    if let Some(why) = frozen(draft, site.target.rule()) {
        return Some((Reason::NotEdited, why));
    }
    if let Some(objection) = kept.objection(draft.file, chain.root_span) {
        return Some(objection);
    }
    if draft.is_asserted(site.target.rule(), |asserted| asserted.chains.contains(&site.chain)) {
        return Some((Reason::AssertsTheShim, "a test compares it with another name of its family".into()));
    }
    if is_stored(chain, site) {
        return Some((Reason::Rebound, "the alias itself is assigned or deleted here".into()));
    }
    if matches!(chain.form, Form::Unmapped(_)) {
        return Some((Reason::UnmappedString, "the string is escaped or joined from parts".into()));
    }
    objection(&draft.run, kept, &site.target)
}

fn references(draft: &Draft, scope: ScopeId, root: &Identifier) -> Vec<ChainId> {
    let of_root = draft.facts.references.iter().filter(|reference| {
        reference.reach.scope == Some(scope) && draft.facts.syntax.chains[reference.chain.index()].root == *root
    });
    of_root.map(|reference| reference.chain).collect()
}

fn rewrite(draft: &Draft, group: &Group, refused: &mut Refused, wishes: &mut Wishes) {
    let binding = &draft.facts.bindings[group.binding.index()];
    match (&binding.kind, &draft.facts.syntax.statements[binding.statement.index()].kind) {
        (BindKind::Import(_), StatementKind::Import(_)) if !has_own_name(draft.facts, group.binding) => {
            group.uses.iter().for_each(|site| plain(draft, group, site, refused, wishes));
        }
        (BindKind::Import(entry) | BindKind::From(entry), _) => match common_module(draft, group) {
            Some(module) if can_take(draft, group, &module) => whole(draft, group, *entry, &module, wishes),
            _ => group.uses.iter().for_each(|site| beside(draft, group, site, refused, wishes)),
        },
        _ => {
            let text = "the module is held in a variable that no import binds";
            group.uses.iter().for_each(|site| refuse(draft, site, refused, Reason::Form, text.into()));
        }
    }
}

/// The module that all uses of a module variable move to, if nothing else needs the variable.
fn common_module(draft: &Draft, group: &Group) -> Option<DottedName> {
    let first = new_module(&group.uses.first()?.target)?;
    let moves = |chain: &ChainId| {
        group.uses.iter().any(|site| {
            site.chain == *chain && site.attributes == 1 && new_module(&site.target).as_ref() == Some(&first)
        })
    };
    let alone = draft.facts.scopes[group.scope.index()].names.get(&group.root).is_some_and(|ids| ids.len() == 1);
    (alone && group.references.iter().all(moves) && !draft.is_exported(group.scope, &group.root)).then_some(first)
}

/// Whether the module variable can be called as the new module is; a name that the user chose stays anyway.
fn can_take(draft: &Draft, group: &Group, module: &DottedName) -> bool {
    let last = module.last();
    has_own_name(draft.facts, group.binding)
        || last == group.root
        || is_free(draft.facts, group.scope, &last, &group.references)
}

fn new_module(target: &Target) -> Option<DottedName> {
    match target {
        Target::Symbol(hit) => Some(hit.target.module.clone()),
        Target::Module(_) => None,
    }
}

/// The module variable itself becomes the new module.
fn whole(draft: &Draft, group: &Group, entry: usize, module: &DottedName, wishes: &mut Wishes) {
    let binding = &draft.facts.bindings[group.binding.index()];
    let note = note(&group.uses[0].target, Kind::ImportModule);
    let last = module.last();
    let is_from = matches!(binding.kind, BindKind::From(_));
    let chosen = has_own_name(draft.facts, group.binding);
    let renamed = !chosen && last != group.root;
    let local = if renamed { last.clone() } else { group.root.clone() };
    let needed = match module.parent() {
        Some(parent) if is_from => {
            let own = (local != last).then(|| local.as_str().to_owned());
            Needed::From { module: parent, name: last.as_str().to_owned(), local: own }
        }
        parent => {
            let own = (parent.is_some() || local != last).then(|| local.as_str().to_owned());
            Needed::Module { module: module.clone(), local: own }
        }
    };
    wishes.entries.insert((binding.statement, entry), (EntryWish::Needed(needed), note));
    for site in &group.uses {
        let chain = &draft.facts.syntax.chains[site.chain.index()];
        let (_, attribute) = chain.attributes[0];
        let note = super::names::note(&site.target, use_kind(chain));
        if renamed {
            wishes.tokens.insert(chain.root_span, (local.as_str().to_owned(), note));
        }
        if let Target::Symbol(hit) = &site.target
            && attribute.of(draft.text) != hit.target.name.as_str()
        {
            wishes.tokens.insert(attribute, (hit.target.name.as_str().to_owned(), note));
        }
    }
}

fn use_kind(chain: &Chain) -> Kind {
    match chain.form {
        Form::Quoted(_) | Form::Comment => Kind::UseQuoted,
        _ => Kind::UseAttribute,
    }
}

/// `import a.old` and `a.old.Old`: the chain names the new module in full.
fn plain(draft: &Draft, group: &Group, site: &UseSite, refused: &mut Refused, wishes: &mut Wishes) {
    let (module, name) = match &site.target {
        Target::Symbol(hit) => (hit.target.module.clone(), Some(hit.target.name.clone())),
        Target::Module(hit) => (hit.target.clone(), None),
    };
    let root = module.root();
    if root != group.root && !is_module_root(draft, group, &root) {
        return beside(draft, group, site, refused, wishes);
    }
    let text = name.map_or_else(|| module.as_str().to_owned(), |name| format!("{module}.{name}"));
    spell(draft, site, &text, wishes);
    need_module(draft, group, site, module, wishes);
}

/// Whether the root of another package can be bound beside this one, or is bound by an `import` already.
fn is_module_root(draft: &Draft, group: &Group, root: &Identifier) -> bool {
    let bound = draft.facts.scopes[group.scope.index()].names.get(root);
    match bound {
        Some(ids) => ids.iter().all(|id| {
            let origin = draft.run.world.binding(draft.file, *id).origin;
            origin == Origin::Module(DottedName::new(root.as_str()))
        }),
        None => is_free(draft.facts, group.scope, root, &group.references),
    }
}

/// Makes `import module` stand in place of the import that loaded the alias, or after it if that is needed still.
fn need_module(draft: &Draft, group: &Group, site: &UseSite, module: DottedName, wishes: &mut Wishes) {
    let note = note(&site.target, Kind::ImportModule);
    let loader = loader(draft, group, site);
    let statement = draft.facts.bindings[loader.unwrap_or(group.binding).index()].statement;
    let same_root = module.root() == group.root;
    let needed = Needed::Module { module, local: None };
    let free = loader.filter(|loader| is_unneeded(draft, group, *loader, same_root));
    match free.map(|id| &draft.facts.bindings[id.index()].kind) {
        Some(BindKind::Import(entry)) if !wishes.entries.contains_key(&(statement, *entry)) => {
            wishes.entries.insert((statement, *entry), (EntryWish::Needed(needed), note));
        }
        Some(BindKind::Import(entry))
            if wishes.entries[&(statement, *entry)].0 == EntryWish::Needed(needed.clone()) => {}
        _ => wishes.imports.entry(statement).or_default().push((needed, note)),
    }
}

/// The module that a use reads its alias from.
fn read_module(draft: &Draft, site: &UseSite) -> Option<DottedName> {
    let steps = draft.run.world.chain(draft.file, &draft.facts.references[site.chain.index()]);
    let before = match &site.target {
        Target::Symbol(_) => site.attributes - 1,
        Target::Module(_) => site.attributes,
    };
    match &steps.get(before)?.resolution.origin {
        Origin::Module(module) => Some(module.clone()),
        _ => None,
    }
}

/// The `import` entry of this root that names the very module of the alias, or the only one there is.
fn loader(draft: &Draft, group: &Group, site: &UseSite) -> Option<BindingId> {
    let module = read_module(draft, site)?;
    let ids = draft.facts.scopes[group.scope.index()].names.get(&group.root)?;
    let named = ids.iter().copied().find(|id| draft.source_module(*id).as_ref() == Some(&module));
    named.or_else(|| Some(group.binding).filter(|_| ids.len() == 1))
}

/// Whether nothing but the moving uses needs an `import a.old`.
fn is_unneeded(draft: &Draft, group: &Group, loader: BindingId, same_root: bool) -> bool {
    let Some(module) = draft.source_module(loader) else { return false };
    if draft.is_exported(group.scope, &group.root) {
        return false;
    }
    let others: Vec<_> =
        group.references.iter().filter(|chain| !group.uses.iter().any(|site| site.chain == **chain)).collect();
    let goes_through = |chain: &ChainId| {
        let steps = draft.run.world.chain(draft.file, &draft.facts.references[chain.index()]);
        steps.iter().any(|step| step.resolution.origin == Origin::Module(module.clone()))
    };
    match same_root {
        true => !others.iter().any(|chain| goes_through(chain)),
        false => others.is_empty(),
    }
}

/// The module variable is needed for something else too: the new module is imported beside it.
fn beside(draft: &Draft, group: &Group, site: &UseSite, refused: &mut Refused, wishes: &mut Wishes) {
    let module = new_module(&site.target);
    let binding = &draft.facts.bindings[group.binding.index()];
    let needed = module.and_then(|module| match (&binding.kind, module.parent()) {
        (BindKind::From(_), Some(parent)) => {
            let last = module.last();
            let free = is_free(draft.facts, group.scope, &last, &group.chains());
            free.then(|| (Needed::From { module: parent, name: last.to_string(), local: None }, last.to_string()))
        }
        _ => {
            let free = is_free(draft.facts, group.scope, &module.root(), &group.chains())
                || is_module_root(draft, group, &module.root())
                    && is_seen(draft.facts, group.scope, &module.root(), &group.chains());
            free.then(|| (Needed::Module { module: module.clone(), local: None }, module.to_string()))
        }
    });
    match (needed, &site.target) {
        (Some((needed, text)), Target::Symbol(hit)) => {
            spell(draft, site, &format!("{text}.{}", hit.target.name), wishes);
            add_import(draft, group, site, needed, wishes);
        }
        _ => by_name(draft, group, site, refused, wishes),
    }
}

/// The alias is imported by name, because its module cannot be: `from a.new import New`.
fn by_name(draft: &Draft, group: &Group, site: &UseSite, refused: &mut Refused, wishes: &mut Wishes) {
    let Target::Symbol(hit) = &site.target else {
        return refuse(draft, site, refused, Reason::NameTaken, "the module's new name is taken here".into());
    };
    let root = hit.target.name.root();
    if !is_free(draft.facts, group.scope, &root, &group.chains()) {
        return refuse(draft, site, refused, Reason::NameTaken, format!("`{root}` means something else here"));
    }
    spell(draft, site, hit.target.name.as_str(), wishes);
    let needed = Needed::From { module: hit.target.module.clone(), name: root.as_str().to_owned(), local: None };
    add_import(draft, group, site, needed, wishes);
}

fn add_import(draft: &Draft, group: &Group, site: &UseSite, needed: Needed, wishes: &mut Wishes) {
    let binding = &draft.facts.bindings[group.binding.index()];
    let note = note(&site.target, Kind::ImportModule);
    let alone = group.is_alone(draft) && !draft.is_exported(group.scope, &group.root);
    match binding.kind {
        BindKind::From(entry) | BindKind::Import(entry)
            if alone && !wishes.entries.contains_key(&(binding.statement, entry)) =>
        {
            wishes.entries.insert((binding.statement, entry), (EntryWish::Needed(needed), note));
        }
        _ => {
            let imports = wishes.imports.entry(binding.statement).or_default();
            if !imports.iter().any(|(present, _)| *present == needed) {
                imports.push((needed, note));
            }
        }
    }
}

/// Writes a chain anew: part by part where the parts are as many, so that what stands between them stays.
fn spell(draft: &Draft, site: &UseSite, text: &str, wishes: &mut Wishes) {
    let chain = &draft.facts.syntax.chains[site.chain.index()];
    let note = note(&site.target, use_kind(chain));
    let parts: Vec<&str> = text.split('.').collect();
    let attributes = chain.attributes[..site.attributes].iter().map(|(_, span)| *span);
    let spans: Vec<Span> = std::iter::once(chain.root_span).chain(attributes).collect();
    if parts.len() != spans.len() {
        wishes.tokens.insert(site_span(chain, site), (text.to_owned(), note));
        return;
    }
    for (span, part) in spans.into_iter().zip(parts).filter(|(span, part)| span.of(draft.text) != *part) {
        wishes.tokens.insert(span, (part.to_owned(), note));
    }
}
