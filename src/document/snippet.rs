//! Code inside prose: fences, code directives, doctests and inline imports, each as a small Python file of its own.

use crate::text::{Edit, Edits, Span};

/// A piece of code, without the indentation and prompts that it stands behind.
#[derive(Debug, PartialEq, Eq)]
pub struct Snippet {
    pub text: String,
    lines: Vec<Line>,
    has_prompts: bool,
}

/// One line of a snippet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Line {
    /// Where it begins in the snippet.
    at: usize,
    /// Where it begins in the prose: with its indentation, without it, and where the next line begins.
    start: usize,
    content: usize,
    end: usize,
}

/// The code of a text, and the places where it stands: what is written there is no prose.
#[derive(Debug, Default)]
pub struct Code {
    pub snippets: Vec<Snippet>,
    pub spans: Vec<Span>,
}

/// Directives of reST whose body is Python.
const DIRECTIVES: [&str; 5] = ["code-block", "code", "sourcecode", "testcode", "testsetup"];

const LANGUAGES: [&str; 6] = ["python", "py", "python3", "py3", "pycon", "python-console"];

/// Finds the code in `region` of `text`. All doctests of a region are one snippet, as they share their names.
pub fn find(text: &str, region: Span) -> Code {
    let lines = lines(text, region);
    let mut code = Code::default();
    let mut doctest = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at].of(text);
        if let Some(fence) = Fence::open(line) {
            let Some(length) = lines[at + 1..].iter().position(|line| fence.is_closed_by(line.of(text))) else { break };
            let body = &lines[at + 1..at + 1 + length];
            // What programs print, and other languages, are no prose.
            code.spans.push(Span::new(lines[at].start(), lines[at + 1 + length].end()));
            if fence.is_python {
                code.take(text, body, line.find(fence.mark).unwrap_or(0), &mut doctest);
            }
            at += length + 2;
        } else if is_directive(line) {
            let body = directive_body(text, &lines[at + 1..], indentation(line));
            let indent =
                body.iter().filter(|line| !line.of(text).trim().is_empty()).map(|line| indentation(line.of(text)));
            let after = body.last().map_or(at + 1, |last| lines.partition_point(|line| line.start <= last.start));
            code.take(text, body, indent.min().unwrap_or(0), &mut doctest);
            at = after;
        } else if is_prompt(line, ">>>") {
            at += code.take_example(text, &lines[at..], &mut doctest);
        } else {
            code.take_inline(text, lines[at]);
            at += 1;
        }
    }
    code.snippets.extend(Snippet::new(text, doctest, true));
    code
}

fn lines(text: &str, region: Span) -> Vec<Span> {
    let mut start = region.start();
    let lines = region.of(text).split_inclusive('\n').map(|line| {
        let span = Span::new(start, start + line.len());
        start = span.end();
        span
    });
    lines.collect()
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// An open fence of Markdown.
struct Fence<'a> {
    mark: &'a str,
    is_python: bool,
}

impl<'a> Fence<'a> {
    fn open(line: &'a str) -> Option<Self> {
        let line = line.trim().trim_start_matches("- ").trim_start();
        let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
        let length = line.len() - line.trim_start_matches(mark).len();
        let info = &line[length..];
        if length < 3 || info.contains('`') {
            return None;
        }
        let mut words = info.split([' ', '{', '}', ',', '.']).filter(|word| !word.is_empty());
        let is_python = words.any(|word| LANGUAGES.contains(&word.to_ascii_lowercase().as_str()));
        Some(Self { mark: &line[..length], is_python })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let rest = line.trim().strip_prefix(self.mark);
        rest.is_some_and(|rest| rest.chars().all(|c| self.mark.starts_with(c)))
    }
}

/// `.. code-block:: python`
fn is_directive(line: &str) -> bool {
    let Some((name, language)) = line.trim().strip_prefix(".. ").and_then(|rest| rest.split_once("::")) else {
        return false;
    };
    let language = language.trim().to_ascii_lowercase();
    DIRECTIVES.contains(&name)
        && (LANGUAGES.contains(&language.as_str()) || language.is_empty() && name.starts_with("test"))
}

/// The lines below a directive that are indented more, without its options.
fn directive_body<'a>(text: &str, below: &'a [Span], indent: usize) -> &'a [Span] {
    let is_blank = |line: &Span| line.of(text).trim().is_empty();
    let inside = below.iter().take_while(|line| is_blank(line) || indentation(line.of(text)) > indent).count();
    let inside = below[..inside].iter().rposition(|line| !is_blank(line)).map_or(0, |last| last + 1);
    let options = below[..inside].iter().take_while(|line| is_blank(line) || line.of(text).trim().starts_with(':'));
    &below[options.count()..inside]
}

