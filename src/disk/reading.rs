//! What reading a tree gives, beside the files themselves.

use std::sync::{Mutex, PoisonError};

use super::snapshot::{Mark, Snapshot};
use crate::project::Loaded;

/// All that was read, everything sorted by path.
#[derive(Debug, Default)]
pub struct Reading {
    pub files: Vec<Loaded>,
    pub problems: Vec<Problem>,
    pub skipped: Vec<Skipped>,
    /// Symbolic links, none of which is followed.
    pub links: usize,
    /// How the files are known again, if that was asked for.
    pub snapshot: Snapshot,
}

/// Something in the tree that could not be read as it should.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Relative to the tree; bytes that are not UTF-8 are replaced.
    pub path: String,
    /// One line, lower case.
    pub what: String,
}

/// A folder that is not part of the tree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    pub path: String,
    pub why: SkippedAs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SkippedAs {
    /// A submodule, a nested clone or a work tree of another branch.
    Repository,
    /// A virtual environment: installed packages.
    Environment,
}

/// What one entry of the walk gives.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) file: Option<Loaded>,
    pub(super) problem: Option<Problem>,
    pub(super) skipped: Option<Skipped>,
    /// The path of a file that was read and is nothing to us.
    pub(super) passed: Option<String>,
    pub(super) is_link: bool,
    /// How the file is known again, with its path.
    pub(super) mark: Option<(String, Mark)>,
}

impl Found {
    pub(super) fn problem(path: impl Into<String>, what: impl ToString) -> Self {
        let problem = Problem { path: path.into(), what: what.to_string() };
        Self { problem: Some(problem), ..Self::default() }
    }

    pub(super) fn link() -> Self {
        Self { is_link: true, ..Self::default() }
    }

    pub(super) fn passed(path: &str) -> Self {
        Self { passed: Some(path.to_owned()), ..Self::default() }
    }

    pub(super) fn skipped(path: &str, why: SkippedAs) -> Self {
        Self { skipped: Some(Skipped { path: path.to_owned(), why }), ..Self::default() }
    }
}

/// A reading that several threads fill.
#[derive(Debug, Default)]
pub(super) struct Collector(Mutex<(Reading, Vec<String>)>);

impl Collector {
    /// A collector that goes on where a reading ended.
    pub(super) fn from(reading: Reading) -> Self {
        Self(Mutex::new((reading, Vec::new())))
    }

    pub(super) fn add(&self, found: Found) {
        let mut guard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (reading, passed) = &mut *guard;
        reading.files.extend(found.file);
        reading.problems.extend(found.problem);
        reading.skipped.extend(found.skipped);
        reading.links += usize::from(found.is_link);
        reading.snapshot.marks.extend(found.mark);
        passed.extend(found.passed);
    }

    /// The reading in an order that does not depend on the threads, and the paths that were passed by.
    pub(super) fn sorted(self) -> (Reading, Vec<String>) {
        let (mut reading, passed) = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        reading.files.sort_by(|a, b| a.path.cmp(&b.path));
        reading.problems.sort();
        reading.skipped.sort();
        (reading, passed)
    }
}
