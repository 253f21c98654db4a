//! One import from scratch, module by module, statement by statement.

use rustc_hash::FxHashMap;

use super::held::Namespace;
use super::script::Step;
use super::{At, Failure, Held, Loader};
use crate::project::{FileId, ModuleId};
use crate::python::syntax::{
    BindKind, BindingId, ChainId, Context, Handler, ScopeId, StatementId, StatementKind, Value,
};
use crate::python::{DottedName, Identifier};
use crate::semantics::Facts;

/// An interpreter that imports.
struct Run<'a> {
    loader: &'a Loader<'a>,
    /// `sys.modules`.
    modules: FxHashMap<ModuleId, Namespace>,
    frames: Vec<Frame<'a>>,
    failures: Vec<Failure>,
}

/// A module while it runs.
#[derive(Clone)]
struct Frame<'a> {
    module: ModuleId,
    file: FileId,
    facts: &'a Facts,
    /// The next step.
    next: usize,
    /// The bodies of `try` that are running: the place of each one's first step.
    tries: Vec<usize>,
}

/// What keeps a step from being done.
enum Stop {
    /// A module has to be loaded first.
    Load(ModuleId),
    Fails(Lack),
}

/// Something that is not there when it is wanted.
struct Lack {
    wanted: DottedName,
    module: Option<ModuleId>,
    /// The exceptions that Python raises for it.
    raises: &'static [&'static str],
}

const MISSING_MODULE: &[&str] = &["ModuleNotFoundError", "ImportError", "Exception", "BaseException"];
const UNBOUND_IMPORT: &[&str] = &["ImportError", "Exception", "BaseException"];
const UNBOUND_ATTRIBUTE: &[&str] = &["AttributeError", "Exception", "BaseException"];
const UNBOUND_NAME: &[&str] = &["NameError", "Exception", "BaseException"];

/// Imports `entry` into an empty interpreter.
pub(super) fn import(loader: &Loader, entry: ModuleId) -> Vec<Failure> {
    let mut run = Run { loader, modules: FxHashMap::default(), frames: Vec::new(), failures: Vec::new() };
    let name = &loader.world.project.modules[entry.index()].name;
    let mut packages: Vec<_> = std::iter::successors(name.parent(), DottedName::parent).collect();
    packages.reverse();
    let packages = packages.iter().filter_map(|package| loader.seen(entry, package));
    for module in packages.chain([entry]) {
        if !run.modules.contains_key(&module) {
            run.load(module);
            run.run_to_end();
        }
    }
    run.failures
}

impl<'a> Run<'a> {
    fn run_to_end(&mut self) {
        while let Some(frame) = self.frames.last_mut() {
            let steps = &self.loader.script(frame.file).steps;
            let Some(step) = steps.get(frame.next).copied() else {
                let module = frame.module;
                self.frames.pop();
                self.finish(module);
                continue;
            };
            let frame = frame.clone();
            match self.step(&frame, step) {
                Ok(next) => self.frames.last_mut().expect("the frame runs").next = next,
                Err(Stop::Load(module)) => self.load(module),
                Err(Stop::Fails(lack)) => self.fail(&frame, step, lack),
            }
        }
    }

    /// Does one step; returns the place of the one after it.
    fn step(&mut self, frame: &Frame<'a>, step: Step) -> Result<usize, Stop> {
        let running = self.frames.last_mut().expect("the frame runs");
        match step {
            Step::Try(_) => running.tries.push(frame.next),
            Step::EndTry => {
                running.tries.pop();
            }
            Step::Handler { end } => {
                self.assume_bound(frame, frame.next + 1..end);
                return Ok(end);
            }
            Step::Bind(binding) => self.bind(frame, binding)?,
            Step::Read(chain) => self.read(frame, chain)?,
        }
        Ok(frame.next + 1)
    }