fn is_prompt(line: &str, prompt: &str) -> bool {
    line.trim_start().strip_prefix(prompt).is_some_and(|rest| rest.trim().is_empty() || rest.starts_with(' '))
}

impl Code {
    /// Takes a block of code, or the doctests in it.
    fn take(&mut self, text: &str, body: &[Span], indent: usize, doctest: &mut Vec<(Span, usize)>) {
        let (Some(first), Some(last)) = (body.first(), body.last()) else { return };
        let whole = Span::new(first.start(), last.end());
        if self.spans.last().is_none_or(|open| !open.contains(whole)) {
            self.spans.push(whole);
        }
        let first = body.iter().find(|line| !line.of(text).trim().is_empty());
        if first.is_some_and(|line| is_prompt(line.of(text), ">>>")) {
            let mut at = 0;
            while at < body.len() {
                at += if is_prompt(body[at].of(text), ">>>") { example(text, &body[at..], doctest) } else { 1 };
            }
            return;
        }
        let content = |line: &Span| line.start() + indentation(line.of(text)).min(indent);
        let lines = body.iter().map(|line| (*line, content(line))).collect();
        self.snippets.extend(Snippet::new(text, lines, false));
    }

    fn take_example(&mut self, text: &str, lines: &[Span], doctest: &mut Vec<(Span, usize)>) -> usize {
        let count = example(text, lines, doctest);
        self.spans.push(Span::new(lines[0].start(), lines[count - 1].end()));
        count
    }

    /// `` `from pkg.old import Old` `` in a line of prose.
    fn take_inline(&mut self, text: &str, line: Span) {
        let mut parts = line.of(text).split('`');
        let mut start = line.start() + parts.next().map_or(0, str::len);
        for part in parts {
            let span = Span::new(start + 1, start + 1 + part.len());
            start = span.end();
            let is_import = part.starts_with("import ") || part.starts_with("from ") && part.contains(" import ");
            if is_import && text[start..].starts_with('`') {
                self.spans.push(span);
                self.snippets.extend(Snippet::new(text, vec![(span, span.start())], false));
            }
        }
    }
}

/// Adds the lines of one doctest example behind their prompts; how many lines it has.
fn example(text: &str, lines: &[Span], doctest: &mut Vec<(Span, usize)>) -> usize {
    let more = lines[1..].iter().take_while(|line| is_prompt(line.of(text), "...")).count();
    for line in &lines[..=more] {
        let source = line.of(text);
        let prompt = indentation(source) + 3;
        let blank = usize::from(source[prompt..].starts_with(' '));
        doctest.push((*line, line.start() + prompt + blank));
    }
    more + 1
}

impl Snippet {
    /// The snippet of these lines, each with the place where its code begins.
    fn new(text: &str, lines: Vec<(Span, usize)>, has_prompts: bool) -> Option<Self> {
        let mut snippet = Self { text: String::new(), lines: Vec::new(), has_prompts };
        for (line, content) in lines {
            let at = snippet.text.len();
            snippet.lines.push(Line { at, start: line.start(), content, end: line.end() });
            snippet.text.push_str(&text[content..line.end()]);
        }
        (!snippet.text.trim().is_empty()).then_some(snippet)
    }

    /// From the first line of the snippet to its last, with what stands between them.
    pub fn place(&self) -> Span {
        let ends = self.lines.first().zip(self.lines.last());
        ends.map_or(Span::empty(0), |(first, last)| Span::new(first.start, last.end))
    }

    /// Whether the snippet stands between backticks in a line of prose.
    pub fn is_inline(&self, prose: &str) -> bool {
        prose[..self.place().start()].ends_with('`')
    }

    /// Edits of the snippet as edits of the prose; `None` if one of them reaches over lines that are no code.
    pub fn edits(&self, prose: &str, edits: &Edits) -> Option<Vec<Edit>> {
        edits.as_slice().iter().map(|edit| self.edit(prose, edit)).collect()
    }

