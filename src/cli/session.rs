//! One run of one command: its options, its streams, and how it ended.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::arguments::Global;
use super::failure::Failure;
use super::progress::Progress;
use crate::disk;
use crate::report::{Detail, Screen, number, shown_path, shown_text};

/// Warnings shown unless all are asked for.
const MOST_WARNINGS: usize = 5;

/// What a command needs from its surroundings.
pub(super) struct Session<'a> {
    pub(super) global: &'a Global,
    /// The folder that relative paths start from.
    pub(super) folder: PathBuf,
    /// The result.
    pub(super) out: &'a mut dyn Write,
    /// How the result is shown.
    pub(super) screen: Screen,
    pub(super) progress: Progress,
}

impl Session<'_> {
    /// Where the result goes, and how; the progress ends here.
    pub(super) fn result(&mut self) -> (&mut dyn Write, Screen) {
        self.progress.end();
        (&mut *self.out, self.screen)
    }

    /// Tells on standard error what the user should know, in one line.
    pub(super) fn note(&self, what: &str) {
        self.progress.suspended(|| {
            let _ = writeln!(io::stderr(), "note: {}", shown_text(what));
        });
    }

    /// Writes a page for a browser, and says so.
    pub(super) fn write_page(&self, file: &Path, page: &str) -> Result<(), Failure> {
        disk::write_page(&self.folder.join(file), page)
            .map_err(|cause| Failure::Page { path: file.display().to_string(), cause })?;
        self.note(&format!("the page is written: open `{}` in a browser", file.display()));
        Ok(())
    }

    /// Tells on standard error of places, each with what is wrong there. Long lists are cut.
    pub(super) fn warn<'p>(&self, places: impl ExactSizeIterator<Item = (&'p str, &'p str)>) {
        let shown = if self.screen.detail == Detail::All { usize::MAX } else { MOST_WARNINGS };
        let rest = places.len().saturating_sub(shown);
        let mut lines: Vec<String> = places
            .take(shown)
            .map(|(path, what)| format!("warning: {}: {}\n", shown_path(path), shown_text(what)))
            .collect();
        if rest > 0 {
            lines.push(format!("warning: … and {} more (`-v` lists all)\n", number(rest)));
        }
        // A result is worth having even if nobody reads the warnings.
        self.progress.suspended(|| {
            let _ = io::stderr().write_all(lines.concat().as_bytes());
        });
    }
}

/// How a command that did not fail ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Done, or nothing to do.
    Done,
    /// Something was found that the caller asked to be told of.
    Findings,
}
