//! Module style: `import a.old` and `a.old.Old` become `import a.new` and `a.new.New`.

use std::cell::OnceCell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Reason;
use super::chains::{Group, refuse, site_span};
use super::context::Draft;
use super::names::note;
use super::refuse::Refused;
use super::variable::{has_own_name, is_free, is_seen};
use super::wish::{EntryWish, Needed, Wishes};
use crate::python::syntax::{BindKind, BindingId, Chain, ChainId, Form, StatementKind};
use crate::python::{DottedName, Identifier};
use crate::semantics::Origin;
use crate::site::{Kind, Target, UseSite};
use crate::text::Span;

/// Sends the uses of one module variable to the canonical module.
pub(super) struct Rewriter<'a> {
    pub draft: &'a Draft<'a>,
    pub group: &'a Group<'a>,
    pub refused: &'a mut Refused,
    pub wishes: &'a mut Wishes,
    /// What has been found of names, once for all uses.
    rooms: FxHashMap<Identifier, Room>,
    /// The modules that chains which do not move go through.
    passed: OnceCell<FxHashSet<DottedName>>,
    /// The bindings of the root by the modules that they load.
    loaders: OnceCell<FxHashMap<DottedName, BindingId>>,
}

/// Whether a name can stand where the module variable does.
#[derive(Clone, Copy)]
struct Room {
    /// It is free at every use that moves.
    is_free: bool,
    /// It is what these would read, if the scope bound it.
    is_seen: bool,
    /// It is free or a package, whatever reads the variable.
    is_root: bool,
}

impl<'a> Rewriter<'a> {
    pub(super) fn new(
        draft: &'a Draft<'a>,
        group: &'a Group<'a>,
        refused: &'a mut Refused,
        wishes: &'a mut Wishes,
    ) -> Self {
        let (rooms, passed, loaders) = Default::default();
        Self { draft, group, refused, wishes, rooms, passed, loaders }
    }

    pub(super) fn rewrite(&mut self) {
        let binding = &self.draft.facts.bindings[self.group.binding.index()];
        match (&binding.kind, &self.draft.facts.syntax.statements[binding.statement.index()].kind) {
            (BindKind::Import(_), StatementKind::Import(_)) if !has_own_name(self.draft.facts, self.group.binding) => {
                self.group.uses.iter().for_each(|site| self.plain(site));
            }
            (BindKind::Import(entry) | BindKind::From(entry), _) => match self.common_module() {
                Some(module) if self.can_take(&module) => self.whole(*entry, &module),
                _ => self.group.uses.iter().for_each(|site| self.beside(site)),
            },
            _ => {
                let text = "the module is held in a variable that no import binds";
                self.group.uses.iter().for_each(|site| self.refuse(site, Reason::Form, text.into()));
            }
        }
    }

    /// The module that all uses of a module variable move to, if nothing else needs the variable.
    fn common_module(&self) -> Option<DottedName> {
        let first = new_module(&self.group.uses.first()?.target)?;
        let joins =
            |site: &&&UseSite| site.attributes == 1 && new_module(&site.target).is_some_and(|module| module == first);
        let joining: FxHashSet<ChainId> = self.group.uses.iter().filter(joins).map(|site| site.chain).collect();
        (self.group.is_alone(self.draft)
            && joining.len() == self.group.moving.len()
            && !self.draft.is_exported(self.group.scope, &self.group.root))
        .then_some(first)
    }

    /// Whether the module variable can be called as the new module is; a name that the user chose stays anyway.
    fn can_take(&self, module: &DottedName) -> bool {
        let last = module.last();
        has_own_name(self.draft.facts, self.group.binding)
            || last == self.group.root
            || is_free(self.draft.facts, self.group.scope, &last, &self.group.references())
    }

    /// The module variable itself becomes the new module.
    fn whole(&mut self, entry: usize, module: &DottedName) {
        let binding = &self.draft.facts.bindings[self.group.binding.index()];
        let note = note(&self.group.uses[0].target, Kind::ImportModule);
        let last = module.last();
        let is_from = matches!(binding.kind, BindKind::From(_));
        let chosen = has_own_name(self.draft.facts, self.group.binding);
        let renamed = !chosen && last != self.group.root;
        let local = if renamed { last.clone() } else { self.group.root.clone() };
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
        self.wishes.entries.insert((binding.statement, entry), (EntryWish::Needed(needed), note));
        for site in &self.group.uses {
            let chain = &self.draft.facts.syntax.chains[site.chain.index()];
            let attribute = site.name_span(&self.draft.facts.syntax);
            let note = super::names::note(&site.target, use_kind(chain));
            if renamed {
                self.wishes.tokens.insert(chain.root_span, (local.as_str().to_owned(), note));
            }
            if let Target::Symbol(hit) = &site.target
                && attribute.of(self.draft.text) != hit.target.name.as_str()
            {
                self.wishes.tokens.insert(attribute, (hit.target.name.as_str().to_owned(), note));
            }
        }
    }

