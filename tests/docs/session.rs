//! The sessions of a page: what is typed behind `$ `, continued behind `> `, and what is seen of it.
//!
//! All sessions of a page are one run of bash, in order. It begins in the demo's project, committed to git; a page whose first
//! command is `unshim demo` begins in an empty folder. In what is shown, `…` stands for any text, on a line of its own for any
//! lines; ids and dates are compared as such.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::{Page, top};

const FENCE: &str = "```console\n";
/// Ends what a command prints; no text holds it.
const MARK: &str = "\u{1}\n";

/// A command and what the page shows of it.
struct Step {
    /// As it stands on the page, without its last line end.
    typed: String,
    shown: String,
}

/// The page with what its commands print now; what is shown in another way of the same stays.
pub(crate) fn run_again(page: &Page) -> String {
    let mut parts = page.text.split(FENCE);
    let mut text = parts.next().unwrap_or_default().to_owned();
    let blocks: Vec<(Vec<Step>, &str)> = parts.map(|part| block(part, &page.path)).collect();
    let steps: Vec<&Step> = blocks.iter().flat_map(|(steps, _)| steps).collect();
    if steps.is_empty() {
        return text;
    }
    let mut found = outputs(&steps, &page.path).into_iter();
    for (steps, rest) in blocks {
        text += FENCE;
        for Step { typed, shown } in steps {
            let output = found.next().unwrap();
            text += &format!("{typed}\n{}", if fits(&shown, &output) { shown } else { output });
        }
        text += "```\n";
        text += rest;
    }
    text
}

/// The steps of a block, and what follows it.
fn block<'a>(part: &'a str, path: &str) -> (Vec<Step>, &'a str) {
    let (block, rest) = part.split_once("```\n").unwrap_or_else(|| panic!("{path}: a session has no end"));
    let mut steps: Vec<Step> = Vec::new();
    for line in block.lines() {
        match steps.last_mut() {
            _ if line.starts_with("$ ") => steps.push(Step { typed: line.to_owned(), shown: String::new() }),
            Some(step) if step.shown.is_empty() && line.starts_with("> ") => step.typed += &format!("\n{line}"),
            Some(step) => step.shown += &format!("{line}\n"),
            None => panic!("{path}: a session begins with `{line}`"),
        }
    }
    (steps, rest)
}

/// What each command prints to both streams, without blanks at the ends of lines.
fn outputs(steps: &[&Step], path: &str) -> Vec<String> {
    let place = tempfile::tempdir().unwrap();
    let mut script = "exec 2>&1\n".to_owned();
    if !steps[0].typed.starts_with("$ unshim demo") {
        let project = place.path().join("harbor-demo");
        copy(&top().join("src/cli/demo/project"), &project);
        fs::create_dir(project.join("rules")).unwrap();
        fs::copy(top().join("rules/demo.toml"), project.join("rules/demo.toml")).unwrap();
        script += "cd harbor-demo && git init -q && git add -A && git commit -qm 'the project as it came'\n";
    }
    for step in steps {
        let lines = step.typed.lines().map(|line| &line[2..]).collect::<Vec<_>>().join("\n");
        script += &format!("{lines}\nstatus=$?; printf '\\1\\n'; (exit $status)\n");
    }
    let shown = run(&script, place.path());
    let mut found: Vec<String> = shown.split(MARK).map(trimmed).collect();
    let rest = found.pop().unwrap_or_default();
    assert!(found.len() == steps.len() && rest.is_empty(), "{path}: the sessions end early:\n{shown}");
    found
}

