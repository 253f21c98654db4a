//! Import cycles of a tree, and which of their modules is loaded first: what fails inside of a cycle depends on that alone.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::project::ModuleId;
use crate::semantics::{Loader, knots};

/// The cycles among some modules and all that these load.
#[derive(Debug)]
pub(super) struct Cycles {
    /// The modules of each cycle.
    pub members: Vec<Vec<ModuleId>>,
    of: FxHashMap<ModuleId, usize>,
}

impl Cycles {
    pub(super) fn behind(loader: &Loader, modules: impl Iterator<Item = ModuleId>) -> Self {
        let modules: Vec<_> = modules.collect();
        loader.load_all(&modules);
        let members = knots(modules, |module| loader.direct(module));
        let numbered = members.iter().enumerate();
        let of = numbered.flat_map(|(cycle, members)| members.iter().map(move |module| (*module, cycle))).collect();
        Self { members, of }
    }

    /// The cycle that a module is in.
    pub(super) fn of(&self, module: ModuleId) -> Option<usize> {
        self.of.get(&module).copied()
    }

    /// The first module of each cycle that is loaded when `entry` is imported first; `named` is the module that another
    /// loader calls like one of this loader's.
    pub(super) fn entered(
        &self,
        loader: &Loader,
        entry: ModuleId,
        named: impl Fn(ModuleId) -> Option<ModuleId>,
    ) -> BTreeMap<usize, ModuleId> {
        let mut first = BTreeMap::new();
        if self.members.is_empty() {
            return first;
        }
        let mut loaded = FxHashSet::from_iter([entry]);
        let mut open = vec![(entry, 0)];
        let mut enter = |module: ModuleId| {
            if let Some((cycle, module)) = named(module).and_then(|module| Some((self.of(module)?, module))) {
                first.entry(cycle).or_insert(module);
            }
        };
        enter(entry);
        while let Some((module, next)) = open.last_mut() {
            let Some(&behind) = loader.direct(*module).get(*next) else {
                open.pop();
                continue;
            };
            *next += 1;
            if loaded.insert(behind) {
                enter(behind);
                open.push((behind, 0));
            }
        }
        first
    }
}
