//! The part of a file that matters when it is imported, kept without its facts.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::python::syntax::{
    BindKind, BindingId, BlockId, BlockKind, Chain, ChainId, Context, Event, Form, ScopeId, ScopeKind, StatementId,
    StatementKind, Test, Value,
};
use crate::python::{DottedName, Identifier};
use crate::semantics::active::is_active;
use crate::semantics::{Binding, Exports, Facts};

/// What a file does at import, in order.
#[derive(Debug, Default)]
pub(in crate::semantics) struct Script {
    pub(super) steps: Vec<Step>,
    /// What [`Step::Bind`] does, in the order of the bindings.
    pub(super) binds: Vec<Bind>,
    /// What [`Step::Read`] does.
    pub(super) reads: Vec<Read>,
    /// The handlers of each `try` among the steps.
    handlers: FxHashMap<StatementId, Box<[Handler]>>,
    /// Every name that code binds in the module, sorted.
    names: Box<[Identifier]>,
    /// The last step that binds each name in the module.
    last_binds: OnceLock<FxHashMap<Identifier, usize>>,
    /// The names in `__all__`, if it can be read off the source.
    pub(super) listed: Option<Box<[Identifier]>>,
    /// To import it for the first time has an effect.
    pub(in crate::semantics) is_active: bool,
}

/// An import, or a name that the module's namespace gets.
#[derive(Debug)]
pub(super) struct Bind {
    pub id: BindingId,
    pub name: Identifier,
    pub statement: StatementId,
    /// The module holds the name, not a class in it.
    pub in_module: bool,
    pub gives: Gives,
}

/// What a name is bound to.
#[derive(Debug)]
pub(super) enum Gives {
    /// `import a.b`: the root, or the module `itself` with `as`.
    Module {
        import: Import,
        itself: bool,
    },
    /// `from a import b`
    Member {
        import: Import,
        name: Identifier,
    },
    Star(Import),
    /// `name = a.b`
    Dotted(Dotted),
    /// `del name`
    Nothing,
    Other,
}

/// The module that an import statement names.
#[derive(Debug)]
pub(super) struct Import {
    /// The number of leading dots.
    pub level: u32,
    pub module: Option<DottedName>,
}

/// `root.attribute.attribute`
#[derive(Debug)]
pub(super) struct Dotted {
    pub root: Identifier,
    pub attributes: Box<[Identifier]>,
}

/// An attribute chain on what may be a module, or a name that only a star can have brought.
#[derive(Debug)]
pub(super) struct Read {
    pub path: Dotted,
    pub context: Context,
    pub statement: StatementId,
    /// The stars that can have brought the root, if nothing else binds it: indexes into [`Script::binds`].
    pub stars: Box<[usize]>,
}

/// `except types:`, without any also `except:`.
#[derive(Debug)]
struct Handler {
    bare: bool,
    types: Box<[Identifier]>,
    /// Where its steps begin.
    begin: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Bind(usize),
    Read(usize),
    /// The body of a `try` begins.
    Try(StatementId),
    EndTry,
    /// A handler begins: where nothing has failed, the module goes on at `end`.
    Handler {
        end: usize,
    },
}

/// A script that is being written.
struct Writer<'a> {
    facts: &'a Facts,
    script: Script,
    /// The handlers that are open, by the place of their first step.
    open: Vec<usize>,
    /// Where the steps of a handler begin.
    begins: FxHashMap<BlockId, usize>,
}

impl Script {
    pub(in crate::semantics) fn new(facts: &Facts) -> Self {
        let mut writer = Writer { facts, script: Self::default(), open: Vec::new(), begins: FxHashMap::default() };
        writer.write();
        let mut script = writer.script;
        script.steps.shrink_to_fit();
        script.binds.shrink_to_fit();
        script.reads.shrink_to_fit();
        let mut names: Vec<_> = facts.scopes[ScopeId::MODULE.index()].names.keys().cloned().collect();
        names.sort();
        script.names = names.into();
        script.listed = facts.exports.as_ref().and_then(listed);
        script.is_active = is_active(facts);
        script
    }

    /// Whether a step from `next` on binds the module's `name`.
    pub(super) fn binds_behind(&self, next: usize, name: &Identifier) -> bool {
        let last_binds = self.last_binds.get_or_init(|| {
            let bind = |step: &Step| match step {
                Step::Bind(bind) => Some(&self.binds[*bind]).filter(|bind| bind.in_module),
                _ => None,
            };
            let binds = self.steps.iter().enumerate().filter_map(|(place, step)| Some((bind(step)?, place)));
            binds.map(|(bind, place)| (bind.name.clone(), place)).collect()
        });
        last_binds.get(name).is_some_and(|last| *last >= next)
    }

