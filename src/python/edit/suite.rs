//! The changes of one suite, written together.

use std::collections::{BTreeMap, BTreeSet};

use super::fresh::{Fresh, element, fresh, inherit};
use super::import::{Page, Written, write};
use super::insert::Layout;
use super::lines::{
    columns, indent_unit, indentation, is_blank, line_end, line_start, newline, skip_blanks, trailing_comment,
};
use super::remove::{attached_top, removal_edits};
use super::target::{drop_elements, drop_targets};
use super::{Change, EditError, NotEdited, Own, Suite};
use crate::python::syntax::BlockKind;
use crate::text::{Edit, Edits, Span};

/// The edits that carry out `changes`, each given by the place of its statement in the suite.
///
/// A suite other than the module's that loses all its statements becomes `pass`. The edits are sorted and disjoint.
/// Nested suites are changed by calls of their own, unless their compound statement goes.
pub fn change_suite(suite: &Suite<'_>, changes: &BTreeMap<usize, Change>) -> Result<Vec<Edit>, NotEdited> {
    let mut edits = Vec::new();
    let mut gone = BTreeSet::new();
    let unit = indent_unit(suite.text);
    let mut line = Line::at(suite.text, 0);
    for (&index, change) in changes {
        let written = Site::new(suite, index, unit, &mut line).and_then(|site| site.change(change));
        match written.map_err(|why| NotEdited { index, why })? {
            Some(more) => edits.extend(more),
            None => _ = gone.insert(index),
        }
    }
    edits.extend(removal_edits(suite, &gone));
    Ok(joined_edits(edits))
}

/// The edits in order; what is put in where a removal begins becomes one edit with it.
fn joined_edits(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort();
    let mut joined: Vec<Edit> = Vec::new();
    for edit in edits {
        match joined.last_mut() {
            Some(last) if last.span.is_empty() && last.span.start == edit.span.start => {
                last.span = edit.span;
                last.text.push_str(&edit.text);
            }
            _ => joined.push(edit),
        }
    }
    joined
}

/// Whether the statements at `left` and `right` are joined by a `;`.
pub(super) fn is_joined(text: &str, left: Span, right: Span) -> bool {
    let semicolon = skip_blanks(text, left.end());
    text[semicolon..].starts_with(';') && skip_blanks(text, semicolon + 1) == right.start()
}

/// A line, measured from one statement of it to the next: it can hold very many.
struct Line<'a> {
    span: Span,
    newline: &'static str,
    indent: &'a str,
    measured: usize,
    column: usize,
}

impl<'a> Line<'a> {
    fn at(text: &'a str, offset: usize) -> Self {
        let span = Span::new(line_start(text, offset), line_end(text, offset));
        let (newline, indent) = (newline(text, offset), indentation(text, offset));
        Self { span, newline, indent, measured: span.start(), column: 0 }
    }

    /// The column of a place on the line that is behind all places that were asked for.
    fn column(&mut self, text: &str, offset: usize) -> usize {
        self.column += columns(&text[self.measured..offset]);
        self.measured = offset;
        self.column
    }
}

/// The place of one statement.
struct Site<'a> {
    suite: &'a Suite<'a>,
    index: usize,
    span: Span,
    page: Page<'a>,
    /// From the statement to the end of its trailing comment, if the line is its own.
    zone: Span,
}

impl<'a> Site<'a> {
    fn new(suite: &'a Suite<'a>, index: usize, unit: &'a str, line: &mut Line<'a>) -> Result<Self, EditError> {
        let text = suite.text;
        let span = *suite.statements.get(index).ok_or(EditError::Shape)?;
        let follows = index > 0 && is_joined(text, suite.statements[index - 1], span);
        let shared = suite.inline || follows || text[skip_blanks(text, span.end())..].starts_with(';');
        let comment = trailing_comment(text, span.end()).filter(|_| !shared);
        if !line.span.contains(span) {
            *line = Line::at(text, span.start());
        }
        let layout = Layout {
            newline: if line.span.contains(span) { line.newline } else { newline(text, span.end()) },
            indent: line.indent,
            unit,
            width: suite.width,
            column: line.column(text, span.start()),
        };
        let page = Page { layout, tail: comment.map(|comment| comment.of(text)), shared };
        let zone = Span::new(span.start(), comment.map_or(span.end(), Span::end));
        Ok(Self { suite, index, span, page, zone })
    }

