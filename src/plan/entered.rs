//! Import cycles of a tree, and which of their modules is loaded first: what fails inside of a cycle depends on that alone.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::project::ModuleId;
use crate::semantics::Loader;

/// The cycles among some modules and all that these load.
#[derive(Debug, Default)]
pub(super) struct Cycles {
    /// The modules of each cycle.
    pub members: Vec<Vec<ModuleId>>,
    of: FxHashMap<ModuleId, usize>,
}

/// A search for cycles. Tarjan: Depth-first search and linear graph algorithms, SIAM Journal on Computing 1 (2), 1972.
#[derive(Default)]
struct Search {
    /// The number of each module that has been met, and the lowest number that it leads back to.
    numbers: FxHashMap<ModuleId, (usize, usize)>,
    /// The modules that have been met and whose cycle is not complete.
    path: Vec<ModuleId>,
    on_path: FxHashSet<ModuleId>,
    /// The modules that are being looked at, each with the number of those behind it that have been.
    open: Vec<(ModuleId, usize)>,
    found: Cycles,
}

impl Cycles {
    pub(super) fn behind(loader: &Loader, modules: impl Iterator<Item = ModuleId>) -> Self {
        let mut search = Search::default();
        for module in modules {
            if !search.numbers.contains_key(&module) {
                search.meet(module);
                search.run(loader);
            }
        }
        search.found
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

impl Search {
    fn meet(&mut self, module: ModuleId) {
        let number = self.numbers.len();
        self.numbers.insert(module, (number, number));
        self.path.push(module);
        self.on_path.insert(module);
        self.open.push((module, 0));
    }

    fn run(&mut self, loader: &Loader) {
        while let Some((module, next)) = self.open.last_mut() {
            let module = *module;
            if let Some(&behind) = loader.direct(module).get(*next) {
                *next += 1;
                match self.numbers.get(&behind) {
                    None => self.meet(behind),
                    Some(&(number, _)) if self.on_path.contains(&behind) => self.lower(module, number),
                    Some(_) => {}
                }
                continue;
            }
            self.open.pop();
            let (number, lowest) = self.numbers[&module];
            if let Some(&(before, _)) = self.open.last() {
                self.lower(before, lowest);
            }
            if lowest == number {
                self.complete(module);
            }
        }
    }

    fn lower(&mut self, module: ModuleId, number: usize) {
        let (_, lowest) = self.numbers.get_mut(&module).expect("a module on the path has a number");
        *lowest = number.min(*lowest);
    }

    /// Takes the modules from `first` on off the path: they are a cycle, if there is more than one.
    fn complete(&mut self, first: ModuleId) {
        let begin =
            self.path.iter().rposition(|module| *module == first).expect("a module that is looked at is on the path");
        let members = self.path.split_off(begin);
        for module in &members {
            self.on_path.remove(module);
        }
        if members.len() > 1 {
            self.found.of.extend(members.iter().map(|module| (*module, self.found.members.len())));
            self.found.members.push(members);
        }
    }
}
