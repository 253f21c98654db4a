//! What one search leaves for the next: so long as the names are the same, only files that have changed are looked at.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::python::Identifier;

/// The names by which files of one side pass aliases on, beside those that the rules themselves ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trail {
    /// By path.
    passed_on: BTreeMap<String, BTreeSet<String>>,
}

impl Trail {
    /// The same where these files pass on these names.
    pub(super) fn with<'a>(mut self, files: impl Iterator<Item = (&'a str, &'a [Identifier])>) -> Self {
        let adds = files.filter(|(_, names)| !names.is_empty());
        self.passed_on.extend(adds.map(|(path, names)| (path.to_owned(), spelled(names))));
        self
    }

    /// The same where these files pass on nothing.
    pub(super) fn without<'a>(&self, paths: impl Iterator<Item = &'a str>) -> Self {
        let mut others = self.clone();
        paths.for_each(|path| drop(others.passed_on.remove(path)));
        others
    }

    /// All names, sorted.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let all: BTreeSet<&String> = self.passed_on.values().flatten().collect();
        all.into_iter().map(String::as_str)
    }
}

fn spelled(names: &[Identifier]) -> BTreeSet<String> {
    names.iter().map(|name| name.as_str().to_owned()).collect()
}
