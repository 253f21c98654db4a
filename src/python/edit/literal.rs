//! The value of a string literal at its places in the file: what may be written anew inside of it.

use crate::text::Span;

/// A literal without escapes and fields: each part stands for itself.
pub struct Literal {
    /// Where each part of the value begins, and where it stands.
    parts: Vec<(usize, Span)>,
}

impl Literal {
    /// The parts of the literal at `span`; `None` if it has escapes, fields or bytes.
    pub fn read(text: &str, span: Span) -> Option<Self> {
        let mut parts = Vec::new();
        let (mut at, mut length) = (span.start(), 0);
        while at < span.end() {
            let rest = &text[at..span.end()];
            match rest.as_bytes()[0] {
                b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'\\' | b'(' | b')' => at += 1,
                b'#' => at += rest.find(['\n', '\r']).unwrap_or(rest.len()),
                _ => {
                    let content = part(text, Span::new(at, span.end()))?;
                    parts.push((length, content));
                    length += content.len();
                    at = content.end() + quotes(text, content);
                }
            }
        }
        Some(Self { parts })
    }

    /// The edits that make the path `old` the path `new`: of the whole difference where it stands in one part, else of
    /// each name by itself. `None` if the parts do not allow it.
    pub fn edits(&self, old: &str, new: &str) -> Option<Vec<(Span, String)>> {
        let (olds, news) = (names(old), names(new));
        let mut same = common(olds.iter().zip(&news));
        let shorter = olds.len().min(news.len());
        let mut same_end = common(olds.iter().rev().zip(news.iter().rev()).take(shorter - same));
        if same + same_end == shorter && olds.len() != news.len() {
            // Something on both sides has to differ.
            match same_end {
                0 => same -= 1,
                _ => same_end -= 1,
            }
        }
        let (olds, news) = (&olds[same..olds.len() - same_end], &news[same..news.len() - same_end]);
        let (first, last) = (olds.first()?, olds.last()?);
        if let Some(span) = self.place(first.start, last.end)
            && (last.mark == news.last()?.mark)
        {
            return Some(vec![(span, new[news.first()?.start..news.last()?.end].to_owned())]);
        }
        let pairs = || olds.iter().zip(news);
        if olds.len() != news.len() || pairs().any(|(old, new)| old.mark != new.mark) {
            return None;
        }
        let differing = pairs().filter(|(old, new)| old.text != new.text);
        differing.map(|(old, new)| Some((self.place(old.start, old.end)?, new.text.to_owned()))).collect()
    }

    /// Whether `text` is the value, and each dotted name in it stands in one part.
    pub(crate) fn has_whole_names(&self, text: &str) -> bool {
        let length = self.parts.last().map_or(0, |(offset, span)| offset + span.len());
        let is_name = |c: char| c == '.' || c == '_' || c.is_alphanumeric();
        let mut names = text.split(|c| !is_name(c)).filter(|name| !name.is_empty());
        let start = |name: &str| name.as_ptr() as usize - text.as_ptr() as usize;
        length == text.len() && names.all(|name| self.place(start(name), start(name) + name.len()).is_some())
    }

    /// From where `start` of the value stands to where `end` does.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        self.place(start, end).unwrap_or_else(|| {
            let at = |offset: usize| self.place(offset, offset).map_or(0, |span| span.start());
            Span::new(at(start), at(end).max(at(start)))
        })
    }

    /// Where `start..end` of the value stands, if that is in one part.
    fn place(&self, start: usize, end: usize) -> Option<Span> {
        let (offset, span) = self.parts.iter().rev().find(|(offset, _)| *offset <= start)?;
        (end <= offset + span.len()).then(|| Span::new(span.start() + start - offset, span.start() + end - offset))
    }
}

/// The content of the first part of what stands at `span`.
fn part(text: &str, span: Span) -> Option<Span> {
    let literal = span.of(text);
    let start = literal.find(['"', '\''])?;
    let prefix = literal[..start].to_ascii_lowercase();
    let quote = &literal[start..start + 1];
    let triple = literal[start..].starts_with(&quote.repeat(3));
    let mark = if triple { quote.repeat(3) } else { quote.to_owned() };
    let content = &literal[start + mark.len()..];
    let length = content.find(&mark)?;
    let plain = matches!(prefix.as_str(), "" | "u") && !content[..length].contains('\\');
    let raw = prefix == "r" && !content[..length].contains('\\');
    let begin = span.start() + start + mark.len();
    (plain || raw).then(|| Span::new(begin, begin + length))
}

/// How many quotes stand behind a content.
fn quotes(text: &str, content: Span) -> usize {
    let before = &text[..content.start()];
    let is_triple = before.ends_with("\"\"\"") || before.ends_with("'''");
    let rest = &text[content.end()..];
    if is_triple && (rest.starts_with("\"\"\"") || rest.starts_with("'''")) { 3 } else { 1 }
}

/// One name of a path.
struct Name<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    /// The dot or colon behind it.
    mark: Option<u8>,
}

fn names(path: &str) -> Vec<Name<'_>> {
    let mut start = 0;
    path.split(['.', ':'])
        .map(|text| {
            let end = start + text.len();
            let name = Name { text, start, end, mark: path.as_bytes().get(end).copied() };
            start = end + 1;
            name
        })
        .collect()
}

/// How many pairs from the first on are equal, the mark behind them included.
fn common<'a>(pairs: impl Iterator<Item = (&'a Name<'a>, &'a Name<'a>)>) -> usize {
    pairs.take_while(|(one, other)| one.text == other.text && one.mark == other.mark).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(text: &str, old: &str, new: &str) -> Option<String> {
        let literal = Literal::read(text, Span::new(0, text.len()))?;
        let mut written = text.to_owned();
        for (span, name) in literal.edits(old, new)?.into_iter().rev() {
            written.replace_range(span.range(), &name);
        }
        Some(written)
    }

    #[test]
    fn quotes_prefixes_and_parts_stay() {
        for (text, expected) in [
            ("'a.old.Old.m'", Some("'a.new.New.m'")),
            ("u\"a.old.Old.m\"", Some("u\"a.new.New.m\"")),
            ("r'''a.old.Old.m'''", Some("r'''a.new.New.m'''")),
            ("'a.old' \"\"\".Old.m\"\"\"", Some("'a.new' \"\"\".New.m\"\"\"")),
            ("'a.'\n  # old\n  'old.Old' '.m'", Some("'a.'\n  # old\n  'new.New' '.m'")),
            ("'' 'a.old.Old.m'", Some("'' 'a.new.New.m'")),
            ("'a.o' 'ld.Old.m'", None),
            (r"'a\x2eold.Old.m'", None),
            ("b'a.old.Old.m'", None),
            ("f'a.old.Old.m'", None),
        ] {
            assert_eq!(changed(text, "a.old.Old.m", "a.new.New.m").as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_path_can_grow_and_shrink_within_one_part() {
        assert_eq!(changed("'a.old.Old.m'", "a.old.Old.m", "b.New.m").as_deref(), Some("'b.New.m'"));
        assert_eq!(changed("'a:Old'", "a:Old", "a.deep.new:New").as_deref(), Some("'a.deep.new:New'"));
        assert_eq!(changed("'a.' 'Old'", "a.Old", "a.b.Old").as_deref(), Some("'a.' 'b.Old'"));
    }
}