fn run(script: &str, place: &Path) -> String {
    let programs = Path::new(env!("CARGO_BIN_EXE_unshim")).parent().unwrap().to_str().unwrap().to_owned();
    let mut bash = Command::new("bash");
    bash.args(["--norc", "-c", script]).current_dir(place).stdin(Stdio::null()).env_clear();
    let person = [("NAME", "You"), ("EMAIL", "you@example.org"), ("DATE", "2027-01-04T09:00:00Z")];
    for (key, value) in person {
        bash.env(format!("GIT_AUTHOR_{key}"), value).env(format!("GIT_COMMITTER_{key}"), value);
    }
    bash.env("PATH", format!("{programs}:{}", std::env::var("PATH").unwrap_or_default()));
    bash.env("HOME", place).env("LC_ALL", "C.UTF-8").env("TZ", "UTC").env("TMPDIR", std::env::temp_dir());
    bash.envs([("GIT_CONFIG_SYSTEM", "/dev/null"), ("GIT_CONFIG_COUNT", "1")]);
    bash.envs([("GIT_CONFIG_KEY_0", "init.defaultBranch"), ("GIT_CONFIG_VALUE_0", "main")]);
    String::from_utf8(bash.output().expect("bash is there").stdout).expect("sessions print UTF-8")
}

fn copy(from: &Path, to: &Path) {
    let mut open = vec![(from.to_owned(), to.to_owned())];
    while let Some((from, to)) = open.pop() {
        if from.is_dir() {
            fs::create_dir_all(&to).unwrap();
            let names = fs::read_dir(&from).unwrap().map(|entry| entry.unwrap().file_name());
            open.extend(names.map(|name| (from.join(&name), to.join(&name))));
        } else {
            fs::copy(from, to).unwrap();
        }
    }
}

fn trimmed(text: &str) -> String {
    let ended = text.strip_suffix('\n').unwrap_or(text);
    if ended.is_empty() {
        text.to_owned()
    } else {
        ended.lines().map(|line| format!("{}\n", line.trim_end())).collect()
    }
}

/// Whether what is shown is what was found, with anything in place of each `…`.
fn fits(shown: &str, found: &str) -> bool {
    let (shown, found) = (without_chance(&shown.replace("…\n", "…")), without_chance(&trimmed(found)));
    let mut pieces = shown.split('…');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = found.strip_prefix(first) else { return false };
    let mut is_open = false;
    let pieces: Vec<&str> = pieces.collect();
    for (index, piece) in pieces.iter().enumerate() {
        is_open = true;
        let at = if index + 1 == pieces.len() {
            rest.ends_with(piece).then(|| rest.len() - piece.len())
        } else {
            rest.find(piece)
        };
        let Some(at) = at else { return false };
        rest = &rest[at + piece.len()..];
    }
    rest.is_empty() || is_open && pieces.last().is_some_and(|piece| piece.is_empty())
}

/// The text without what another run has otherwise: ids, dates and times.
fn without_chance(text: &str) -> String {
    let word = |word: &str| {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let is_id = bare.len() >= 7
            && bare.bytes().all(|b| b.is_ascii_hexdigit())
            && bare.contains(|c: char| c.is_ascii_digit());
        let shape = bare.replace(|c: char| c.is_ascii_digit(), "0");
        let is_time = ["0000-00-00", "00:00"].contains(&shape.as_str());
        if is_id || is_time { format!("<chance>{}", &word[bare.len()..]) } else { word.to_owned() }
    };
    text.split_inclusive(|c: char| !c.is_alphanumeric() && c != '-' && c != ':').map(word).collect()
}

#[test]
fn what_is_left_out_may_be_anything_and_nothing_else_may() {
    for shown in ["a\nb\nc\n", "a\n…\n", "…\nc\n", "a\n…\nc\n", "a\n…\nb\nc\n", "…\nb\n…\n", "a\nb…\nc\n"]
    {
        assert!(fits(shown, "a\nb\nc\n"), "{shown:?}");
    }
    for shown in ["", "a\nb\n", "b\n…\n", "…\nb\n", "a\n…\nd\n…\n", "a\nb\nc\nd\n"] {
        assert!(!fits(shown, "a\nb\nc\n"), "{shown:?}");
    }
    assert!(fits("undo 0a1b2c3d, 2026-01-02 10:11\n", "undo 99887766, 2027-12-31 00:00\n"));
}