    /// Whether some code of the file binds the module's `name`.
    pub(super) fn spells(&self, name: &Identifier) -> bool {
        self.names.binary_search(name).is_ok()
    }

    /// Where the handler of a `try` begins that catches what is raised.
    pub(super) fn handler(&self, statement: StatementId, raises: &[&str]) -> Option<usize> {
        let catches = |name: &Identifier| raises.contains(&name.as_str());
        let mut handlers = self.handlers.get(&statement)?.iter();
        handlers.find(|handler| handler.bare || handler.types.iter().any(catches)).map(|handler| handler.begin)
    }

    /// The place in [`Script::binds`] of a binding that is made at import.
    pub(super) fn bind(&self, id: BindingId) -> Option<usize> {
        self.binds.binary_search_by_key(&id, |bind| bind.id).ok()
    }
}

impl Bind {
    pub(super) fn import(&self) -> Option<&Import> {
        match &self.gives {
            Gives::Module { import, .. } | Gives::Member { import, .. } | Gives::Star(import) => Some(import),
            Gives::Dotted(_) | Gives::Nothing | Gives::Other => None,
        }
    }
}

impl Writer<'_> {
    fn write(&mut self) {
        let facts = self.facts;
        let events = &facts.syntax.events;
        let mut arms = Arms::default();
        let mut place = 0;
        while let Some(event) = events.get(place) {
            place += 1;
            match event {
                Event::OpenScope(scope) if runs_later(facts, *scope) => place = behind_scope(events, place),
                Event::EnterBlock(block) if !arms.run(facts, *block) => place = behind_block(events, place),
                Event::EnterBlock(block) => self.enter(*block),
                Event::LeaveBlock(block) => self.leave(*block),
                Event::Bind(binding) if is_seen(facts, *binding) => self.bind(*binding),
                Event::Read(chain) if can_fail(facts, *chain) => self.read(*chain),
                _ => {}
            }
        }
    }

    fn bind(&mut self, id: BindingId) {
        let binding = &self.facts.bindings[id.index()];
        let Binding { name, statement, .. } = binding;
        let in_module = binding.scope == ScopeId::MODULE;
        let gives = gives(self.facts, binding);
        self.script.steps.push(Step::Bind(self.script.binds.len()));
        self.script.binds.push(Bind { id, name: name.clone(), statement: *statement, in_module, gives });
    }

    fn read(&mut self, id: ChainId) {
        let chain = &self.facts.syntax.chains[id.index()];
        let reach = &self.facts.references[id.index()].reach;
        let stars = reach.stars.iter().filter(|_| reach.bindings.is_empty());
        let stars = stars.filter_map(|star| self.script.bind(*star)).collect();
        let Chain { context, statement, .. } = *chain;
        self.script.steps.push(Step::Read(self.script.reads.len()));
        self.script.reads.push(Read { path: path(chain), context, statement, stars });
    }

    fn enter(&mut self, id: BlockId) {
        let block = &self.facts.syntax.blocks[id.index()];
        let steps = &mut self.script.steps;
        match (block.kind, block.owner) {
            (BlockKind::Try, Some(statement)) => steps.push(Step::Try(statement)),
            (BlockKind::Handler, _) => {
                self.open.push(steps.len());
                steps.push(Step::Handler { end: 0 });
                self.begins.insert(id, steps.len());
            }
            _ => {}
        }
    }

    fn leave(&mut self, id: BlockId) {
        let steps = &mut self.script.steps;
        let block = &self.facts.syntax.blocks[id.index()];
        match block.kind {
            BlockKind::Try => steps.push(Step::EndTry),
            BlockKind::Handler => {
                let begin = self.open.pop().expect("a handler is left after it is entered");
                steps[begin] = Step::Handler { end: steps.len() };
                self.end_handler(id, block.owner);
            }
            _ => {}
        }
    }

    /// Notes the handlers of a `try` when its last one ends.
    fn end_handler(&mut self, id: BlockId, owner: Option<StatementId>) {
        let syntax = &self.facts.syntax;
        let Some(owner) = owner else { return };
        let StatementKind::Try { handlers, .. } = &syntax.statements[owner.index()].kind else { return };
        if handlers.last().is_none_or(|last| last.block != id) {
            return;
        }
        let name = |id: &ChainId| syntax.chains[id.index()].last().clone();
        let handlers = handlers.iter().map(|handler| Handler {
            bare: handler.bare,
            types: handler.types.iter().map(name).collect(),
            begin: self.begins[&handler.block],
        });
        self.script.handlers.insert(owner, handlers.collect());
    }
}

