//! The proof of a move by itself: every name in the definition, in the two modules and in all files that spell one of their
//! names ends where it ended, but for the definition, which is at its new place.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::compare::{End, end};
use super::super::{Objection, Reason, cycle};
use super::Move;
use super::relocate::Step;
use super::settle::Pending;
use crate::project::{FileId, ModuleId};
use crate::python::syntax::BindingId;
use crate::python::{DottedName, Identifier, Symbol};
use crate::semantics::{Facts, Loader, Local, Origin, World, knots};
use crate::text::{Edits, Search};

/// The tree after the move, and how many references were shown to end where they did.
pub(super) fn prove(world: &World, pending: &Pending, step: &Step) -> Result<(World, usize), Objection> {
    let mut texts = BTreeMap::new();
    for (path, edits) in &step.edits {
        let file = world.project.file_by_path(path).expect("a move edits files of the tree");
        let text = edits.apply(world.project.text(file).unwrap_or_default());
        let shape = world.project.file(file).shape().unwrap_or_default();
        if shape.encode(&text).is_none() {
            return Err((
                Reason::Encoding,
                format!("the encoding of `{path}` cannot hold what would be written there"),
            ));
        }
        texts.insert(path.clone(), Some(text));
    }
    let new = world.changed(world.project.replace(texts));
    let there = new.symbol(&pending.new).origin;
    if !matches!(&there, Origin::Defined(definition) if definition.symbol == pending.new) {
        return Err((Reason::Unproven, format!("`{}` would not be the definition", pending.new)));
    }
    let proof = Proof { world, new: &new, pending, step };
    let files = proof.files();
    let results: Vec<Result<usize, Objection>> =
        files.into_par_iter().with_max_len(1).map(|file| proof.compare(file)).collect();
    let proven = results.into_iter().sum::<Result<usize, Objection>>()?;
    Ok((new, proven))
}

struct Proof<'a> {
    world: &'a World,
    new: &'a World,
    pending: &'a Pending,
    step: &'a Step,
}

impl Proof<'_> {
    /// The two modules, and every file that spells one of the names.
    fn files(&self) -> Vec<FileId> {
        let own: FxHashSet<FileId> =
            self.step.edits.iter().filter_map(|(path, _)| self.world.project.file_by_path(path)).collect();
        let names = [self.pending.definition.symbol.name.root(), self.pending.new.name.root()];
        let search = Search::new(names.iter().map(Identifier::as_str));
        let files = self.world.project.par_files();
        let spells = |file: &FileId| own.contains(file) || self.world.project.file(*file).spells(&search);
        files.filter(spells).collect()
    }

    fn compare(&self, file: FileId) -> Result<usize, Objection> {
        let path = &self.world.project.file(file).path;
        let Some(facts) = self.world.look(file) else { return Ok(0) };
        let edits = self.step.edits.iter().find(|(edited, _)| edited == path).map(|(_, edits)| edits);
        let mut places = Places::new(self.new);
        let mut count = 0;
        for reference in &facts.references {
            let chain = &facts.syntax.chains[reference.chain.index()];
            let Some((path, offset)) = self.landed(path, edits, chain.root_span.start()) else { continue };
            let Some((new_file, new_facts, nth)) = places.at(&path, offset) else { return Err(self.lost(&chain.root)) };
            let Some(found) = nth.map(|id| &new_facts.references[id]) else { return Err(self.lost(&chain.root)) };
            let old = self.mapped(end(self.world, file, &facts, reference));
            let now = end(self.new, new_file, &new_facts, found);
            if !is_alike(&old, &now) {
                return Err(self.lost(&chain.root));
            }
            count += 1;
        }
        self.compare_imports(file, &facts, edits).map(|()| count)
    }

    /// Imports of files that do not change give what they gave.
    fn compare_imports(&self, file: FileId, facts: &Facts, edits: Option<&Edits>) -> Result<(), Objection> {
        let path = &self.world.project.file(file).path;
        let Some(new_file) = self.new.project.file_by_path(path).filter(|_| edits.is_none()) else { return Ok(()) };
        for (index, binding) in facts.bindings.iter().enumerate().filter(|(_, binding)| binding.kind.is_import()) {
            let id = BindingId(index as u32);
            let old = self.mapped((self.world.binding(file, id).origin, Vec::new()));
            let now = (self.new.binding(new_file, id).origin, Vec::new());
            if !is_alike(&old, &now) {
                return Err(self.lost(&binding.name));
            }
        }
        Ok(())
    }

    /// Where what stands at an offset of a file stands after the move; `None` for what goes.
    fn landed(&self, path: &str, edits: Option<&Edits>, offset: usize) -> Option<(String, usize)> {
        if let Some(body) = self
            .step
            .body
            .as_ref()
            .filter(|body| body.from == path && body.source.start() <= offset && offset < body.source.end())
        {
            let inside = self.step.renamed.landed(offset - body.source.start())?;
            return Some((body.to.clone(), body.start + inside));
        }
        let offset = edits.map_or(Some(offset), |edits| edits.moved(offset))?;
        Some((path.to_owned(), offset))
    }

    /// An end before the move, as it should be after it.
    fn mapped(&self, (origin, rest): End) -> End {
        let old = &self.pending.definition.symbol;
        let origin = match origin {
            Origin::Defined(mut definition) if definition.symbol.module == old.module => {
                if let Some(inner) = definition.symbol.name.strip_prefix(&old.name) {
                    let new = &self.pending.new;
                    let name = if inner.is_empty() { new.name.clone() } else { new.name.child(inner) };
                    definition.symbol = Symbol::new(new.module.clone(), name);
                }
                Origin::Defined(definition)
            }
            other => other,
        };
        (origin, rest)
    }

    fn lost(&self, name: &Identifier) -> Objection {
        let Pending { definition, new, .. } = self.pending;
        (Reason::Unproven, format!("`{name}` would be something else once `{}` is `{new}`", definition.symbol))
    }
}

