//! A tree in which every name of every module is followed to its origin.

use std::fmt::Write as _;

use unshim::project::{FileId, Loaded, Project, RootConfig};
use unshim::semantics::{Origin, World};

use super::super::input;
use crate::case::Tree;

pub(crate) fn broken(bytes: &[u8]) -> Vec<String> {
    let (_, tree) = input::read(bytes);
    let world = world(&tree, false);
    let mut broken: Vec<String> = world.sides().flat_map(restless).collect();
    if told(&world) != told(&self::world(&tree, true)) {
        broken.push("law 5: names end elsewhere when they are asked for in another order".to_owned());
    }
    broken
}

/// The world of the tree. Backwards: the last file's names have been asked for before all others.
fn world(tree: &Tree, backwards: bool) -> World {
    let load = |(path, bytes): (&String, &Vec<u8>)| Loaded::in_memory(path, bytes.clone());
    let world = World::new(Project::new(tree.iter().map(load).collect(), &RootConfig::default()));
    if backwards {
        for side in world.sides() {
            files(side).rev().for_each(|file| drop(names_of(side, file)));
        }
    }
    world
}

fn files(world: &World) -> impl DoubleEndedIterator<Item = FileId> {
    (0..world.project.files.len() as u32).map(FileId)
}

/// Definitions that do not end at themselves.
fn restless(world: &World) -> Vec<String> {
    let mut broken = Vec::new();
    for file in files(world) {
        let Some(facts) = world.facts(file) else { continue };
        for reference in &facts.references {
            let resolution = world.root(file, reference);
            let Origin::Defined(definition) = &resolution.origin else { continue };
            match world.symbol(&definition.symbol).origin {
                // Another definition of the name may come later, and a module may be hidden by another of its name.
                Origin::Unknown(_) | Origin::Module(_) | Origin::Outside(_) => {}
                Origin::Defined(again) if again.symbol == definition.symbol || again.nth > 0 || definition.nth > 0 => {}
                other => broken.push(format!("`{:?}` is {other:?}", definition.symbol)),
            }
        }
    }
    broken
}

/// Where everything ends, in words.
fn told(world: &World) -> String {
    world.sides().flat_map(|side| files(side).map(|file| names_of(side, file))).collect()
}

/// Where the names of one file end.
fn names_of(world: &World, file: FileId) -> String {
    let mut told = format!("{}\n", world.project.file(file).path);
    let Some(facts) = world.facts(file) else { return told };
    for reference in &facts.references {
        writeln!(told, "{:?}", world.chain(file, reference)).expect("a string takes all");
    }
    let module = world.module_of(file);
    let mut names: Vec<_> = facts.scopes[0].names.keys().collect();
    names.sort();
    for (module, name) in module.into_iter().flat_map(|module| names.iter().map(move |name| (module, *name))) {
        writeln!(told, "{name:?} {:?} {:?}", world.member(module, name), world.exports(module, name))
            .expect("a string takes all");
    }
    told
}
