//! `unshim explain`: what a name is, by which route, and where it stands; what a code, a reason or a kind of site means.

use std::path::Path;

use super::arguments::{Explain, OutputFormat};
use super::bare::{self, Bare};
use super::failure::Failure;
use super::flow;
use super::session::{Outcome, Session};
use crate::audit::{self, Explained, Survey};
use crate::disk::Tree;
use crate::report::explain::Answer;
use crate::report::{self, counted};
use crate::rule::nearest;
use crate::semantics::World;

const NO_FILE: &str = "no such file was read: give the path of a Python file, from here or from the top of the tree";
const NO_NAME: &str = "no name stands there: give a line on which one is defined, imported or used";
const NO_LINE: &str = "add a line, `FILE:LINE`, or a column as well, `FILE:LINE:COLUMN`";
const SYMBOL: &str =
    "name a symbol, `pkg.mod:Name` or `pkg.mod.Name`, a line of a file of the tree, `FILE:LINE`, or a code";

pub(super) fn run(explain: &Explain, session: &mut Session) -> Result<Outcome, Failure> {
    let (words, names): (Vec<&String>, Vec<&String>) =
        explain.what.iter().partition(|what| report::page::page(what).is_some());
    tell_pages(&words, explain.output_format, session)?;
    if names.is_empty() {
        return Ok(Outcome::Done);
    }
    let tree = flow::settled_tree(Path::new("."), session)?;
    let known = bare::answers(&tree, !explain.no_cache, session);
    let bare = Bare::read(&tree, &known, session)?;
    let world = &bare.world;
    let mut found = Vec::new();
    for what in names {
        found.extend(asked(what, &tree, world, session)?);
    }
    let answers = if found.iter().any(Explained::asks_for_all_names) {
        session.progress.stage("survey", counted(world.project.files.len(), "file"));
        bare.ask(known, |known| answers(world, Some(&Survey::new(world, known)), found))
    } else {
        answers(world, None, found)
    };
    let (out, screen) = session.result();
    match explain.output_format {
        OutputFormat::Text => report::explain::write(&answers, world, &screen, out)?,
        OutputFormat::Json => report::explain_json::write(&answers, world, out)?,
    }
    Ok(Outcome::Done)
}

fn answers(world: &World, survey: Option<&Survey>, found: Vec<Explained>) -> Vec<Answer> {
    let answer = |explained: Explained| {
        let others = audit::other_bindings(world, &explained);
        Answer { places: audit::sites(world, survey, &explained), others, explained }
    };
    found.into_iter().map(answer).collect()
}

/// Writes the pages of these words; no tree is needed.
fn tell_pages(words: &[&String], format: OutputFormat, session: &mut Session) -> Result<(), Failure> {
    let (out, _) = session.result();
    match format {
        OutputFormat::Text => words.iter().try_for_each(|word| report::page::write(word, out))?,
        OutputFormat::Json => words.iter().try_for_each(|word| report::page::write_json(word, out))?,
    }
    Ok(())
}

/// The names that an argument asks for.
fn asked(what: &str, tree: &Tree, world: &World, session: &Session) -> Result<Vec<Explained>, Failure> {
    if let Some((path, line, column)) = place(what) {
        let full = session.folder.join(path);
        let inside = full.strip_prefix(&tree.top).unwrap_or(Path::new(path));
        // Reports name files from the top of the tree, whatever the folder.
        let file = world.project.file_by_path(&inside.to_string_lossy()).or_else(|| world.project.file_by_path(path));
        let file = file.ok_or_else(|| Failure::not_explained(what, NO_FILE))?;
        let found = Explained::at(world, file, line, column);
        return if found.is_empty() { Err(Failure::not_explained(what, NO_NAME)) } else { Ok(found) };
    }
    match audit::asked_symbol(world, what) {
        Some(symbol) => Ok(vec![Explained::symbol(world, &symbol)]),
        None if what.ends_with(".py") => Err(Failure::not_explained(what, NO_LINE)),
        None => Err(Failure::not_explained(what, meant(what))),
    }
}

/// The page that a word was meant to name, or all that there is to ask for.
fn meant(what: &str) -> String {
    let words = report::page::words();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let meant = nearest(what, &words).map(|word| format!("did you mean `{word}`? Else "));
    meant.unwrap_or_default() + SYMBOL
}

/// `path/to/file.py:12`, `path/to/file.py:12:8`
fn place(what: &str) -> Option<(&str, u32, Option<u32>)> {
    let (before, last) = what.rsplit_once(':')?;
    let last: u32 = last.parse().ok()?;
    match before.rsplit_once(':').and_then(|(path, line)| Some((path, line.parse().ok()?))) {
        Some((path, line)) => Some((path, line, Some(last))),
        None => Some((before, last, None)),
    }
}
