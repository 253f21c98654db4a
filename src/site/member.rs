//! Members of merged classes: those that can be followed to their class, and those that cannot.
//!
//! ```python
//! made = Old()        # followed: a call of the class, an annotation with it, `self`, `cls`, `super()`, subclasses
//! made.send()
//! get().send()        # not followed: nothing says what this is
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::find::Visit;
use super::merging::{Becomes, Merging};
use super::{FileSites, Hit, LooseSite, MemberForm, MemberSite, Standing, Target};
use crate::python::attributes::Receiver;
use crate::python::outline::MemberShape;
use crate::python::syntax::{BindKind, BindingId, ChainId, ScopeId, StatementKind, Value};
use crate::python::{DottedName, Identifier};
use crate::semantics::{Binding, Origin, Reach, Reference};
use crate::text::Span;

/// The members of one file.
#[derive(Default)]
pub(super) struct Found {
    pub members: Vec<MemberSite>,
    pub loose: Vec<LooseSite>,
    /// The subclasses and objects that the file makes: other files read members through their names.
    pub passed_on: Vec<Identifier>,
}

/// Finds the members of merged classes in a file that has a site of them, or of a subclass.
pub(super) fn find(visit: &Visit, sites: &FileSites) -> Found {
    let mut found = Found::default();
    for merging in &visit.families.merging {
        let is_merged = |hit: &Hit| hit.alias == merging.alias && hit.standing == Standing::Merged;
        let touched = hits(sites).any(is_merged) || merging.changes() && imports_object(visit, merging);
        let mut search = Search {
            visit,
            sites,
            merging,
            known: FxHashMap::default(),
            subclasses: BTreeMap::new(),
            near: BTreeSet::new(),
        };
        search.find_subclasses();
        if touched || !search.subclasses.is_empty() {
            search.run(&mut found);
        }
    }
    found.members.sort_by_key(|site| site.span);
    found.members.dedup_by_key(|site| site.span);
    found.loose.sort_by_key(|site| site.span);
    found
}

/// The names of the module that hold an object of the merged class or of a subclass.
fn objects<'a>(visit: &'a Visit, merging: &'a Merging) -> impl Iterator<Item = &'a Identifier> {
    let made = |binding: &Binding| binding.scope == ScopeId::MODULE && !binding.kind.is_import();
    let bindings = visit.facts.bindings.iter().enumerate().filter(move |(_, binding)| made(binding));
    let held = bindings.filter(|(index, _)| is_object(visit, merging, BindingId(*index as u32)));
    held.map(|(_, binding)| &binding.name)
}

/// Whether the file imports an object that another file has made.
fn imports_object(visit: &Visit, merging: &Merging) -> bool {
    let bindings = visit.facts.bindings.iter().enumerate();
    let mut named = bindings.filter(|(_, binding)| {
        let StatementKind::From(from) = &visit.facts.syntax.statements[binding.statement.index()].kind else {
            return false;
        };
        matches!(binding.kind, BindKind::From(entry) if visit.names.has(&from.names[entry].name))
    });
    named.any(|(index, _)| is_object(visit, merging, BindingId(index as u32)))
}

fn is_object(visit: &Visit, merging: &Merging, id: BindingId) -> bool {
    let class = visit.world.bound_class(visit.file, visit.facts, id);
    class.is_some_and(|class| visit.world.descends(&class, &merging.origin))
}

fn hits(sites: &FileSites) -> impl Iterator<Item = &Hit> {
    let used = sites.uses.iter().filter_map(|site| match &site.target {
        Target::Symbol(hit) => Some(hit),
        Target::Module(_) => None,
    });
    let imported = sites.imports.iter().map(|site| &site.hit);
    imported.chain(sites.shims.iter().map(|site| &site.hit)).chain(sites.stars.iter().map(|site| &site.hit)).chain(used)
}

/// The search for the members of one class in one file.
struct Search<'a> {
    visit: &'a Visit<'a>,
    sites: &'a FileSites,
    merging: &'a Merging,
    /// What the variables of a file hold, by what can reach them.
    known: FxHashMap<*const Reach, Option<Origin>>,
    /// The scopes of the subclasses that the file defines, with the attributes that they store themselves.
    subclasses: BTreeMap<ScopeId, FxHashSet<String>>,
    /// Their names.
    near: BTreeSet<Identifier>,
}

