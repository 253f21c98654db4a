//! A change of a text as a value: replacements at old offsets, sorted and disjoint by construction.

use super::Span;

/// Replace the bytes of `span` by `text`. An empty span inserts, an empty text deletes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    pub span: Span,
    pub text: String,
}

impl Edit {
    pub fn new(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }

    pub fn insert(offset: usize, text: impl Into<String>) -> Self {
        Self::new(Span::empty(offset), text)
    }

    pub fn delete(span: Span) -> Self {
        Self::new(span, "")
    }
}

/// Two edits that touch the same bytes, so that their order would decide the result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("edits overlap at {first:?} and {second:?}")]
pub struct Overlap {
    pub first: Span,
    pub second: Span,
}

/// Edits of one text, sorted by offset, no two of which overlap or insert at the same place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edits {
    edits: Vec<Edit>,
    /// How far each edit and those before it move what follows.
    shifts: Vec<isize>,
}

impl Edits {
    /// Sorts the edits, drops those that are equal, and refuses those that overlap.
    pub fn new(mut edits: Vec<Edit>) -> Result<Self, Overlap> {
        edits.sort();
        edits.dedup();
        for pair in edits.windows(2) {
            let (first, second) = (pair[0].span, pair[1].span);
            if second.start < first.end || second.start == first.start {
                return Err(Overlap { first, second });
            }
        }
        let mut shift = 0;
        let shifts = edits.iter().map(|edit| {
            shift += edit.text.len() as isize - edit.span.len() as isize;
            shift
        });
        Ok(Self { shifts: shifts.collect(), edits })
    }

    pub fn as_slice(&self) -> &[Edit] {
        &self.edits
    }

    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// The text after all edits.
    pub fn apply(&self, text: &str) -> String {
        let grown: usize = self.edits.iter().map(|edit| edit.text.len()).sum();
        let mut changed = String::with_capacity(text.len() + grown);
        let mut position = 0;
        for edit in &self.edits {
            changed.push_str(&text[position..edit.span.start()]);
            changed.push_str(&edit.text);
            position = edit.span.end();
        }
        changed.push_str(&text[position..]);
        changed
    }

    /// Where what stands at `offset` stands after the edits, also if it is rewritten itself; `None` if it goes.
    pub fn landed(&self, offset: usize) -> Option<usize> {
        let before = self.edits.partition_point(|edit| edit.span.end() <= offset);
        match self.edits.get(before) {
            Some(edit) if edit.span.start() == offset && !edit.text.is_empty() => Some(self.shifted(offset, before)),
            _ => self.moved(offset),
        }
    }

    /// Whether an edit replaces bytes of `span`.
    pub fn covers(&self, span: Span) -> bool {
        let before = self.edits.partition_point(|edit| edit.span.end <= span.start);
        self.edits[before..].iter().take_while(|edit| edit.span.start < span.end).any(|edit| edit.span.overlaps(span))
    }

    /// Where the byte at `offset` stands after the edits; `None` if an edit replaces it.
    pub fn moved(&self, offset: usize) -> Option<usize> {
        let before = self.edits.partition_point(|edit| edit.span.end() <= offset);
        if let Some(edit) = self.edits.get(before)
            && edit.span.start() <= offset
            && offset < edit.span.end()
        {
            return None;
        }
        Some(self.shifted(offset, before))
    }

    /// Where `offset` stands after the first `before` edits, which stand before it.
    fn shifted(&self, offset: usize, before: usize) -> usize {
        let shift = before.checked_sub(1).map_or(0, |last| self.shifts[last]);
        (offset as isize + shift) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edits(list: &[(usize, usize, &str)]) -> Result<Edits, Overlap> {
        Edits::new(list.iter().map(|&(start, end, text)| Edit::new(Span::new(start, end), text)).collect())
    }

    #[test]
    fn edits_apply_at_old_offsets_whatever_their_order() {
        let edits = edits(&[(4, 5, "XYZ"), (0, 1, ""), (2, 2, "-")]).unwrap();
        assert_eq!(edits.apply("abcdef"), "b-cdXYZf");
    }

    #[test]
    fn overlapping_edits_are_refused_and_equal_ones_are_one() {
        assert!(edits(&[(0, 3, "x"), (2, 4, "y")]).is_err());
        assert!(edits(&[(1, 1, "x"), (1, 1, "y")]).is_err());
        assert_eq!(edits(&[(0, 1, "x"), (0, 1, "x")]).unwrap().as_slice().len(), 1);
    }

    #[test]
    fn offsets_move_with_the_edits_before_them() {
        let edits = edits(&[(1, 3, "long"), (4, 4, "+")]).unwrap();
        let moved: Vec<_> = (0..6).map(|offset| edits.moved(offset)).collect();
        assert_eq!(moved, [Some(0), None, None, Some(5), Some(7), Some(8)]);
    }
}
