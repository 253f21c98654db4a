//! One import from scratch, module by module, statement by statement.

use super::frame::{Frame, Running};
use super::held::{Modules, Namespace};
use super::script::{Dotted, Gives, Read, Script, Step};
use super::{At, Early, Failure, Held, Imported, Loader};
use crate::project::ModuleId;
use crate::python::syntax::Context;
use crate::python::{DottedName, Identifier};

/// An interpreter that imports.
struct Run<'a> {
    loader: &'a Loader<'a>,
    /// `sys.modules`.
    modules: Modules,
    running: Vec<Running<'a>>,
    found: Imported,
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
pub(super) fn import(loader: &Loader, entry: ModuleId) -> Imported {
    let all = &loader.world.project.modules;
    let modules = Modules::new(all.len());
    let mut run = Run { loader, modules, running: Vec::new(), found: Imported::default() };
    let name = &all[entry.index()].name;
    let mut packages = name.prefixes();
    packages.next_back();
    for module in packages.filter_map(|package| loader.seen(entry, package)).chain([entry]) {
        if !run.modules.contains(module) {
            run.load(module);
            run.run_to_end();
        }
    }
    run.found
}

impl<'a> Run<'a> {
    fn run_to_end(&mut self) {
        while let Some(Running { frame, .. }) = self.running.last() {
            let frame = *frame;
            let Some(step) = frame.script.steps.get(frame.next).copied() else {
                self.running.pop();
                self.finish(frame.module);
                continue;
            };
            match self.step(&frame, step) {
                Ok(next) => self.innermost().frame.next = next,
                Err(Stop::Load(module)) => self.load(module),
                Err(Stop::Fails(lack)) => self.fail(&frame, step, lack),
            }
        }
    }

    /// Does one step; returns the place of the one after it.
    fn step(&mut self, frame: &Frame<'a>, step: Step) -> Result<usize, Stop> {
        match step {
            Step::Try(_) => self.innermost().tries.push(frame.next),
            Step::EndTry => {
                self.innermost().tries.pop();
            }
            Step::Handler { end } => {
                self.assume_bound(frame, frame.next + 1..end);
                return Ok(end);
            }
            Step::Bind(bind) => self.bind(frame, bind)?,
            Step::Read(read) => self.read(frame, &frame.script.reads[read])?,
        }
        Ok(frame.next + 1)
    }

