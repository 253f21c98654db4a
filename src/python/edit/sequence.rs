//! A list of elements between commas, with or without brackets: the names of an import, a list, a tuple.
//!
//! Who owns a comment: a comment line belongs to the element below it; a comment that trails a line belongs to the
//! elements of that line; a comment after the opening bracket, and lines before the closing one, belong to the whole.
//! In a list whose sections are parted by blank lines, the lines above the first of several elements head the section.

use std::ops::Range;

use super::lines::{indentation, is_broken, line_start};
use super::parts::Part;
use crate::text::Span;

/// One element.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) span: Span,
    pub(super) comma: Option<Span>,
    /// Comment lines directly before it.
    pub(super) above: Vec<Span>,
    /// The comment lines directly before it if they head a section.
    pub(super) headline: Option<Headline>,
}

/// Comment lines that head a section of a list.
#[derive(Debug)]
pub(super) struct Headline {
    pub(super) lines: Vec<Span>,
    /// The first element after the section.
    pub(super) end: usize,
}

impl Item {
    /// The end of the element, its comma included.
    pub(super) fn end(&self) -> usize {
        self.comma.map_or(self.span.end(), Span::end)
    }

    /// All comment lines before it.
    pub(super) fn lead(&self) -> &[Span] {
        self.headline.as_ref().map_or(&self.above, |headline| &headline.lines)
    }
}

/// The elements that share a physical line; without brackets, all of them.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) items: Range<usize>,
    /// The comment that trails the line.
    pub(super) comment: Option<Span>,
    /// Nothing but blanks stands before the first element on its line.
    pub(super) starts_line: bool,
    /// The closing bracket, if it comes next, stands on a later line.
    pub(super) ends_line: bool,
}

/// The elements of one list in source order.
#[derive(Debug, Default)]
pub(super) struct Sequence {
    pub(super) open: Option<Span>,
    pub(super) close: Option<Span>,
    /// The comment after the opening bracket.
    pub(super) head: Option<Span>,
    pub(super) items: Vec<Item>,
    pub(super) groups: Vec<Group>,
    /// Comment lines before the closing bracket.
    pub(super) tail: Vec<Span>,
}

impl Sequence {
    /// Reads the parts of a list: brackets, elements, commas and comments, nothing else.
    pub(super) fn read(source: &str, parts: &[Part<'_>]) -> Self {
        let mut sequence = Self::default();
        let mut end = parts.first().map_or(0, |part| part.span.start());
        let mut above = Vec::new();
        for part in parts {
            match part.kind {
                "(" | "[" | "{" => sequence.open = Some(part.span),
                ")" | "]" | "}" => sequence.shut(source, end, part.span),
                "," => {
                    if let Some(item) = sequence.items.last_mut() {
                        item.comma = Some(part.span);
                    }
                }
                "comment" => sequence.comment(source, part.span, &mut above),
                _ => sequence.item(is_broken(source, end, part.span.start()), part.span, std::mem::take(&mut above)),
            }
            end = part.span.end();
        }
        sequence.tail = above;
        sequence.find_headlines(source);
        sequence
    }

    fn shut(&mut self, source: &str, end: usize, close: Span) {
        self.close = Some(close);
        if let Some(group) = self.groups.last_mut() {
            group.ends_line = is_broken(source, end, close.start());
        }
    }

    fn comment(&mut self, source: &str, span: Span, above: &mut Vec<Span>) {
        let starts_line = source[line_start(source, span.start())..span.start()].trim().is_empty();
        // The grammar counts blanks and a `\r` at the end of the line as part of the comment.
        let span = Span::new(span.start(), span.start() + span.of(source).trim_end().len());
        match self.groups.last_mut() {
            _ if starts_line => above.push(span),
            Some(group) => group.comment = Some(span),
            None => self.head = Some(span),
        }
    }

    fn item(&mut self, broken: bool, span: Span, above: Vec<Span>) {
        let starts_line = broken && self.open.is_some();
        let index = self.items.len();
        self.items.push(Item { span, comma: None, above, headline: None });
        match self.groups.last_mut() {
            Some(group) if !starts_line => group.items.end = index + 1,
            last => {
                if let Some(group) = last {
                    group.ends_line = true;
                }
                self.groups.push(Group { items: index..index + 1, comment: None, starts_line, ends_line: false });
            }
        }
    }

    fn find_headlines(&mut self, source: &str) {
        let mut end = self.items.first().map_or(0, |item| item.span.start());
        let mut spaced = Vec::new();
        for group in &self.groups {
            let first = &self.items[group.items.start];
            let start = first.above.first().unwrap_or(&first.span).start();
            spaced.push(source.get(end..start).is_some_and(|gap| line_breaks(gap) > 1));
            end = self.group_end(group);
        }
        if !spaced.contains(&true) {
            return;
        }
        let opens = |index: usize| spaced[index] || !self.items[self.groups[index].items.start].above.is_empty();
        let heads =
            |&index: &usize| (index == 0 || spaced[index]) && index + 1 < self.groups.len() && !opens(index + 1);
        let found: Vec<(usize, usize)> = (0..self.groups.len())
            .filter(heads)
            .map(|index| {
                let next = (index + 1..self.groups.len()).find(|&next| opens(next));
                (self.groups[index].items.start, next.map_or(self.items.len(), |next| self.groups[next].items.start))
            })
            .collect();
        for (first, end) in found {
            let lines = std::mem::take(&mut self.items[first].above);
            self.items[first].headline = Some(Headline { lines, end }).filter(|headline| !headline.lines.is_empty());
        }
    }

    /// The group that holds element `index`.
    pub(super) fn group_of(&self, index: usize) -> &Group {
        self.groups.iter().find(|group| group.items.contains(&index)).expect("every element is in a group")
    }

    /// Where the line of a group ends, its comment included.
    pub(super) fn group_end(&self, group: &Group) -> usize {
        let elements = self.items[group.items.end - 1].end();
        group.comment.map_or(elements, |comment| comment.end().max(elements))
    }

    /// Every element stands on lines of its own, at least after the first.
    pub(super) fn is_vertical(&self) -> bool {
        self.groups.iter().all(|group| group.items.len() == 1)
            && self.groups.last().is_some_and(|group| group.starts_line)
    }

    /// The indentation of the elements that begin a line.
    pub(super) fn inner_indentation<'a>(&self, source: &'a str) -> Option<&'a str> {
        let group = self.groups.iter().find(|group| group.starts_line)?;
        Some(indentation(source, self.items[group.items.start].span.start()))
    }

    /// The comma after the last element.
    pub(super) fn trailing_comma(&self) -> Option<Span> {
        self.items.last().and_then(|item| item.comma)
    }

    /// From the opening bracket (or the first element) to the closing one (or the last comma).
    pub(super) fn span(&self) -> Option<Span> {
        let start = self.open.or(self.items.first().map(|item| item.span))?.start();
        let end = self.close.map(Span::end).or(self.items.last().map(Item::end))?;
        Some(Span::new(start, end))
    }
}

fn line_breaks(text: &str) -> usize {
    text.split("\r\n").map(|piece| piece.matches(['\n', '\r']).count()).sum::<usize>() + text.matches("\r\n").count()
}
