//! The whole tree at one look a file: names by what they are, and who reads them.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::answers::Answers;
use super::lean::Detour;
use super::look::{Look, Name, Standing, look};
use super::tests::is_test;
use super::trouble::Trouble;
use super::twins::Print;
use crate::project::{FileId, ModuleId};
use crate::python::Symbol;
use crate::semantics::{Definition, HopKind, World};
use crate::timing::piece;

/// Every name of the tree that is something of the tree.
pub struct Survey<'a> {
    pub world: &'a World,
    pub(super) answers: &'a Answers,
    /// Sorted by symbol.
    pub names: Vec<Name>,
    pub readers: FxHashMap<Symbol, Readers>,
    /// Modules that some import names.
    pub imported: FxHashSet<ModuleId>,
    /// Files that hold nothing but shims.
    pub hollow: FxHashSet<FileId>,
    pub troubles: Vec<Trouble>,
    pub(super) detours: Vec<Detour>,
    by_origin: FxHashMap<Definition, Vec<usize>>,
    /// By file.
    tests: Vec<bool>,
}

/// Who reads a name of a module by that name.
#[derive(Debug, Default)]
pub struct Readers {
    /// Sorted.
    pub files: Vec<FileId>,
    pub uses: u32,
}

impl<'a> Survey<'a> {
    /// Looks at all files of which the answers do not tell; the world is [`World::fingerprinted`].
    pub fn new(world: &'a World, answers: &'a Answers) -> Self {
        let looked = |file| (file, piece(|| answers.looks.answer(file, || Arc::new(look(world, file)))));
        let looks: Vec<(FileId, Arc<Look>)> = world.project.par_files().map(looked).collect();
        let mut survey = Self {
            world,
            answers,
            names: Vec::new(),
            readers: FxHashMap::default(),
            imported: FxHashSet::default(),
            hollow: FxHashSet::default(),
            troubles: Vec::new(),
            detours: Vec::new(),
            by_origin: FxHashMap::default(),
            tests: world.project.files.iter().map(|file| is_test(&file.path)).collect(),
        };
        looks.iter().for_each(|(file, look)| survey.add(*file, look));
        survey.forget_unused_roots();
        survey.names.par_sort_by(|a, b| a.symbol().cmp(b.symbol()).then(a.file.cmp(&b.file)));
        for (index, name) in survey.names.iter().enumerate() {
            survey.by_origin.entry(name.definition()).or_default().push(index);
        }
        survey.forget_local_values();
        survey
    }

    /// `logger = central_logger` is a variable of its module as long as no other file reads it.
    fn forget_local_values(&mut self) {
        let is_value = |name: &&Name| name.standing == Standing::Value;
        let values: FxHashSet<Symbol> = self.names.iter().filter(is_value).map(|name| name.symbol().clone()).collect();
        for name in self.names.iter_mut().filter(|name| name.standing == Standing::Shim) {
            let leads_to_value = name.route.last().is_some_and(|hop| values.contains(&hop.symbol));
            let is_assigned = name.route.first().is_some_and(|hop| hop.kind == HopKind::Assignment);
            if leads_to_value && is_assigned {
                name.standing = Standing::Import;
            }
        }
    }

    /// A file can have names under several import roots: those under which nobody reads it are no names.
    fn forget_unused_roots(&mut self) {
        let (world, readers) = (self.world, &self.readers);
        self.names.retain(|name| {
            let first = world.of(name.file).module_name(name.file);
            first == name.symbol().module || readers.contains_key(name.symbol())
        });
    }

    fn add(&mut self, file: FileId, look: &Look) {
        self.names.extend(look.names.iter().cloned());
        self.troubles.extend(look.troubles.iter().cloned());
        self.imported.extend(look.modules.iter().copied());
        self.detours.extend(look.detours.iter().cloned());
        if look.is_hollow {
            self.hollow.insert(file);
        }
        for read in &look.reads {
            let readers = self.readers.entry(read.symbol.clone()).or_default();
            readers.files.push(file);
            readers.uses += read.uses;
        }
    }

    /// The names of one object, in the order of the symbols.
    pub fn names_of(&self, definition: &Definition) -> impl Iterator<Item = &Name> {
        self.by_origin.get(definition).into_iter().flatten().map(|index| &self.names[*index])
    }

    /// The name under which an object is defined.
    pub(super) fn own_name(&self, definition: &Definition) -> Option<&Name> {
        self.names_of(definition).find(|name| *name.symbol() == definition.symbol)
    }

    /// The fingerprint of a definition that can be a copy.
    pub(super) fn print(&self, definition: &Definition) -> Option<&Print> {
        self.own_name(definition)?.print.as_deref()
    }

    /// The objects of the tree that have a name.
    pub fn objects(&self) -> impl Iterator<Item = &Definition> {
        self.by_origin.keys()
    }

    /// Whether a file is a test.
    pub(super) fn is_test(&self, file: FileId) -> bool {
        self.tests[file.index()]
    }

    /// What a reader weighs, in quarters.
    pub(super) fn quarters(&self, reader: FileId) -> u32 {
        if self.is_test(reader) { 1 } else { 4 }
    }

    /// How many files read a name by that name.
    pub fn importers(&self, symbol: &Symbol) -> usize {
        self.readers.get(symbol).map_or(0, |readers| readers.files.len())
    }

    /// Whether a name is more than an import for its own file alone.
    pub fn is_seen(&self, name: &Name) -> bool {
        name.standing != Standing::Import || self.importers(name.symbol()) > 0
    }
}