    /// The module whose steps are done now.
    fn innermost(&mut self) -> &mut Running<'a> {
        self.running.last_mut().expect("the module runs")
    }

    /// A handler can have run for reasons that are not seen here: the names that it binds may be there.
    fn assume_bound(&mut self, frame: &Frame<'a>, steps: std::ops::Range<usize>) {
        for step in &frame.script.steps[steps] {
            let Step::Bind(bind) = step else { continue };
            let bind = &frame.script.binds[*bind];
            let names = &mut self.namespace(frame.module).names;
            if bind.in_module && !matches!(bind.gives, Gives::Nothing | Gives::Star(_)) {
                names.entry(bind.name.clone()).or_insert(Held::Other);
            }
        }
    }

    fn load(&mut self, module: ModuleId) {
        let world = self.loader.world;
        let script = world.file_of(module).map(|file| world.script(file));
        let (open, place) = (matches!(script, Some(None)), self.running.len());
        let mut namespace = Namespace { open, place, ..Namespace::default() };
        namespace.names.reserve(script.flatten().map_or(0, |script| script.binds.len()));
        self.modules.insert(module, namespace);
        match script {
            Some(Some(script)) => {
                self.running.push(Running { frame: Frame { module, script, next: 0 }, tries: Vec::new() })
            }
            _ => self.finish(module),
        }
    }

    /// A module that has run becomes an attribute of its package.
    fn finish(&mut self, module: ModuleId) {
        self.namespace(module).done = true;
        let name = self.name(module).last();
        if let Some(package) = self.loader.package(module).and_then(|package| self.modules.get_mut(package)) {
            package.bind(&name, Held::Module(module));
        }
    }

    fn namespace(&mut self, module: ModuleId) -> &mut Namespace {
        self.modules.get_mut(module).expect("a module that runs is in `sys.modules`")
    }

    fn bind(&mut self, frame: &Frame<'a>, place: usize) -> Result<(), Stop> {
        let bind = &frame.script.binds[place];
        let held = match &bind.gives {
            Gives::Star(_) => return self.star(frame, place),
            Gives::Nothing => {
                self.namespace(frame.module).names.remove(&bind.name);
                return Ok(());
            }
            Gives::Module { itself, .. } => self.import_module(frame, place, *itself)?,
            Gives::Member { name, .. } => self.import_member(frame, place, name)?,
            Gives::Dotted(path) => self.follow(frame, path).unwrap_or(Held::Other),
            Gives::Other => Held::Other,
        };
        if bind.in_module {
            self.namespace(frame.module).bind(&bind.name, held);
        }
        Ok(())
    }

    /// The module that an import names, once it is in `sys.modules`; `None` if the tree does not hold it.
    fn asked(&self, frame: &Frame, bind: usize) -> Result<Option<ModuleId>, Stop> {
        let Some(path) = self.loader.path(frame.module, frame.script, bind) else { return Ok(None) };
        for (depth, part) in path.parts.iter().enumerate() {
            match part {
                Some(module) if !self.modules.contains(*module) => return Err(Stop::Load(*module)),
                None if depth == 0 => return Ok(None),
                None => return Err(Stop::Fails(self.lacks(frame, bind, path.parts.len() - depth - 1))),
                Some(_) => {}
            }
        }
        Ok(path.parts.last().copied().flatten())
    }

    /// The package `above` levels above what an import names is not there.
    fn lacks(&self, frame: &Frame, bind: usize, above: usize) -> Lack {
        let name = frame.script.binds[bind].import().and_then(|import| self.loader.asked(frame.module, import));
        let wanted = std::iter::successors(name, DottedName::parent).nth(above);
        let wanted = wanted.expect("a part of a path has a name");
        Lack { wanted, module: None, raises: MISSING_MODULE }
    }

    fn import_module(&self, frame: &Frame, bind: usize, itself: bool) -> Result<Held, Stop> {
        let Some(module) = self.asked(frame, bind)? else { return Ok(Held::Other) };
        let path = self.loader.path(frame.module, frame.script, bind);
        let bound = if itself { Some(module) } else { path.and_then(|path| path.parts[0]) };
        Ok(bound.map_or(Held::Other, Held::Module))
    }

    /// `from module import name`
    fn import_member(&mut self, frame: &Frame, bind: usize, name: &Identifier) -> Result<Held, Stop> {
        let Some(module) = self.asked(frame, bind)? else { return Ok(Held::Other) };
        let path = self.loader.path(frame.module, frame.script, bind);
        let held = self.member((module, name), || path.and_then(|path| path.submodule), UNBOUND_IMPORT)?;
        self.note_early(frame, (module, name), false);
        Ok(held)
    }

    /// The attribute of a module, else the submodule, which is loaded for it.
    fn member(
        &self,
        (module, name): (ModuleId, &Identifier),
        submodule: impl FnOnce() -> Option<ModuleId>,
        raises: &'static [&'static str],
    ) -> Result<Held, Stop> {
        if let Some(held) = self.modules[module].names.get(name) {
            return Ok(*held);
        }
        match submodule() {
            Some(submodule) if !self.modules.contains(submodule) => Err(Stop::Load(submodule)),
            Some(submodule) => Ok(Held::Module(submodule)),
            None if self.may_have(module, name) => Ok(Held::Other),
            None => {
                let wanted = self.name(module).child(name.as_str());
                Err(Stop::Fails(Lack { wanted, module: Some(module), raises }))
            }
        }
    }

    /// Notes a name that is taken from a module which is still running and binds it once more behind that.
    fn note_early(&mut self, by: &Frame, (module, name): (ModuleId, &Identifier), by_star: bool) {
        let Some(frame) = self.running_at(module) else { return };
        if frame.script.binds_behind(frame.next, name) {
            let name = self.name(module).child(name.as_str());
            self.found.early.insert(Early { by: self.name(by.module).clone(), name, by_star });
        }
    }

    /// Notes the names that a star does not bring, as its module is still running and binds them later.
    fn note_missed(&mut self, by: &Frame, module: ModuleId) {
        let Some(frame) = self.running_at(module) else { return };
        let bound = &self.modules[module].names;
        let name = |step: &Step| {
            let Step::Bind(bind) = step else { return None };
            let bind = &frame.script.binds[*bind];
            match bind.gives {
                Gives::Star(_) => Some(self.name(module).clone()),
                _ if !bind.in_module || bind.name.as_str().starts_with('_') || bound.contains_key(&bind.name) => None,
                _ => Some(self.name(module).child(bind.name.as_str())),
            }
        };
        let missed: Vec<_> = frame.script.steps[frame.next..].iter().filter_map(name).collect();
        let by = self.name(by.module).clone();
        self.found.early.extend(missed.into_iter().map(|name| Early { by: by.clone(), name, by_star: true }));
    }

    /// Where a module is that is still running.
    fn running_at(&self, module: ModuleId) -> Option<&Frame<'a>> {
        let place = self.modules.get(module).filter(|namespace| !namespace.done)?.place;
        self.running.get(place).map(|running| &running.frame).filter(|frame| frame.module == module)
    }

    fn name(&self, module: ModuleId) -> &'a DottedName {
        &self.loader.world.project.modules[module.index()].name
    }

    /// Whether a module can have a name that it has not been seen to bind.
    fn may_have(&self, module: ModuleId, name: &Identifier) -> bool {
        let namespace = &self.modules[module];
        namespace.open || namespace.done && self.spells(module, name)
    }

    fn spells(&self, module: ModuleId, name: &Identifier) -> bool {
        self.script_of(module).is_some_and(|script| script.spells(name))
    }

    fn script_of(&self, module: ModuleId) -> Option<&'a Script> {
        let world = self.loader.world;
        world.file_of(module).and_then(|file| world.script(file))
    }

    /// `from module import *`: what `__all__` lists, else every name without an underscore that is bound by now.
    fn star(&mut self, frame: &Frame<'a>, bind: usize) -> Result<(), Stop> {
        let Some(module) = self.asked(frame, bind)? else {
            self.namespace(frame.module).open = true;
            return Ok(());
        };
        let names = match self.listed(module) {
            Some(listed) => {
                let held = listed.iter().map(|name| {
                    let submodule = || self.loader.submodule(module, name);
                    let held = self.member((module, name), submodule, UNBOUND_ATTRIBUTE)?;
                    Ok((name.clone(), held))
                });
                held.collect::<Result<Vec<_>, Stop>>()?
            }
            None => self.modules[module]
                .names
                .iter()
                .filter(|(name, _)| !name.as_str().starts_with('_'))
                .map(|(name, held)| (name.clone(), *held))
                .collect(),
        };
        names.iter().for_each(|(name, _)| self.note_early(frame, (module, name), true));
        self.note_missed(frame, module);
        let open = self.modules[module].open;
        let own = self.namespace(frame.module);
        own.open |= open;
        names.iter().for_each(|(name, held)| own.bind(name, *held));
        Ok(())
    }

    /// The names in a module's `__all__`, if it has bound that, and it can be read off the source.
    fn listed(&self, module: ModuleId) -> Option<&'a [Identifier]> {
        let is_bound = self.modules[module].names.contains_key(&Identifier::new("__all__"));
        self.script_of(module).filter(|_| is_bound)?.listed.as_deref()
    }

    /// What a path leads to, if all of it is modules.
    fn follow(&self, frame: &Frame, path: &Dotted) -> Option<Held> {
        let mut held = *self.modules[frame.module].names.get(&path.root)?;
        for attribute in &path.attributes {
            let Held::Module(module) = held else { return None };
            held = *self.modules.get(module)?.names.get(attribute)?;
        }
        Some(held)
    }

    fn read(&mut self, frame: &Frame<'a>, read: &'a Read) -> Result<(), Stop> {
        let Read { path: Dotted { root, attributes }, context, .. } = read;
        let Some(mut held) = self.modules[frame.module].names.get(root).copied() else {
            return self.read_starred(frame, read);
        };
        let loaded = attributes.len() - usize::from(*context != Context::Load).min(attributes.len());
        for attribute in &attributes[..loaded] {
            let Held::Module(module) = held else { return Ok(()) };
            let Some(namespace) = self.modules.get(module) else { return Ok(()) };
            held = match namespace.names.get(attribute) {
                Some(held) => *held,
                None if self.may_have(module, attribute) => return Ok(()),
                None => {
                    let wanted = self.loader.world.project.modules[module.index()].name.child(attribute.as_str());
                    return Err(Stop::Fails(Lack { wanted, module: Some(module), raises: UNBOUND_ATTRIBUTE }));
                }
            };
        }
        if let (Context::Store, Held::Module(module), Some(stored)) = (context, held, attributes.last())
            && let Some(namespace) = self.modules.get_mut(module)
        {
            namespace.bind(stored, Held::Other);
        }
        Ok(())
    }

    /// A name that only a star can have brought, and did not, though its module has it in the end.
    fn read_starred(&self, frame: &Frame, read: &Read) -> Result<(), Stop> {
        let root = &read.path.root;
        if self.modules[frame.module].open {
            return Ok(());
        }
        for &star in &read.stars {
            let Some(module) = self.asked(frame, star)? else { continue };
            if self.spells(module, root) {
                let wanted = self.loader.world.project.modules[module.index()].name.child(root.as_str());
                return Err(Stop::Fails(Lack { wanted, module: Some(module), raises: UNBOUND_NAME }));
            }
        }
        Ok(())
    }

    /// Records what is lacking, and goes on: in the handler that catches it, else as if it were there.
    fn fail(&mut self, frame: &Frame<'a>, step: Step, lack: Lack) {
        let stack = self.running.iter().filter_map(|running| self.at(&running.frame)).collect();
        let is_caught = self.running.iter().any(|running| running.handler(lack.raises).is_some());
        self.found.failures.push(Failure { stack, wanted: lack.wanted, lacking: lack.module, is_caught });
        if let Step::Bind(bind) = step {
            let bind = &frame.script.binds[bind];
            if bind.in_module && !matches!(bind.gives, Gives::Star(_)) {
                self.namespace(frame.module).bind(&bind.name, Held::Other);
            }
        }
        let running = self.innermost();
        running.frame.next += 1;
        if let Some((depth, handler)) = running.handler(lack.raises) {
            running.frame.next = handler;
            running.tries.truncate(depth);
        }
    }

    fn at(&self, frame: &Frame) -> Option<At> {
        let script = frame.script;
        let statement = match script.steps.get(frame.next)? {
            Step::Bind(bind) => script.binds[*bind].statement,
            Step::Read(read) => script.reads[*read].statement,
            Step::Try(statement) => *statement,
            Step::EndTry | Step::Handler { .. } => return None,
        };
        Some(At { module: frame.module, statement })
    }
}