    /// The edits of the statement and its neighbourhood, or `None` if it goes without a successor.
    fn change(&self, change: &Change) -> Result<Option<Vec<Edit>>, EditError> {
        self.check_first(change)?;
        let text = self.suite.text;
        let fresh = |list: &[_]| list.iter().map(|new| fresh(text, new, &self.page)).collect::<Result<Vec<_>, _>>();
        let (mut before, after) = (fresh(&change.before)?, fresh(&change.after)?);
        match self.own(&change.own)? {
            Written::Gone if before.is_empty() && after.is_empty() => Ok(None),
            Written::Gone => {
                before.extend(after);
                inherit(&mut before, text, self.span, self.page.tail)?;
                Ok(Some(self.replaced(&self.joined(before.iter(), None))))
            }
            Written::Tokens(edits) if before.is_empty() && after.is_empty() => Ok(Some(edits)),
            Written::Tokens(edits) if edits.is_empty() => Ok(Some(self.beside(&before, &after))),
            Written::Tokens(edits) => {
                let moved = edits.into_iter().map(|edit| shifted(edit, -(self.span.start() as isize))).collect();
                let own = Edits::new(moved).map_err(|_| EditError::Shape)?.apply(self.span.of(text));
                Ok(Some(self.replaced(&self.surrounded(&before, (own, None), &after))))
            }
            Written::Text { text, tail } => Ok(Some(self.replaced(&self.surrounded(&before, (text, tail), &after)))),
            Written::Zone(text) => {
                let place = before.len();
                Ok(Some(self.replaced(&self.joined(before.iter().chain(&after), Some((place, text))))))
            }
        }
    }

    /// Nothing may be put before a docstring or a `__future__` import, and a docstring does not change.
    fn check_first(&self, change: &Change) -> Result<(), EditError> {
        let text = self.suite.text;
        let is_future = |index: usize| {
            let statement = self.suite.statements.get(index).map(|span| span.of(text));
            statement.is_some_and(|statement| statement.starts_with("from") && statement.contains("__future__"))
        };
        let is_docstring = self.index == 0 && is_docstring(self.suite.kind, self.span.of(text));
        let displaces = !change.before.is_empty() && (is_docstring || is_future(self.index));
        let follows = !change.after.is_empty() && is_future(self.index + 1);
        if displaces || follows || (is_docstring && !matches!(change.own, Own::Keep)) {
            return Err(EditError::StaysFirst);
        }
        Ok(())
    }

    /// What becomes of the statement itself; token edits are at offsets of the file.
    fn own(&self, own: &Own) -> Result<Written, EditError> {
        let text = self.suite.text;
        let source = self.span.of(text);
        let written = match own {
            Own::Keep => Written::Tokens(Vec::new()),
            Own::Remove => Written::Gone,
            Own::Import(import) => {
                let added = import.add.iter().map(|entry| element(text, entry)).collect::<Result<Vec<_>, _>>()?;
                write(source, import, added, &self.page)?
            }
            Own::DropTargets(targets) => Written::Tokens(drop_targets(source, targets)?),
            Own::DropElements(elements) => Written::Tokens(drop_elements(source, elements)?),
            Own::Collapse { kept, changes } => Written::Zone(self.collapsed(kept, changes)?),
        };
        Ok(match written {
            Written::Tokens(edits) => {
                Written::Tokens(edits.into_iter().map(|edit| shifted(edit, self.span.start() as isize)).collect())
            }
            other => other,
        })
    }

    /// The statements `kept` as they read at the place of the compound statement that holds them.
    fn collapsed(&self, kept: &[Span], changes: &BTreeMap<usize, Change>) -> Result<String, EditError> {
        let text = self.suite.text;
        let (first, last) = (*kept.first().ok_or(EditError::Shape)?, *kept.last().ok_or(EditError::Shape)?);
        let inline = !text[line_start(text, first.start())..first.start()].trim().is_empty();
        let inner = Suite { statements: kept.to_vec(), kind: BlockKind::Try, inline, ..*self.suite };
        let top = if inline { first.start() } else { attached_top(text, first.start()) };
        let end = trailing_comment(text, last.end()).map_or(last.end(), Span::end);
        let region = &text[top..end];
        let has_string = region.contains(['"', '\'']);
        if region.contains("\"\"\"") || region.contains("'''") || (has_string && region.contains(['\\'])) {
            return Err(EditError::Multiline);
        }
        let edits = change_suite(&inner, changes).map_err(|refused| refused.why)?;
        let edits = edits.into_iter().map(|edit| Edit::new(clamped(edit.span, top, end), edit.text));
        let edits = edits.map(|edit| shifted(edit, -(top as isize))).collect();
        let changed = Edits::new(edits).map_err(|_| EditError::Shape)?.apply(region);
        let dedented = dedented(&changed, indentation(text, first.start()), self.page.layout.indent);
        Ok(dedented.trim().to_owned())
    }

