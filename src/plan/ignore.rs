//! Comments that ignore findings: `# unshim: ignore[US101] -- why` on the line, `# unshim: ignore-file[US101] -- why` in the file.
//!
//! The reason is asked for, and so is a finding to ignore: what is missing of either is a finding itself.

use rayon::prelude::*;

use super::{Code, Finding};
use crate::project::FileId;
use crate::python::syntax::StatementKind;
use crate::semantics::{Facts, World};
use crate::text::{LineIndex, Search, Span};

/// What such a comment begins with, behind its `#`.
const MARK: &str = "unshim:";
const FORM: &str = "write `# unshim: ignore[US101] -- why`, or `ignore-file`";

/// One comment.
struct Ignore {
    /// From its `#` to the end of the comment.
    span: Span,
    whole_file: bool,
    /// Each with whether it ignores anything.
    codes: Vec<(Code, bool)>,
    has_reason: bool,
}

/// A file with such comments.
struct Commented<'a> {
    path: &'a str,
    text: &'a str,
    facts: &'a Facts,
    index: &'a LineIndex,
}

/// The findings that no comment of these files ignores, and those about the comments; sorted.
pub(super) fn without_ignored(
    world: &World,
    files: impl ParallelIterator<Item = FileId>,
    findings: Vec<Finding>,
) -> Vec<Finding> {
    let search = Search::new([MARK.trim_end_matches(':')]);
    let marked = files.filter(|file| world.project.file(*file).spells(&search));
    let found: Vec<(String, Vec<Finding>)> = marked.filter_map(|file| in_file(world, file, &findings)).collect();
    let mut left = findings;
    left.retain(|finding| !found.iter().any(|(path, _)| *path == finding.path));
    left.extend(found.into_iter().flat_map(|(_, left)| left));
    left.sort();
    left
}

/// What is left of the findings in a file with comments; `None` if it has none after all.
fn in_file(world: &World, file: FileId, findings: &[Finding]) -> Option<(String, Vec<Finding>)> {
    let (facts, text) = (world.found_in(file, || world.look(file))?, world.project.text(file)?);
    let path = world.project.file(file).path.as_str();
    let commented = Commented { path, text, facts: &facts, index: world.project.file(file).lines() };
    let (mut ignores, mut left) = (Vec::new(), Vec::new());
    for comment in &facts.syntax.comments {
        match read(*comment, text) {
            None => {}
            Some(Ok(ignore)) => ignores.push(ignore),
            Some(Err((span, message))) => left.push(commented.finding(span, Code::WrongIgnore, String::new(), message)),
        }
    }
    if ignores.is_empty() && left.is_empty() {
        return None;
    }
    let own = findings.iter().filter(|finding| finding.path == path);
    left.extend(own.filter(|finding| !commented.is_ignored(&mut ignores, finding)).cloned());
    left.extend(ignores.iter().flat_map(|ignore| commented.faults(ignore)));
    Some((path.to_owned(), left))
}

impl Commented<'_> {
    /// Whether a comment ignores the finding: one on its line, or at the begin or end of its statement, before one for the file.
    fn is_ignored(&self, ignores: &mut [Ignore], finding: &Finding) -> bool {
        let lines = self.lines(finding);
        let is_there = |ignore: &Ignore| lines.contains(&self.index.line(ignore.span.start()));
        let names = |ignore: &Ignore| ignore.codes.iter().any(|(code, _)| *code == finding.code);
        let fits =
            |ignore: &Ignore, whole: bool| ignore.whole_file == whole && names(ignore) && (whole || is_there(ignore));
        let found = [false, true].into_iter().find_map(|whole| ignores.iter().position(|ignore| fits(ignore, whole)));
        let Some(found) = found else { return false };
        let used = ignores[found].codes.iter_mut().filter(|(code, _)| *code == finding.code);
        used.for_each(|(_, is_used)| *is_used = true);
        true
    }

    /// The lines on which a comment is about the finding.
    fn lines(&self, finding: &Finding) -> Vec<u32> {
        let mut lines = vec![finding.position.line];
        let around = self.facts.syntax.statements.iter().filter(|statement| statement.span.contains(finding.span));
        for statement in around.filter(|statement| !has_blocks(&statement.kind)) {
            lines.push(self.index.line(statement.span.start()));
            lines.push(self.index.line(statement.span.end()));
        }
        lines
    }

    /// What is wrong with a comment that can be read.
    fn faults(&self, ignore: &Ignore) -> Vec<Finding> {
        let place = if ignore.whole_file { "in this file" } else { "on this line" };
        let unused = ignore.codes.iter().filter(|(_, is_used)| !is_used).map(|(code, _)| {
            let message = format!("there is no {code} {place} to ignore");
            self.finding(ignore.span, Code::UnusedIgnore, code.to_string(), message)
        });
        let without = (!ignore.has_reason).then(|| {
            let codes: Vec<&str> = ignore.codes.iter().map(|(code, _)| code.as_str()).collect();
            let message = "the comment gives no reason: add ` -- why`".to_owned();
            self.finding(ignore.span, Code::IgnoreWithoutReason, codes.join(", "), message)
        });
        unused.chain(without).collect()
    }

    fn finding(&self, span: Span, code: Code, symbol: String, message: String) -> Finding {
        let position = self.index.position(span.start(), self.text);
        let (path, canonical) = (self.path.to_owned(), String::new());
        Finding { path, position, span, code, rule: None, symbol, canonical, message }
    }
}

fn has_blocks(kind: &StatementKind) -> bool {
    matches!(
        kind,
        StatementKind::Class(_)
            | StatementKind::Function(_)
            | StatementKind::If { .. }
            | StatementKind::Try { .. }
            | StatementKind::Loop { .. }
            | StatementKind::With { .. }
            | StatementKind::Match { .. }
    )
}

/// What a comment ignores, or what is wrong with it and where; `None` if it is about something else.
fn read(comment: Span, text: &str) -> Option<Result<Ignore, (Span, String)>> {
    let body = comment.of(text);
    let (start, rest) = body.match_indices('#').find_map(|(start, _)| {
        let rest = body[start + 1..].trim_start().strip_prefix(MARK)?;
        Some((start, rest.trim_start()))
    })?;
    let span = Span::new(comment.start() + start, comment.end());
    let (whole_file, rest) = match (rest.strip_prefix("ignore-file"), rest.strip_prefix("ignore")) {
        (Some(rest), _) => (true, rest),
        (None, Some(rest)) => (false, rest),
        (None, None) => return Some(Err((span, FORM.to_owned()))),
    };
    let listed = rest.trim_start().strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let Some((codes, rest)) = listed else { return Some(Err((span, FORM.to_owned()))) };
    let mut known = Vec::new();
    for word in codes.split(',').map(str::trim) {
        match Code::parse(word) {
            Some(code) if code.can_be_ignored() => known.push((code, false)),
            Some(code) => return Some(Err((span, format!("{code} cannot be ignored: put right what it is about")))),
            None => return Some(Err((span, format!("`{word}` is no code: {FORM}")))),
        }
    }
    known.sort();
    known.dedup();
    let reason = rest.trim_start().strip_prefix("--").unwrap_or_default();
    let has_reason = reason.contains(char::is_alphanumeric);
    Some(Ok(Ignore { span, whole_file, codes: known, has_reason }))
}
