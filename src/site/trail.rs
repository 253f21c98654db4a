//! What one search leaves for the next: so long as no file passes an alias on by another name, only changed files are looked at.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::python::Identifier;

/// The names under which the files of one side were looked at, and who added to them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trail {
    /// Sorted.
    names: Vec<String>,
    /// By path; only files that pass something on.
    passed_on: BTreeMap<String, Vec<String>>,
}

impl Trail {
    pub(super) fn new<'a>(
        names: Vec<&Identifier>,
        passed_on: impl Iterator<Item = (&'a str, &'a Vec<Identifier>)>,
    ) -> Self {
        let spelled = |name: &Identifier| name.as_str().to_owned();
        let passed_on = passed_on.map(|(path, names)| (path.to_owned(), names.iter().map(spelled).collect()));
        Self { names: names.into_iter().map(spelled).collect(), passed_on: passed_on.collect() }
    }

    pub(super) fn names(&self) -> impl Iterator<Item = Identifier> {
        self.names.iter().map(|name| Identifier::new(name))
    }

    /// Whether the file at `path` passed on just these names, which are sorted.
    pub(super) fn is_same(&self, path: &str, names: &[Identifier]) -> bool {
        let before = self.passed_on.get(path).map_or(&[][..], Vec::as_slice);
        before.iter().map(String::as_str).eq(names.iter().map(Identifier::as_str))
    }
}
