//! Every directory under `tests/audit`: a small tree, and what the audit says of it.
//!
//! A case is `<behaviour>/`: the tree `tree/`, and `audit.txt`, whose first line says what is found and why and whose rest
//! is the screen of `unshim audit -v`. `AUDIT=words` in the environment runs the cases whose name holds these words only;
//! `BLESS=1` writes down what was found.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};

use unshim::audit::{Answers, Holdings, Wish};
use unshim::project::{Loaded, Project, RootConfig};
use unshim::report::audit::{Skipped, write};
use unshim::report::{Detail, Screen};
use unshim::semantics::World;

/// Room for the deepest source that the parser is given, as in the program.
const STACK: usize = 64 << 20;
/// The fewest cases that the repository ever held; a walk that finds less is broken.
const FEWEST: usize = 20;

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/audit");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

/// The files below a folder, by their paths in it.
fn files(top: &Path) -> Vec<Loaded> {
    let (mut found, mut open) = (Vec::new(), vec![top.to_owned()]);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(top).unwrap().to_str().unwrap().to_owned();
                found.push(Loaded::in_memory(&name, fs::read(&path).unwrap()));
            }
        }
    }
    found
}

/// What the program shows of a tree.
fn shown(case: &Path) -> String {
    let world = World::new(Project::new(files(&case.join("tree")), &RootConfig::default())).fingerprinted();
    let answers = Answers::default();
    let audit = Holdings::new(&world, &answers, &Wish::default()).told_of(&world);
    let mut out = Vec::new();
    let screen = Screen { detail: Detail::All, ..Screen::plain() };
    write(&audit, Skipped::Listed, &screen, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// What is wrong with a case.
fn problem(case: &Path) -> Option<String> {
    let expected = fs::read_to_string(case.join("audit.txt")).unwrap_or_default();
    let (first, rest) = expected.split_once('\n').unwrap_or((&expected, ""));
    let shown = shown(case);
    if std::env::var("BLESS").is_ok() {
        fs::write(case.join("audit.txt"), format!("{first}\n{shown}")).unwrap();
    }
    let name = case.file_name().unwrap().to_string_lossy();
    if !first.starts_with("# ") || !first.ends_with('.') {
        return Some(format!("-- {name}: the first line is no comment that says in a sentence what is found and why"));
    }
    let diff = similar::TextDiff::from_lines(rest, &shown);
    (rest != shown).then(|| format!("-- {name}\n{}", diff.unified_diff().header("expected", "found")))
}

#[test]
fn every_tree_is_seen_as_it_is() {
    let wanted = std::env::var("AUDIT").unwrap_or_default();
    let all = cases();
    assert!(all.len() >= FEWEST, "only {} cases are left", all.len());
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).stack_size(STACK).build().unwrap();
    let some = all.iter().filter(|case| case.to_string_lossy().contains(&wanted));
    let problems: Vec<String> = some.filter_map(|case| pool.install(|| problem(case))).collect();
    assert!(problems.is_empty(), "{} cases fail\n\n{}", problems.len(), problems.join("\n"));
}
