//! What came of the examples in rule files: a line each, and for those that fail how they differ from what was found.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::diff::{push_hunks, push_styled};
use super::harmless;
use super::screen::{Detail, Screen};
use super::visible::{git_path, shown_path, shown_text};
use super::words::{counted, number};
use crate::plan::Trial;
use crate::rule::{Example, Found, Rule};
use crate::site::Mismatch;

/// The version of the machine output.
const VERSION: u8 = 1;

/// An example and what came of it.
#[derive(Debug)]
pub struct Tried<'a> {
    pub rule: &'a Rule,
    /// Position among the rule's examples, from 1.
    pub number: usize,
    pub example: &'a Example,
    /// What the tree says against the rule, if it does not fit.
    pub outcome: Result<Trial, Vec<Mismatch>>,
    /// What was found has become what the rule file says.
    pub is_updated: bool,
}

impl Tried<'_> {
    pub fn holds(&self) -> bool {
        self.outcome.as_ref().is_ok_and(|trial| trial.holds(self.example))
    }

    /// What would make the example hold; `None` if nothing would.
    pub fn found(&self) -> Option<Found> {
        let trial = self.outcome.as_ref().ok().filter(|trial| trial.again.is_empty())?;
        let changes = trial.after != self.example.before;
        Some(Found {
            rule: self.rule.id.clone(),
            example: self.number - 1,
            after: changes.then(|| trial.after.clone()),
            refusals: trial.refusals.clone(),
        })
    }

    fn status(&self) -> &'static str {
        match (self.holds(), self.is_updated) {
            (true, _) => "ok",
            (false, true) => "updated",
            (false, false) => "failed",
        }
    }

    fn missing(&self) -> Vec<&str> {
        let Ok(trial) = &self.outcome else { return Vec::new() };
        let missing = self.example.refusals.iter().filter(|line| !trial.refusals.contains(line));
        missing.map(String::as_str).collect()
    }

    fn unexpected(&self) -> Vec<&str> {
        let Ok(trial) = &self.outcome else { return Vec::new() };
        let unexpected = trial.refusals.iter().filter(|line| !self.example.refusals.contains(line));
        unexpected.map(String::as_str).collect()
    }

    /// Paths with the expected and the found text, where these differ.
    fn differences(&self) -> Vec<(&str, Option<&str>, Option<&str>)> {
        let Ok(trial) = &self.outcome else { return Vec::new() };
        let paths: BTreeSet<&String> = self.example.after.keys().chain(trial.after.keys()).collect();
        let sides =
            paths.into_iter().map(|path| (path.as_str(), text(&self.example.after, path), text(&trial.after, path)));
        sides.filter(|(_, expected, found)| expected != found).collect()
    }

    /// What is wrong beside texts and refusals.
    fn problems(&self) -> Vec<String> {
        match &self.outcome {
            Err(mismatches) => mismatches.iter().map(|mismatch| mismatch.message.clone()).collect(),
            Ok(trial) => trial.again.iter().map(|what| format!("a second run {what}")).collect(),
        }
    }
}

fn text<'a>(tree: &'a BTreeMap<String, String>, path: &str) -> Option<&'a str> {
    tree.get(path).map(String::as_str)
}

/// Writes a line for each example, what is wrong with those that fail, and how many do.
pub fn write(tried: &[Tried], rules: &[Rule], screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    for one in tried {
        if screen.detail > Detail::Quiet || !one.holds() {
            write_line(one, screen, out)?;
        }
        if one.status() == "failed" {
            out.write_all(&details(one, screen))?;
        }
    }
    write_totals(tried, rules, screen, out)
}

/// `ok       rules/shop.toml:12  user-service 1  the re-export goes`
fn write_line(tried: &Tried, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let palette = &screen.palette;
    let status = tried.status();
    let style = if status == "failed" { palette.error } else { palette.added };
    let (file, _) = &tried.rule.declared;
    let place = palette.place;
    write!(out, "{style}{status:<8}{style:#} {place}{}:{}{place:#}", shown_path(file), tried.example.line)?;
    write!(out, "  {} {}", shown_text(&tried.rule.id), tried.number)?;
    match tried.example.why.as_str() {
        "" => writeln!(out),
        why => writeln!(out, "  {}", shown_text(why)),
    }
}

