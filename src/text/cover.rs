//! Spans that are asked again and again what lies within them.

use super::Span;

/// Some spans without those that lie within another of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cover {
    /// Both the starts and the ends grow.
    outermost: Vec<Span>,
}

impl Cover {
    /// The outermost span that `span` lies within, itself included.
    pub fn around(&self, span: Span) -> Option<Span> {
        let behind = self.outermost.partition_point(|outer| outer.start <= span.start);
        self.outermost[..behind].last().copied().filter(|outer| outer.contains(span))
    }

    /// Whether `span` is one of the spans or lies within one.
    pub fn contains(&self, span: Span) -> bool {
        self.around(span).is_some()
    }
}

impl FromIterator<Span> for Cover {
    fn from_iter<T: IntoIterator<Item = Span>>(spans: T) -> Self {
        let mut spans: Vec<Span> = spans.into_iter().collect();
        spans.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
        let mut outermost: Vec<Span> = Vec::new();
        for span in spans {
            if outermost.last().is_none_or(|last| last.end < span.end) {
                outermost.push(span);
            }
        }
        Self { outermost }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_within_any_span_is_found() {
        let spans = [(0, 4), (6, 20), (6, 8), (7, 9), (15, 25), (30, 30)].map(|(start, end)| Span::new(start, end));
        let cover: Cover = spans.into_iter().collect();
        for start in 0..32 {
            for end in start..32 {
                let span = Span::new(start, end);
                assert_eq!(cover.contains(span), spans.iter().any(|outer| outer.contains(span)), "{span:?}");
            }
        }
        assert_eq!(cover.around(Span::new(7, 8)), Some(Span::new(6, 20)));
    }
}
