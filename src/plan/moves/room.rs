//! The file of a module that is not there yet, with the packages around it: empty, for a definition to move into.

use std::collections::{BTreeMap, BTreeSet};

use super::settle::{Pending, Standing, standing};
use crate::python::DottedName;
use crate::rule::RuleSet;
use crate::semantics::World;

/// A tree with empty modules for the definitions that move.
pub(super) struct Room {
    pub world: World,
    /// The paths that are not in the tree as it is.
    pub paths: BTreeSet<String>,
}

/// Makes room for every definition whose new module does not exist; `None` if all exist, or none can be made.
pub(super) fn room(world: &World, rules: &RuleSet) -> Option<Room> {
    let mut texts: BTreeMap<String, Option<String>> = BTreeMap::new();
    for rule in &rules.rules {
        let Standing::Pending(pending) = standing(world, rule) else { continue };
        let Some(paths) = paths(world, &pending) else { continue };
        let (module, packages) = paths.split_last()?;
        let future = world.facts(pending.file).is_some_and(|facts| facts.syntax.future_annotations);
        let text = if future { "from __future__ import annotations\n" } else { "" };
        texts.insert(module.clone(), Some(text.to_owned()));
        for package in packages {
            texts.entry(package.clone()).or_insert_with(|| Some(String::new()));
        }
    }
    let paths: BTreeSet<String> = texts.keys().cloned().collect();
    (!paths.is_empty()).then(|| Room { world: world.changed(world.project.replace(texts)), paths })
}

/// The files that make the new module: an `__init__.py` for each new package, then its own.
fn paths(world: &World, pending: &Pending) -> Option<Vec<String>> {
    let project = &world.project;
    let module = &pending.new.module;
    if project.module(module.as_str()).is_some() {
        return None;
    }
    let names: Vec<&str> = module.parts().collect();
    let above = |count: usize| DottedName::new(&names[..count].join("."));
    let found = (1..names.len()).rev().find_map(|count| Some((count, project.module(above(count).as_str())?)));
    let (known, mut folder, is_namespace) = match found {
        Some((count, id)) => {
            let package = &project.modules[id.index()];
            let root = &project.roots[package.root as usize];
            let folder = match package.file {
                Some(file) => parent(&project.file(file).path).to_owned(),
                None => joined(&root.folder, &names[..count].join("/")),
            };
            (package.is_package.then_some(count)?, folder, package.file.is_none())
        }
        None => {
            let own = project.modules_of(pending.file).first()?;
            let root = &project.roots[project.modules[own.index()].root as usize];
            root.prefix.is_none().then_some((0, root.folder.clone(), false))?
        }
    };
    let mut paths = Vec::new();
    let (last, packages) = names[known..].split_last()?;
    for package in packages {
        folder = joined(&folder, package);
        if !is_namespace {
            paths.push(joined(&folder, "__init__.py"));
        }
    }
    paths.push(joined(&folder, &format!("{last}.py")));
    paths.iter().all(|path| project.file_by_path(path).is_none()).then_some(paths)
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