fn gives(facts: &Facts, binding: &Binding) -> Gives {
    match (&binding.kind, &facts.syntax.statements[binding.statement.index()].kind) {
        (BindKind::Import(entry), StatementKind::Import(names)) => {
            let entry = &names[*entry];
            let import = Import { level: 0, module: Some(entry.module.clone()) };
            Gives::Module { import, itself: entry.local.is_some() }
        }
        (BindKind::From(entry), StatementKind::From(from)) => {
            let import = Import { level: from.level, module: from.module.clone() };
            Gives::Member { import, name: from.names[*entry].name.clone() }
        }
        (BindKind::Star, StatementKind::From(from)) => {
            Gives::Star(Import { level: from.level, module: from.module.clone() })
        }
        (BindKind::Assign(Value::Chain(chain)), _) => Gives::Dotted(path(&facts.syntax.chains[chain.index()])),
        (BindKind::Delete, _) => Gives::Nothing,
        _ => Gives::Other,
    }
}

fn path(chain: &Chain) -> Dotted {
    let attributes = chain.attributes.iter().map(|(name, _)| name.clone()).collect();
    Dotted { root: chain.root.clone(), attributes }
}

fn listed(exports: &Exports) -> Option<Box<[Identifier]>> {
    let is_plain = !exports.dynamic && exports.includes.is_empty();
    is_plain.then(|| exports.entries.iter().map(|entry| entry.name.clone()).collect())
}

/// Bodies of functions and lambdas, and values of `type` statements.
fn runs_later(facts: &Facts, scope: ScopeId) -> bool {
    matches!(facts.scopes[scope.index()].kind, ScopeKind::Function | ScopeKind::Lambda | ScopeKind::TypeAlias)
}

/// For each `if` the first test that is true whenever code runs: no arm behind it does.
#[derive(Default)]
struct Arms(FxHashMap<StatementId, usize>);

impl Arms {
    /// Whether a block can run at import.
    fn run(&mut self, facts: &Facts, id: BlockId) -> bool {
        let block = &facts.syntax.blocks[id.index()];
        let Some(owner) = block.owner else { return true };
        let StatementKind::If { tests, blocks } = &facts.syntax.statements[owner.index()].kind else { return true };
        let always = || tests.iter().position(|test| *test == Test::NotTypeChecking).unwrap_or(usize::MAX);
        let always = *self.0.entry(owner).or_insert_with(always);
        // Blocks are numbered in the order in which they are written.
        let arm = blocks.binary_search(&id).unwrap_or(0);
        let fails = matches!(tests.get(arm), Some(Test::TypeChecking | Test::Main));
        always >= arm && !fails
    }
}

fn behind_scope(events: &[Event], place: usize) -> usize {
    let step = |event: &Event| match event {
        Event::OpenScope(_) => 1,
        Event::CloseScope => -1,
        _ => 0,
    };
    behind(events, place, step)
}

fn behind_block(events: &[Event], place: usize) -> usize {
    let step = |event: &Event| match event {
        Event::EnterBlock(_) => 1,
        Event::LeaveBlock(_) => -1,
        _ => 0,
    };
    behind(events, place, step)
}

/// The place behind the end of what has been opened just before `place`.
fn behind(events: &[Event], place: usize, step: impl Fn(&Event) -> i32) -> usize {
    let mut depth = 1;
    for (offset, event) in events[place..].iter().enumerate() {
        depth += step(event);
        if depth == 0 {
            return place + offset + 1;
        }
    }
    events.len()
}

fn is_seen(facts: &Facts, id: BindingId) -> bool {
    let binding = &facts.bindings[id.index()];
    let is_bound = binding.scope == ScopeId::MODULE && !matches!(binding.kind, BindKind::Declare);
    is_bound || binding.kind.is_import()
}

fn can_fail(facts: &Facts, id: ChainId) -> bool {
    let chain = &facts.syntax.chains[id.index()];
    let runs = match chain.form {
        Form::Code => true,
        Form::Annotation => !facts.syntax.future_annotations,
        Form::Quoted(_) | Form::Unmapped(_) | Form::Comment => false,
    };
    let reach = &facts.references[id.index()].reach;
    let by_star = reach.bindings.is_empty() && !reach.stars.is_empty();
    let in_module = reach.scope == Some(ScopeId::MODULE) && !chain.attributes.is_empty();
    let is_module = |id: &BindingId| {
        let kind = &facts.bindings[id.index()].kind;
        kind.is_import() || matches!(kind, BindKind::Assign(Value::Chain(_)))
    };
    runs && (by_star || in_module && reach.bindings.iter().any(is_module))
}

#[cfg(test)]
mod tests;
