//! The preview against git: `git apply` takes the diff of every change and makes exactly the bytes that were planned,
//! and `--stat` counts as git counts.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use unshim::plan::{Action, FileChange, Plan, Proof};
use unshim::project::{Content, Loaded, Project, RootConfig};
use unshim::report::{Palette, Screen, SourceText, View, diff, stat};
use unshim::rule::RuleSet;
use unshim::text::{Edit, Edits, Shape, Span};

/// What a file holds before, and after: `None` if it goes.
type Change<'a> = (&'a str, &'a str, Option<&'a str>);

/// The file of a text that is written here in UTF-8: one byte a character if it declares latin-1.
fn bytes(text: &str) -> Vec<u8> {
    if text.contains("coding: latin-1") { text.chars().map(|character| character as u8).collect() } else { text.into() }
}

fn decoded(text: &str) -> String {
    Shape::decode(bytes(text)).unwrap().0
}

/// A plan that replaces whole texts: what a diff shows does not depend on how the edits are cut.
fn planned(changes: &[Change]) -> (Project, Plan) {
    let load = |(path, before, _): &Change| Loaded {
        path: (*path).to_owned(),
        content: Content::Bytes(bytes(before)),
        editable: true,
    };
    let loaded = changes.iter().map(load).collect();
    let project = Project::new(loaded, &RootConfig::default());
    let mut plan = Plan::default();
    let mut sorted = changes.to_vec();
    sorted.sort();
    for (path, before, after) in sorted {
        let action = match after {
            Some(after) => {
                let edit = Edit::new(Span::new(0, decoded(before).len()), decoded(after));
                Action::Edit { edits: Edits::new(vec![edit]).unwrap(), notes: Vec::new() }
            }
            None => Action::Delete { rule: 0 },
        };
        plan.changes.push(FileChange { path: path.to_owned(), before: decoded(before), action });
    }
    (project, plan)
}

fn preview(changes: &[Change], screen: &Screen) -> Vec<u8> {
    let (project, plan) = planned(changes);
    let rules = RuleSet::default();
    let view = View { project: &project, rules: &rules, plan: &plan, proof: Proof::default() };
    let mut out = Vec::new();
    diff::write(&view, screen, &mut out).unwrap();
    out
}

/// Writes the old files, lets git apply the preview, and compares what is there then.
fn assert_git_applies(changes: &[Change]) {
    let folder = tempfile::tempdir().unwrap();
    write_old(folder.path(), changes);
    let patch = preview(changes, &Screen::plain());
    let errors = git_apply(folder.path(), &patch);
    for (path, _, after) in changes {
        let found = fs::read(folder.path().join(path)).ok();
        let expected = after.map(bytes);
        assert!(found == expected, "{path:?}: {errors}\n{}", String::from_utf8_lossy(&patch));
    }
}

fn write_old(folder: &Path, changes: &[Change]) {
    for (path, before, _) in changes {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes(before)).unwrap();
    }
}

fn git_apply(folder: &Path, patch: &[u8]) -> String {
    let patch_file = tempfile::NamedTempFile::new().unwrap();
    fs::write(patch_file.path(), patch).unwrap();
    let output = Command::new("git")
        .args(["apply", "--whitespace=nowarn"])
        .arg(patch_file.path())
        .env("GIT_CEILING_DIRECTORIES", folder.parent().unwrap())
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn git_applies_an_edit_with_its_context() {
    let old = "a\nb\nc\nd\ne\nfrom old import Old\nf\ng\nh\ni\n";
    assert_git_applies(&[("shop/api.py", old, Some(&old.replace("old import Old", "new import New")))]);
}

#[test]
fn git_applies_files_without_a_last_newline() {
    assert_git_applies(&[
        ("both.py", "x = 1\ny = 2", Some("x = 1\ny = 3")),
        ("gained.py", "x = 1", Some("x = 1\n")),
        ("lost.py", "x = 1\n", Some("x = 1")),
        ("context.py", "x = 1\ny = 2\nz", Some("x = 2\ny = 2\nz")),
    ]);
}

#[test]
fn git_applies_every_line_end_and_odd_byte() {
    assert_git_applies(&[
        ("crlf.py", "a\r\nb\r\nc\r\n", Some("a\r\nB\r\nc\r\n")),
        ("mixed.py", "a\r\nb\nc\rd\re\n", Some("a\r\nB\nc\rd\rE\n")),
        ("form_feed.py", "a\n\x0c\nb\n", Some("a\n\x0c\nc\n")),
        ("separator.py", "a = '\u{2028}'\nb\n", Some("a = '\u{2028}'\nc\n")),
        ("mark.py", "\u{feff}a\nb\n", Some("\u{feff}a\nc\n")),
        ("latin.py", "# coding: latin-1\na = '\u{e9}'\nb\n", Some("# coding: latin-1\na = '\u{e9}'\nc\n")),
        ("escape.py", "a\n\x1b[31m\x07\n", Some("b\n\x1b[31m\x07\n")),
        ("blanks.py", "a  \n\t\n  b\t\n", Some("a  \n\t\n  c\t\n")),
    ]);
}

#[test]
fn git_applies_a_file_that_goes_and_one_that_becomes_empty() {
    assert_git_applies(&[
        ("goes.py", "from new import New as Old\n", None),
        ("goes_unended.py", "from new import New as Old", None),
        ("nothing_in_it.py", "", None),
        ("emptied.py", "import old\n", Some("")),
        ("filled.py", "", Some("x = 1\n")),
    ]);
}

#[test]
fn git_applies_whatever_the_path_is_called() {
    assert_git_applies(&[
        ("with blank/a b.py", "a\n", Some("b\n")),
        ("with blank/goes away.py", "a\n", None),
        ("caf\u{e9}/na\u{ef}ve \u{1f980}.py", "a\n", Some("b\n")),
        ("quote\"back\\slash.py", "a\n", Some("b\n")),
        ("tab\tnewline\n\x1b[31m.py", "a\n", Some("b\n")),
        ("private\u{f03a}use.py", "a\n", None),
    ]);
}

#[test]
fn git_applies_source_that_looks_like_a_patch() {
    let old = "-- a/x\n++ b/x\ndiff --git a/x b/x\n@@ -1 +1 @@\n\\ No newline at end of file\nGIT binary patch\n";
    assert_git_applies(&[("patch.py", old, Some(&format!("-- a/y\n{}", &old[7..])))]);
}

/// Small random texts over few lines: every shape of hunk comes up. The generator is a fixed linear congruence.
#[test]
fn git_applies_any_pair_of_texts() {
    let mut state = 7u64;
    let mut next = move |bound: u64| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) % bound
    };
    let mut text = || {
        let mut lines: Vec<_> =
            (0..next(30)).map(|_| format!("{}\n", ["a", "b", "", "c\r"][next(4) as usize])).collect();
        if next(2) == 0 && !lines.is_empty() {
            lines.push("end".to_owned());
        }
        lines.concat()
    };
    let texts: Vec<_> = (0..150).map(|number| (format!("file_{number:03}.py"), text(), text())).collect();
    let changes: Vec<Change> =
        texts.iter().map(|(path, old, new)| (path.as_str(), old.as_str(), Some(new.as_str()))).collect();
    assert_git_applies(&changes);
}