/// Whether two ends are the same. Variables of functions keep their names and their order.
fn is_alike(old: &End, new: &End) -> bool {
    let local = |local: &Local| (local.name.clone(), local.nth);
    match (&old.0, &new.0) {
        (Origin::Local(one), Origin::Local(other)) => local(one) == local(other) && old.1 == new.1,
        _ => old == new,
    }
}

/// A file after the move, and its references by where they begin.
type Placed = (FileId, std::sync::Arc<Facts>, FxHashMap<u32, Vec<usize>>);

/// The chains of changed files by their place.
struct Places<'a> {
    world: &'a World,
    found: FxHashMap<String, Placed>,
    taken: FxHashMap<(String, u32), usize>,
}

impl<'a> Places<'a> {
    fn new(world: &'a World) -> Self {
        Self { world, found: FxHashMap::default(), taken: FxHashMap::default() }
    }

    /// The next chain that begins at an offset of a file.
    fn at(&mut self, path: &str, offset: usize) -> Option<(FileId, std::sync::Arc<Facts>, Option<usize>)> {
        if !self.found.contains_key(path) {
            let file = self.world.project.file_by_path(path)?;
            let facts = self.world.look(file)?;
            let mut by_place: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
            for (index, reference) in facts.references.iter().enumerate() {
                let start = facts.syntax.chains[reference.chain.index()].root_span.start;
                by_place.entry(start).or_default().push(index);
            }
            self.found.insert(path.to_owned(), (file, facts, by_place));
        }
        let (file, facts, by_place) = &self.found[path];
        let nth = self.taken.entry((path.to_owned(), offset as u32)).or_default();
        let found = by_place.get(&(offset as u32)).and_then(|chains| chains.get(*nth)).copied();
        *nth += 1;
        Some((*file, std::sync::Arc::clone(facts), found))
    }
}

/// Why a module that could be loaded before cannot be loaded after the whole change.
pub(super) fn broken_load(old: &World, new: &World, moves: &[Move]) -> Option<Objection> {
    let (before, after) = (Loader::new(old), Loader::new(new));
    let mut entries: FxHashSet<DottedName> = FxHashSet::default();
    for one in moves {
        for name in [&one.from.module, &one.to.module] {
            let Some(module) = new.project.module(name.as_str()) else { continue };
            entries.extend(around(&after, module));
        }
    }
    let mut entries: Vec<_> = entries.into_iter().collect();
    entries.sort();
    let failures = entries.par_iter().map(|name| fresh_failure(&before, &after, name));
    failures.collect::<Vec<_>>().into_iter().flatten().next().map(|text| (Reason::ImportCycle, text))
}

/// A module, and all that it loads and that load it again.
fn around(loader: &Loader, module: ModuleId) -> Vec<DottedName> {
    let mut knots = knots([module], |module| loader.direct(module)).into_iter();
    let around = knots.find(|knot| knot.contains(&module)).unwrap_or_else(|| vec![module]);
    around.iter().map(|module| loader.world.project.modules[module.index()].name.clone()).collect()
}

/// What fails when a module is imported first, and did not before.
fn fresh_failure(before: &Loader, after: &Loader, name: &DottedName) -> Option<String> {
    let entry = |loader: &Loader| loader.world.project.module(name.as_str());
    let failures = after.import(entry(after)?).failures;
    if failures.is_empty() {
        return None;
    }
    let known: FxHashSet<DottedName> = entry(before)
        .map_or_else(Vec::new, |module| before.import(module).failures)
        .into_iter()
        .map(|failure| failure.wanted)
        .collect();
    failures.iter().find(|failure| !known.contains(&failure.wanted)).map(|failure| cycle::text(after, failure))
}
