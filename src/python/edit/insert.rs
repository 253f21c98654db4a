//! Puts elements into a list, in the layout that it has, and writes a list with one element a line.

use super::lines::{columns, indentation, line_end, line_start};
use super::sequence::Sequence;
use crate::text::{Edit, Span};

/// An element to be written, with the comments that belong to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) text: String,
    /// Comment lines above it.
    pub(super) above: Vec<String>,
    /// The comment behind it.
    pub(super) trailing: Option<String>,
}

impl Element {
    pub(super) fn has_comments(&self) -> bool {
        self.trailing.is_some() || !self.above.is_empty()
    }

    /// The element on lines of its own: `indent`, text, comma, comment.
    fn lines(&self, indent: &str, comma: &str) -> Vec<String> {
        let above = self.above.iter().map(|comment| format!("{indent}{comment}"));
        above.chain([format!("{indent}{}{comma}{}", self.text, behind(self.trailing.as_deref()))]).collect()
    }
}

/// `comment` as it stands behind code.
fn behind(comment: Option<&str>) -> String {
    comment.map_or_else(String::new, |comment| format!("  {comment}"))
}

/// How the file writes lines.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout<'a> {
    pub(super) newline: &'static str,
    /// The indentation of the statement.
    pub(super) indent: &'a str,
    /// One more level.
    pub(super) unit: &'a str,
    pub(super) width: usize,
    /// The column at which the edited text begins.
    pub(super) column: usize,
}

/// The edits that put `element` before element `position`, or behind the last.
/// An element with comments needs a vertical list.
pub(super) fn insert_edits(
    source: &str,
    sequence: &Sequence,
    position: usize,
    element: &Element,
    layout: &Layout,
) -> Vec<Edit> {
    let is_vertical = sequence.is_vertical() || element.has_comments();
    match sequence.items.len() {
        0 => {
            let at = sequence.open.map_or(0, Span::end);
            vec![Edit::insert(at, element.text.as_str())]
        }
        count if position < count && is_vertical => {
            vec![vertical_before(source, sequence, (position, element), layout)]
        }
        count if position < count => vec![flat_before(source, sequence, (position, element), layout)],
        _ if is_vertical => vertical_behind(source, sequence, element, layout),
        _ => vec![flat_behind(source, sequence, element, layout)],
    }
}

fn vertical_before(source: &str, sequence: &Sequence, (position, element): (usize, &Element), layout: &Layout) -> Edit {
    let item = &sequence.items[position];
    let newline = layout.newline;
    if sequence.group_of(position).starts_line {
        let indent = indentation(source, item.span.start());
        let start = line_start(source, item.above.first().unwrap_or(&item.span).start());
        return Edit::insert(start, element.lines(indent, ",").join(newline) + newline);
    }
    let indent = sequence.inner_indentation(source).unwrap_or("");
    let lines = element.lines(indent, ",").join(newline);
    Edit::insert(item.span.start(), format!("{}{newline}{indent}", lines.trim_start()))
}

fn vertical_behind(source: &str, sequence: &Sequence, element: &Element, layout: &Layout) -> Vec<Edit> {
    let last = sequence.items.last().expect("the list is not empty");
    let group = sequence.groups.last().expect("the list is not empty");
    let indent = sequence.inner_indentation(source).unwrap_or("");
    let comma = if last.comma.is_some() { "," } else { "" };
    let mut text = format!("{}{}", layout.newline, element.lines(indent, comma).join(layout.newline));
    if element.trailing.is_some() && !group.ends_line {
        text.push_str(layout.newline);
        text.push_str(layout.indent);
    }
    let end = sequence.group_end(group);
    match last.comma {
        Some(_) => vec![Edit::insert(end, text)],
        None if end == last.span.end() => vec![Edit::insert(end, format!(",{text}"))],
        None => vec![Edit::insert(last.span.end(), ","), Edit::insert(end, text)],
    }
}

fn flat_before(source: &str, sequence: &Sequence, (position, element): (usize, &Element), layout: &Layout) -> Edit {
    let at = sequence.items[position].span.start();
    let text = &element.text;
    let gap = gap(source, sequence, (at, text.len() + 2), layout);
    Edit::insert(at, format!("{text},{gap}"))
}