    /// `import a.old` and `a.old.Old`: the chain names the new module in full.
    fn plain(&mut self, site: &UseSite) {
        let (module, name) = match &site.target {
            Target::Symbol(hit) => (hit.target.module.clone(), Some(hit.target.name.clone())),
            Target::Module(hit) => (hit.target.clone(), None),
        };
        let root = module.root();
        if root != self.group.root && !self.room(&root).is_root {
            return self.beside(site);
        }
        let text = name.map_or_else(|| module.as_str().to_owned(), |name| format!("{module}.{name}"));
        self.spell(site, &text);
        self.need_module(site, module);
    }

    fn room(&mut self, name: &Identifier) -> Room {
        if let Some(room) = self.rooms.get(name) {
            return *room;
        }
        let (facts, scope, moving) = (self.draft.facts, self.group.scope, &self.group.moving);
        let room = Room {
            is_free: is_free(facts, scope, name, moving),
            is_seen: is_seen(facts, scope, name, moving),
            is_root: self.is_module_root(name),
        };
        self.rooms.insert(name.clone(), room);
        room
    }

    /// Whether the root of another package can be bound beside this one, or is bound by an `import` already.
    fn is_module_root(&self, root: &Identifier) -> bool {
        let bound = self.draft.facts.scopes[self.group.scope.index()].names.get(root);
        match bound {
            Some(ids) => ids.iter().all(|id| {
                let origin = self.draft.run.world.binding(self.draft.file, *id).origin;
                origin == Origin::Module(DottedName::new(root.as_str()))
            }),
            None => is_free(self.draft.facts, self.group.scope, root, &self.group.references()),
        }
    }

    /// Makes `import module` stand in place of the import that loaded the alias, or after it if that is needed still.
    fn need_module(&mut self, site: &UseSite, module: DottedName) {
        let note = note(&site.target, Kind::ImportModule);
        let loader = self.loader(site);
        let statement = self.draft.facts.bindings[loader.unwrap_or(self.group.binding).index()].statement;
        let same_root = module.root() == self.group.root;
        let needed = Needed::Module { module, local: None };
        let free = loader.filter(|loader| self.is_unneeded(*loader, same_root));
        match free.map(|id| &self.draft.facts.bindings[id.index()].kind) {
            Some(BindKind::Import(entry)) if !self.wishes.entries.contains_key(&(statement, *entry)) => {
                self.wishes.entries.insert((statement, *entry), (EntryWish::Needed(needed), note));
            }
            Some(BindKind::Import(entry))
                if self.wishes.entries[&(statement, *entry)].0 == EntryWish::Needed(needed.clone()) => {}
            _ => self.wishes.imports.entry(statement).or_default().push((needed, note)),
        }
    }