    /// A handler can have run for reasons that are not seen here: the names that it binds may be there.
    fn assume_bound(&mut self, frame: &Frame, steps: std::ops::Range<usize>) {
        let script = self.loader.script(frame.file);
        for step in &script.steps[steps] {
            let Step::Bind(id) = step else { continue };
            let binding = &frame.facts.bindings[id.index()];
            let names = &mut self.namespace(frame.module).names;
            if binding.scope == ScopeId::MODULE && !matches!(binding.kind, BindKind::Delete | BindKind::Star) {
                names.entry(binding.name.clone()).or_insert(Held::Other);
            }
        }
    }

    fn load(&mut self, module: ModuleId) {
        let file = self.loader.world.project.modules[module.index()].file;
        let facts = file.and_then(|file| self.loader.world.facts(file));
        let unread = file.is_some() && facts.is_none();
        self.modules.insert(module, Namespace { open: unread, ..Namespace::default() });
        match (file, facts) {
            (Some(file), Some(facts)) => {
                self.frames.push(Frame { module, file, facts, next: 0, tries: Vec::new() });
            }
            _ => self.finish(module),
        }
    }

    /// A module that has run becomes an attribute of its package.
    fn finish(&mut self, module: ModuleId) {
        self.namespace(module).done = true;
        let name = &self.loader.world.project.modules[module.index()].name;
        let package = name.parent().and_then(|package| self.loader.seen(module, &package));
        if let Some(package) = package.and_then(|package| self.modules.get_mut(&package)) {
            package.bind(&name.last(), Held::Module(module));
        }
    }

    fn namespace(&mut self, module: ModuleId) -> &mut Namespace {
        self.modules.get_mut(&module).expect("a module that runs is in `sys.modules`")
    }

    fn bind(&mut self, frame: &Frame, id: BindingId) -> Result<(), Stop> {
        let binding = &frame.facts.bindings[id.index()];
        let held = match &binding.kind {
            BindKind::Star => return self.star(frame, id),
            BindKind::Delete => {
                self.namespace(frame.module).names.remove(&binding.name);
                return Ok(());
            }
            BindKind::Import(_) => self.import_module(frame, id)?,
            BindKind::From(_) => self.import_name(frame, id)?,
            BindKind::Assign(Value::Chain(chain)) => self.follow(frame, *chain).unwrap_or(Held::Other),
            _ => Held::Other,
        };
        if binding.scope == ScopeId::MODULE {
            self.namespace(frame.module).bind(&binding.name, held);
        }
        Ok(())
    }

    /// The module that an import binding names, once it is in `sys.modules`; `None` if the tree does not hold it.
    fn asked(&self, frame: &Frame, id: BindingId) -> Result<Option<ModuleId>, Stop> {
        let Some(path) = self.loader.path(frame.module, frame.file, id) else { return Ok(None) };
        for (depth, part) in path.iter().enumerate() {
            match part {
                Some(module) if !self.modules.contains_key(module) => return Err(Stop::Load(*module)),
                None if depth == 0 => return Ok(None),
                None => return Err(Stop::Fails(self.lacks(frame, id, path.len() - depth - 1))),
                Some(_) => {}
            }
        }
        Ok(path.last().copied().flatten())
    }

    /// The package `above` levels above what an import names is not there.
    fn lacks(&self, frame: &Frame, id: BindingId, above: usize) -> Lack {
        let name = self.loader.asked(frame.module, frame.file, id);
        let wanted = std::iter::successors(name, DottedName::parent).nth(above);
        let wanted = wanted.expect("a part of a path has a name");
        Lack { wanted, module: None, raises: MISSING_MODULE }
    }

    fn import_module(&self, frame: &Frame, id: BindingId) -> Result<Held, Stop> {
        let binding = &frame.facts.bindings[id.index()];
        let Some(module) = self.asked(frame, id)? else { return Ok(Held::Other) };
        let (BindKind::Import(entry), StatementKind::Import(names)) =
            (&binding.kind, &frame.facts.syntax.statements[binding.statement.index()].kind)
        else {
            return Ok(Held::Other);
        };
        let bound = match names[*entry].local {
            Some(_) => Some(module),
            None => self.loader.seen(frame.module, &DottedName::new(names[*entry].module.root().as_str())),
        };
        Ok(bound.map_or(Held::Other, Held::Module))
    }

