//! The second look over the events: the flow of every scope, and the reach of every reference.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::control::{never_returns, swallows};
use super::flow::{Exit, Flow, Late, Seen};
use super::owner::Owners;
use super::reach::{Reaches, more};
use super::scopes::Scopes;
use crate::python::Identifier;
use crate::python::syntax::{
    BindKind, BindingId, BlockId, BlockKind, ChainId, Event, Form, ScopeId, ScopeKind, StatementId, StatementKind,
    Syntax, Value,
};
use crate::semantics::facts::{Bindings, Reach, Reference};

/// What names can be at the end of a scope.
pub(super) type Last = FxHashMap<Identifier, Arc<Reach>>;

/// The references of a file, one for each chain, and the ends of its scopes.
pub(super) fn walk(syntax: &Syntax, scopes: &Scopes) -> (Vec<Reference>, Vec<Last>) {
    let mut walk = Walk {
        syntax,
        scopes,
        owners: Owners::default(),
        open: Vec::new(),
        position: vec![0; scopes.list.len()],
        references: Vec::with_capacity(syntax.chains.len()),
        last: scopes.list.iter().map(|_| Last::default()).collect(),
        reaches: Reaches::default(),
        seen: Seen::default(),
    };
    walk.open_scope(ScopeId::MODULE);
    for &event in &syntax.events {
        walk.event(event);
    }
    walk.close_scope();
    (walk.references, walk.last)
}

/// A scope whose code is walked, or stands around that.
struct Open {
    scope: ScopeId,
    flow: Flow,
    /// Reads that see what names are at the end.
    waiting: Vec<(ChainId, Identifier)>,
    /// Marks of the open `with` blocks that swallow exceptions.
    swallowed: Vec<usize>,
}

struct Walk<'a> {
    syntax: &'a Syntax,
    scopes: &'a Scopes,
    owners: Owners,
    open: Vec<Open>,
    /// Where each open scope stands in `open`.
    position: Vec<usize>,
    references: Vec<Reference>,
    last: Vec<Last>,
    reaches: Reaches,
    /// Kept from read to read for its memory.
    seen: Seen,
}

