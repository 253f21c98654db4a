//! Two changes of a text, one after the other, as one change.

use super::{Edit, Edits, Span};

impl Edits {
    /// The edits of `text` that do what these edits do and then `later`, which are edits of the text after these.
    pub fn then(&self, text: &str, later: &Edits) -> Edits {
        let middle = self.apply(text);
        let (mut clusters, mut shift): (Vec<Cluster>, isize) = (Vec::new(), 0);
        for edit in self.as_slice() {
            let start = edit.span.start().wrapping_add_signed(shift);
            shift += edit.text.len() as isize - edit.span.len() as isize;
            clusters.push(Cluster { span: Span::new(start, start + edit.text.len()), old: Some(edit.span) });
        }
        clusters.extend(later.as_slice().iter().map(|edit| Cluster { span: edit.span, old: None }));
        clusters.sort_by_key(|cluster| (cluster.span, cluster.old));
        let mut edits = Vec::new();
        let mut shift: isize = 0;
        let mut rest = &clusters[..];
        while let Some(first) = rest.first() {
            let (mut span, mut count) = (first.span, 1);
            while let Some(next) = rest.get(count).filter(|next| next.span.start() <= span.end()) {
                span = Span::new(span.start(), span.end().max(next.span.end()));
                count += 1;
            }
            let start = span.start().wrapping_add_signed(-shift);
            for old in rest[..count].iter() {
                shift += old.old.map_or(0, |span| old.span.len() as isize - span.len() as isize);
            }
            let old = Span::new(start, span.end().wrapping_add_signed(-shift));
            let new = within(&middle, span, later);
            edits.extend((old.of(text) != new).then(|| Edit::new(old, new)));
            rest = &rest[count..];
        }
        Edits::new(edits).expect("clusters do not touch")
    }

    /// The offset of the text before the edits from which the byte at `offset` after them comes; the begin of the edit
    /// that wrote it, if one did.
    pub fn source(&self, offset: usize) -> usize {
        let mut shift: isize = 0;
        for edit in self.as_slice() {
            let start = edit.span.start().wrapping_add_signed(shift);
            if offset < start {
                break;
            }
            if offset < start + edit.text.len() {
                return edit.span.start();
            }
            shift += edit.text.len() as isize - edit.span.len() as isize;
        }
        offset.wrapping_add_signed(-shift)
    }
}

/// A stretch of the text between the changes, and what it was before the first.
struct Cluster {
    span: Span,
    old: Option<Span>,
}

/// A stretch of a text after the edits that lie in it.
fn within(text: &str, span: Span, edits: &Edits) -> String {
    let inside = edits.as_slice().iter().filter(|edit| span.contains(edit.span));
    let moved = inside.map(|edit| {
        Edit::new(Span::new(edit.span.start() - span.start(), edit.span.end() - span.start()), edit.text.clone())
    });
    Edits::new(moved.collect()).expect("edits of a change are disjoint").apply(span.of(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Disjoint edits of a text of this length.
    fn edits(length: usize, seeds: &[(usize, usize, String)]) -> Edits {
        let mut list: Vec<Edit> = Vec::new();
        let mut from = 0;
        for (gap, take, text) in seeds {
            let start = from + gap;
            let end = start + take;
            if end > length {
                break;
            }
            list.push(Edit::new(Span::new(start, end), text.clone()));
            from = end + 1;
        }
        Edits::new(list).unwrap()
    }

    #[test]
    fn one_change_does_what_two_do() {
        let text = "abcdefghijklmnop";
        let seeds = |n: usize| -> Vec<(usize, usize, String)> {
            (0..4).map(|k| ((n >> k) % 3, (n >> (2 * k)) % 4, "XYZ"[..(n >> k) % 4].to_owned())).collect()
        };
        for one in 0..256 {
            let first = edits(text.len(), &seeds(one));
            let middle = first.apply(text);
            for other in 0..256 {
                let later = edits(middle.len(), &seeds(other));
                let both = first.then(text, &later);
                assert_eq!(both.apply(text), later.apply(&middle), "{first:?} then {later:?}");
            }
        }
    }

    #[test]
    fn a_byte_comes_from_where_it_stood() {
        let edits = Edits::new(vec![Edit::insert(1, "xx"), Edit::delete(Span::new(3, 5))]).unwrap();
        assert_eq!(edits.apply("abcdefg"), "axxbcfg");
        assert_eq!([0, 1, 2, 3, 4, 5].map(|offset| edits.source(offset)), [0, 1, 1, 1, 2, 5]);
    }
}
