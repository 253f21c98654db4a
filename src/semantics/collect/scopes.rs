//! The first look over the events: which scope holds which name.

use rustc_hash::FxHashMap;

use super::names::mangled;
use crate::python::Identifier;
use crate::python::syntax::{BindKind, BindingId, Event, ScopeId, ScopeKind, StatementId, StatementKind, Syntax};
use crate::semantics::facts::Bindings;

/// What `global` and `nonlocal` say about a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Declared {
    Global,
    Nonlocal,
}

pub(super) struct Scope {
    pub(super) kind: ScopeKind,
    pub(super) parent: Option<ScopeId>,
    /// The bindings of each name that this scope holds.
    pub(super) holds: FxHashMap<Identifier, Bindings>,
    pub(super) declared: FxHashMap<Identifier, Declared>,
    /// The scopes that declared names mean.
    pub(super) meant: FxHashMap<Identifier, ScopeId>,
    pub(super) stars: Bindings,
    /// The class whose name mangles private names here.
    class: Option<Identifier>,
}

/// Where a binding belongs.
pub(super) struct Placed {
    pub(super) name: Identifier,
    /// The scope that holds the name.
    pub(super) scope: ScopeId,
    /// The scope whose code binds it.
    pub(super) from: ScopeId,
}

/// The scopes of a file, with every name in its place.
pub(super) struct Scopes {
    pub(super) list: Vec<Scope>,
    /// One for each binding.
    pub(super) placed: Vec<Placed>,
    /// The root of each chain.
    pub(super) roots: Vec<Identifier>,
    /// The name under which star imports are kept.
    pub(super) star: Identifier,
}

impl Scopes {
    pub(super) fn new(syntax: &Syntax) -> Self {
        let mut scopes = Scopes {
            list: Vec::with_capacity(syntax.scopes.len()),
            placed: Vec::with_capacity(syntax.binds.len()),
            roots: Vec::with_capacity(syntax.chains.len()),
            star: Identifier::new("*"),
        };
        let mut open = Vec::new();
        scopes.open(syntax, ScopeId::MODULE, &mut open);
        for &event in &syntax.events {
            let current = *open.last().expect("the module stays open");
            match event {
                Event::OpenScope(scope) => scopes.open(syntax, scope, &mut open),
                Event::CloseScope => drop(open.pop()),
                Event::Bind(binding) => scopes.note_binding(syntax, binding, current),
                Event::Declare(statement) => scopes.declare(syntax, statement, current),
                Event::Read(chain) => {
                    let class = scopes.list[current.index()].class.as_ref();
                    scopes.roots.push(mangled(&syntax.chains[chain.index()].root, class));
                }
                _ => {}
            }
        }
        scopes.settle(syntax);
        scopes
    }

    pub(super) fn get(&self, scope: ScopeId) -> &Scope {
        &self.list[scope.index()]
    }

    fn open(&mut self, syntax: &Syntax, scope: ScopeId, open: &mut Vec<ScopeId>) {
        let opened = &syntax.scopes[scope.index()];
        let parent = open.last().copied();
        let class = match opened.kind {
            ScopeKind::Class => Some(opened.name.clone()),
            _ => parent.and_then(|parent| self.list[parent.index()].class.clone()),
        };
        self.list.push(Scope {
            kind: opened.kind,
            parent,
            holds: FxHashMap::default(),
            declared: FxHashMap::default(),
            meant: FxHashMap::default(),
            stars: Bindings::new(),
            class,
        });
        open.push(scope);
    }

    /// A walrus binds around all comprehensions that it stands in (PEP 572).
    fn note_binding(&mut self, syntax: &Syntax, binding: BindingId, current: ScopeId) {
        let bind = &syntax.binds[binding.index()];
        let mut from = current;
        if matches!(bind.kind, BindKind::Assign(_)) {
            while self.get(from).kind == ScopeKind::Comprehension {
                from = self.get(from).parent.expect("a comprehension stands in a scope");
            }
        }
        let scope = &mut self.list[from.index()];
        let name = mangled(&bind.name, scope.class.as_ref());
        if matches!(bind.kind, BindKind::Star) {
            scope.stars.push(binding);
        } else if !scope.declared.contains_key(&name) {
            scope.holds.entry(name.clone()).or_default().push(binding);
        }
        self.placed.push(Placed { name, scope: from, from });
    }

    fn declare(&mut self, syntax: &Syntax, statement: StatementId, current: ScopeId) {
        let (names, declared) = match &syntax.statements[statement.index()].kind {
            StatementKind::Global(names) => (names, Declared::Global),
            StatementKind::Nonlocal(names) => (names, Declared::Nonlocal),
            _ => return,
        };
        let scope = &mut self.list[current.index()];
        for (name, _) in names {
            scope.declared.insert(mangled(name, scope.class.as_ref()), declared);
        }
    }

    /// Gives the bindings of declared names to the scopes that hold them, now that all scopes are known.
    fn settle(&mut self, syntax: &Syntax) {
        for scope in 0..self.list.len() {
            let declared = self.list[scope].declared.keys();
            let meant = declared.map(|name| (name.clone(), self.declared_scope(ScopeId(scope as u32), name)));
            self.list[scope].meant = meant.collect();
        }
        for (binding, bind) in syntax.binds.iter().enumerate() {
            let Placed { name, from, .. } = &self.placed[binding];
            let Some(&scope) = self.get(*from).meant.get(name).filter(|_| !matches!(bind.kind, BindKind::Star)) else {
                continue;
            };
            let held = self.list[scope.index()].holds.entry(name.clone()).or_default();
            self.placed[binding].scope = scope;
            let binding = BindingId(binding as u32);
            held.insert(held.partition_point(|&earlier| earlier < binding), binding);
        }
    }

    /// The scope that a `global` or `nonlocal` in `scope` means.
    fn declared_scope(&self, scope: ScopeId, name: &Identifier) -> ScopeId {
        let mut current = scope;
        while self.get(current).declared.get(name) != Some(&Declared::Global) {
            let Some(parent) = self.get(current).parent else { break };
            current = parent;
            let outer = self.get(current);
            let holds = outer.holds.contains_key(name) && !outer.declared.contains_key(name);
            if holds && !matches!(outer.kind, ScopeKind::Class | ScopeKind::Module) {
                return current;
            }
        }
        ScopeId::MODULE
    }
}
