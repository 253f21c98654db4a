//! The part of a file's events that matters when it is imported.

use rustc_hash::FxHashMap;

use crate::python::syntax::{
    BindKind, BindingId, BlockId, BlockKind, ChainId, Event, Form, ScopeId, ScopeKind, StatementId, StatementKind, Test,
};
use crate::python::{DottedName, Identifier};
use crate::semantics::{Binding, Facts};

/// What a file does at import, in order.
#[derive(Debug, Default)]
pub(super) struct Script {
    pub steps: Vec<Step>,
    /// Where the steps of a handler begin.
    pub handlers: FxHashMap<BlockId, usize>,
    /// What the imports among the steps ask for.
    pub imports: FxHashMap<BindingId, Import>,
}

/// One entry of an import statement.
#[derive(Debug)]
pub(super) struct Import {
    /// The number of leading dots.
    pub level: u32,
    pub module: Option<DottedName>,
    /// `None` for `import module` and for stars.
    pub name: Option<Identifier>,
    pub statement: StatementId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// An import, or a name that the module's namespace gets.
    Bind(BindingId),
    /// An attribute chain on what may be a module, or a name that only a star can have brought.
    Read(ChainId),
    /// The body of a `try` begins.
    Try(StatementId),
    EndTry,
    /// A handler begins: where nothing has failed, the module goes on at `end`.
    Handler {
        end: usize,
    },
}

impl Script {
    pub(super) fn new(facts: &Facts) -> Self {
        let mut script = Self::default();
        let mut open_handlers = Vec::new();
        let events = &facts.syntax.events;
        let mut arms = Arms::default();
        let mut place = 0;
        while let Some(event) = events.get(place) {
            place += 1;
            match event {
                Event::OpenScope(scope) if runs_later(facts, *scope) => place = behind_scope(events, place),
                Event::EnterBlock(block) if !arms.run(facts, *block) => place = behind_block(events, place),
                Event::EnterBlock(block) => script.enter(facts, *block, &mut open_handlers),
                Event::LeaveBlock(block) => script.leave(facts, *block, &mut open_handlers),
                Event::Bind(binding) if is_seen(facts, *binding) => script.steps.push(Step::Bind(*binding)),
                Event::Read(chain) if can_fail(facts, *chain) => script.steps.push(Step::Read(*chain)),
                _ => {}
            }
        }
        script.steps.shrink_to_fit();
        script.imports = imports(facts, &script.steps);
        script
    }

    fn enter(&mut self, facts: &Facts, id: BlockId, open: &mut Vec<usize>) {
        let block = &facts.syntax.blocks[id.index()];
        match (block.kind, block.owner) {
            (BlockKind::Try, Some(statement)) => self.steps.push(Step::Try(statement)),
            (BlockKind::Handler, _) => {
                open.push(self.steps.len());
                self.steps.push(Step::Handler { end: 0 });
                self.handlers.insert(id, self.steps.len());
            }
            _ => {}
        }
    }

    fn leave(&mut self, facts: &Facts, id: BlockId, open: &mut Vec<usize>) {
        match facts.syntax.blocks[id.index()].kind {
            BlockKind::Try => self.steps.push(Step::EndTry),
            BlockKind::Handler => {
                let begin = open.pop().expect("a handler is left after it is entered");
                self.steps[begin] = Step::Handler { end: self.steps.len() };
            }
            _ => {}
        }
    }
}

/// The imports among the steps.
fn imports(facts: &Facts, steps: &[Step]) -> FxHashMap<BindingId, Import> {
    let imports = steps.iter().filter_map(|step| match step {
        Step::Bind(id) => Some((*id, import(facts, &facts.bindings[id.index()])?)),
        _ => None,
    });
    imports.collect()
}

fn import(facts: &Facts, binding: &Binding) -> Option<Import> {
    let statement = binding.statement;
    let (level, module, name) = match (&binding.kind, &facts.syntax.statements[statement.index()].kind) {
        (BindKind::Import(entry), StatementKind::Import(names)) => (0, Some(names[*entry].module.clone()), None),
        (BindKind::From(entry), StatementKind::From(from)) => {
            (from.level, from.module.clone(), Some(from.names[*entry].name.clone()))
        }
        (BindKind::Star, StatementKind::From(from)) => (from.level, from.module.clone(), None),
        _ => return None,
    };
    Some(Import { level, module, name, statement })
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
        kind.is_import() || matches!(kind, BindKind::Assign(crate::python::syntax::Value::Chain(_)))
    };
    runs && (by_star || in_module && reach.bindings.iter().any(is_module))
}
