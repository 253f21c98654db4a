//! Our imports against CPython's: of every case, each module as the first one imported, before the change and after it.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "harness/case.rs"]
#[allow(dead_code, reason = "the rules of a case play no part here")]
mod case;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use rayon::prelude::*;
use unshim::project::{Content, Loaded, Project, RootConfig};
use unshim::semantics::{Loader, World};

/// The areas in which imports matter most.
const AREAS: [&str; 3] = ["cycles", "exports", "imports"];

/// What an import raises that reads a name too early.
const RAISED: [&str; 3] = ["AttributeError", "ImportError", "NameError"];

/// We take packages that are not installed for there.
const NOT_INSTALLED: &str = "ModuleNotFoundError";

#[test]
fn imports_fail_where_those_of_cpython_do() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let cases = AREAS.iter().flat_map(|area| case::all_of(area)).map(|case| case.name);
    let trees: Vec<_> = cases.flat_map(|name| [format!("{name}/before"), format!("{name}/after")]).collect();
    let trees: Vec<_> = trees.into_iter().filter(|tree| top.join(tree).is_dir()).collect();
    let different: Vec<String> = trees.par_iter().flat_map_iter(|tree| differences(&top.join(tree))).collect();
    assert!(different.is_empty(), "{}", different.join("\n"));
}

/// The modules of a tree that fail on one side only.
fn differences(tree: &Path) -> Vec<String> {
    let files = case::read_tree(tree);
    let catches = files.values().any(|bytes| bytes.windows(4).any(|word| word == b"try:"));
    let loaded = files.iter().map(|(path, bytes)| Loaded {
        path: path.clone(),
        content: Content::Bytes(bytes.clone()),
        editable: true,
    });
    let world = World::new(Project::new(loaded.collect(), &RootConfig::default()));
    let loader = Loader::new(&world);
    let mut different = Vec::new();
    for (name, theirs) in errors(tree) {
        let Some(module) = world.project.module(&name) else { continue };
        let ours: Vec<String> =
            loader.import(module).failures.iter().map(|failure| failure.wanted.to_string()).collect();
        let fails = theirs.as_deref().is_some_and(|error| RAISED.contains(&error));
        let is_caught = catches && !fails;
        let is_outside = theirs.as_deref() == Some(NOT_INSTALLED);
        if fails == ours.is_empty() && !is_caught && !is_outside {
            different.push(format!("{}: `{name}`: CPython {theirs:?}, we {ours:?}", tree.display()));
        }
    }
    different
}

/// The error of each module of a tree when it is imported first, as CPython names it.
fn errors(tree: &Path) -> BTreeMap<String, Option<String>> {
    #[derive(serde::Deserialize)]
    struct Snapshot {
        errors: BTreeMap<String, Option<String>>,
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/identity.py");
    let output = Command::new("python3").arg(script).arg("print").arg(tree).output();
    let output = output.expect("this test asks CPython: `python3` must be on the PATH");
    serde_json::from_slice::<Snapshot>(&output.stdout).unwrap().errors
}
