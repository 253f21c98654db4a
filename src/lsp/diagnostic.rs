//! What is shown in the editor: findings in open documents, and what is wrong with rules in their files.

use std::collections::BTreeMap;

use gen_lsp_types::{CodeDescription, Diagnostic, DiagnosticSeverity, Position, PublishDiagnosticsParams, Range, Uri};

use super::analysis::{Analysis, Misfit};
use super::client::PAGES;
use super::desk::Desk;
use super::position::Ruler;
use super::reasons::Reasons;
use crate::plan::{Code, Finding};
use crate::report::shown_text;
use crate::rule::{Problems, Told};

/// What is shown, by URI.
pub(super) type Shown = BTreeMap<String, PublishDiagnosticsParams>;

/// All open documents of the tree, without diagnostics.
pub(super) fn nothing(desk: &Desk) -> Shown {
    let open = desk.open().map(|(_, uri, document)| {
        let (version, diagnostics) = (Some(document.version), Vec::new());
        (uri.clone(), PublishDiagnosticsParams { uri: Uri(uri.clone()), version, diagnostics })
    });
    open.collect()
}

/// The findings in open documents.
pub(super) fn show_findings(analysis: &Analysis, desk: &Desk, reasons: &Reasons, shown: &mut Shown) {
    for (path, uri, _) in desk.open() {
        let text = analysis.world.project.text_at(&path).unwrap_or_default();
        let ruler = Ruler::new(text, desk.client.units);
        let here = analysis.findings.iter().filter(|finding| finding.path == path);
        let told = reasons.beside(here).map(|(finding, reason)| told(finding, reason, (desk, &ruler))).collect();
        shown.entry(uri.clone()).and_modify(|shown| shown.diagnostics = told);
    }
}

/// A finding, and why it stays if it does.
pub(super) fn told(finding: &Finding, reason: Option<String>, (desk, ruler): (&Desk, &Ruler)) -> Diagnostic {
    let mut message = finding.message.clone();
    if !finding.canonical.is_empty() && !message.contains(&finding.canonical) {
        message += &format!(": it is `{}`", finding.canonical);
    }
    let mut lines = vec![shown_text(&message).into_owned()];
    lines.extend(reason);
    let page = Uri(format!("{PAGES}:///{}.md", finding.code));
    Diagnostic {
        severity: Some(severity(finding.code)),
        code: Some(finding.code.as_str().to_owned().into()),
        code_description: desk.client.links_codes.then_some(CodeDescription { href: page }),
        ..diagnostic(ruler.range(finding.span), lines.join("\n"))
    }
}

/// An import that fails is an error, and so is a day that is over; a shim by itself does no harm.
fn severity(code: Code) -> DiagnosticSeverity {
    match code {
        Code::AliasGone | Code::DeadlinePassed => DiagnosticSeverity::Error,
        Code::ShimExists => DiagnosticSeverity::Information,
        Code::ThroughAlias
        | Code::NewShim
        | Code::SecondDefinition
        | Code::NamedInText
        | Code::IgnoreWithoutReason
        | Code::UnusedIgnore
        | Code::WrongIgnore
        | Code::StaleBaseline => DiagnosticSeverity::Warning,
    }
}

/// What is wrong in rule files.
pub(super) fn show_problems(problems: &Problems, desk: &Desk, shown: &mut Shown) {
    for Told { file, text, span, message, help } in problems.told() {
        let range = Ruler::new(text, desk.client.units).range(span);
        show_in_rules(file, (range, format!("{}\nhelp: {}", shown_text(message), shown_text(help))), (desk, shown));
    }
}

/// Rules that do not fit the tree, each on the line of its `[[rule]]`.
pub(super) fn show_misfits(misfits: &[Misfit], desk: &Desk, shown: &mut Shown) {
    for Misfit { file, line, message } in misfits {
        let (start, end) = (Position { line: line - 1, character: 0 }, Position { line: *line, character: 0 });
        show_in_rules(file, (Range { start, end }, message.clone()), (desk, shown));
    }
}

fn show_in_rules(file: &str, (range, message): (Range, String), (desk, shown): (&Desk, &mut Shown)) {
    let (uri, version) = desk.rule_file(file);
    let new = || PublishDiagnosticsParams { uri: uri.clone(), version, diagnostics: Vec::new() };
    let all = &mut shown.entry(uri.0.clone()).or_insert_with(new).diagnostics;
    all.push(Diagnostic { severity: Some(DiagnosticSeverity::Error), ..diagnostic(range, message) });
}

fn diagnostic(range: Range, message: String) -> Diagnostic {
    Diagnostic { range, source: Some("unshim".to_owned()), message: message.into(), ..Diagnostic::default() }
}
