//! Aliases that are other objects: how each differs from its canonical symbol, a line for each way of differing.

use std::io::{self, Write};

use super::screen::{Detail, Screen};
use super::view::View;
use super::visible::shown_text;
use super::words::number;
use crate::plan::{Merge, Outcome};
use crate::project::Project;
use crate::semantics::{Difference, Differs, Stretch};

/// Members named on a line.
const MOST_NAMES: usize = 8;
/// Members whose code is shown on both sides, for each way of differing.
const MOST_SHOWN: usize = 4;
/// Characters of code that are shown.
const LONGEST_CODE: usize = 60;
/// Columns of the words before the members.
const WIDTH: usize = 18;

/// Writes how the aliases that are other objects differ from what the rules make of them.
pub fn write(view: &View, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    if view.plan.merges.is_empty() {
        return Ok(());
    }
    let heading = screen.palette.heading;
    writeln!(out, "{heading}other objects{heading:#}   pickles that exist keep their path")?;
    view.plan.merges.iter().try_for_each(|merge| write_one(view, merge, screen, out))
}

fn write_one(view: &View, merge: &Merge, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let style = screen.palette.place;
    let outcome = match merge.outcome {
        Outcome::Merged => "merged",
        Outcome::InPart => "merged in part: sites of it stay, and so does its definition",
        Outcome::Refused => "not merged: a site of it stays",
        Outcome::NotMerged => "not merged: the rule does not name it under `merge`",
    };
    writeln!(out, "  {style}{} → {}{style:#}   {outcome}", merge.alias, merge.canonical)?;
    match merge.differences.as_deref() {
        None => writeln!(out, "    not compared: one of the two is no class or function of the tree"),
        Some([]) => writeln!(out, "    no difference"),
        Some(all) => all.chunk_by(|one, other| one.what == other.what).try_for_each(|group| {
            let words = words(merge, group[0].what);
            let lines =
                if shows_code(group[0].what) { code_lines(view, group, screen) } else { vec![names(group, screen)] };
            for (index, line) in lines.iter().enumerate() {
                let words = if index == 0 { words.as_str() } else { "" };
                writeln!(out, "    {words:<WIDTH$} {line}")?;
            }
            Ok(())
        }),
    }
}

fn words(merge: &Merge, what: Differs) -> String {
    match what {
        Differs::Extra => format!("only in {}", short(&merge.alias, &merge.canonical)),
        Differs::Missing => format!("only in {}", short(&merge.canonical, &merge.alias)),
        Differs::Kind => "other kind".to_owned(),
        Differs::Bases => "bases".to_owned(),
        Differs::Decorators => "decorators".to_owned(),
        Differs::Async => "async".to_owned(),
        Differs::Signature => "parameters".to_owned(),
        Differs::Default => "value".to_owned(),
        Differs::Level => "class or instance".to_owned(),
        Differs::Body => "body".to_owned(),
        Differs::Names => "names in the body".to_owned(),
    }
}

/// The name of a symbol if that tells it from the other one, else its module.
fn short(symbol: &crate::python::Symbol, other: &crate::python::Symbol) -> String {
    if symbol.name == other.name { symbol.module.to_string() } else { symbol.name.to_string() }
}

fn shows_code(what: Differs) -> bool {
    matches!(what, Differs::Bases | Differs::Decorators | Differs::Signature | Differs::Default | Differs::Names)
}

/// `close, create, … and 3 more`
fn names(group: &[Difference], screen: &Screen) -> String {
    let most = if screen.detail == Detail::All { group.len() } else { MOST_NAMES };
    let name = |difference: &Difference| difference.member.clone().unwrap_or_else(|| "itself".to_owned());
    let shown: Vec<String> = group.iter().take(most).map(name).collect();
    let rest = more(group.len().saturating_sub(most));
    format!("{}{}", shown_text(&shown.join(", ")), rest.map_or(String::new(), |rest| format!(", {rest}")))
}

/// `send   (self, text) → (self, text, later=False)`
fn code_lines(view: &View, group: &[Difference], screen: &Screen) -> Vec<String> {
    let most = if screen.detail == Detail::All { group.len() } else { MOST_SHOWN };
    let line = |difference: &Difference| {
        let member = difference.member.as_ref().map_or(String::new(), |member| format!("{member}   "));
        let code = |stretch: Option<Stretch>| {
            let code = stretch.map(|stretch| code(view.project, stretch)).unwrap_or_default();
            if code.is_empty() { "–".to_owned() } else { code }
        };
        shown_text(&format!("{member}{} → {}", code(difference.own), code(difference.canonical))).into_owned()
    };
    let mut lines: Vec<String> = group.iter().take(most).map(line).collect();
    lines.extend(more(group.len().saturating_sub(most)));
    lines
}

fn more(count: usize) -> Option<String> {
    (count > 0).then(|| format!("… and {} more (`-v` lists all)", number(count)))
}

/// The code of a stretch on one line, cut if it is long.
pub(crate) fn code(project: &Project, stretch: Stretch) -> String {
    let text = stretch.span.of(project.text(stretch.file).unwrap_or_default());
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST_CODE) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// The path of a stretch and the line on which it begins.
pub(crate) fn place(project: &Project, stretch: Stretch) -> (&str, u32) {
    (&project.file(stretch.file).path, project.line(stretch.file, stretch.span.start()))
}
