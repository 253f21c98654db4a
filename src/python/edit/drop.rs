//! Takes elements out of a list: the bytes to delete so that commas, comments and lines of the others stay.

use super::lines::{blanks_above, blanks_below, line_end, line_start, next_line};
use super::sequence::{Group, Headline, Sequence};
use crate::text::{Edit, Span};

/// The edits that take out the elements for which `dropped` is true. At least one must stay.
/// `tuple`: a single element keeps (or gets) its comma.
pub(super) fn drop_edits(source: &str, sequence: &Sequence, dropped: &[bool], tuple: bool) -> Vec<Edit> {
    let mut gone = Vec::new();
    for group in &sequence.groups {
        if group.items.clone().all(|index| dropped[index]) {
            gone.push(whole_group(source, sequence, group, dropped));
        } else {
            gone.extend(part_of_group(sequence, group, dropped));
        }
    }
    let mut inserted = None;
    let survivors: Vec<usize> = (0..dropped.len()).filter(|&index| !dropped[index]).collect();
    if let Some(&last) = survivors.last() {
        let needs_comma = tuple && survivors.len() == 1;
        match sequence.items[last].comma {
            Some(comma) if sequence.trailing_comma().is_none() && !needs_comma => gone.push(comma),
            None if needs_comma => inserted = Some(Edit::insert(sequence.items[last].span.end(), ",")),
            _ => {}
        }
    }
    let gone = united(gone).into_iter().map(|span| with_blank_lines(source, sequence, span));
    gone.map(Edit::delete).chain(inserted).collect()
}

/// Runs of dropped elements in a line that keeps another element.
fn part_of_group(sequence: &Sequence, group: &Group, dropped: &[bool]) -> Vec<Span> {
    let mut gone = Vec::new();
    let mut index = group.items.start;
    while index < group.items.end {
        let run = index..(index..group.items.end).find(|&at| !dropped[at]).unwrap_or(group.items.end);
        index = run.end + 1;
        if run.is_empty() {
            continue;
        }
        gone.push(if run.end < group.items.end {
            Span::new(sequence.items[run.start].span.start(), sequence.items[run.end].span.start())
        } else {
            Span::new(sequence.items[run.start - 1].end(), sequence.items[run.end - 1].end())
        });
    }
    gone
}

/// A line all of whose elements go, with its comments.
fn whole_group(source: &str, sequence: &Sequence, group: &Group, dropped: &[bool]) -> Span {
    let first = &sequence.items[group.items.start];
    let empties = |headline: &&Headline| (group.items.start..headline.end).all(|index| dropped[index]);
    let lead = first.headline.as_ref().filter(empties).map_or(&first.above, |headline| &headline.lines);
    let top = lead.first().unwrap_or(&first.span).start();
    let end = sequence.group_end(group);
    if !group.starts_line {
        return attached_to_head(source, sequence, group, dropped);
    }
    if group.ends_line {
        return Span::new(line_start(source, top), next_line(source, end));
    }
    // The closing bracket stands on this line: it moves up unless a comment before it would swallow it.
    let previous = (0..group.items.start).rev().find(|&index| !dropped[index]);
    match previous {
        Some(previous) if sequence.group_of(previous).comment.is_none() && sequence.tail.is_empty() => {
            Span::new(sequence.items[previous].end(), end)
        }
        _ => Span::new(top, end),
    }
}

/// The first line, which the opening bracket shares: the next element that stays moves up, unless comments lead it.
fn attached_to_head(source: &str, sequence: &Sequence, group: &Group, dropped: &[bool]) -> Span {
    let start = sequence.items[group.items.start].span.start();
    let next = (group.items.end..dropped.len()).find(|&index| !dropped[index]);
    match next {
        Some(next) => {
            let lead = sequence.items[sequence.group_of(next).items.start].lead().first();
            match lead {
                None => Span::new(start, sequence.items[next].span.start()),
                Some(comment) => {
                    let before = line_start(source, comment.start());
                    let line = source[..before].trim_end_matches(['\n', '\r']).len();
                    Span::new(start, line.max(start))
                }
            }
        }
        None => Span::new(start, line_end(source, sequence.group_end(group))),
    }
}

/// Whole lines that go, with the blank lines that nothing is left to part.
fn with_blank_lines(source: &str, sequence: &Sequence, span: Span) -> Span {
    let (start, end) = (span.start(), span.end());
    if start == end || line_start(source, start) != start || line_start(source, end) != end {
        return span;
    }
    let (above, below) = (blanks_above(source, start), blanks_below(source, end));
    let opens = sequence.open.is_some_and(|open| line_start(source, start) == next_line(source, open.end()));
    let closes = sequence.close.is_some_and(|close| line_start(source, close.start()) == end);
    match (above.last(), below.last()) {
        (_, Some(&after)) if opens => Span::new(start, after),
        (Some(&before), _) if closes => Span::new(before, end),
        (Some(_), Some(_)) => Span::new(start, below[above.len().min(below.len()) - 1]),
        _ => span,
    }
}

/// The same bytes as spans that neither touch nor overlap.
fn united(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    let mut united: Vec<Span> = Vec::new();
    for span in spans {
        match united.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => united.push(span),
        }
    }
    united
}
