//! The house holds itself to its rules: floors, rooms, sizes, words and cases.
//!
//! Each rule is a function from the path and the text of one file to what is wrong with it, and each has a test that
//! feeds it a bad sample, so that a rule that finds nothing is known to be able to.

mod cases;
mod files;
mod floors;
mod rooms;
mod shape;
mod words;

use files::RepoFile;

/// What is wrong with a file, in sentences.
type Rule = fn(&RepoFile) -> Vec<String>;

fn assert_none(rule: Rule) {
    let found: Vec<String> = files::all()
        .iter()
        .flat_map(|file| rule(file).into_iter().map(|problem| format!("{}: {problem}", file.path)))
        .collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

/// What a rule says of a file with this path and text.
fn problems(rule: Rule, path: &str, text: &str) -> Vec<String> {
    rule(&RepoFile::new(path, text))
}
