//! Statements that go: their lines, comments and blank lines, and the `pass` that an empty suite needs.
//!
//! Only whole lines go, so a file that ends without a newline ends, when its last line goes, in the newline that the
//! line before always had: no byte is invented. Blank lines before it go too, as nothing is left for them to part.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Suite;
use super::comments::is_landmark;
use super::lines::{
    blanks_above, blanks_below, indentation, line_end, line_start, newline_before, next_line, skip_blanks,
    trailing_comment,
};
use super::suite::is_joined;
use crate::python::syntax::BlockKind;
use crate::text::{Edit, Span};

/// The edits that take out the statements whose places are in `gone`.
pub(super) fn removal_edits(suite: &Suite<'_>, gone: &BTreeSet<usize>) -> Vec<Edit> {
    if gone.is_empty() {
        return Vec::new();
    }
    let mut edits = Vec::new();
    let mut whole = Vec::new();
    let empties = gone.len() == suite.statements.len() && suite.kind != BlockKind::Module;
    for line in lines(suite) {
        let all = line.clone().all(|index| gone.contains(&index));
        if all && empties && line.start == 0 {
            edits.extend(passed(suite, &line));
        } else if all {
            whole.push(region(suite, &line, gone));
        } else {
            edits.extend(runs(suite, &line, gone).into_iter().map(Edit::delete));
        }
    }
    for region in united(suite.text, whole) {
        edits.push(Edit::delete(settled(suite, &region)));
    }
    edits
}

/// The statements of a suite by logical line.
fn lines(suite: &Suite<'_>) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    for (index, &span) in suite.statements.iter().enumerate() {
        match lines.last_mut() {
            Some(line) if is_joined(suite.text, suite.statements[index - 1], span) => line.end = index + 1,
            _ => lines.push(index..index + 1),
        }
    }
    lines
}

/// Runs of statements that go from a line of which others stay.
fn runs(suite: &Suite<'_>, line: &Range<usize>, gone: &BTreeSet<usize>) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut index = line.start;
    while index < line.end {
        let run = index..(index..line.end).find(|at| !gone.contains(at)).unwrap_or(line.end);
        index = run.end + 1;
        if run.is_empty() {
            continue;
        }
        spans.push(if run.end < line.end {
            Span::new(suite.statements[run.start].start(), suite.statements[run.end].start())
        } else {
            Span::new(suite.statements[run.start - 1].end(), suite.statements[run.end - 1].end())
        });
    }
    spans
}

/// The end of a logical line after its last statement: a final `;` and the comment are part of it.
fn code_end(text: &str, last: Span) -> usize {
    let next = skip_blanks(text, last.end());
    let end = if text[next..].starts_with(';') { next + 1 } else { last.end() };
    trailing_comment(text, end).map_or(end, Span::end)
}

/// The first line of a suite that becomes empty.
fn passed(suite: &Suite<'_>, line: &Range<usize>) -> Vec<Edit> {
    let text = suite.text;
    let (first, last) = (suite.statements[line.start], suite.statements[line.end - 1]);
    if suite.inline {
        return vec![Edit::new(Span::new(first.start(), last.end()), "pass")];
    }
    let own = Edit::new(Span::new(first.start(), body_end(text, last)), "pass");
    let comments = Span::new(attached_top(text, first.start()), line_start(text, first.start()));
    if comments.is_empty() { vec![own] } else { vec![Edit::delete(comments), own] }
}

/// Whole lines that go.
struct Region {
    span: Span,
    /// The first statement of the suite is among them.
    is_first: bool,
}

fn region(suite: &Suite<'_>, line: &Range<usize>, gone: &BTreeSet<usize>) -> Region {
    let text = suite.text;
    let (first, last) = (suite.statements[line.start], suite.statements[line.end - 1]);
    let end = next_line(text, body_end(text, last));
    let top = if heads_group(suite, line, gone, end) {
        line_start(text, first.start())
    } else {
        attached_top(text, first.start())
    };
    Region { span: Span::new(top, end), is_first: line.start == 0 }
}

/// The comment above an import that is directly followed by another one is the headline of both.
fn heads_group(suite: &Suite<'_>, line: &Range<usize>, gone: &BTreeSet<usize>, end: usize) -> bool {
    let is_import = |span: &Span| matches!(span.of(suite.text).split([' ', '\t', '.']).next(), Some("import" | "from"));
    let next = suite.statements.get(line.end).filter(|_| !gone.contains(&line.end));
    is_import(&suite.statements[line.start])
        && next.is_some_and(|next| is_import(next) && line_start(suite.text, next.start()) == end)
}

/// The end of a statement with its comment and, for a compound one, the comment lines that its indentation owns.
fn body_end(text: &str, last: Span) -> usize {
    let mut end = code_end(text, last);
    let source = last.of(text);
    if !source.contains(['\n', '\r']) || source.starts_with(['(', '[', '{', '"', '\'']) {
        return end;
    }
    let is_simple = indentation(text, last.end()).len() <= indentation(text, last.start()).len();
    let own = indentation(text, last.start()).len();
    let mut next = next_line(text, end);
    while !is_simple && next < text.len() && next > line_start(text, end) {
        let line = &text[next..line_end(text, next)];
        let is_inside = line.trim_start().starts_with('#') && indentation(text, next).len() > own;
        if is_inside {
            end = next + line.trim_end().len();
        } else if !line.trim().is_empty() {
            break;
        }
        next = next_line(text, next);
    }
    end
}

/// Where the comment lines begin that stand directly above the statement at `start`, at its indentation, and belong to it.
/// Landmarks end them, and the comments at the top of a file belong to the file.
pub(super) fn attached_top(text: &str, start: usize) -> usize {
    let own = line_start(text, start);
    let indent = &text[own..start];
    let (mut top, mut block) = (own, own);
    let mut open = true;
    while block > 0 {
        let above = line_start(text, block - newline_before(text, block));
        let line = text[above..block].trim_end();
        let Some(comment) = line.strip_prefix(indent).filter(|comment| comment.starts_with('#')) else { break };
        open &= !is_landmark(comment);
        block = above;
        if open {
            top = above;
        }
    }
    if top < own && text[..block].trim().is_empty() { own } else { top }
}

/// Regions with nothing but blank lines between them are one.
fn united(text: &str, regions: Vec<Region>) -> Vec<Region> {
    let mut united: Vec<Region> = Vec::new();
    for region in regions {
        match united.last_mut() {
            Some(last) if text[last.span.end()..region.span.start()].bytes().all(|b| b" \t\r\n".contains(&b)) => {
                last.span.end = region.span.end;
            }
            _ => united.push(region),
        }
    }
    united
}

/// The region with the blank lines that nothing is left to part: of those above and below, the greater number stays.
fn settled(suite: &Suite<'_>, region: &Region) -> Span {
    let text = suite.text;
    let (top, bottom) = (region.span.start(), region.span.end());
    let (above, below) = (blanks_above(text, top), blanks_below(text, bottom));
    let starts_file = text[..top].trim().is_empty();
    let ends_file = text[bottom..].trim().is_empty();
    let opens_suite = region.is_first && suite.kind != BlockKind::Module;
    if ends_file && !starts_file {
        return Span::new(above.last().copied().unwrap_or(top), bottom);
    }
    let removed = if starts_file || opens_suite { below.len() } else { above.len().min(below.len()) };
    Span::new(top, if removed == 0 { bottom } else { below[removed - 1] })
}
