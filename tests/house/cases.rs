//! Cases: each says first what happens and why, and each of its files can be taken in at a glance.

use crate::files::RepoFile;
use crate::{assert_none, problems};

const LONGEST: usize = 15;
/// The longest sentence that opens a case.
const WIDEST: usize = 160;

/// What is wrong with the file of a case.
fn unreadable_case(file: &RepoFile) -> Vec<String> {
    let Some(path) = file.path.strip_prefix("tests/cases/") else { return Vec::new() };
    let mut found = Vec::new();
    let lines = file.text.lines().count();
    if lines > LONGEST {
        found.push(format!("{lines} lines, {LONGEST} at most"));
    }
    let parts: Vec<&str> = path.split('/').collect();
    match parts[..] {
        [_, _, "rule.toml"] => found.extend(unexplained(&file.text)),
        [_, _, "refusals.txt" | "findings.txt"] | [_, _, "before" | "after", _, ..] => {}
        _ => found.push(
            "is no part of a case: `<area>/<behaviour>/{rule.toml, before/, after/, refusals.txt, findings.txt}`"
                .to_owned(),
        ),
    }
    found
}

fn unexplained(text: &str) -> Option<String> {
    let first = text.lines().next().unwrap_or("");
    let is_sentence = first.starts_with("# ") && first.trim_end().ends_with('.');
    if !is_sentence {
        return Some("the first line is no comment that says in a sentence what happens and why".to_owned());
    }
    (first.chars().count() > WIDEST).then(|| format!("the first line is longer than {WIDEST} characters"))
}

#[test]
fn every_case_can_be_read() {
    assert_none(unreadable_case);
}

#[test]
fn unreadable_cases_are_found() {
    let wrong = [
        ("tests/cases/uses/del/rule.toml", "[[rule]]\n".to_owned()),
        ("tests/cases/uses/del/rule.toml", "#\n[[rule]]\n".to_owned()),
        ("tests/cases/uses/del/rule.toml", "# no sentence\n".to_owned()),
        ("tests/cases/uses/del/rule.toml", format!("# {}.\n", "a".repeat(200))),
        ("tests/cases/uses/del/before/use.py", "\n".repeat(16)),
        ("tests/cases/uses/del/use.py", "Old\n".to_owned()),
    ];
    for (path, text) in wrong {
        assert_eq!(problems(unreadable_case, path, &text).len(), 1, "{path}: {text}");
    }
    assert!(problems(unreadable_case, "tests/cases/uses/del/rule.toml", "# It goes.\n[[rule]]\n").is_empty());
}
