//! Problems as text for people: the offending line, a caret under it, and what would be right.

use std::fmt;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use super::problem::{Place, Problem, Problems, Shown, is_hidden};

impl Problems {
    /// All problems, each with file, line, column, caret and help, and a line that counts them.
    pub fn render(&self, color: bool) -> String {
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        let mut text = String::new();
        for problem in &self.list {
            text.push_str(&renderer.render(&[group(problem, &self.files)]));
            text.push_str("\n\n");
        }
        text.push_str(&self.summary());
        text.push('\n');
        text
    }

    /// `3 problems in 2 rule files · nothing was done`
    fn summary(&self) -> String {
        let problems = match self.count() {
            1 => "1 problem".to_owned(),
            count => format!("{count} problems"),
        };
        let files = match (self.file_count(), self.list.first()) {
            (1, Some(problem)) => clean(&self.files[problem.at.file].name),
            (count, _) => format!("{count} rule files"),
        };
        format!("{problems} in {files} · nothing was done")
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.render(false))
    }
}

impl std::error::Error for Problems {}

fn group<'a>(problem: &Problem, files: &[Shown]) -> Group<'a> {
    let title = Level::ERROR.primary_title(clean(&problem.message));
    let mut group = Group::with_title(title).element(snippet(problem, &files[problem.at.file]));
    for (place, label) in problem.also.iter().filter(|(place, _)| !is_near(problem, *place)) {
        let excerpt = Excerpt::new(&files[place.file], &[*place]);
        group = group.element(excerpt.snippet().annotation(excerpt.mark(AnnotationKind::Context, *place, label)));
    }
    group.element(Level::HELP.message(clean(&problem.help)))
}

/// Bytes between two places that are shown in one excerpt.
const NEAR: usize = 8 << 10;

/// Whether a place that belongs to a problem is shown in the same excerpt of the same file.
fn is_near(problem: &Problem, place: Place) -> bool {
    place.file == problem.at.file && place.span.start().abs_diff(problem.at.span.start()) < NEAR
}

/// The lines of the problem and of those places near it that belong to it.
fn snippet<'a>(problem: &Problem, file: &Shown) -> Snippet<'a, Annotation<'a>> {
    let near: Vec<_> = problem.also.iter().filter(|(place, _)| is_near(problem, *place)).collect();
    let places: Vec<_> = near.iter().map(|(place, _)| *place).chain([problem.at]).collect();
    let excerpt = Excerpt::new(file, &places);
    excerpt
        .snippet()
        .annotation(excerpt.mark(AnnotationKind::Primary, problem.at, &problem.label))
        .annotations(near.iter().map(|(place, label)| excerpt.mark(AnnotationKind::Context, *place, label)))
}

/// Those lines of a file that hold some places. Lines end as TOML has it: at `\n`.
struct Excerpt<'f> {
    file: &'f Shown,
    start: usize,
    end: usize,
}

impl<'f> Excerpt<'f> {
    fn new(file: &'f Shown, places: &[Place]) -> Self {
        let first = places.iter().map(|place| place.span.start()).min().unwrap_or(0);
        let last = places.iter().map(|place| place.span.end()).max().unwrap_or(0);
        let start = file.text[..first].rfind('\n').map_or(0, |found| found + 1);
        let rest = file.text[last..].split('\n').next().unwrap_or_default();
        let end = last + rest.strip_suffix('\r').unwrap_or(rest).len();
        Self { file, start, end }
    }

    fn snippet<'a>(&self) -> Snippet<'a, Annotation<'a>> {
        let line = self.file.text[..self.start].matches('\n').count() + 1;
        Snippet::source(masked(&self.file.text[self.start..self.end])).line_start(line).path(clean(&self.file.name))
    }

    fn mark<'a>(&self, kind: AnnotationKind, place: Place, label: &str) -> Annotation<'a> {
        let label = (!label.is_empty()).then(|| clean(label));
        kind.span(place.span.start() - self.start..place.span.end() - self.start).label(label)
    }
}

/// The text with every character that could move the cursor or hide spelled out.
fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for character in text.chars() {
        if is_hidden(character) {
            cleaned.extend(character.escape_default());
        } else {
            cleaned.push(character);
        }
    }
    cleaned
}

/// The text with every hidden character beyond ASCII replaced by a visible one of as many bytes, so that offsets hold.
/// Those of ASCII become control pictures when the text is rendered.
fn masked(text: &str) -> String {
    let mask = |character: char| match character.len_utf8() {
        2 => '·',
        _ => '\u{fffd}',
    };
    text.chars().map(|c| if is_hidden(c) && !c.is_ascii() { mask(c) } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_moves_the_cursor_comes_through() {
        assert_eq!(clean("a\u{1b}[31m\nb\u{202e}"), "a\\u{1b}[31m\\nb\\u{202e}");
        assert_eq!(masked("é\u{9b}\u{202e}x"), "é·\u{fffd}x");
        assert_eq!(masked("\u{9b}\u{200b}").len(), "\u{9b}\u{200b}".len());
    }
}