    fn edit(&self, prose: &str, edit: &Edit) -> Option<Edit> {
        let first = self.line_at(edit.span.start());
        let last = if edit.span.is_empty() { first } else { self.line_at(edit.span.end()) };
        let joined = self.lines[first..=last].windows(2).all(|pair| pair[0].end == pair[1].start);
        let place = |line: usize, offset: usize| self.lines[line].content + offset - self.lines[line].at;
        // Lines that go up to the end take along what they stand behind.
        let is_tail = edit.text.is_empty()
            && edit.span.start() == self.lines[first].at
            && edit.span.end() == self.text.len()
            && self.text.ends_with('\n');
        let start = if is_tail { self.lines[first].start } else { place(first, edit.span.start()) };
        let span = Span::new(start, place(last, edit.span.end()));
        joined.then(|| Edit::new(span, self.indented(prose, first, &edit.text)))
    }

    /// The line that holds an offset; the end belongs to the last.
    fn line_at(&self, offset: usize) -> usize {
        self.lines.partition_point(|line| line.at <= offset).saturating_sub(1)
    }

    /// New lines stand behind what the line before them stands behind.
    fn indented(&self, prose: &str, line: usize, text: &str) -> String {
        let Line { start, content, .. } = self.lines[line];
        let prefix = &prose[start..content];
        let indent = &prefix[..indentation(prefix)];
        let mut indented = String::new();
        let mut depth = 0i32;
        for part in text.split_inclusive('\n') {
            indented.push_str(part);
            depth += part.matches('(').count() as i32 - part.matches(')').count() as i32;
            match (part.ends_with('\n'), self.has_prompts) {
                (true, true) => indented.push_str(&format!("{indent}{}", if depth > 0 { "... " } else { ">>> " })),
                (true, false) => indented.push_str(prefix),
                (false, _) => {}
            }
        }
        indented
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        find(text, Span::new(0, text.len())).snippets.into_iter().map(|snippet| snippet.text).collect()
    }

    #[test]
    fn fences_of_python_are_code() {
        assert_eq!(found("a\n```python title=\"x\"\nx = 1\n```\n~~~py\ny\n~~~\n"), ["x = 1\n", "y\n"]);
        assert_eq!(found("- a\n   ````{code-block} python\n   x\n\n     y\n   ````\n"), ["x\n\n  y\n"]);
        for none in ["```\nx\n```\n", "```bash\nx\n```", "```python\nx\n", "``` `python` ```\nx\n```\n"] {
            assert_eq!(found(none), [""; 0], "{none}");
        }
    }

    #[test]
    fn directives_of_python_are_code() {
        let text = "a\n\n.. code-block:: python\n   :linenos:\n\n   x = 1\n     y\n\nb\n.. testcode::\n\n  z\n";
        assert_eq!(found(text), ["x = 1\n  y\n", "z\n"]);
        assert_eq!(found(".. code-block:: bash\n\n   x\n.. note:: python\n\n   x\n"), [""; 0]);
    }

    #[test]
    fn doctests_are_one_snippet_without_their_output() {
        assert_eq!(found("a\n    >>> x = (\n    ...   1)\n    >>> x\n    1\n\n>>> y\n"), ["x = (\n  1)\nx\ny\n"]);
        assert_eq!(found("```pycon\n>>> x\n1\n```\n"), ["x\n"]);
    }

    #[test]
    fn imports_between_backticks_are_code() {
        assert_eq!(
            found("use `from a import b` or ``import c`` and `x`, from a import d"),
            ["from a import b", "import c"]
        );
    }

    #[test]
    fn edits_land_behind_prompts_and_indentation() {
        let changed = |text: &str, edit: (usize, usize, &str)| {
            let code = find(text, Span::new(0, text.len()));
            let edits = Edits::new(vec![Edit::new(Span::new(edit.0, edit.1), edit.2)]).unwrap();
            Some(Edits::new(code.snippets[0].edits(text, &edits)?).unwrap().apply(text))
        };
        let text = "  >>> a = 1\n  >>> b\n  2\n  >>> c\n";
        assert_eq!(changed(text, (0, 1, "z")).unwrap(), "  >>> z = 1\n  >>> b\n  2\n  >>> c\n");
        assert_eq!(
            changed(text, (6, 6, "n = (\n1)\n")).unwrap(),
            "  >>> a = 1\n  >>> n = (\n  ... 1)\n  >>> b\n  2\n  >>> c\n"
        );
        assert_eq!(changed(text, (0, 6, "")).unwrap(), "  >>> b\n  2\n  >>> c\n");
        assert_eq!(changed(text, (6, 8, "")), None);
        let text = "- ```py\n  a\n  b\n  ```\n";
        assert_eq!(changed(text, (0, 2, "")).unwrap(), "- ```py\n  b\n  ```\n");
        assert_eq!(changed(text, (2, 4, "")).unwrap(), "- ```py\n  a\n  ```\n");
    }
}