    fn import_name(&self, frame: &Frame, id: BindingId) -> Result<Held, Stop> {
        let binding = &frame.facts.bindings[id.index()];
        let Some(module) = self.asked(frame, id)? else { return Ok(Held::Other) };
        let (BindKind::From(entry), StatementKind::From(from)) =
            (&binding.kind, &frame.facts.syntax.statements[binding.statement.index()].kind)
        else {
            return Ok(Held::Other);
        };
        self.member(module, &from.names[*entry].name, UNBOUND_IMPORT)
    }

    /// `from module import name`: the attribute, else the submodule, which is loaded for it.
    fn member(&self, module: ModuleId, name: &Identifier, raises: &'static [&'static str]) -> Result<Held, Stop> {
        if let Some(held) = self.modules[&module].names.get(name) {
            return Ok(*held);
        }
        let path = self.loader.world.project.modules[module.index()].name.child(name.as_str());
        match self.loader.seen(module, &path) {
            Some(submodule) if !self.modules.contains_key(&submodule) => Err(Stop::Load(submodule)),
            Some(submodule) => Ok(Held::Module(submodule)),
            None if self.may_have(module, name) => Ok(Held::Other),
            None => Err(Stop::Fails(Lack { wanted: path, module: Some(module), raises })),
        }
    }

    /// Whether a module can have a name that it has not been seen to bind.
    fn may_have(&self, module: ModuleId, name: &Identifier) -> bool {
        let namespace = &self.modules[&module];
        namespace.open || namespace.done && self.spells(module, name)
    }

    fn spells(&self, module: ModuleId, name: &Identifier) -> bool {
        let file = self.loader.world.project.modules[module.index()].file;
        let facts = file.and_then(|file| self.loader.world.facts(file));
        facts.is_some_and(|facts| facts.scopes[ScopeId::MODULE.index()].names.contains_key(name))
    }

    /// `from module import *`: what `__all__` lists, else every name without an underscore that is bound by now.
    fn star(&mut self, frame: &Frame, id: BindingId) -> Result<(), Stop> {
        let Some(module) = self.asked(frame, id)? else {
            self.namespace(frame.module).open = true;
            return Ok(());
        };
        let names = match self.listed(module) {
            Some(listed) => {
                let held = listed.into_iter().map(|name| {
                    let held = self.member(module, &name, UNBOUND_ATTRIBUTE)?;
                    Ok((name, held))
                });
                held.collect::<Result<Vec<_>, Stop>>()?
            }
            None => self.modules[&module]
                .names
                .iter()
                .filter(|(name, _)| !name.as_str().starts_with('_'))
                .map(|(name, held)| (name.clone(), *held))
                .collect(),
        };
        let open = self.modules[&module].open;
        let own = self.namespace(frame.module);
        own.open |= open;
        names.iter().for_each(|(name, held)| own.bind(name, *held));
        Ok(())
    }

    /// The names in a module's `__all__`, if it has bound that, and it can be read off the source.
    fn listed(&self, module: ModuleId) -> Option<Vec<Identifier>> {
        let file = self.loader.world.project.modules[module.index()].file?;
        let exports = self.loader.world.facts(file)?.exports.as_ref()?;
        let is_bound = self.modules[&module].names.contains_key("__all__");
        let is_plain = !exports.dynamic && exports.includes.is_empty();
        (is_bound && is_plain).then(|| exports.entries.iter().map(|entry| entry.name.clone()).collect())
    }

    /// What a chain leads to, if all of it is modules.
    fn follow(&self, frame: &Frame, id: ChainId) -> Option<Held> {
        let chain = &frame.facts.syntax.chains[id.index()];
        let mut held = *self.modules[&frame.module].names.get(&chain.root)?;
        for (attribute, _) in &chain.attributes {
            let Held::Module(module) = held else { return None };
            held = *self.modules.get(&module)?.names.get(attribute)?;
        }
        Some(held)
    }

    fn read(&mut self, frame: &Frame, id: ChainId) -> Result<(), Stop> {
        let chain = &frame.facts.syntax.chains[id.index()];
        let Some(mut held) = self.modules[&frame.module].names.get(&chain.root).copied() else {
            return self.read_starred(frame, id);
        };
        let read = chain.attributes.len() - usize::from(chain.context != Context::Load).min(chain.attributes.len());
        for (attribute, _) in &chain.attributes[..read] {
            let Held::Module(module) = held else { return Ok(()) };
            let Some(namespace) = self.modules.get(&module) else { return Ok(()) };
            held = match namespace.names.get(attribute) {
                Some(held) => *held,
                None if self.may_have(module, attribute) => return Ok(()),
                None => {
                    let wanted = self.loader.world.project.modules[module.index()].name.child(attribute.as_str());
                    return Err(Stop::Fails(Lack { wanted, module: Some(module), raises: UNBOUND_ATTRIBUTE }));
                }
            };
        }
        if let (Context::Store, Held::Module(module), Some((stored, _))) =
            (chain.context, held, chain.attributes.last())
            && let Some(namespace) = self.modules.get_mut(&module)
        {
            namespace.bind(stored, Held::Other);
        }
        Ok(())
    }

    /// A name that only a star can have brought, and did not, though its module has it in the end.
    fn read_starred(&self, frame: &Frame, id: ChainId) -> Result<(), Stop> {
        let root = &frame.facts.syntax.chains[id.index()].root;
        let reach = &frame.facts.references[id.index()].reach;
        if self.modules[&frame.module].open || !reach.bindings.is_empty() {
            return Ok(());
        }
        for star in &reach.stars {
            let Some(module) = self.asked(frame, *star)? else { continue };
            if self.spells(module, root) {
                let wanted = self.loader.world.project.modules[module.index()].name.child(root.as_str());
                return Err(Stop::Fails(Lack { wanted, module: Some(module), raises: UNBOUND_NAME }));
            }
        }
        Ok(())
    }

    /// Records what is lacking, and goes on: in the handler that catches it, else as if it were there.
    fn fail(&mut self, frame: &Frame, step: Step, lack: Lack) {
        let stack = self.frames.iter().filter_map(|frame| self.at(frame)).collect();
        self.failures.push(Failure { stack, wanted: lack.wanted, lacking: lack.module });
        if let Step::Bind(id) = step {
            let binding = &frame.facts.bindings[id.index()];
            if binding.scope == ScopeId::MODULE && !matches!(binding.kind, BindKind::Star) {
                self.namespace(frame.module).bind(&binding.name, Held::Other);
            }
        }
        let script = self.loader.script(frame.file);
        let running = self.frames.last_mut().expect("the frame runs");
        running.next += 1;
        for (depth, begin) in running.tries.iter().enumerate().rev() {
            let Step::Try(statement) = script.steps[*begin] else { continue };
            if let Some(handler) = handler(frame.facts, statement, lack.raises) {
                running.next = script.handlers[&handler.block];
                running.tries.truncate(depth);
                return;
            }
        }
    }

    fn at(&self, frame: &Frame) -> Option<At> {
        let statement = match self.loader.script(frame.file).steps.get(frame.next)? {
            Step::Bind(id) => frame.facts.bindings[id.index()].statement,
            Step::Read(id) => frame.facts.syntax.chains[id.index()].statement,
            Step::Try(statement) => *statement,
            Step::EndTry | Step::Handler { .. } => return None,
        };
        Some(At { module: frame.module, statement })
    }
}

/// The handler of a `try` that catches what is raised.
fn handler<'a>(facts: &'a Facts, statement: StatementId, raises: &[&str]) -> Option<&'a Handler> {
    let StatementKind::Try { handlers, .. } = &facts.syntax.statements[statement.index()].kind else { return None };
    handlers.iter().find(|handler| {
        handler.bare
            || handler.types.iter().any(|id| {
                let chain = &facts.syntax.chains[id.index()];
                let last = chain.attributes.last().map_or(&chain.root, |(name, _)| name);
                raises.contains(&last.as_str())
            })
    })
}