fn flat_behind(source: &str, sequence: &Sequence, element: &Element, layout: &Layout) -> Edit {
    let last = sequence.items.last().expect("the list is not empty");
    let text = &element.text;
    let gap = gap(source, sequence, (last.end(), text.len() + 2), layout);
    match last.comma {
        Some(comma) => Edit::insert(comma.end(), format!("{gap}{text},")),
        None => Edit::insert(last.span.end(), format!(",{gap}{text}")),
    }
}

/// What stands between two elements where one is put in: a blank, or a new line if the line grows too long.
/// A list on one line is wrapped as a whole elsewhere.
fn gap(source: &str, sequence: &Sequence, (at, grown): (usize, usize), layout: &Layout) -> String {
    let span = sequence.span().expect("the list is not empty");
    if !source[..span.end()].contains(['\n', '\r']) {
        return " ".to_owned();
    }
    let start = line_start(source, at);
    let before = if start == 0 { layout.column } else { 0 };
    if before + columns(&source[start..line_end(source, at)]) + grown <= layout.width {
        return " ".to_owned();
    }
    let backslash = if sequence.open.is_some() { "" } else { " \\" };
    let indent = match sequence.inner_indentation(source) {
        Some(indent) => indent.to_owned(),
        None => format!("{}{}", layout.indent, layout.unit),
    };
    format!("{backslash}{}{indent}", layout.newline)
}

/// The elements of `sequence` as they are, each with the comments that belong to it.
pub(super) fn elements(source: &str, sequence: &Sequence) -> Vec<Element> {
    let of = |span: &Span| span.of(source).to_owned();
    let mut elements: Vec<Element> = Vec::new();
    for group in &sequence.groups {
        for index in group.items.clone() {
            let item = &sequence.items[index];
            let is_last = index + 1 == group.items.end;
            elements.push(Element {
                text: words(item.span.of(source)),
                above: item.lead().iter().map(of).collect(),
                trailing: group.comment.as_ref().filter(|_| is_last).map(of),
            });
        }
    }
    elements
}

impl Sequence {
    /// `text` with the comments that belong to element `index` alone.
    pub(super) fn own(&self, source: &str, index: usize, text: String) -> Element {
        let of = |comment: &Span| comment.of(source).to_owned();
        let group = self.group_of(index);
        let trailing = group.comment.as_ref().filter(|_| group.items.len() == 1).map(of);
        Element { text, above: self.items[index].above.iter().map(of).collect(), trailing }
    }
}

/// `text` on one line: blanks, line ends and continuations between words become one blank. Strings stay as they are.
pub(super) fn words(text: &str) -> String {
    if text.contains(['"', '\'']) {
        return text.to_owned();
    }
    text.split_whitespace().filter(|word| *word != "\\").collect::<Vec<_>>().join(" ")
}

/// A list with one element a line and a comma after each, between `brackets`.
pub(super) fn vertical(elements: &[Element], brackets: [&str; 2], head: Option<&str>, layout: &Layout) -> String {
    let [open, close] = brackets;
    let inner = format!("{}{}", layout.indent, layout.unit);
    let mut lines = vec![format!("{open}{}", behind(head))];
    for element in elements {
        lines.extend(element.lines(&inner, ","));
    }
    lines.push(format!("{}{close}", layout.indent));
    lines.join(layout.newline)
}

/// The same list with one element a line; comment lines before the closing bracket stay there.
pub(super) fn exploded(source: &str, sequence: &Sequence, brackets: [&str; 2], layout: &Layout) -> String {
    let head = sequence.head.map(|comment| comment.of(source));
    let text = vertical(&elements(source, sequence), brackets, head, layout);
    let Some((body, close)) = text.rsplit_once(layout.newline) else { return text };
    let tail = sequence.tail.iter().map(|line| format!("{}{}{}", layout.indent, layout.unit, line.of(source)));
    let lines: Vec<String> = [body.to_owned()].into_iter().chain(tail).chain([close.to_owned()]).collect();
    lines.join(layout.newline)
}
