//! Findings as text: the place, the line of source with the name underlined, and how to settle it.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::screen::{Detail, Screen};
use super::visible::{shown_path, shown_text};
use super::words::counted;
use crate::plan::{Code, Finding};
use crate::project::Project;
use crate::text::LineIndex;

/// Findings shown unless all are asked for.
const MOST_SHOWN: usize = 50;

/// Writes the findings and their sum; without findings the sum alone.
pub fn write(findings: &[Finding], project: &Project, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let shown = if screen.detail == Detail::All { findings.len() } else { findings.len().min(MOST_SHOWN) };
    for finding in &findings[..shown] {
        write_finding(finding, project, screen, out)?;
    }
    if shown < findings.len() {
        writeln!(out, "… and {} more (`-v` shows all)", counted(findings.len() - shown, "problem"))?;
    }
    let files = counted(project.files.len(), "file");
    match findings.len() {
        0 => writeln!(out, "no problem in {files}"),
        count => writeln!(out, "{} in {files}", counted(count, "problem")),
    }
}

fn write_finding(finding: &Finding, project: &Project, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let (place, error) = (screen.palette.place, screen.palette.error);
    let (path, position) = (shown_path(&finding.path), finding.position);
    write!(out, "{place}{path}:{}:{}{place:#}: ", position.line, position.column)?;
    writeln!(out, "{error}{}{error:#} {}", finding.code, shown_text(&finding.message))?;
    if screen.detail == Detail::Quiet {
        return Ok(());
    }
    if let Some(text) = project.file_by_path(&finding.path).and_then(|file| project.text(file)) {
        writeln!(out, "{}", snippet(finding, text, screen))?;
    }
    Ok(())
}

/// The lines that the span covers, without those around them.
fn snippet(finding: &Finding, text: &str, screen: &Screen) -> String {
    let index = LineIndex::new(text);
    let start = index.line_start(finding.span.start());
    let end = index.next_line_start(finding.span.end().saturating_sub(1).max(start), text);
    let label = format!("is `{}`", finding.canonical);
    let span = finding.span.start() - start..finding.span.end() - start;
    let source = Snippet::source(&text[start..end])
        .line_start(finding.position.line as usize)
        .annotation(AnnotationKind::Primary.span(span).label(label));
    let group = Group::with_level(Level::ERROR).element(source).element(Level::HELP.message(help(finding.code)));
    let renderer = if screen.palette.is_plain() { Renderer::plain() } else { Renderer::styled() };
    renderer.term_width(screen.width.max(60)).render(&[group])
}

fn help(code: Code) -> &'static str {
    match code {
        Code::ThroughAlias | Code::ShimExists => "`unshim diff` shows the change, `unshim apply` makes it",
        Code::AliasGone => "import the canonical name: the alias was removed",
        Code::DeadlinePassed => "write `shims = \"remove\"` and run `unshim apply`, or move the deadline",
        Code::NewShim => "import the canonical name, or declare the alias in the rule",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Loaded, RootConfig};
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
            rule: 0,
            symbol: "shop.legacy:UserService".to_owned(),
            canonical: "shop.users:UserService".to_owned(),
            message: "`UserService` through its shim `shop.legacy`".to_owned(),
        };
        let mut out = Vec::new();
        write(&[finding], &project, &Screen::plain(), &mut out).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @"
        shop/new.py:2:25: US101 `UserService` through its shim `shop.legacy`
          |
        2 | from shop.legacy import UserService
          |                         ^^^^^^^^^^^ is `shop.users:UserService`
          |
          = help: `unshim diff` shows the change, `unshim apply` makes it
        1 problem in 1 file
        ");
    }
}
