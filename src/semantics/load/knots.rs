//! Modules that load each other while they are loaded.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::project::ModuleId;

/// The strongly connected components with more than one member among `starts` and all that `edges` lead to.
///
/// Tarjan: Depth-first search and linear graph algorithms, SIAM Journal on Computing 1 (2), 1972; without recursion.
pub fn knots<'e>(
    starts: impl IntoIterator<Item = ModuleId>,
    edges: impl Fn(ModuleId) -> &'e [ModuleId],
) -> Vec<Vec<ModuleId>> {
    let mut search = Search::default();
    for start in starts {
        if !search.numbers.contains_key(&start) {
            search.meet(start);
            search.run(&edges);
        }
    }
    search.found
}

#[derive(Default)]
struct Search {
    /// The number of each module that has been met, and the lowest number that it leads back to.
    numbers: FxHashMap<ModuleId, (usize, usize)>,
    /// The modules that have been met and whose knot is not complete.
    path: Vec<ModuleId>,
    on_path: FxHashSet<ModuleId>,
    /// The modules that are being looked at, each with the number of those behind it that have been.
    open: Vec<(ModuleId, usize)>,
    found: Vec<Vec<ModuleId>>,
}

impl Search {
    fn meet(&mut self, module: ModuleId) {
        let number = self.numbers.len();
        self.numbers.insert(module, (number, number));
        self.path.push(module);
        self.on_path.insert(module);
        self.open.push((module, 0));
    }

    fn run<'e>(&mut self, edges: impl Fn(ModuleId) -> &'e [ModuleId]) {
        while let Some((module, next)) = self.open.last_mut() {
            let module = *module;
            if let Some(&behind) = edges(module).get(*next) {
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

    /// Takes the modules from `first` on off the path: they are a knot, if there is more than one.
    fn complete(&mut self, first: ModuleId) {
        let begin =
            self.path.iter().rposition(|module| *module == first).expect("a module that is looked at is on the path");
        let members = self.path.split_off(begin);
        for module in &members {
            self.on_path.remove(module);
        }
        self.found.extend((members.len() > 1).then_some(members));
    }
}