fn details(tried: &Tried, screen: &Screen) -> Vec<u8> {
    let mut out = Vec::new();
    let mut line = |text: String| {
        out.extend_from_slice(b"  ");
        out.extend_from_slice(shown_text(&text).as_bytes());
        out.push(b'\n');
    };
    tried.problems().into_iter().for_each(&mut line);
    tried.missing().iter().for_each(|refusal| line(format!("not refused: {refusal}")));
    tried.unexpected().iter().for_each(|refusal| line(format!("refused: {refusal}")));
    for (path, expected, found) in tried.differences() {
        let side = |prefix, text: Option<&str>| match text {
            Some(_) => git_path(prefix, path),
            None => "/dev/null".to_owned(),
        };
        for header in [format!("--- {}", side("expected/", expected)), format!("+++ {}", side("found/", found))] {
            push_styled(&mut out, screen.palette.heading, header.as_bytes());
            out.push(b'\n');
        }
        let bytes = |text: Option<&str>| text.unwrap_or_default().as_bytes().to_vec();
        push_hunks(&mut out, &bytes(expected), &bytes(found), screen);
    }
    out
}

fn write_totals(tried: &[Tried], rules: &[Rule], screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let bare = rules.iter().filter(|rule| rule.examples.is_empty()).count();
    let failed = tried.iter().filter(|one| one.status() == "failed").count();
    let updated = tried.iter().filter(|one| one.status() == "updated").count();
    let holding = tried.len() - failed - updated;
    let mut parts = Vec::new();
    if failed > 0 {
        parts.push(format!("{} of {} failed", number(failed), counted(tried.len(), "example")));
    } else if holding > 0 || tried.is_empty() {
        parts.push(format!("{} hold{}", counted(holding, "example"), if holding == 1 { "s" } else { "" }));
    }
    if updated > 0 {
        parts.push(format!("{} updated", counted(updated, "example")));
    }
    if bare > 0 {
        parts.push(format!("{} without an example", counted(bare, "rule")));
    }
    writeln!(out, "{}", parts.join(" · "))?;
    if screen.detail == Detail::Quiet {
        return Ok(());
    }
    match (tried.is_empty(), failed, updated) {
        (true, _, _) => writeln!(out, "Next: add `[[rule.example]]` with `before` and `after` to a rule"),
        (_, 0, 0) => writeln!(out, "Next: unshim diff"),
        (_, 0, _) => writeln!(out, "Next: `git diff` shows what was written into the rule files"),
        _ => writeln!(out, "Next: correct the rule, or let `unshim test --update` write down what was found"),
    }
}

/// `unshim test --output-format json`
#[derive(Serialize, JsonSchema)]
pub(super) struct TestOutput<'a> {
    version: u8,
    /// In the order of the rule files.
    examples: Vec<ExampleOutput<'a>>,
    failed: usize,
}

/// One example of a rule.
#[derive(Serialize, JsonSchema)]
struct ExampleOutput<'a> {
    rule: &'a str,
    /// Position among the rule's examples, from 1.
    number: usize,
    /// The rule file.
    path: &'a str,
    /// From 1.
    line: u32,
    why: &'a str,
    holds: bool,
    /// What was found is in the rule file now.
    updated: bool,
    /// Files that are not as expected, sorted by path.
    differences: Vec<Difference<'a>>,
    /// Refusals that were expected and did not come, as `path:line reason`.
    missing: Vec<&'a str>,
    /// Refusals that came and were not expected.
    unexpected: Vec<&'a str>,
    /// What else is wrong: the rule does not fit the tree, or a second run changes something.
    problems: Vec<String>,
}

/// A file that is not as expected; `null` stands for a file that is not there.
#[derive(Serialize, JsonSchema)]
struct Difference<'a> {
    path: &'a str,
    expected: Option<&'a str>,
    found: Option<&'a str>,
}

/// Writes what came of the examples as one line of JSON.
pub fn write_json(tried: &[Tried], out: &mut dyn Write) -> io::Result<()> {
    let failed = tried.iter().filter(|one| one.status() == "failed").count();
    let output = TestOutput { version: VERSION, examples: tried.iter().map(example_output).collect(), failed };
    harmless::write_json(&output, out)
}

fn example_output<'a>(tried: &'a Tried) -> ExampleOutput<'a> {
    let differences = tried.differences().into_iter();
    ExampleOutput {
        rule: &tried.rule.id,
        number: tried.number,
        path: &tried.rule.declared.0,
        line: tried.example.line,
        why: &tried.example.why,
        holds: tried.holds(),
        updated: tried.is_updated,
        differences: differences.map(|(path, expected, found)| Difference { path, expected, found }).collect(),
        missing: tried.missing(),
        unexpected: tried.unexpected(),
        problems: tried.problems(),
    }
}
