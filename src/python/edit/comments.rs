//! What a comment is for: lint and type comments that follow a split statement, and lines that no removal takes away.

/// The parts of a comment: `# why  # noqa: F401` says two things, `# see #12` one.
pub(super) fn segments(comment: &str) -> Vec<&str> {
    let begins = |at: usize| {
        let rest = &comment[at + 1..];
        at == 0 || comment[..at].ends_with([' ', '\t']) && (rest.starts_with(' ') || is_lint(rest))
    };
    let mut starts: Vec<usize> = comment.match_indices('#').map(|(at, _)| at).filter(|&at| begins(at)).collect();
    starts.push(comment.len());
    starts.windows(2).map(|pair| comment[pair[0]..pair[1]].trim_end()).collect()
}

/// A segment that a linter or type checker reads: it must stand on every statement that the old one becomes.
pub(super) fn is_lint(segment: &str) -> bool {
    const MARKS: [&str; 11] =
        ["noqa", "type:", "pragma", "pylint:", "nosec", "pyright:", "mypy:", "ruff:", "flake8:", "isort:", "nopycln"];
    let says = segment.trim_start_matches('#').trim_start().to_ascii_lowercase();
    MARKS.iter().any(|mark| says.starts_with(mark))
}

/// Adds to `comment` what `more` says and it does not say yet.
pub(super) fn join(comment: &mut Option<String>, more: &str) {
    let Some(present) = comment else {
        *comment = Some(more.to_owned());
        return;
    };
    let known: Vec<String> = segments(present).into_iter().map(str::to_owned).collect();
    for segment in segments(more).into_iter().filter(|segment| !known.iter().any(|said| said == segment)) {
        present.push_str("  ");
        present.push_str(segment);
    }
}

/// The lint and type segments of `comment`.
pub(super) fn lint_of(comment: &str) -> Option<String> {
    let mut found = None;
    for segment in segments(comment).into_iter().filter(|segment| is_lint(segment)) {
        join(&mut found, segment);
    }
    found
}

/// A comment line that belongs to the file or to a section, not to the statement below it: a shebang, a coding line,
/// a switch for a formatter or linter, a region mark, a ruler.
pub(super) fn is_landmark(comment: &str) -> bool {
    const MARKS: [&str; 7] = ["fmt:", "region", "endregion", "yapf:", "-*-", "vim:", "%%"];
    if comment.starts_with("#!") || is_lint(comment) {
        return true;
    }
    let says = comment.trim_start_matches('#').trim_start().to_ascii_lowercase();
    let is_ruler =
        says.is_empty() || says.chars().filter(|c| matches!(c, '-' | '=' | '*' | '~' | '#' | '_')).count() >= 4;
    is_ruler || says.contains("coding:") || says.contains("coding=") || MARKS.iter().any(|mark| says.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_can_say_two_things() {
        assert_eq!(segments("# see #12  # noqa: F401"), ["# see #12", "# noqa: F401"]);
        assert_eq!(
            lint_of("# re-export  # noqa: F401  # type: ignore").as_deref(),
            Some("# noqa: F401  # type: ignore")
        );
        assert_eq!(lint_of("# a note on noqa"), None);
    }

    #[test]
    fn nothing_is_said_twice() {
        let mut comment = Some("# noqa".to_owned());
        join(&mut comment, "# why  # noqa");
        assert_eq!(comment.as_deref(), Some("# noqa  # why"));
    }

    #[test]
    fn landmarks_are_no_remarks() {
        for line in
            ["#!/usr/bin/env python", "# -*- coding: utf-8 -*-", "# fmt: off", "#region x", "# ----", "# === A ==="]
        {
            assert!(is_landmark(line), "{line}");
        }
        assert!(!is_landmark("# the old name, kept for plugins"));
    }
}