/// What an attribute is read from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holder {
    /// The merged class, a subclass, or an object of them.
    Family,
    /// Something else for sure.
    Other,
    Unknown,
}

impl Search<'_> {
    fn find_subclasses(&mut self) {
        let (world, facts) = (self.visit.world, self.visit.facts);
        let spelled = |base: &Value| match base {
            Value::Chain(chain) => self.visit.names.has(facts.syntax.chains[chain.index()].last()),
            _ => false,
        };
        for (index, binding) in facts.bindings.iter().enumerate() {
            let StatementKind::Class(class) = &facts.syntax.statements[binding.statement.index()].kind else {
                continue;
            };
            if !matches!(binding.kind, BindKind::Class)
                || !class.bases.iter().any(|base| spelled(base) || self.is_near(base))
            {
                continue;
            }
            let origin = world.binding(self.visit.file, BindingId(index as u32)).origin;
            let is_own = origin == self.merging.origin || origin == self.merging.canonical;
            let scope = facts.class_scope_at(binding.span.start());
            if let Some(scope) = scope.filter(|_| !is_own && world.descends(&origin, &self.merging.origin)) {
                self.near.insert(binding.name.clone());
                self.subclasses.insert(scope, self.own_names(&origin));
            }
        }
    }

    /// The name of a subclass that stands above.
    fn is_near(&self, base: &Value) -> bool {
        let Value::Chain(chain) = base else { return false };
        self.near.contains(self.visit.facts.syntax.chains[chain.index()].last())
    }

    /// What the methods of a subclass store in the object: its own attributes, whatever the merged class has.
    fn own_names(&self, origin: &Origin) -> FxHashSet<String> {
        let view = self.visit.world.class(origin);
        let Some(class) = view.and_then(|view| view.outline()) else { return FxHashSet::default() };
        let own = class.members.into_iter().filter(|member| matches!(member.shape, MemberShape::Instance));
        own.map(|member| member.name).collect()
    }

    fn run(&mut self, found: &mut Found) {
        let facts = self.visit.facts;
        found.passed_on.extend(self.near.iter().filter(|name| !self.visit.names.has(name)).cloned());
        if self.merging.changes() {
            let objects = objects(self.visit, self.merging).filter(|name| !self.visit.names.has(name));
            found.passed_on.extend(objects.cloned());
        }
        self.subclasses.keys().for_each(|scope| self.overrides(*scope, found));
        for reference in &facts.references {
            self.chain(reference, found);
        }
        for attribute in self.visit.attributes() {
            if !self.is_gone(attribute.span) && self.is_relevant(&attribute.name) {
                let holder = self.receiver(attribute.of, attribute.span);
                self.add(holder, &attribute.name, attribute.span, found);
            }
        }
    }

    fn is_relevant(&self, name: &Identifier) -> bool {
        self.merging.becomes(name) != Becomes::Same
    }

    /// Inside the definition that goes.
    fn is_gone(&self, span: Span) -> bool {
        let own = self.visit.world.class(&self.merging.origin).filter(|view| view.file == self.visit.file);
        own.is_some_and(|view| view.facts.syntax.statements[view.statement.index()].span.contains(span))
    }

    /// What a subclass binds under the name of a member, and what its body reads of that.
    fn overrides(&self, scope: ScopeId, found: &mut Found) {
        let facts = self.visit.facts;
        let names = &facts.scopes[scope.index()].names;
        for (name, ids) in names {
            let becomes = self.merging.becomes(name);
            let is_new = becomes == Becomes::Same && self.merging.is_new(name);
            let clashes = is_new || matches!(&becomes, Becomes::Renamed(new) if names.contains_key(new));
            let form = if clashes { MemberForm::Clash } else { MemberForm::Override };
            let own = ids.iter().map(|id| &facts.bindings[id.index()]);
            let own = own.filter(|binding| !matches!(binding.kind, BindKind::Declare | BindKind::Delete));
            if becomes == Becomes::Same && !is_new {
                continue;
            }
            found.members.extend(own.map(|binding| self.site(name, binding.span, form)));
            let read =
                facts.chains_of(name).iter().filter(|id| facts.references[id.index()].reach.scope == Some(scope));
            let read = read.map(|id| &facts.syntax.chains[id.index()]);
            found.members.extend(read.map(|chain| self.site(name, chain.root_span, form)));
        }
    }

    fn site(&self, name: &Identifier, span: Span, form: MemberForm) -> MemberSite {
        MemberSite { span, name: name.clone(), hit: self.hit(), form, becomes: self.merging.becomes(name) }
    }

    fn hit(&self) -> Hit {
        let target = self.visit.families.families[self.merging.rule].canonical.clone();
        let target = match target {
            crate::rule::Canonical::Symbol(symbol) => symbol,
            crate::rule::Canonical::Module(module) => crate::python::Symbol::new(module.clone(), DottedName::new("")),
        };
        let alias = self.merging.alias.clone();
        Hit { rule: self.merging.rule, symbol: alias.clone(), alias, target, standing: Standing::Merged }
    }

    /// The attributes of a dotted name.
    fn chain(&mut self, reference: &Reference, found: &mut Found) {
        let chain = &self.visit.facts.syntax.chains[reference.chain.index()];
        if !chain.attributes.iter().any(|(name, _)| self.is_relevant(name)) || self.is_gone(chain.root_span) {
            return;
        }
        let last = self.visit.world.chain(self.visit.file, reference).pop().expect("the root is a step");
        let taken = self.use_end(reference.chain);
        for (place, (name, span)) in chain.attributes.iter().enumerate().skip(last.attributes) {
            if taken == Some(place) || !self.is_relevant(name) {
                continue;
            }
            let holder = match place {
                _ if place > last.attributes => Holder::Unknown,
                0 => self.variable(reference, &last.resolution.origin),
                _ => self.class_itself(&last.resolution.origin),
            };
            self.add(holder, name, *span, found);
        }
    }

    /// The attribute that the use of the alias itself reads.
    fn use_end(&self, chain: ChainId) -> Option<usize> {
        self.sites.uses_of(chain).first().map(|site| site.attributes)
    }

    fn class_itself(&self, origin: &Origin) -> Holder {
        match origin {
            Origin::Defined(_) if self.visit.world.class(origin).is_some() => self.holder(origin),
            Origin::Module(_) | Origin::Outside(_) => Holder::Other,
            _ => Holder::Unknown,
        }
    }

    fn variable(&mut self, reference: &Reference, origin: &Origin) -> Holder {
        let itself = self.class_itself(origin);
        if itself != Holder::Unknown {
            return itself;
        }
        let visit = self.visit;
        let class = self.known.entry(Arc::as_ptr(&reference.reach));
        let class = class.or_insert_with(|| visit.world.object_class(visit.file, visit.facts, reference)).clone();
        class.map_or(Holder::Unknown, |class| self.holder(&class))
    }

    /// What an object of a class can be.
    fn holder(&self, class: &Origin) -> Holder {
        if self.visit.world.descends(class, &self.merging.origin) {
            Holder::Family
        } else if self.visit.world.descends(&self.merging.origin, class) {
            Holder::Unknown
        } else {
            Holder::Other
        }
    }

    fn receiver(&self, receiver: Receiver, at: Span) -> Holder {
        let facts = self.visit.facts;
        match receiver {
            Receiver::Call(root) => {
                let chain = facts.chain_at(root.start()).filter(|id| facts.syntax.chains[id.index()].root_span == root);
                let class = chain.and_then(|id| self.visit.world.named_class(self.visit.file, facts, id));
                class.map_or(Holder::Unknown, |class| self.holder(&class))
            }
            Receiver::Super => {
                let around = facts.classes_around(at).next();
                let class = around.and_then(|scope| self.visit.world.scope_class(self.visit.file, facts, scope));
                class.map_or(Holder::Unknown, |class| self.holder(&class))
            }
            Receiver::Other => Holder::Unknown,
        }
    }

    /// A subclass stores the attribute itself, so that it loses nothing.
    fn is_own(&self, name: &Identifier, at: Span) -> bool {
        let stores = |scope| self.subclasses.get(&scope).is_some_and(|own| own.contains(name.as_str()));
        self.merging.becomes(name) == Becomes::Nothing && self.visit.facts.classes_around(at).any(stores)
    }

    fn add(&self, holder: Holder, name: &Identifier, span: Span, found: &mut Found) {
        match holder {
            Holder::Family if self.is_own(name, span) => {}
            Holder::Family => found.members.push(self.site(name, span, MemberForm::Read)),
            Holder::Unknown if self.merging.matters(name) => {
                let (alias, rule) = (self.merging.alias.clone(), self.merging.rule);
                found.loose.push(LooseSite { span, name: name.clone(), alias, rule });
            }
            _ => {}
        }
    }
}
