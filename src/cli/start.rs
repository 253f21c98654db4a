//! `unshim` alone: what it sees here, and where to start.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::failure::Failure;
use super::flow;
use super::init::STARTER;
use super::rules;
use super::session::{Outcome, Session};
use crate::disk::{self, GitState, Standing, Tree};
use crate::report::{counted, shown_path, shown_text};
use crate::rule::RuleSet;

/// Files or folders named on one line.
const MOST_NAMED: usize = 4;

pub(super) fn run(session: &mut Session) -> Result<Outcome, Failure> {
    let tree = Tree::around(&session.folder)?;
    let found = rules::read(&session.global.rules, &tree);
    let reading = flow::read_tree(&tree, &RuleSet::default(), session)?;
    let paths: Vec<&str> =
        reading.files.iter().map(|file| file.path.as_str()).filter(|path| path.ends_with(".py")).collect();
    let git = git_line(&tree);
    let (out, screen) = session.result();
    let heading = screen.palette.heading;
    writeln!(out, "{heading}unshim {}{heading:#}  ·  {}", env!("CARGO_PKG_VERSION"), name(&tree, &git))?;
    writeln!(out, "  Rules      {}", rules_line(&found, &tree))?;
    writeln!(out, "  Python     {}", python_line(&paths))?;
    writeln!(out, "  Pending    {}", pending_line(&tree))?;
    writeln!(out, "{heading}Start here{heading:#}")?;
    for (command, does) in next_steps(&found, &paths, &tree) {
        writeln!(out, "  unshim {command:<17}{does}")?;
    }
    Ok(Outcome::Done)
}

fn name(tree: &Tree, git: &str) -> String {
    let name =
        tree.top.file_name().map_or_else(|| Path::new("/").display().to_string(), |name| name.to_string_lossy().into());
    format!("{}  ({git})", shown_path(&name))
}

/// `git: main, clean`.
fn git_line(tree: &Tree) -> String {
    if !tree.is_repository {
        return "no git repository".to_owned();
    }
    match GitState::of(tree) {
        Ok(GitState { branch, is_clean }) => {
            let branch = branch.unwrap_or_else(|| "no branch".to_owned());
            format!("git: {}, {}", shown_text(&branch), if is_clean { "clean" } else { "changes not committed" })
        }
        Err(_) => "git".to_owned(),
    }
}

fn rules_line(found: &Result<RuleSet, Failure>, tree: &Tree) -> String {
    let end = if tree.is_repository { " up to the repository's top" } else { "" };
    match found {
        Ok(rules) => {
            let files: BTreeSet<&str> = rules.rules.iter().map(|rule| rule.declared.0.as_str()).collect();
            let names: Vec<_> = files.iter().take(MOST_NAMED).map(|name| shown_path(name)).collect();
            let more = if files.len() > MOST_NAMED { ", …" } else { "" };
            format!("{} in {}{more}", counted(rules.rules.len(), "rule"), names.join(", "))
        }
        Err(Failure::NoRules { has_starter: true, .. }) => format!("none yet  (no line of {STARTER} is one)"),
        Err(Failure::NoRules { .. }) => format!("none yet  (looked for rules/, [tool.unshim]{end})"),
        Err(_) => "not right: `unshim check` says what is wrong".to_owned(),
    }
}

/// `1,284 files in src, tests`.
fn python_line(paths: &[&str]) -> String {
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    for path in paths {
        *folders.entry(path.split_once('/').map_or(".", |(folder, _)| folder)).or_default() += 1;
    }
    let mut ranked: Vec<_> = folders.into_iter().collect();
    ranked.sort_by_key(|&(folder, count)| (std::cmp::Reverse(count), folder));
    let more = if ranked.len() > MOST_NAMED { ", …" } else { "" };
    let names: Vec<_> = ranked.iter().take(MOST_NAMED).map(|(folder, _)| shown_path(folder)).collect();
    if names.is_empty() {
        "no files: change to the folder of a project".to_owned()
    } else {
        format!("{} in {}{more}", counted(paths.len(), "file"), names.join(", "))
    }
}

/// What could be taken back, or must be.
fn pending_line(tree: &Tree) -> String {
    if let Some(id) = disk::open_change(tree) {
        return format!("change {} is under way, or was cut off: `unshim undo` takes it back", shown_text(&id));
    }
    let past = disk::past(tree).unwrap_or_default();
    match past.iter().find(|past| past.undoes.is_none() && past.standing == Standing::Stands) {
        Some(last) => format!("`unshim undo` takes back {}", shown_text(&last.id)),
        None => "nothing to undo".to_owned(),
    }
}

type Step = (&'static str, &'static str);

fn next_steps(found: &Result<RuleSet, Failure>, paths: &[&str], tree: &Tree) -> &'static [Step] {
    if disk::open_change(tree).is_some() {
        return &[("undo", "take back the change that was cut off")];
    }
    match found {
        _ if paths.is_empty() => &[("demo", "see it at work on a small built-in project")],
        Ok(_) => &[
            ("diff", "preview the change"),
            ("apply", "make it, all or nothing"),
            ("check", "fail if an alias is in use, for the build"),
        ],
        Err(Failure::NoRules { .. }) => &[
            ("demo", "see it at work on a small built-in project"),
            ("audit", "find the families: aliases, re-exports, shims, copies"),
            ("audit --propose", "write rule files for them"),
            ("init", "write a commented one by hand"),
            ("rules", "ready rules for known migrations"),
            ("diff", "preview the change"),
            ("apply", "make it, all or nothing"),
        ],
        Err(_) => &[("check", "show what is wrong in the rules")],
    }
}
