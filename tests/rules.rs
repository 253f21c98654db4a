//! Rule files: every malformed one with what is said about it, the laws across files, and what is taken without a word.

use std::fs;
use std::path::{Path, PathBuf};

use unshim::rule::{Asked, Problems, RuleSet, RuleText, read, read_locations};

/// The files of a folder of the repository, sorted.
fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_str().unwrap().to_owned()
}

fn named(name: &str, bytes: impl Into<Vec<u8>>) -> RuleText {
    RuleText { name: name.to_owned(), bytes: bytes.into(), asked: Asked::ByName }
}

fn found(name: &str, bytes: impl Into<Vec<u8>>) -> RuleText {
    RuleText { asked: Asked::ByFolder, ..named(name, bytes) }
}

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => "../snapshots/rules",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name.to_owned(), text);
    });
}

const CAKE: &str = "[[rule]]\nid = \"cake\"\ncanonical = \"bakery.cake:Cake\"\naliases = [\"bakery.old:Cake\"]\n";

fn read_one(text: &str) -> Result<RuleSet, Problems> {
    read(&[named("rules/cake.toml", text)])
}

#[test]
fn every_malformed_file_is_refused_with_place_and_help() {
    let files = files("tests/rules/malformed");
    assert!(files.len() >= 45);
    for path in &files {
        let bytes = fs::read(path).unwrap();
        assert!(bytes.starts_with(b"# "), "{} does not say what is wrong with it", path.display());
        let name = stem(path);
        let problems = read(&[named(&format!("rules/{name}.toml"), bytes)]).expect_err(&name);
        let text = problems.render(false);
        assert_eq!(text.matches("\nerror: ").count() + usize::from(text.starts_with("error: ")), problems.count());
        assert_eq!(text.matches("= help: ").count(), problems.count(), "{name}: each problem says what would be right");
        snapshot(&name, &text);
    }
}

#[test]
fn no_snapshot_is_left_of_a_file_that_is_gone() {
    let known: Vec<_> = files("tests/rules/malformed").iter().map(|path| stem(path)).collect();
    let stray = files("snapshots/rules").into_iter().filter(|path| !path.to_str().unwrap().contains("across-files"));
    assert_eq!(stray.filter(|path| !known.contains(&stem(path))).collect::<Vec<_>>(), Vec::<PathBuf>::new());
}

#[test]
fn problems_of_all_files_are_shown_at_once() {
    let tart = "[[rule]]\nid = \"cake\"\ncanonical = \"bakery.tart:Tart\"\naliases = [\"bakery.old:Cake\"]\n";
    let problems = read(&[named("rules/cake.toml", CAKE), named("rules/tart.toml", tart)]).unwrap_err();
    assert_eq!((problems.count(), problems.file_count()), (2, 1));
    snapshot("across-files", &problems.render(false));
}

#[test]
fn the_last_line_counts_problems_and_files() {
    let broken = CAKE.replace("bakery.old", "bakery..old");
    let problems =
        read(&[named("a.toml", &*broken), named("b.toml", &*broken.replace("cake\"", "Cake\""))]).unwrap_err();
    let text = problems.render(false);
    assert_eq!(text.lines().last(), Some("3 problems in 2 rule files · nothing was done"));
}
