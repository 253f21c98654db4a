//! One rule file while it is read: where problems are put together with their places.

use std::ops::Range;

use super::problem::{Fault, Place, Problem, quoted};
use super::written::Written;
use crate::text::Span;

/// One file while it is read: where problems are put together.
pub(super) struct Reader<'t> {
    pub(super) file: usize,
    pub(super) text: &'t str,
    pub(super) problems: Vec<Problem>,
}

impl Reader<'_> {
    pub(super) fn place(&self, span: Span) -> Place {
        Place { file: self.file, span }
    }

    pub(super) fn report(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Reports what is wrong within a string; `what` names its role.
    pub(super) fn report_fault(&mut self, what: &str, written: &Written<String>, fault: Fault) {
        let place = self.place(self.within(written, fault.range));
        let subject = match written.value.trim().is_empty() {
            true => what.to_owned(),
            false => format!("{what} {}", quoted(&written.value)),
        };
        self.report(Problem::new(place, format!("{subject} {}", fault.message), fault.help));
    }

    /// Where a part of a string stands in the file; the whole literal if it is written with escapes.
    pub(super) fn within(&self, written: &Written<String>, range: Range<usize>) -> Span {
        let literal = written.span.of(self.text);
        let quotes = if literal.starts_with("\"\"\"") || literal.starts_with("'''") { 3 } else { 1 };
        let inside = literal.get(quotes..literal.len().saturating_sub(quotes));
        if inside != Some(written.value.as_str()) {
            return written.span;
        }
        let start = written.span.start() + quotes;
        Span::new(start + range.start, start + range.end)
    }
}