impl Walk<'_> {
    fn event(&mut self, event: Event) {
        match event {
            Event::Statement(statement) => self.statement(statement),
            Event::Read(chain) => self.read(chain),
            Event::Bind(binding) => self.bind(binding),
            Event::Declare(_) => {}
            Event::OpenScope(scope) => self.open_scope(scope),
            Event::CloseScope => self.close_scope(),
            Event::Fork(statement) => self.fork(statement),
            Event::EnterBlock(block) => self.enter(block),
            Event::LeaveBlock(block) => self.leave(block),
            Event::Join(_) => self.flow().join(),
        }
    }

    fn current(&self) -> &Open {
        self.open.last().expect("the module stays open")
    }

    fn flow(&mut self) -> &mut Flow {
        &mut self.open.last_mut().expect("the module stays open").flow
    }

    fn open_scope(&mut self, scope: ScopeId) {
        self.position[scope.index()] = self.open.len();
        let flow = Flow::new(self.scopes.star.clone());
        self.open.push(Open { scope, flow, waiting: Vec::new(), swallowed: Vec::new() });
    }

    fn statement(&mut self, statement: StatementId) {
        match &self.syntax.statements[statement.index()].kind {
            StatementKind::Return | StatementKind::Raise => self.flow().exit(Exit::Away),
            StatementKind::Break => self.flow().exit(Exit::Break),
            StatementKind::Continue => self.flow().exit(Exit::Continue),
            StatementKind::Expression(Value::Call(call)) if never_returns(self.syntax, *call) => {
                self.flow().exit(Exit::Away)
            }
            _ => {}
        }
    }

    fn fork(&mut self, statement: StatementId) {
        match &self.syntax.statements[statement.index()].kind {
            StatementKind::If { tests, blocks } => {
                let exhaustive = blocks.len() > tests.len();
                self.flow().fork_choice(exhaustive);
            }
            StatementKind::Match { irrefutable, .. } => self.flow().fork_choice(*irrefutable),
            StatementKind::Loop { endless, .. } => self.flow().fork_loop(*endless),
            StatementKind::Try { .. } => self.flow().fork_try(),
            _ => unreachable!("only these statements fork"),
        }
    }

    fn enter(&mut self, block: BlockId) {
        match self.syntax.blocks[block.index()].kind {
            BlockKind::If | BlockKind::Elif | BlockKind::Else | BlockKind::Case => self.flow().enter_arm(),
            BlockKind::Loop | BlockKind::LoopElse | BlockKind::Try => self.flow().enter_arm(),
            BlockKind::Handler => self.flow().enter_handler(),
            BlockKind::TryElse => self.flow().enter_try_else(),
            BlockKind::Finally => self.flow().enter_finally(),
            BlockKind::With if swallows(self.syntax, block) => {
                let mark = self.flow().enter_swallowed();
                self.open.last_mut().expect("the module stays open").swallowed.push(mark);
            }
            BlockKind::With | BlockKind::Module | BlockKind::Class | BlockKind::Function => {}
        }
    }

    fn leave(&mut self, block: BlockId) {
        match self.syntax.blocks[block.index()].kind {
            BlockKind::If | BlockKind::Elif | BlockKind::Else | BlockKind::Case => self.flow().leave_arm(),
            BlockKind::Loop => {
                let late = self.flow().leave_loop_body();
                self.see_late(&late);
            }
            BlockKind::LoopElse => self.flow().leave_loop_else(),
            BlockKind::Try => self.flow().leave_try_body(),
            BlockKind::Handler => self.flow().leave_handler(),
            BlockKind::TryElse => self.flow().leave_try_else(),
            BlockKind::Finally => self.flow().leave_finally(),
            BlockKind::With if swallows(self.syntax, block) => {
                let open = self.open.last_mut().expect("the module stays open");
                let mark = open.swallowed.pop().expect("the block was entered");
                open.flow.leave_swallowed(mark);
            }
            BlockKind::With | BlockKind::Module | BlockKind::Class | BlockKind::Function => {}
        }
    }

    fn bind(&mut self, binding: BindingId) {
        let placed = &self.scopes.placed[binding.index()];
        let (current, kind) = (self.current().scope, &self.syntax.binds[binding.index()].kind);
        if matches!(kind, BindKind::Declare) || !self.runs_at_once(current, placed.scope) {
            return;
        }
        let beside = self.imports_beside(binding, &placed.name);
        let in_comprehension = current != placed.scope && self.scopes.get(current).kind == ScopeKind::Comprehension;
        let flow = &mut self.open[self.position[placed.scope.index()]].flow;
        if in_comprehension || matches!(kind, BindKind::Star) || flow.is_between_arms() {
            flow.may_bind(&placed.name, binding);
        } else {
            flow.bind(&placed.name, binding, beside);
        }
    }

    /// `import a.b` then `import a.c`: both make what `a` is, and neither hides the other.
    fn imports_beside(&mut self, binding: BindingId, name: &Identifier) -> Bindings {
        let Some(new) = self.package_import(binding) else { return Bindings::new() };
        let scope = self.scopes.placed[binding.index()].scope;
        self.seen.clear();
        self.open[self.position[scope.index()]].flow.read(name, None, &mut self.seen);
        let newest = self.seen.bindings.len().saturating_sub(Reach::LIMIT / 2);
        let earlier = self.seen.bindings[newest..].iter().copied();
        earlier.filter(|&earlier| self.package_import(earlier).is_some_and(|old| old || new)).collect()
    }

    /// Whether the module of an `import` without `as` has a dot; `None` for other bindings.
    fn package_import(&self, binding: BindingId) -> Option<bool> {
        let bind = &self.syntax.binds[binding.index()];
        match (&bind.kind, &self.syntax.statements[bind.statement.index()].kind) {
            (BindKind::Import(entry), StatementKind::Import(names)) if names[*entry].local.is_none() => {
                Some(names[*entry].module.as_str().contains('.'))
            }
            _ => None,
        }
    }

    /// Whether code in `inner` runs when the code around it in `outer` comes by, not later.
    fn runs_at_once(&self, inner: ScopeId, outer: ScopeId) -> bool {
        let mut current = inner;
        while current != outer {
            let scope = self.scopes.get(current);
            let at_once = matches!(scope.kind, ScopeKind::Class | ScopeKind::Comprehension | ScopeKind::TypeParameters);
            match scope.parent.filter(|_| at_once) {
                Some(parent) => current = parent,
                None => return false,
            }
        }
        true
    }

    fn read(&mut self, chain: ChainId) {
        let (scope, name) = (self.current().scope, &self.scopes.roots[chain.index()]);
        self.references.push(Reference { chain, scope, reach: self.reaches.nothing() });
        let owner = self.owners.owner(self.scopes, scope, name);
        if owner.is_none() && self.scopes.get(ScopeId::MODULE).stars.is_empty() {
            return;
        }
        let holder = owner.unwrap_or(ScopeId::MODULE);
        let form = self.syntax.chains[chain.index()].form;
        if self.is_read_late(form) || !self.runs_at_once(scope, holder) {
            return self.wait(holder, chain, name);
        }
        let found = self.found(holder, chain, name);
        if found.bindings.is_empty() && form == Form::Annotation && owner.is_some() {
            return self.wait(holder, chain, name);
        }
        let is_complete = self.scopes.get(holder).kind != ScopeKind::Class || !found.partial;
        self.references[chain.index()].reach = found;
        if !is_complete {
            self.read_global(holder, chain, name);
        }
    }

    /// Strings, comments, and all annotations under `from __future__ import annotations` are read when all is done.
    fn is_read_late(&self, form: Form) -> bool {
        match form {
            Form::Code => false,
            Form::Annotation => self.syntax.future_annotations,
            Form::Quoted(_) | Form::Unmapped(_) | Form::Comment => true,
        }
    }

    /// What `name` is in `holder` at this point of its flow.
    fn found(&mut self, holder: ScopeId, chain: ChainId, name: &Identifier) -> Arc<Reach> {
        self.seen.clear();
        self.open[self.position[holder.index()]].flow.read(name, Some(chain), &mut self.seen);
        self.settle_seen();
        let falls_through = matches!(self.scopes.get(holder).kind, ScopeKind::Module | ScopeKind::Class);
        let scope = (!self.seen.bindings.is_empty() || !falls_through).then_some(holder);
        self.reaches.of(name, scope, &self.seen)
    }

    /// A name that a class body has not bound is the global one, whatever functions stand around the class.
    fn read_global(&mut self, class: ScopeId, chain: ChainId, name: &Identifier) {
        if !self.runs_at_once(class, ScopeId::MODULE) {
            return self.wait(ScopeId::MODULE, chain, name);
        }
        let found = self.found(ScopeId::MODULE, chain, name);
        self.reaches.fall_back(&mut self.references[chain.index()].reach, &found);
    }

    fn wait(&mut self, holder: ScopeId, chain: ChainId, name: &Identifier) {
        self.open[self.position[holder.index()]].waiting.push((chain, name.clone()));
    }

    fn see_late(&mut self, late: &[Late]) {
        let scope = self.current().scope;
        for late in late {
            more(&mut self.references[late.chain.index()].reach, Some(scope), &late.bindings, &late.stars);
        }
    }

    /// A name that may be deleted may be missing.
    fn settle_seen(&mut self) {
        let is_delete = |binding: &BindingId| matches!(self.syntax.binds[binding.index()].kind, BindKind::Delete);
        self.seen.covered &= !self.seen.bindings.iter().any(is_delete);
    }

    /// Ends the innermost scope, and answers the reads that waited for it.
    fn close_scope(&mut self) {
        let mut open = self.open.pop().expect("a scope is closed after it is opened");
        let scope = self.scopes.get(open.scope);
        let mut last = Last::default();
        if matches!(scope.kind, ScopeKind::Module | ScopeKind::Class) {
            for name in scope.holds.keys() {
                last.insert(name.clone(), self.at_end(&mut open, name));
            }
        }
        for (chain, name) in std::mem::take(&mut open.waiting) {
            let found = last.entry(name.clone()).or_insert_with(|| self.at_end(&mut open, &name)).clone();
            if scope.kind == ScopeKind::Class && found.bindings.is_empty() {
                self.wait(ScopeId::MODULE, chain, &name);
            } else {
                self.reaches.fall_back(&mut self.references[chain.index()].reach, &found);
            }
        }
        last.retain(|name, _| scope.holds.contains_key(name));
        last.shrink_to_fit();
        self.last[open.scope.index()] = last;
    }

    /// What a name can be once the scope has run. Code nested in a function can run at any time: it sees all bindings.
    fn at_end(&mut self, open: &mut Open, name: &Identifier) -> Arc<Reach> {
        self.seen.clear();
        open.flow.read(name, None, &mut self.seen);
        let scope = self.scopes.get(open.scope);
        let held = scope.holds.get(name);
        if !matches!(scope.kind, ScopeKind::Module | ScopeKind::Class) {
            let is_value = |binding: &&BindingId| !matches!(self.syntax.binds[binding.index()].kind, BindKind::Declare);
            self.seen.bindings = held.into_iter().flatten().filter(is_value).copied().collect();
        }
        self.settle_seen();
        self.reaches.of(name, held.map(|_| open.scope), &self.seen)
    }
}