    /// The module that a use reads its alias from.
    fn read_module(&self, site: &UseSite) -> Option<DottedName> {
        let steps = self.draft.run.world.chain(self.draft.file, &self.draft.facts.references[site.chain.index()]);
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
    fn loader(&self, site: &UseSite) -> Option<BindingId> {
        let module = self.read_module(site)?;
        let ids = self.draft.facts.scopes[self.group.scope.index()].names.get(&self.group.root)?;
        let loaded = || ids.iter().rev().filter_map(|id| Some((self.draft.source_module(*id)?, *id))).collect();
        let named = self.loaders.get_or_init(loaded).get(&module).copied();
        named.or_else(|| Some(self.group.binding).filter(|_| ids.len() == 1))
    }

    /// Whether nothing but the moving uses needs an `import a.old`.
    fn is_unneeded(&self, loader: BindingId, same_root: bool) -> bool {
        let Some(module) = self.draft.source_module(loader) else { return false };
        if self.draft.is_exported(self.group.scope, &self.group.root) {
            return false;
        }
        match same_root {
            true => !self.passed.get_or_init(|| self.passed()).contains(&module),
            false => self.group.others.is_empty(),
        }
    }

    fn passed(&self) -> FxHashSet<DottedName> {
        let references = self.group.others.iter().map(|chain| &self.draft.facts.references[chain.index()]);
        let steps = references.flat_map(|reference| self.draft.run.world.chain(self.draft.file, reference));
        let modules = steps.filter_map(|step| match step.resolution.origin {
            Origin::Module(module) => Some(module),
            _ => None,
        });
        modules.collect()
    }

    /// The module variable is needed for something else too: the new module is imported beside it.
    fn beside(&mut self, site: &UseSite) {
        let module = new_module(&site.target);
        let binding = &self.draft.facts.bindings[self.group.binding.index()];
        let needed = module.and_then(|module| match (&binding.kind, module.parent()) {
            (BindKind::From(_), Some(parent)) => {
                let last = module.last();
                self.room(&last)
                    .is_free
                    .then(|| (Needed::From { module: parent, name: last.to_string(), local: None }, last.to_string()))
            }
            _ => {
                let room = self.room(&module.root());
                (room.is_free || room.is_root && room.is_seen)
                    .then(|| (Needed::Module { module: module.clone(), local: None }, module.to_string()))
            }
        });
        match (needed, &site.target) {
            (Some((needed, text)), Target::Symbol(hit)) => {
                self.spell(site, &format!("{text}.{}", hit.target.name));
                self.add_import(site, needed);
            }
            _ => self.by_name(site),
        }
    }

    /// The alias is imported by name, because its module cannot be: `from a.new import New`.
    fn by_name(&mut self, site: &UseSite) {
        let Target::Symbol(hit) = &site.target else {
            return self.refuse(site, Reason::NameTaken, "the module's new name is taken here".into());
        };
        if site.text.is_some() {
            return self.refuse(site, Reason::NameTaken, "the module's new name is taken here".into());
        }
        let root = hit.target.name.root();
        if !self.room(&root).is_free {
            return self.refuse(site, Reason::NameTaken, format!("`{root}` means something else here"));
        }
        self.spell(site, hit.target.name.as_str());
        let needed = Needed::From { module: hit.target.module.clone(), name: root.as_str().to_owned(), local: None };
        self.add_import(site, needed);
    }

    fn add_import(&mut self, site: &UseSite, needed: Needed) {
        let binding = &self.draft.facts.bindings[self.group.binding.index()];
        let note = note(&site.target, Kind::ImportModule);
        let alone = self.group.is_alone(self.draft) && !self.draft.is_exported(self.group.scope, &self.group.root);
        match binding.kind {
            BindKind::From(entry) | BindKind::Import(entry)
                if alone && !self.wishes.entries.contains_key(&(binding.statement, entry)) =>
            {
                self.wishes.entries.insert((binding.statement, entry), (EntryWish::Needed(needed), note));
            }
            _ => {
                let imports = self.wishes.imports.entry(binding.statement).or_default();
                if !imports.iter().any(|(present, _)| *present == needed) {
                    imports.push((needed, note));
                }
            }
        }
    }

    /// Writes a chain anew: part by part where the parts are as many, so that what stands between them stays.
    fn spell(&mut self, site: &UseSite, text: &str) {
        let chain = &self.draft.facts.syntax.chains[site.chain.index()];
        let note = note(&site.target, use_kind(chain));
        let parts: Vec<&str> = text.split('.').collect();
        let attributes = chain.attributes.iter().take(site.attributes).map(|(_, span)| *span);
        let in_text = site.text.map(|_| site.name_span(&self.draft.facts.syntax));
        let spans: Vec<Span> = std::iter::once(chain.root_span).chain(attributes).chain(in_text).collect();
        if let (Some(last), Some((module, name))) = (in_text, text.rsplit_once('.'))
            && parts.len() != spans.len()
        {
            self.wishes.tokens.insert(chain.span(), (module.to_owned(), note));
            self.wishes.tokens.insert(last, (name.to_owned(), note));
            return;
        }
        if parts.len() != spans.len() {
            self.wishes.tokens.insert(site_span(chain, site), (text.to_owned(), note));
            return;
        }
        for (span, part) in spans.into_iter().zip(parts).filter(|(span, part)| span.of(self.draft.text) != *part) {
            self.wishes.tokens.insert(span, (part.to_owned(), note));
        }
    }

    fn refuse(&mut self, site: &UseSite, reason: Reason, text: String) {
        refuse(self.draft, site, self.refused, (reason, text));
    }
}

fn new_module(target: &Target) -> Option<DottedName> {
    match target {
        Target::Symbol(hit) => Some(hit.target.module.clone()),
        Target::Module(_) => None,
    }
}

fn use_kind(chain: &Chain) -> Kind {
    match chain.form {
        Form::Quoted(_) | Form::Comment => Kind::UseQuoted,
        _ => Kind::UseAttribute,
    }
}