#[test]
fn a_file_that_stays_as_it_is_gives_nothing() {
    assert!(preview(&[("same.py", "a\n", Some("a\n"))], &Screen::plain()).is_empty());
}

#[test]
fn the_plain_diff_is_gits() {
    let old = "class Shop:\n    a = 1\n    b = 2\n    c = 3\n    d = 4\n    e = 5\n";
    let shown = preview(&[("a.py", old, Some(&old.replace("e = 5", "e = 6")))], &Screen::plain());
    let expected = "diff --git a/a.py b/a.py\n--- a/a.py\n+++ b/a.py\n@@ -3,4 +3,4 @@ class Shop:\n     b = 2\n     c = 3\n     \
                    d = 4\n-    e = 5\n+    e = 6\n";
    assert_eq!(String::from_utf8(shown).unwrap(), expected);
}

#[test]
fn a_terminal_gets_colour_and_no_orders_from_the_source() {
    let screen = Screen { palette: Palette::coloured(), source: SourceText::Visible, ..Screen::plain() };
    let old = "from old import Thing\nx = '\x1b]0;title\x07'\r\n";
    let shown = preview(&[("a.py", old, Some(&old.replace("old", "new")))], &screen);
    let shown = String::from_utf8(shown).unwrap();
    assert!(shown.contains("\x1b[31m-\x1b[0m\x1b[31mfrom \x1b[0m\x1b[1m\x1b[7m\x1b[31mold\x1b[0m"), "{shown:?}");
    assert!(shown.contains(" x = '^[]0;title^G'\r\n"), "{shown:?}");
}

#[test]
fn the_stat_is_gits() {
    let long = "a\n".repeat(300);
    let deep = format!("{}/service.py", ["deeply_nested_package"; 5].join("/"));
    let changes: Vec<Change> = vec![
        ("short.py", "a\nb\n", Some("a\nc\nd\n")),
        ("long.py", &long, Some("b\n")),
        ("emptied.py", "import old\n", Some("")),
        ("caf\u{e9}.py", "a\nb\n", None),
        (&deep, "a\nb\nc\n", Some("a\nc\n")),
    ];
    let (project, plan) = planned(&changes);
    let rules = RuleSet::default();
    let view = View { project: &project, rules: &rules, plan: &plan, proof: Proof::default() };
    let mut shown = Vec::new();
    stat::write(&view, &Screen::plain(), &mut shown).unwrap();
    assert_eq!(String::from_utf8(shown).unwrap(), gits_stat(&changes));
}

/// What `git diff --stat` says of the change in a repository of its own.
fn gits_stat(changes: &[Change]) -> String {
    let folder = tempfile::tempdir().unwrap();
    write_old(folder.path(), changes);
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "."]);
    for (path, _, after) in changes {
        let path = folder.path().join(path);
        match after {
            Some(after) => fs::write(path, after).unwrap(),
            None => fs::remove_file(path).unwrap(),
        }
    }
    git(folder.path(), &["diff", "--stat=80", "--no-renames", "--no-color"])
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git").args(arguments).current_dir(folder).stdin(Stdio::null()).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}
