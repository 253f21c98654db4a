//! Findings as text: the place, the line of source with the name underlined, and how to settle it.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::found::Found;
use super::harmless::log;
use super::screen::{Detail, Screen};
use super::visible::{is_hostile, shown_path, shown_text};
use super::words::counted;
use crate::plan::{Code, Finding};
use crate::text::LineIndex;

/// Findings shown unless all are asked for.
const MOST_SHOWN: usize = 50;

/// Writes the findings and their sum; without findings the sum alone.
pub fn write(found: &Found, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let count = found.findings.len();
    let shown = if screen.detail == Detail::All { count } else { count.min(MOST_SHOWN) };
    for finding in &found.findings[..shown] {
        write_finding(found, finding, screen, out)?;
    }
    if shown < count {
        writeln!(out, "… and {} more (`-v` shows all)", counted(count - shown, "problem"))?;
    }
    let files = counted(found.project.files.len(), "file");
    let problem = if found.compared { "new problem" } else { "problem" };
    if count == 0 {
        return writeln!(out, "no {problem} in {files}");
    }
    writeln!(out, "{} in {files}", counted(count, problem))?;
    if screen.detail > Detail::Quiet { write_next(found, out) } else { Ok(()) }
}

/// Where the codes are explained.
fn write_next(found: &Found, out: &mut dyn Write) -> io::Result<()> {
    let codes: BTreeSet<Code> = found.findings.iter().map(|finding| finding.code).collect();
    let it = if codes.len() == 1 { "it means" } else { "they mean" };
    let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
    writeln!(out, "Next: `unshim explain {}` says what {it}, and how to ignore one", codes.join(" "))
}

fn write_finding(found: &Found, finding: &Finding, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let error = screen.palette.error;
    let (path, position) = (log(&opening(&finding.path)), finding.position);
    let at = format!("{path}:{}:{}", position.line, position.column);
    write!(out, "{}: ", screen.place(&at))?;
    writeln!(out, "{error}{}{error:#} {}", finding.code, log(&shown_text(&finding.message)))?;
    if screen.detail == Detail::Quiet {
        return Ok(());
    }
    if let Some(text) = found.text(finding) {
        writeln!(out, "{}", log(&snippet(finding, text, screen)))?;
    }
    Ok(())
}

/// The path at the begin of a line, where a build server obeys two colons.
fn opening(path: &str) -> Cow<'_, str> {
    match shown_path(path) {
        shown if shown.trim_start().starts_with("::") => Cow::Owned(format!("\"{shown}\"")),
        shown => shown,
    }
}

/// The lines that the span covers, without those around them.
fn snippet(finding: &Finding, text: &str, screen: &Screen) -> String {
    let index = LineIndex::new(text);
    let start = index.line_start(finding.span.start());
    let end = index.next_line_start(finding.span.end().saturating_sub(1).max(start), text);
    let label = (!finding.canonical.is_empty()).then(|| format!("is `{}`", finding.canonical));
    let span = finding.span.start() - start..finding.span.end() - start;
    let source = Snippet::source(same_length(&text[start..end]))
        .line_start(finding.position.line as usize)
        .annotation(AnnotationKind::Primary.span(span).label(label.as_deref()));
    let group = Group::with_level(Level::ERROR).element(source).element(Level::HELP.message(help(finding.code)));
    let renderer = if screen.palette.is_plain() { Renderer::plain() } else { Renderer::styled() };
    renderer.term_width(screen.width.max(60)).render(&[group])
}

/// The text with what a terminal would obey replaced, so that every byte keeps its place. The renderer knows ASCII itself.
fn same_length(text: &str) -> String {
    let shown = |character: char| match character.len_utf8() {
        2 if is_hostile(character) => '\u{a4}',
        3 if is_hostile(character) => '\u{fffd}',
        _ => character,
    };
    text.chars().map(shown).collect()
}

fn help(code: Code) -> &'static str {
    match code {
        Code::ThroughAlias | Code::ShimExists | Code::NamedInText => {
            "`unshim diff` shows what `unshim apply` makes of it, or why it stays"
        }
        Code::AliasGone => "import the canonical name: the alias was removed",
        Code::DeadlinePassed => "write `shims = \"remove\"` and run `unshim apply`, or move the deadline",
        Code::NewShim => "use the canonical name, or declare the alias in the rule",
        Code::SecondDefinition => "import the canonical one, or name this one under `merge`",
        Code::IgnoreWithoutReason => "`# unshim: ignore[…] -- why`",
        Code::UnusedIgnore => "delete what ignores nothing",
        Code::WrongIgnore => "`# unshim: ignore[US101] -- why`, or `ignore-file`",
        Code::StaleBaseline => "`--write-baseline` makes the baseline smaller",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Loaded, Project, RootConfig};
    use crate::rule::RuleSet;
    use crate::text::Span;

    #[test]
    fn a_finding_shows_its_line_and_its_help() {
        let text = "import os\nfrom shop.legacy import UserService\n";
        let project = Project::new(vec![Loaded::text("shop/new.py", text)], &RootConfig::default());
        let start = text.find("UserService").unwrap();
        let finding = Finding {
            path: "shop/new.py".to_owned(),
            position: LineIndex::new(text).position(start, text),
            span: Span::new(start, start + "UserService".len()),
            code: Code::ThroughAlias,
            rule: Some(0),
            symbol: "shop.legacy:UserService".to_owned(),
            canonical: "shop.users:UserService".to_owned(),
            message: "`UserService` through its shim `shop.legacy`".to_owned(),
        };
        let mut out = Vec::new();
        let (findings, rules) = ([finding], RuleSet::default());
        let found = Found { findings: &findings, rules: &rules, project: &project, compared: false };
        write(&found, &Screen::plain(), &mut out).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @"
        shop/new.py:2:25: US101 `UserService` through its shim `shop.legacy`
          |
        2 | from shop.legacy import UserService
          |                         ^^^^^^^^^^^ is `shop.users:UserService`
          |
          = help: `unshim diff` shows what `unshim apply` makes of it, or why it stays
        1 problem in 1 file
        Next: `unshim explain US101` says what it means, and how to ignore one
        ");
    }
}
