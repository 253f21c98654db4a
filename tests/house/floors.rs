//! Floors: a floor names only those below it that it lists.

use crate::files::{RepoFile, code_of};
use crate::{assert_none, problems};

/// Each floor and the floors that it sees.
const FLOORS: [(&str, &[&str]); 13] = [
    ("text", &[]),
    ("document", &["text"]),
    ("python", &["text"]),
    ("rule", &["text", "python"]),
    ("project", &["text", "python"]),
    ("semantics", &["text", "python", "project"]),
    ("site", &["text", "document", "python", "project", "rule", "semantics"]),
    ("plan", &["text", "document", "python", "project", "rule", "semantics", "site"]),
    ("audit", &["text", "python", "project", "rule", "semantics", "site"]),
    ("report", &["text", "python", "project", "rule", "semantics", "site", "plan", "audit"]),
    ("disk", &["text", "project", "plan"]),
    ("lsp", &["text", "rule", "project", "semantics", "site", "plan", "report"]),
    ("cli", &["text", "python", "rule", "project", "semantics", "site", "plan", "audit", "report", "disk", "lsp"]),
];

fn sees(floor: &str) -> Option<&'static [&'static str]> {
    FLOORS.iter().find(|(name, _)| *name == floor).map(|(_, seen)| *seen)
}

/// Names of floors that the file must not know, and folders that are no floor.
fn upward_names(file: &RepoFile) -> Vec<String> {
    let Some(floor) = file.floor().filter(|_| file.is_rust()) else { return Vec::new() };
    let Some(seen) = sees(floor) else { return vec![format!("`{floor}` is no floor")] };
    let code = code_of(&file.text);
    named_from_the_top(&code, depth(&file.path))
        .into_iter()
        .filter(|name| sees(name).is_some() && name != floor && !seen.contains(&name.as_str()))
        .map(|name| format!("`{floor}` must not see `{name}`"))
        .collect()
}

/// How many `super` lead from the file's module to the top.
fn depth(path: &str) -> usize {
    let parts = path.trim_start_matches("src/").trim_end_matches(".rs").split('/');
    parts.filter(|part| *part != "mod").count()
}

/// The first name of every path from the top of the crate, groups included.
fn named_from_the_top(code: &str, depth: usize) -> Vec<String> {
    let tops = ["crate::".to_owned(), "super::".repeat(depth)];
    let mut names = Vec::new();
    for top in tops {
        for (found, _) in code.match_indices(&top) {
            let after = &code[found + top.len()..];
            match after.strip_prefix('{') {
                Some(group) => names.extend(group_names(group)),
                None => names.push(first_name(after)),
            }
        }
    }
    names
}

/// The first name of each path in `a::b, c::{d, e}, f}…`.
fn group_names(group: &str) -> Vec<String> {
    let mut names = vec![first_name(group)];
    let mut depth = 0;
    for (offset, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(first_name(&group[offset + 1..])),
            _ => {}
        }
    }
    names
}

fn first_name(path: &str) -> String {
    path.trim_start().chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect()
}

#[test]
fn no_floor_names_one_above() {
    assert_none(upward_names);
}

#[test]
fn every_floor_sees_only_floors_below_it() {
    for (position, (floor, seen)) in FLOORS.iter().enumerate() {
        for name in *seen {
            let below = FLOORS.iter().position(|(other, _)| other == name).unwrap();
            assert!(below < position, "`{floor}` sees `{name}`");
        }
    }
}

#[test]
fn an_upward_name_is_found_in_every_form() {
    let upward = [
        ("src/text/span.rs", "use crate::python::Identifier;"),
        ("src/python/edit/list.rs", "use crate::{text::Span, plan::{Plan, Action}};"),
        ("src/rule/check.rs", "fn f() -> crate::site::Kind { todo() }"),
        ("src/project/mod.rs", "use super::semantics::Facts;"),
        ("src/python/edit/list.rs", "use super::super::super::rule::Rule;"),
        ("src/helpers/mod.rs", "//! Nothing."),
    ];
    for (path, text) in upward {
        assert_eq!(problems(upward_names, path, text).len(), 1, "{path}: {text}");
    }
}

#[test]
fn what_a_floor_may_name_is_no_problem() {
    let fine = [
        ("src/site/kind.rs", "use crate::{rule::Rule, semantics::{World, Origin}};"),
        ("src/text/span.rs", "//! See `crate::plan`.\nuse super::Edit; const NAME: &str = \"crate::cli\";"),
        ("src/python/edit/list.rs", "use super::super::name::Identifier;"),
        ("src/lib.rs", "pub mod cli;"),
    ];
    for (path, text) in fine {
        assert_eq!(problems(upward_names, path, text), Vec::<String>::new(), "{path}: {text}");
    }
}
