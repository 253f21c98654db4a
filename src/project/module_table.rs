//! Which path is which module: the names under which files can be imported.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::roots::{Root, folder_and_name};
use super::{FileId, Module, ModuleId, Side, SourceFile};
use crate::python::{DottedName, Identifier};

/// The modules of a tree, and how to find them.
#[derive(Debug, Default)]
pub(super) struct ModuleTable {
    /// Sorted by name; modules of one name by the depth of their root, the tree's top first.
    pub(super) modules: Arc<[Module]>,
    /// The first module of a name and their number.
    by_name: FxHashMap<DottedName, (u32, u32)>,
    /// Sorted by the depth of the root, the deepest first.
    by_file: Vec<Vec<ModuleId>>,
}

impl ModuleTable {
    /// The modules as one side sees them.
    pub(super) fn new(files: &[Arc<SourceFile>], roots: &[Root], side: Side) -> Self {
        let mut modules = Vec::new();
        let mut overriding = FxHashMap::default();
        let mut namespaces: FxHashMap<DottedName, u32> = FxHashMap::default();
        let under: Vec<_> = roots.par_iter().map(|root| NamesUnder::new(files, root, side)).collect();
        for (index, names) in under.into_iter().enumerate() {
            for folder in names.namespaces {
                namespaces.entry(folder).or_insert(index as u32);
            }
            let apart = names.files.iter().filter(|(_, found)| found.rank.is_apart);
            overriding.extend(apart.map(|(name, _)| (name.clone(), index as u32)));
            let found = names.files.into_iter();
            modules.extend(found.map(|(name, Found { file, rank })| Module {
                name,
                file: Some(file),
                is_package: rank.is_package,
                root: index as u32,
            }));
        }
        modules.retain(|module| overriding.get(&module.name).is_none_or(|root| *root == module.root));
        for module in &modules {
            namespaces.remove(&module.name);
        }
        let folders = namespaces.into_iter();
        modules.extend(folders.map(|(name, root)| Module { name, file: None, is_package: true, root }));
        modules.par_sort_by(|a, b| a.name.cmp(&b.name).then(b.root.cmp(&a.root)));
        Self::indexed(modules, files.len())
    }

    fn indexed(modules: Vec<Module>, files: usize) -> Self {
        let mut by_name: FxHashMap<DottedName, (u32, u32)> = FxHashMap::default();
        let mut by_file = vec![Vec::new(); files];
        for (index, module) in modules.iter().enumerate() {
            by_name.entry(module.name.clone()).or_insert((index as u32, 0)).1 += 1;
            if let Some(file) = module.file {
                by_file[file.index()].push(ModuleId(index as u32));
            }
        }
        for names in &mut by_file {
            names.sort_by_key(|id| modules[id.index()].root);
        }
        Self { modules: modules.into(), by_name, by_file }
    }

    /// All modules of this name.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = ModuleId> + Clone + use<> {
        let (first, count) = self.by_name.get(name).copied().unwrap_or_default();
        (first..first + count).map(ModuleId)
    }

    pub(super) fn of_file(&self, file: FileId) -> &[ModuleId] {
        &self.by_file[file.index()]
    }

    /// The modules directly below a package, sorted by name.
    pub(super) fn below(&self, package: ModuleId) -> impl Iterator<Item = ModuleId> {
        let parent = &self.modules[package.index()];
        let prefix = format!("{}.", parent.name);
        let first = self.modules.partition_point(|module| module.name.as_str() < prefix.as_str());
        let inside = self.modules[first..].iter().enumerate().map_while(move |(offset, module)| {
            let rest = module.name.as_str().strip_prefix(&prefix)?;
            Some((ModuleId((first + offset) as u32), module.root, rest.contains('.')))
        });
        let is_in_package = |root| parent.file.is_none() || root == parent.root;
        inside.filter(move |&(_, root, is_deeper)| !is_deeper && is_in_package(root)).map(|(id, _, _)| id)
    }
}

