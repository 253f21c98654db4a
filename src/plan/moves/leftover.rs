//! Imports that only the definition needed go from the module that it leaves.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::needs::Needs;
use super::sheet::Sheet;
use crate::project::FileId;
use crate::python::edit::{Entry, ImportChange, Own};
use crate::python::syntax::{BindKind, BindingId, StatementId, StatementKind, Test};
use crate::python::{DottedName, Identifier, Symbol};
use crate::semantics::World;
use crate::text::{Search, Span};

pub(super) fn drop_imports(world: &World, source: &mut Sheet, whole: Span, needs: &Needs) {
    let unneeded: Vec<BindingId> =
        needs.copied.iter().copied().filter(|id| is_unneeded(world, source, *id, whole)).collect();
    let names: BTreeSet<Identifier> =
        unneeded.iter().map(|id| source.facts.bindings[id.index()].name.clone()).collect();
    let read = read_elsewhere(world, source.file, &names);
    for id in unneeded {
        let binding = &source.facts.bindings[id.index()];
        if !read.contains(&binding.name) {
            drop_entry(source, id, binding.statement);
        }
    }
    drop_emptied_type_blocks(source);
}

/// `if TYPE_CHECKING:` without any import left goes, and the name with it if nothing else reads it.
fn drop_emptied_type_blocks(source: &mut Sheet) {
    let syntax = &source.facts.syntax;
    let mut gone: Vec<Span> = Vec::new();
    for id in syntax.blocks[0].statements.clone() {
        let StatementKind::If { tests, blocks } = &syntax.statements[id.index()].kind else { continue };
        let is_emptied = tests[..] == [Test::TypeChecking] && blocks.len() == 1;
        if is_emptied && source.loses_all(blocks[0]) {
            source.remove_block(id, blocks[0]);
            gone.push(syntax.statements[id.index()].span);
        }
    }
    let bindings = source.facts.bindings.iter().enumerate();
    let names: Vec<_> = bindings.filter(|(_, binding)| binding.name.as_str() == "TYPE_CHECKING").collect();
    for (index, binding) in names {
        let id = BindingId(index as u32);
        let mut read = source.facts.references.iter().filter(|reference| reference.reach.bindings.contains(&id));
        let is_inside = |place: Span| gone.iter().any(|gone| gone.contains(place));
        if !gone.is_empty() && read.all(|reference| is_inside(syntax.chains[reference.chain.index()].root_span)) {
            drop_entry(source, id, binding.statement);
        }
    }
}

/// Whether nothing else in the file reads an import, and to load its module has no other effect.
fn is_unneeded(world: &World, source: &Sheet, id: BindingId, whole: Span) -> bool {
    let facts = source.facts;
    let binding = &facts.bindings[id.index()];
    let is_only_inside = facts
        .references
        .iter()
        .filter(|reference| reference.reach.bindings.contains(&id))
        .all(|reference| whole.contains(facts.syntax.chains[reference.chain.index()].root_span));
    let is_listed = facts
        .exports
        .as_ref()
        .is_some_and(|exports| exports.dynamic || exports.entries.iter().any(|entry| entry.name == binding.name));
    let module = world.imported_module(source.file, facts, binding);
    let module = module.and_then(|module| world.project.module(module.as_str()));
    let is_active = module.is_some_and(|module| world.is_active(module));
    is_only_inside && !is_listed && !is_active && !source.path.ends_with("__init__.py")
}

fn drop_entry(source: &mut Sheet, id: BindingId, statement: StatementId) {
    let (count, index) =
        match (&source.facts.syntax.statements[statement.index()].kind, &source.facts.bindings[id.index()].kind) {
            (StatementKind::From(from), BindKind::From(entry)) => (from.names.len(), *entry),
            (StatementKind::Import(names), BindKind::Import(entry)) => (names.len(), *entry),
            _ => return,
        };
    let change = source.changes(statement);
    if let Own::Keep = change.own {
        change.own = Own::Import(ImportChange { module: None, entries: vec![Entry::Keep; count], add: Vec::new() });
    }
    if let Own::Import(import) = &mut change.own {
        import.entries[index] = Entry::Drop;
    }
}

/// Which names of a module other files read: by import, attribute, star or path.
fn read_elsewhere(world: &World, file: FileId, names: &BTreeSet<Identifier>) -> BTreeSet<Identifier> {
    let module = world.module_name(file);
    let last = Search::new([module.last().as_str()]);
    let search = Search::new(names.iter().map(Identifier::as_str));
    let files = world.project.par_files().filter(|other| *other != file);
    let spells = |other: &FileId| {
        let source = world.project.file(*other);
        source.spells(&last) && source.spells(&search)
    };
    files.filter(spells).flat_map_iter(|other| read_by(world, other, &module, names)).collect()
}

fn read_by(world: &World, file: FileId, module: &DottedName, names: &BTreeSet<Identifier>) -> BTreeSet<Identifier> {
    let Some(facts) = world.look(file) else { return names.clone() };
    let text = world.project.text(file).unwrap_or_default();
    let is_path =
        |name: &&Identifier| text.contains(&format!("{module}.{name}")) || text.contains(&format!("{module}:{name}"));
    let mut read: BTreeSet<Identifier> = names.iter().filter(is_path).cloned().collect();
    for binding in &facts.bindings {
        if world.imported_module(file, &facts, binding).as_ref() != Some(module) {
            continue;
        }
        match (&binding.kind, &facts.syntax.statements[binding.statement.index()].kind) {
            (BindKind::Star, _) => return names.clone(),
            (BindKind::From(entry), StatementKind::From(from)) => {
                read.extend(names.get(&from.names[*entry].name).cloned());
            }
            _ => {}
        }
    }
    for reference in &facts.references {
        let chain = &facts.syntax.chains[reference.chain.index()];
        let named = chain.attributes.iter().filter_map(|(name, _)| names.get(name));
        for name in named {
            let symbol = Symbol::new(module.clone(), DottedName::new(name.as_str()));
            if world.chain(file, reference).iter().any(|step| step.resolution.passes(&symbol)) {
                read.insert(name.clone());
            }
        }
    }
    read
}
