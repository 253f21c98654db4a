//! What one search leaves for the next: so long as the names are the same, only files that have changed are looked at.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::python::Identifier;

/// The names under which the files of one side were looked at, and who added to them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trail {
    /// Those that the rules themselves ask for.
    asked: BTreeSet<String>,
    /// Those by which files pass aliases on, by path.
    passed_on: BTreeMap<String, Vec<String>>,
}

impl Trail {
    pub(super) fn new<'a>(asked: &[Identifier], passed_on: impl Iterator<Item = (&'a str, &'a [Identifier])>) -> Self {
        let spelled = |name: &Identifier| name.as_str().to_owned();
        let passed_on = passed_on.map(|(path, names)| (path.to_owned(), names.iter().map(spelled).collect()));
        Self { asked: asked.iter().map(spelled).collect(), passed_on: passed_on.collect() }
    }

    /// All names, sorted.
    pub(super) fn names(&self) -> BTreeSet<&str> {
        self.asked.iter().chain(self.passed_on.values().flatten()).map(String::as_str).collect()
    }

    /// The trail where these files pass on what `now` says; `None` if any name comes or goes by that.
    pub(super) fn updated<'a>(&self, changed: impl Iterator<Item = &'a str>, now: Self) -> Option<Self> {
        let mut updated = self.clone();
        changed.for_each(|path| drop(updated.passed_on.remove(path)));
        updated.passed_on.extend(now.passed_on);
        (updated.names() == self.names()).then_some(updated)
    }
}
