//! What importing a module does: which modules are loaded, in which order, and which names are read before they are bound.
//!
//! Code inside functions and under `if TYPE_CHECKING:` does not run at import. Both arms of any other `if` do here, and
//! a loop runs once. As in CPython a package runs before its modules, a module that is being loaded is in `sys.modules`
//! already, and a submodule becomes an attribute of its package when it has run to its end (Python reference, "The
//! import system").

mod frame;
mod held;
mod knots;
mod run;
mod script;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::World;
use crate::project::{FileId, ModuleId};
use crate::python::syntax::{BindingId, StatementId};
use crate::python::{DottedName, Identifier};
use crate::timing::piece;
use held::Held;
use script::{Bind, Gives, Import};

pub use knots::knots;
pub(super) use script::Script;

/// The imports of a world, with what each file does at import worked out once.
pub struct Loader<'a> {
    pub world: &'a World,
    direct: Vec<OnceLock<Vec<ModuleId>>>,
    /// For each module what [`Script::binds`] ask for, in the same order.
    paths: Vec<OnceLock<Vec<Option<Path>>>>,
    packages: Vec<OnceLock<Option<ModuleId>>>,
}

/// What an import names.
struct Path {
    /// What the parts of the module's name mean, outermost first: `app`, `app.ws`, `app.ws.manager`.
    parts: Box<[Option<ModuleId>]>,
    /// The module that is called like the name which is taken from that module.
    submodule: Option<ModuleId>,
}

/// A name that was read before it was bound, or a module that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The modules that were being loaded, the outermost first, each at the statement that it had come to.
    pub stack: Vec<At>,
    /// The path that was wanted: `app.new.New`.
    pub wanted: DottedName,
    /// The module that had not bound the name.
    pub lacking: Option<ModuleId>,
    /// A handler takes it, in its own module or in one that loads this: what stands there runs.
    pub is_caught: bool,
}

impl Failure {
    /// Whether the module that lacks the name is still being loaded: from another side it would have it.
    pub fn is_too_early(&self) -> bool {
        self.stack.iter().any(|at| Some(at.module) == self.lacking)
    }
}

/// What an import from scratch comes to.
#[derive(Debug, Default)]
pub struct Imported {
    pub failures: Vec<Failure>,
    pub early: BTreeSet<Early>,
}

/// A module has taken a name from one that was still running, and that binds the name behind that, anew or at all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Early {
    pub by: DottedName,
    /// The path of what it has taken: `app.new.New`; of what a star has missed that a star would bring, the module.
    pub name: DottedName,
    pub by_star: bool,
}

/// A module at one of its statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At {
    pub module: ModuleId,
    pub statement: StatementId,
}

/// What an import statement that runs at import asks for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Eager {
    pub module: DottedName,
    /// `None` for `import module` and for stars.
    pub name: Option<Identifier>,
    pub statement: StatementId,
}

impl<'a> Loader<'a> {
    pub fn new(world: &'a World) -> Self {
        let modules = world.project.modules.len();
        let direct = (0..modules).map(|_| OnceLock::new()).collect();
        let paths = (0..modules).map(|_| OnceLock::new()).collect();
        let packages = (0..modules).map(|_| OnceLock::new()).collect();
        Self { world, direct, paths, packages }
    }

    /// Imports a module into an empty interpreter; what fails is listed, and the rest runs on.
    pub fn import(&self, entry: ModuleId) -> Imported {
        run::import(self, entry)
    }

    /// The import entries of a module that run when it is imported.
    pub fn eager(&self, module: ModuleId) -> Vec<Eager> {
        let Some(file) = self.world.file_of(module) else { return Vec::new() };
        let binds = self.world.script(file).map_or(&[][..], |script| &script.binds);
        binds.iter().filter_map(|bind| self.eager_import(module, bind)).collect()
    }

    /// Whether a binding is made by an import that runs when its file is imported.
    pub fn is_eager(&self, file: FileId, binding: BindingId) -> bool {
        self.world.script(file).is_some_and(|script| script.bind(binding).is_some())
    }

    fn eager_import(&self, module: ModuleId, bind: &Bind) -> Option<Eager> {
        let asked = self.asked(module, bind.import()?)?;
        let name = match &bind.gives {
            Gives::Member { name, .. } => Some(name.clone()),
            _ => None,
        };
        Some(Eager { module: asked, name, statement: bind.statement })
    }

    /// The module that an import names, as the module that runs it sees it.
    fn asked(&self, module: ModuleId, import: &Import) -> Option<DottedName> {
        self.world.project.resolve_relative(module, import.level, import.module.as_ref())
    }

    /// What the parts of the name mean that an import asks for, as the module that runs it sees them.
    fn path(&self, module: ModuleId, script: &Script, bind: usize) -> Option<&Path> {
        let paths = self.paths[module.index()]
            .get_or_init(|| script.binds.iter().map(|bind| self.find_path(module, bind)).collect());
        paths[bind].as_ref()
    }

    /// The package that a module lies in, as the module sees it.
    fn package(&self, module: ModuleId) -> Option<ModuleId> {
        let name = &self.world.project.modules[module.index()].name;
        let find = || self.seen(module, name.prefixes().nth_back(1)?);
        *self.packages[module.index()].get_or_init(find)
    }

    fn find_path(&self, module: ModuleId, bind: &Bind) -> Option<Path> {
        let name = self.asked(module, bind.import()?)?;
        let parts: Box<[_]> = name.prefixes().map(|name| self.seen(module, name)).collect();
        let submodule = match (&bind.gives, parts.last()) {
            (Gives::Member { name, .. }, Some(Some(last))) => self.submodule(*last, name),
            _ => None,
        };
        Some(Path { parts, submodule })
    }

    /// The module that is called `name` in a module.
    fn submodule(&self, module: ModuleId, name: &Identifier) -> Option<ModuleId> {
        self.seen(module, self.world.project.modules[module.index()].name.child(name.as_str()).as_str())
    }

    /// The modules that a module loads by its own statements, and the packages above all of these, in the order of loading.
    pub fn direct(&self, module: ModuleId) -> &[ModuleId] {
        self.direct[module.index()].get_or_init(|| self.find_direct(module))
    }

    /// Asks in parallel what the modules load, and what these do.
    pub fn load_all(&self, modules: &[ModuleId]) {
        let mut known: FxHashSet<ModuleId> = modules.iter().copied().collect();
        let mut open: Vec<ModuleId> = known.iter().copied().collect();
        while !open.is_empty() {
            let loaded: Vec<ModuleId> = open
                .par_iter()
                .with_max_len(1)
                .flat_map_iter(|module| piece(|| self.direct(*module)))
                .copied()
                .collect();
            open = loaded.into_iter().filter(|module| known.insert(*module)).collect();
        }
    }

    fn find_direct(&self, module: ModuleId) -> Vec<ModuleId> {
        let own = &self.world.project.modules[module.index()].name;
        let mut names: Vec<DottedName> = own.parent().into_iter().collect();
        for eager in self.eager(module) {
            let member = eager.name.map(|name| eager.module.child(name.as_str()));
            names.push(eager.module);
            names.extend(member);
        }
        let mut found = Vec::new();
        let mut known = FxHashSet::default();
        for name in &names {
            let modules = name.prefixes().filter_map(|name| self.seen(module, name));
            found.extend(modules.filter(|module| known.insert(*module)));
        }
        found
    }

    /// The module that a name means to a module.
    fn seen(&self, from: ModuleId, name: &str) -> Option<ModuleId> {
        let project = &self.world.project;
        project.module(name).or_else(|| project.module_seen_from(from, name))
    }
}
