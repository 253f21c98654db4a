//! The files that hold prose: documents, and Python files with their comments and docstrings.

use super::super::configs::is_generated;
use super::super::context::Run;
use super::super::{Action, Plan};
use crate::document::snippet::{self, Snippet};
use crate::project::{FileId, FileKind};
use crate::python::syntax::{StringKind, Syntax};
use crate::text::Span;

/// Comments that tools read.
const DIRECTIVES: [&str; 8] = ["!", "type:", "noqa", "pylint:", "pragma:", "unshim:", "fmt:", "-*-"];

/// Documents that tell what was, by the beginning of their names.
const HISTORIES: [&str; 6] = ["changelog", "changes", "history", "news", "release", "migrat"];

/// A file with prose.
pub(super) struct Host<'a> {
    pub(super) path: &'a str,
    pub(super) text: &'a str,
    pub(super) file: Option<FileId>,
    /// Runs of prose: the whole of a document, each docstring, each run of comments.
    pub(super) regions: Vec<Region>,
}

#[derive(Clone, Copy)]
pub(super) struct Region {
    pub(super) span: Span,
    pub(super) is_comment: bool,
}

/// All files whose prose can be rewritten, sorted by path.
pub(super) fn find<'a>(run: &Run<'a>, plan: &Plan) -> Vec<Host<'a>> {
    let project = &run.world.project;
    let documents = project.others().iter().filter(|file| {
        FileKind::of(&file.path) == FileKind::Document
            && file.editable
            && file.shape().is_some()
            && !is_history(&file.path)
    });
    let documents = documents.filter_map(|file| {
        let text = file.text().filter(|text| !is_generated(text))?;
        let regions = vec![Region { span: Span::new(0, text.len()), is_comment: false }];
        Some(Host { path: &file.path, text, file: None, regions })
    });
    let goes = |path: &str| {
        plan.changes.iter().any(|change| change.path == path && matches!(change.action, Action::Delete { .. }))
    };
    let sources = run.sites.candidates.iter().copied().filter_map(|id| {
        let file = project.file(id);
        let text = file.text().filter(|_| file.editable && !file.is_stub && !goes(&file.path))?;
        let regions = regions(&run.world.look(id)?.syntax, text);
        Some(Host { path: &file.path, text, file: Some(id), regions })
    });
    let mut hosts: Vec<Host> = documents.chain(sources).filter(|host| !host.regions.is_empty()).collect();
    hosts.sort_by_key(|host| host.path);
    hosts
}

fn is_history(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let is_archived = path.split('/').any(|folder| folder.to_lowercase().starts_with("archiv"));
    HISTORIES.iter().any(|history| name.starts_with(history))
        || name.contains("changelog")
        || is_archived
        || is_dated(&name)
}

/// Whether a name holds a date, `2025-09-14` or `20250914`: the file is a record of that day.
fn is_dated(name: &str) -> bool {
    let digits: Vec<&str> = name.split(|c: char| !c.is_ascii_digit()).collect();
    let is_day = |day: &str| day.len() == 8 && (day.starts_with("19") || day.starts_with("20"));
    let is_year = |parts: &[&str]| parts[0].len() == 4 && parts[1].len() == 2 && parts[2].len() == 2;
    digits.iter().any(|day| is_day(day)) || digits.windows(3).any(is_year)
}

fn regions(syntax: &Syntax, text: &str) -> Vec<Region> {
    let docstrings = syntax.strings.iter().filter(|string| string.kind == StringKind::Docstring);
    let mut regions: Vec<Region> = docstrings.map(|string| Region { span: string.span, is_comment: false }).collect();
    let mut open: Option<Span> = None;
    for comment in syntax.comments.iter().filter(|comment| !is_directive(comment.of(text))) {
        let joins = |open: &Span| text[open.end()..comment.start()].trim().is_empty();
        open = match open.filter(joins) {
            Some(run) => Some(Span::new(run.start(), comment.end())),
            None => {
                regions.extend(open.map(|span| Region { span, is_comment: true }));
                Some(*comment)
            }
        };
    }
    regions.extend(open.map(|span| Region { span, is_comment: true }));
    regions
}

fn is_directive(comment: &str) -> bool {
    let text = comment.trim_start_matches('#').trim_start();
    DIRECTIVES.iter().any(|directive| text.starts_with(directive))
}

impl Host<'_> {
    pub(super) fn is_python(&self) -> bool {
        self.file.is_some()
    }

    /// The code in the prose, each with the place from its first line to its last.
    pub(super) fn snippets(&self) -> Vec<(Snippet, Span)> {
        let regions = self.regions.iter().filter(|region| !region.is_comment);
        let snippets = regions.flat_map(|region| snippet::find(self.text, region.span).snippets);
        let is_readable = |snippet: &Snippet| !self.is_python() || !snippet.text.contains('\\');
        snippets
            .filter(is_readable)
            .map(|snippet| (snippet.place(), snippet))
            .map(|(span, snippet)| (snippet, span))
            .collect()
    }
}
