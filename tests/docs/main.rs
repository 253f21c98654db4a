//! The guide in `docs/` says what the program does: its reference is made of the program, its commands are run.
//!
//! A part of a page between `<!-- made: NAME -->` and `<!-- end -->` is what [`made`] says of NAME. A fence of the kind
//! `console` is a session: see [`session`]. `INSTA_UPDATE=always` in the environment, the switch of the snapshots too, writes
//! what is so into the pages instead of failing.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod commands;
mod made;
mod prose;
mod schema;
mod session;

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

/// A page of the guide, or a Markdown file beside it.
struct Page {
    /// Relative to the repository.
    path: String,
    text: String,
}

fn top() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All pages, sorted by path.
fn pages() -> Vec<Page> {
    let mut paths = vec![top().join("README.md"), top().join("RELIABILITY.md")];
    let mut folders = vec![top().join("docs")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                paths.push(path);
            }
        }
    }
    paths.sort();
    let name = |path: &Path| path.strip_prefix(top()).unwrap().to_str().unwrap().to_owned();
    paths.iter().map(|path| Page { path: name(path), text: fs::read_to_string(path).unwrap() }).collect()
}

/// Compares the file with what it should hold, or writes that into it; what is wrong is returned.
fn settle(path: &str, text: &str, wanted: &str) -> Option<String> {
    if text == wanted {
        return None;
    }
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(top().join(path), wanted).unwrap();
        return None;
    }
    let same = text.lines().zip(wanted.lines()).take_while(|(a, b)| a == b).count();
    let line = |text: &str| text.lines().nth(same).unwrap_or("(the end)").to_owned();
    Some(format!("{path}:{}\n  the page  {}\n  is so     {}", same + 1, line(text), line(wanted)))
}

fn assert_settled(wrong: impl Iterator<Item = String>) {
    let wrong: Vec<String> = wrong.collect();
    let help = "`INSTA_UPDATE=always cargo test --test docs` writes what is so into the pages: read what has changed";
    assert!(wrong.is_empty(), "\n{}\n\n{help}", wrong.join("\n"));
}

#[test]
fn the_reference_is_what_the_program_says() {
    let made = pages().into_iter().map(|page| (made::remade(&page), page));
    assert_settled(made.filter_map(|(wanted, page)| settle(&page.path, &page.text, &wanted)));
}

#[test]
fn the_schemas_are_published() {
    let schemas = [("rules", unshim::rule::schema()), ("output", unshim::report::json::schema())];
    assert_settled(schemas.iter().filter_map(|(name, wanted)| {
        let path = format!("docs/schemas/{name}.json");
        settle(&path, &fs::read_to_string(top().join(&path)).unwrap_or_default(), wanted)
    }));
}

#[test]
fn every_session_ends_as_it_is_shown() {
    let run: Vec<(String, Page)> = pages().into_par_iter().map(|page| (session::run_again(&page), page)).collect();
    assert_settled(run.iter().filter_map(|(wanted, page)| settle(&page.path, &page.text, wanted)));
}

#[test]
fn every_command_line_is_one() {
    assert_settled(pages().iter().flat_map(prose::wrong_lines));
}

#[test]
fn every_link_leads_to_a_file() {
    assert_settled(pages().iter().flat_map(prose::broken_links));
}

#[test]
fn every_command_has_examples_that_it_takes() {
    let program = unshim::cli::command_line();
    assert_settled(commands::all().iter().chain([&program]).flat_map(prose::wrong_examples));
}
