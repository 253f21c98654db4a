//! Mentions in docstrings, comments, Markdown and reST, for the rules that want them rewritten. They hold nothing and
//! are looked at when the change of the code is settled: what happens to them never changes it.

mod code;
mod host;
mod prose;

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::compose::Composed;
use super::context::Run;
use super::{Action, FileChange, Note, Plan};
use crate::document::mention::mentions;
use crate::document::snippet::{self, Snippet};
use crate::project::{FileKind, OtherFile};
use crate::python::parse;
use crate::semantics::World;
use crate::text::{Edit, Edits, Span};
use host::Host;

/// The change of the code, as it is settled.
#[derive(Clone, Copy)]
pub(super) struct Settled<'a> {
    pub run: &'a Run<'a>,
    pub composed: &'a Composed,
    /// The tree after the change.
    pub new: &'a World,
}

/// An edit with the reason for it.
type Noted = (Edit, Note);

/// Adds what happens to prose, and counts what is left of it.
pub(super) fn add(settled: Settled, plan: &mut Plan) {
    if !settled.run.rules().wants_docs() {
        return;
    }
    let hosts = host::find(settled.run, plan);
    let snippets = code::edits(settled, &hosts);
    let changes: Vec<Option<FileChange>> = hosts
        .par_iter()
        .with_max_len(1)
        .zip(snippets)
        .map(|(host, snippets)| {
            let mut wanted = [snippets, prose::edits(settled, host)].concat();
            wanted.retain(|(edit, _)| !settled.composed.kept.left.holds(host.path, edit.span));
            changed(host, plan.changes.iter().find(|change| change.path == host.path), wanted)
        })
        .collect();
    for change in changes.into_iter().flatten() {
        plan.changes.retain(|other| other.path != change.path);
        plan.changes.push(change);
    }
    plan.changes.sort_by(|one, other| one.path.cmp(&other.path));
    count(settled.run, plan);
}

/// The change of a file with its prose; `None` if nothing comes of it.
fn changed(host: &Host, code: Option<&FileChange>, wanted: Vec<Noted>) -> Option<FileChange> {
    let mut all: Vec<Noted> = match code.map(|change| &change.action) {
        Some(Action::Edit { edits, notes }) => edits.as_slice().iter().cloned().zip(notes.iter().copied()).collect(),
        _ => Vec::new(),
    };
    let before = Edits::new(all.iter().map(|(edit, _)| edit.clone()).collect()).ok()?;
    let mut free: Vec<Noted> = wanted.into_iter().filter(|(edit, _)| !before.covers(edit.span)).collect();
    free.sort_by(|(one, _), (other, _)| one.cmp(other));
    if free.is_empty() {
        return None;
    }
    all.extend(free.iter().cloned());
    all.sort_by(|(one, _), (other, _)| one.cmp(other));
    let edits = Edits::new(all.iter().map(|(edit, _)| edit.clone()).collect()).ok()?;
    let is_whole = edits.as_slice().len() == all.len() && is_proven(host, (&before, &edits), &free);
    let notes = all.into_iter().map(|(_, note)| note).collect();
    let action = Action::Edit { edits, notes };
    is_whole.then(|| FileChange { path: host.path.to_owned(), before: host.text.to_owned(), action })
}

/// The edits of prose leave code as it is, and code in prose is what was proven.
fn is_proven(host: &Host, (before, after): (&Edits, &Edits), free: &[Noted]) -> bool {
    let text = after.apply(host.text);
    if !host.is_python() {
        return is_same_code(host, &text, free);
    }
    let (Ok(old), Ok(new)) = (parse(&before.apply(host.text)), parse(&text)) else { return false };
    old.statements.len() == new.statements.len()
        && old.chains.len() == new.chains.len()
        && old.strings.len() == new.strings.len()
        && old.comments.len() == new.comments.len()
        && old.chains.iter().zip(&new.chains).all(|(one, other)| one.root == other.root)
}

/// Whether each snippet of the changed prose is the old one with its edits.
fn is_same_code(host: &Host, text: &str, free: &[Noted]) -> bool {
    let expected = host.snippets().into_iter().map(|(snippet, span)| {
        let behind = free.partition_point(|(edit, _)| edit.span.start() < span.start());
        let is_untouched = free.get(behind).is_none_or(|(edit, _)| !span.contains(edit.span));
        (snippet.text.clone(), is_untouched)
    });
    let found = snippet::find(text, Span::new(0, text.len())).snippets;
    let expected: Vec<_> = expected.collect();
    expected.len() == found.len()
        && expected.iter().zip(&found).all(|((old, same), new): (&(String, bool), &Snippet)| {
            *old == new.text || !*same && parse(&new.text).is_ok()
        })
}

/// Counts the mentions that are left in documents.
fn count(run: &Run, plan: &mut Plan) {
    let names = run.rules().names();
    let mut counts: BTreeMap<String, usize> = plan.mentions.iter().cloned().collect();
    let is_document = |file: &&std::sync::Arc<OtherFile>| FileKind::of(&file.path) == FileKind::Document;
    for file in run.world.project.others().iter().filter(is_document) {
        let change = plan.changes.iter().find(|change| change.path == file.path).map(|change| &change.action);
        let text = file.text().unwrap_or_default();
        let text = match change {
            Some(Action::Edit { edits, .. }) => edits.apply(text),
            _ => text.to_owned(),
        };
        let all = mentions(&text, Span::new(0, text.len())).into_iter();
        let left = all.filter(|mention| mention.span.of(&text).split(['.', ':']).any(|part| names.contains(&part)));
        *counts.entry(file.ending.clone()).or_default() += left.count();
    }
    counts.retain(|_, count| *count > 0);
    plan.mentions = counts.into_iter().collect();
}
