//! What fuzzing begins with: every case, every rule file, and one journal of each stage.

use std::path::Path;

use super::{input, targets};
use crate::case::{self, Case, Tree};

/// The seeds of the target with this name.
pub(super) fn of(target: &str) -> Vec<Vec<u8>> {
    let cases = || case::areas().into_iter().flat_map(|area| case::all_of(&area));
    match target {
        "collect" => sources(cases()),
        "rules" => rule_files(cases()),
        "journal" => journals(),
        _ => cases().map(|case| input::write(&case.rules, &case.before)).collect(),
    }
}

/// All Python files, each once.
fn sources(cases: impl Iterator<Item = Case>) -> Vec<Vec<u8>> {
    let files = cases.flat_map(|case| case.before);
    let mut sources: Vec<Vec<u8>> = files.filter(|(path, _)| path.ends_with(".py")).map(|(_, bytes)| bytes).collect();
    sources.sort();
    sources.dedup();
    sources
}

fn rule_files(cases: impl Iterator<Item = Case>) -> Vec<Vec<u8>> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<Vec<u8>> = cases.map(|case| case.rules).collect();
    for folder in ["rules", "tests/rules/malformed", "tests/rules/examples"] {
        files.extend(case::read_tree(&top.join(folder)).into_values());
    }
    files
}

/// Files that were edited, made or deleted, in all states that a crash can leave, and a journal as it is written.
fn journals() -> Vec<Vec<u8>> {
    let content = |states: &[u8; 4]| [states.as_slice(), b"old\x1fnew, and longer"].concat();
    let mut seeds: Vec<Vec<u8>> = Vec::new();
    for head in ["0", "1", "2", "3"] {
        for states in [
            [2, 0, 2, 2],
            [2, 0, 1, 2],
            [2, 1, 0, 2],
            [2, 2, 1, 0],
            [1, 0, 3, 2],
            [1, 2, 0, 2],
            [0, 2, 1, 2],
            [0, 1, 2, 2],
        ] {
            let one = ("pkg/one.py".to_owned(), content(&states));
            let two = ("two.py".to_owned(), content(&[2, 1, 0, 2]));
            seeds.push(input::write(head.as_bytes(), &Tree::from([one, two])));
        }
    }
    let change = Tree::from([("a.py".to_owned(), content(&[2, 1, 0, 2]))]);
    let files = Tree::from([("a.py".to_owned(), b"new, and longer".to_vec()), ("b.py".to_owned(), b"".to_vec())]);
    seeds.push(input::write(&[b"r", targets::journal::written(&change).as_slice()].concat(), &files));
    seeds
}