    /// The statements in a row, as their place wants them.
    fn joined<'b>(&self, statements: impl Iterator<Item = &'b Fresh>, own: Option<(usize, String)>) -> String {
        let layout = &self.page.layout;
        let mut texts: Vec<String> = match self.page.shared {
            true => statements.map(|statement| statement.text.clone()).collect(),
            false => statements.map(|statement| statement.lines(layout.newline, layout.indent)).collect(),
        };
        if let Some((place, own)) = own {
            texts.insert(place, own);
        }
        let separator = if self.page.shared { "; ".to_owned() } else { format!("{}{}", layout.newline, layout.indent) };
        texts.join(&separator)
    }

    /// The new text of the statement, with more in its trailing comment, between its new neighbours.
    fn surrounded(&self, before: &[Fresh], (own, more): (String, Option<String>), after: &[Fresh]) -> String {
        let comment = &self.suite.text[self.span.end()..self.zone.end()];
        let own = match (more, self.page.tail) {
            (None, _) => own + comment,
            (Some(more), None) => format!("{own}  {more}"),
            (Some(more), Some(tail)) => {
                let mut joined = Some(tail.to_owned());
                super::comments::join(&mut joined, &more);
                let blanks = &comment[..comment.len() - tail.len()];
                format!("{own}{blanks}{}", joined.unwrap_or_default())
            }
        };
        self.joined(before.iter().chain(after), Some((before.len(), own)))
    }

    /// New neighbours for a statement that stays as it is.
    fn beside(&self, before: &[Fresh], after: &[Fresh]) -> Vec<Edit> {
        let layout = &self.page.layout;
        let separator = if self.page.shared { "; ".to_owned() } else { format!("{}{}", layout.newline, layout.indent) };
        let mut edits = Vec::new();
        if !before.is_empty() {
            edits.push(Edit::insert(self.zone.start(), self.joined(before.iter(), None) + &separator));
        }
        if !after.is_empty() {
            // Blanks at the end of the line stay on it.
            let end = self.zone.end();
            let end =
                if !self.page.shared && is_blank(self.suite.text, end) { line_end(self.suite.text, end) } else { end };
            edits.push(Edit::insert(end, separator + &self.joined(after.iter(), None)));
        }
        edits
    }

    /// One edit that makes the zone read `new`, without the bytes that both have at their ends.
    fn replaced(&self, new: &str) -> Vec<Edit> {
        narrowed(self.zone, self.zone.of(self.suite.text), new).into_iter().collect()
    }
}

/// The edit that makes `span`, which reads `old`, read `new`; `None` if they are equal.
pub(super) fn narrowed(span: Span, old: &str, new: &str) -> Option<Edit> {
    if old == new {
        return None;
    }
    let same = |(left, right): &(char, char)| left == right;
    let head: usize = old.chars().zip(new.chars()).take_while(same).map(|(character, _)| character.len_utf8()).sum();
    let rest = old[head..].chars().rev().zip(new[head..].chars().rev());
    let tail: usize = rest.take_while(same).map(|(character, _)| character.len_utf8()).sum();
    let span = Span::new(span.start() + head, span.end() - tail);
    Some(Edit::new(span, &new[head..new.len() - tail]))
}

pub(super) fn shifted(edit: Edit, by: isize) -> Edit {
    let moved = |offset: usize| offset.checked_add_signed(by).expect("the edit lies in the text that it is moved to");
    Edit::new(Span::new(moved(edit.span.start()), moved(edit.span.end())), edit.text)
}

fn clamped(span: Span, start: usize, end: usize) -> Span {
    Span::new(span.start().clamp(start, end), span.end().clamp(start, end))
}

/// `text` with `new` for the indentation `old` of each line.
fn dedented(text: &str, old: &str, new: &str) -> String {
    let mut dedented = String::with_capacity(text.len());
    for line in text.split_inclusive('\n').flat_map(|line| line.split_inclusive('\r')) {
        match line.strip_prefix(old) {
            Some(rest) if !rest.trim().is_empty() => {
                dedented.push_str(new);
                dedented.push_str(rest);
            }
            _ => dedented.push_str(line),
        }
    }
    dedented
}

/// Whether a first statement that reads `source` documents its suite.
fn is_docstring(kind: BlockKind, source: &str) -> bool {
    let literal = source.trim_start_matches(['r', 'R', 'u', 'U']);
    matches!(kind, BlockKind::Module | BlockKind::Class | BlockKind::Function)
        && literal.starts_with(['"', '\''])
        && source.ends_with(['"', '\'', ')'])
}