/// The module names of the files under one root, as CPython's path finder gives them:
/// a package before a module, a module before a folder without `__init__.py`, and nothing below a plain module.
/// Type checkers take a stub package before all, and a stub before the source beside it (PEP 484, PEP 561).
#[derive(Default)]
struct NamesUnder {
    files: FxHashMap<DottedName, Found>,
    namespaces: FxHashSet<DottedName>,
}

struct Found {
    file: FileId,
    rank: Rank,
}

/// Which of several files of one name is the module: the greatest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    /// A stub in a folder of stubs: it stands before the sources of every root.
    is_apart: bool,
    is_package: bool,
    is_stub: bool,
}

impl NamesUnder {
    fn new(files: &[Arc<SourceFile>], root: &Root, side: Side) -> Self {
        let mut names = Self::default();
        let found = files.par_iter().map(|file| name_of(root.strip(&file.path)?, root, side));
        for (index, found) in found.collect::<Vec<_>>().into_iter().enumerate() {
            let Some((name, rank)) = found else { continue };
            let file = FileId(index as u32);
            let kept = names.files.entry(name).or_insert(Found { file, rank });
            if rank > kept.rank {
                *kept = Found { file, rank };
            }
        }
        names.drop_unreachable();
        names
    }

    /// Drops what lies below a plain module, and notes the folders on the way to the rest.
    fn drop_unreachable(&mut self) {
        let Self { files, namespaces } = self;
        let mut known: FxHashMap<&str, bool> = FxHashMap::default();
        let mut unreachable = Vec::new();
        for name in files.keys() {
            let mut passed = Vec::new();
            let mut above = name.prefixes().rev().skip(1);
            let is_cut = above.find_map(|folder| {
                let is_known = known.get(folder).copied();
                passed.extend(is_known.is_none().then_some(folder));
                is_known.or_else(|| files.get(folder).filter(|found| !found.rank.is_package).map(|_| true))
            });
            let is_cut = is_cut.unwrap_or(false);
            unreachable.extend(is_cut.then(|| name.clone()));
            let folders = passed.iter().filter(|folder| !is_cut && !files.contains_key(**folder));
            namespaces.extend(folders.map(|folder| DottedName::new(folder)));
            known.extend(passed.iter().map(|folder| (*folder, is_cut)));
        }
        for name in unreachable {
            files.remove(&name);
        }
    }
}

/// The module name of a path relative to its root, and its rank among the files of this name.
/// `None` for what no import statement can name: `my-script.py`, `.py`, `__init__.py` of the root itself.
fn name_of(path: &str, root: &Root, side: Side) -> Option<(DottedName, Rank)> {
    let (stem, is_stub) = match path.strip_suffix(".py") {
        Some(stem) => (stem, false),
        None => (path.strip_suffix(".pyi").filter(|_| side == Side::Stubs)?, true),
    };
    let (folder, name) = folder_and_name(stem);
    if name.is_empty() {
        return None;
    }
    let is_package = name == "__init__";
    let parts = if is_package { folder } else { stem };
    let prefix = root.prefix.iter().flat_map(|prefix| prefix.parts());
    let mut below: SmallVec<[&str; 8]> = parts.split('/').filter(|part| !part.is_empty()).collect();
    let stub_package = below.first().and_then(|first| first.strip_suffix("-stubs")).filter(|_| is_stub);
    if let (Some(package), Some(first)) = (stub_package, below.first_mut()) {
        *first = package;
    }
    let rank = Rank { is_apart: is_stub && (root.is_for_stubs() || stub_package.is_some()), is_package, is_stub };
    let parts: SmallVec<[&str; 8]> = prefix.chain(below).collect();
    let is_name = !parts.is_empty() && parts.iter().all(|part| Identifier::accepts(part));
    is_name.then(|| (DottedName::new(&parts.join(".")), rank))
}
