//! Rooms: a crate is named only on the floors that it was taken in for.

use crate::files::{RepoFile, code_of};
use crate::{assert_none, problems};

/// Each crate, or module of the standard library, and the floors that may name it.
const ROOMS: &[(&str, &[&str])] = &[
    ("ruff_python_ast", &["python"]),
    ("ruff_python_parser", &["python"]),
    ("ruff_text_size", &["python"]),
    ("tree_sitter", &["python"]),
    ("tree_sitter_python", &["python"]),
    ("similar", &["report"]),
    ("unicode_width", &["report"]),
    ("regex", &["report"]),
    ("schemars", &["rule", "semantics", "site", "plan", "audit", "report"]),
    ("toml", &["rule", "project", "document"]),
    ("saphyr_parser", &["document"]),
    ("jsonc_parser", &["document"]),
    ("toml_edit", &["rule"]),
    ("annotate_snippets", &["rule", "report"]),
    ("anstyle", &["report", "cli"]),
    ("globset", &["rule", "disk"]),
    ("gen_lsp_types", &["lsp"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("indicatif", &["cli"]),
    ("anstream", &["cli"]),
    ("anyhow", &["cli"]),
    ("std::fs", &["disk"]),
    ("ignore", &["disk"]),
    ("tempfile", &["disk"]),
    ("rustix", &["disk", ""]),
    ("blake3", &["report", "disk"]),
    ("postcard", &["disk"]),
];

/// Crates that the file names outside of their rooms.
fn strangers(file: &RepoFile) -> Vec<String> {
    if !file.path.starts_with("src/") || !file.is_rust() {
        return Vec::new();
    }
    let floor = file.floor().unwrap_or("");
    let code = code_of(&file.text);
    let named = ROOMS.iter().filter(|(name, floors)| !floors.contains(&floor) && is_named(&code, name));
    named.map(|(name, floors)| format!("`{name}` is for {}", floors.join(", "))).collect()
}

/// Whether a path begins with `name`: `name::…`, `use name;`, or `{fs, …}` behind `std::`.
fn is_named(code: &str, name: &str) -> bool {
    let begins = |found: usize| {
        let before = code[..found].chars().next_back();
        !before.is_some_and(|character| character.is_alphanumeric() || "_:".contains(character))
    };
    let path = format!("{name}::");
    let alone = format!("use {name};");
    let mut found = code.match_indices(&path).map(|(found, _)| found);
    found.any(begins) || code.contains(&alone) || name == "std::fs" && code.contains("std::{fs")
}

#[test]
fn crates_keep_to_their_rooms() {
    assert_none(strangers);
}

#[test]
fn a_crate_outside_its_room_is_found_in_every_form() {
    let wrong = [
        ("src/site/find.rs", "use ruff_python_ast::Expr;"),
        ("src/plan/compose.rs", "use std::fs;"),
        ("src/cli/apply.rs", "use std::{fs, path::Path};"),
        ("src/cli/apply.rs", "fn f() { std::fs::write(\"a\", \"b\"); }"),
        ("src/lib.rs", "use similar::TextDiff;"),
    ];
    for (path, text) in wrong {
        assert_eq!(problems(strangers, path, text).len(), 1, "{path}: {text}");
    }
}

#[test]
fn names_that_only_look_like_a_crate_are_fine() {
    let fine = [
        ("src/disk/walk.rs", "use ignore::WalkBuilder;\nuse std::fs;"),
        ("src/site/find.rs", "use super::similar::Pair; use crate::toml_like::x; // toml::from_str"),
        ("tests/diff.rs", "use std::fs;"),
    ];
    for (path, text) in fine {
        assert_eq!(problems(strangers, path, text), Vec::<String>::new(), "{path}: {text}");
    }
}
