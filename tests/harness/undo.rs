//! Laws 6 and 7 on every case directory: what is applied is what was planned, and undo gives back every byte and mode.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use unshim::disk::{ApplyOptions, Ledger, Tree, apply, undo};

use crate::STACK;
use crate::case::{self, Case, read_tree, write_tree};
use crate::pipeline::{Run, read_rules};

/// Mode and content of every file and folder.
fn state(top: &Path) -> BTreeMap<String, (u32, Option<Vec<u8>>)> {
    let mut state = BTreeMap::new();
    let mut folders = vec![top.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.ends_with(".git") {
                continue;
            }
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            let content = (!path.is_dir()).then(|| fs::read(&path).unwrap());
            state.insert(path.strip_prefix(top).unwrap().display().to_string(), (mode, content));
            if path.is_dir() {
                folders.push(path);
            }
        }
    }
    state
}

/// What is wrong with applying the case and taking it back; `None` if nothing is.
fn problem(case: &Case) -> Option<&'static str> {
    let run = read_rules(&case.rules).and_then(|rules| Run::new(&case.before, rules)).ok()?;
    let folder = tempfile::tempdir().unwrap();
    write_tree(folder.path(), &case.before);
    fs::create_dir(folder.path().join(".git")).unwrap();
    for (index, path) in case.before.keys().enumerate() {
        let mode = [0o644, 0o755, 0o600, 0o440][index % 4];
        fs::set_permissions(folder.path().join(path), PermissionsExt::from_mode(mode)).unwrap();
    }
    let before = state(folder.path());
    let ledger = Ledger::locked(&Tree::around(folder.path()).unwrap()).unwrap();
    let options = ApplyOptions { allow_dirty: true, ..ApplyOptions::default() };
    let receipt = apply(&run.verified, &run.world.project, &ledger, &options).unwrap();
    let mut after = read_tree(folder.path());
    after.retain(|path, _| !path.starts_with(".git/"));
    if after != run.changed(&case.before) {
        return Some("what is applied is not what was planned");
    }
    if receipt.id.is_empty() {
        return (state(folder.path()) != before).then_some("nothing was planned, and something changed");
    }
    undo(&ledger, None).unwrap().unwrap();
    (state(folder.path()) != before).then_some("undo does not give back every byte and mode")
}

#[test]
fn every_case_is_applied_and_taken_back_byte_for_byte() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).stack_size(STACK).build().unwrap();
    let cases: Vec<Case> = case::areas().iter().flat_map(|area| case::all_of(area)).collect();
    assert!(cases.len() >= 280, "only {} cases", cases.len());
    let failed: Vec<String> = cases
        .iter()
        .filter_map(|case| pool.install(|| problem(case)).map(|problem| format!("{}: {problem}", case.name)))
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
