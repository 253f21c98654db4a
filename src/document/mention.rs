//! Words of prose that can be names: `Old`, `pkg.old.Old`, `pkg.old:Old`, with what stands around them.

use crate::text::Span;

/// A run of identifiers joined by dots, with at most one colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    pub span: Span,
    /// Written as code: between backticks, or called.
    pub is_code: bool,
}

/// What joins a word to a file name, an address or a longer name.
const JOINING: [char; 8] = ['.', '/', '\\', '-', '@', '#', '$', '%'];

/// Words that tell of the past of a name: to rename it there would make the sentence false.
const HISTORY: [&str; 24] = [
    "deprecat",
    "rename",
    "moved",
    "alias",
    "shim",
    "legacy",
    "former",
    "backward",
    "instead of",
    "used to be",
    "old name",
    "replace",
    "migrat",
    "removed",
    "previously",
    "no longer",
    "compatib",
    "transition",
    "fragment",
    "before:",
    "before (",
    "# before",
    "| old import",
    "old import:",
];

/// The words in `region` that can be names, in order.
pub fn mentions(text: &str, region: Span) -> Vec<Mention> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = region.start();
    while at < region.end() {
        let length = run(&text[at..region.end()]);
        if length == 0 {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let span = Span::new(at, at + length);
        at = span.end();
        let before = text[..span.start()].chars().next_back();
        let after = bytes.get(span.end()).copied();
        let is_joined = before.is_some_and(|c| JOINING.contains(&c)) || matches!(after, Some(b'/' | b'@'));
        if !is_joined && !span.of(text).ends_with(".py") {
            let is_code = matches!(before, Some('`' | '~')) || matches!(after, Some(b'`' | b'('));
            found.push(Mention { span, is_code });
        }
    }
    found
}

/// How long the run of joined identifiers is with which `text` begins.
fn run(text: &str) -> usize {
    let is_part = |c: char| c == '_' || c.is_alphanumeric();
    let word = |text: &str| text.find(|c| !is_part(c)).unwrap_or(text.len());
    if !text.starts_with(is_part) {
        return 0;
    }
    let mut length = word(text);
    let mut has_colon = false;
    while let Some(joint) = text[length..].chars().next().filter(|c| *c == '.' || *c == ':' && !has_colon) {
        let next = word(&text[length + 1..]);
        if next == 0 {
            break;
        }
        has_colon |= joint == ':';
        length += 1 + next;
    }
    length
}

/// Whether the lines around a place tell of the past of a name.
pub fn tells_history(text: &str, region: Span, place: Span) -> bool {
    let around = lines_around(text, region, place).to_lowercase();
    HISTORY.iter().any(|word| around.contains(word))
}

/// Whether the three lines above a place tell of the past of a name: the label of a block of code.
pub fn is_labelled_as_history(text: &str, place: Span) -> bool {
    let label: Vec<&str> = text[..place.start()].trim_end().rsplit('\n').take(3).collect();
    let label = label.join("\n").to_lowercase();
    HISTORY.iter().any(|word| label.contains(word))
}

/// The line of a place, with the one before and the one behind it.
pub fn lines_around(text: &str, region: Span, place: Span) -> &str {
    let before = &text[region.start()..place.start()];
    let behind = &text[place.end()..region.end()];
    let start = before.rmatch_indices('\n').nth(1).map_or(0, |(at, _)| at + 1);
    let end = behind.match_indices('\n').nth(1).map_or(behind.len(), |(at, _)| at);
    &text[region.start() + start..place.end() + end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let mentions = mentions(text, Span::new(0, text.len())).into_iter();
        mentions.map(|mention| format!("{}{}", mention.span.of(text), if mention.is_code { "!" } else { "" })).collect()
    }

    #[test]
    fn words_and_paths_are_mentions() {
        assert_eq!(
            found("Use :class:`~a.b.C` or a.b:C.d, é.f. [x.y][]"),
            ["Use", "class", "a.b.C!", "or", "a.b:C.d", "é.f", "x.y"]
        );
        assert_eq!(found("see https://x.y/a.b.C and src/a.b/c.py a.py run()"), ["see", "https", "and", "run!"]);
    }

    #[test]
    fn three_lines_tell_of_the_past() {
        let text = "one\nOld is\ndeprecated\nOld\n\n\nOld\n";
        let region = Span::new(0, text.len());
        let tells = |at: usize| tells_history(text, region, Span::new(at, at + 3));
        assert_eq!([tells(4), tells(22), tells(28)], [true, true, false]);
    }
}
