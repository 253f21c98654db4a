//! Quick fixes for findings, and the fix for all of a file.

use gen_lsp_types::{CodeAction, CodeActionKind, CodeActionParams, Range};

use super::analysis::{Analysis, Fix, Scope};
use super::client::FIX_ALL;
use super::desk::Desk;
use super::diagnostic::told;
use super::edit::workspace_edit;
use super::position::Ruler;
use super::reasons::reason;
use crate::plan::{Action, Finding, Plan};
use crate::project::Shelf;
use crate::report::counted;

/// A file of a plan is not on the disk as it was read.
pub(super) struct Stale;

/// What fixes are made from.
pub(super) struct Bench<'a> {
    pub(super) analysis: &'a mut Analysis,
    pub(super) desk: &'a Desk,
    pub(super) shelf: &'a dyn Shelf,
}

/// The fixes for a place in an open document.
pub(super) fn actions(params: &CodeActionParams, bench: &mut Bench) -> Result<Vec<CodeAction>, Stale> {
    let Some(path) = bench.desk.places.path_of(&params.text_document.uri) else { return Ok(Vec::new()) };
    let mut actions = Vec::new();
    let only = params.context.only.as_deref();
    if only.is_none_or(|only| asks(only, "quickfix")) {
        let findings = bench.analysis.findings.iter().filter(|finding| finding.path == path);
        for finding in findings.cloned().collect::<Vec<_>>() {
            actions.extend(fixes(&finding, params.range, bench)?);
        }
    }
    if only.is_some_and(|only| asks(only, FIX_ALL)) {
        actions.extend(fix_all(path, bench)?);
    }
    Ok(actions)
}

/// Whether a kind, or one that it belongs to, is asked for.
fn asks(only: &[CodeActionKind], kind: &str) -> bool {
    let is_above = |asked: String| {
        let rest = kind.strip_prefix(asked.as_str());
        rest.is_some_and(|rest| asked.is_empty() || rest.is_empty() || rest.starts_with('.'))
    };
    only.iter().cloned().map(String::from).any(is_above)
}

/// What settles a finding, if its place touches `range`: here, in this file, everywhere.
fn fixes(finding: &Finding, range: Range, bench: &mut Bench) -> Result<Vec<CodeAction>, Stale> {
    let text = bench.analysis.world.project.text_at(&finding.path).unwrap_or_default();
    let ruler = Ruler::new(text, bench.desk.client.units);
    let place = ruler.range(finding.span);
    if finding.rule.is_none() || place.end < range.start || range.end < place.start {
        return Ok(Vec::new());
    }
    let diagnostic = told(finding, reason(finding, bench.analysis), (bench.desk, &ruler));
    let scopes = [
        (Scope::Here(finding.path.clone(), finding.span), "here"),
        (Scope::File(finding.path.clone()), "in this file"),
        (Scope::Tree, "everywhere"),
    ];
    let mut actions = Vec::new();
    for (scope, reach) in scopes {
        let Some(fix) = bench.analysis.fix(&scope, finding.rule) else { continue };
        if !bench.analysis.is_settled(finding, &fix) {
            continue;
        }
        let count = fix.verified.plan().changes.len();
        let files = if count > 1 { format!(" ({})", counted(count, "file")) } else { String::new() };
        let action = CodeAction {
            kind: Some(CodeActionKind::QuickFix),
            diagnostics: Some(vec![diagnostic.clone()]),
            is_preferred: matches!(scope, Scope::Here(..)).then_some(true),
            ..CodeAction::default()
        };
        let title = format!("Use `{}` {reach}{files}", finding.canonical);
        actions.extend(with_edit(CodeAction { title, ..action }, &fix, bench)?);
    }
    Ok(actions)
}

/// All of a file that can be proven with the other files as they are; never that the file goes.
fn fix_all(path: String, bench: &mut Bench) -> Result<Option<CodeAction>, Stale> {
    let Some(fix) = bench.analysis.fix(&Scope::File(path), None) else { return Ok(None) };
    let is_edit = fix.verified.plan().changes.iter().all(|change| matches!(change.action, Action::Edit { .. }));
    if !is_edit {
        return Ok(None);
    }
    let title = "Use all canonical names in this file".to_owned();
    let kind = Some(CodeActionKind::from(FIX_ALL.to_owned()));
    with_edit(CodeAction { title, kind, ..CodeAction::default() }, &fix, bench)
}

/// The action with the edit that it stands for; `None` if the editor cannot make it.
fn with_edit(action: CodeAction, fix: &Fix, bench: &Bench) -> Result<Option<CodeAction>, Stale> {
    let plan = fix.verified.plan();
    let edit = workspace_edit(plan, &bench.analysis.world.project, bench.desk);
    if edit.is_some() && !is_current(plan, bench) {
        return Err(Stale);
    }
    Ok(edit.map(|edit| CodeAction { edit: Some(edit), ..action }))
}

/// Whether the files that are not open are on the disk as they were when the plan was made.
fn is_current(plan: &Plan, bench: &Bench) -> bool {
    plan.changes.iter().all(|change| {
        let is_open = bench.desk.known_as(&change.path).1.is_some();
        let bytes = bench.shelf.bytes(&change.path).ok();
        let shape = bench.analysis.world.project.shape(&change.path).unwrap_or_default();
        match change.action {
            Action::Create { .. } => bytes.is_none(),
            Action::Edit { .. } | Action::Delete { .. } => is_open || bytes == shape.encode(&change.before),
        }
    })
}
