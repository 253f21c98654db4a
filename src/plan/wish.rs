//! What the sites of one file ask for, before it is put into statements.

use std::collections::BTreeMap;

use super::Note;
use crate::python::syntax::{StatementId, StringId};
use crate::python::{DottedName, Identifier};
use crate::site::Hit;
use crate::text::Span;

/// All wishes of one file.
#[derive(Clone, Debug, Default)]
pub(super) struct Wishes {
    /// Names in the code that read differently.
    pub tokens: BTreeMap<Span, (String, Note)>,
    /// Entries of import statements, by statement and place.
    pub entries: BTreeMap<(StatementId, usize), (EntryWish, Note)>,
    /// Imports that are needed after a statement.
    pub imports: BTreeMap<StatementId, Vec<(Needed, Note)>>,
    /// Statements that go as a whole.
    pub removed: BTreeMap<StatementId, Note>,
    /// Targets of chained assignments, or elements of tuple assignments, that go.
    pub targets: BTreeMap<StatementId, (Vec<usize>, Note)>,
    /// Shims that become an arm of the module's `__getattr__`.
    pub deprecated: Vec<(Identifier, Hit)>,
    /// What is written at the end of the file.
    pub appendix: Option<(String, Note)>,
    /// Lines that go from within a statement: the arm of an `if`.
    pub cuts: BTreeMap<Span, Note>,
    /// Entries of `__all__`, and of tables of names, that go.
    pub unlisted: BTreeMap<StringId, Note>,
}

impl Wishes {
    /// The notes of the shims that go.
    pub(super) fn removed_shims(&self) -> Vec<Note> {
        let dropped = self.entries.values().filter(|(wish, _)| *wish == EntryWish::Drop).map(|(_, note)| *note);
        let targets = self.targets.values().flat_map(|(places, note)| places.iter().map(|_| *note));
        let cuts = self.cuts.values().copied();
        let entries = self.unlisted.values().copied();
        let all = self.removed.values().copied().chain(dropped).chain(targets).chain(cuts).chain(entries);
        all.filter(|note| note.kind.is_shim()).collect()
    }
}

/// What shall become of an import entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum EntryWish {
    Needed(Needed),
    Drop,
}

/// An import that shall exist.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Needed {
    /// `from module import name [as local]`
    From { module: DottedName, name: String, local: Option<String> },
    /// `import module [as local]`
    Module { module: DottedName, local: Option<String> },
}

impl Needed {
    /// The name that the import binds.
    pub(super) fn bound(&self) -> &str {
        match self {
            Needed::From { name, local, .. } => local.as_deref().unwrap_or(name),
            Needed::Module { module, local } => {
                local.as_deref().unwrap_or_else(|| module.as_str().split('.').next().unwrap_or_default())
            }
        }
    }

    /// The entry as it is written: `New`, `New as Old`, `a.new`.
    pub(super) fn text(&self) -> String {
        let (name, local) = match self {
            Needed::From { name, local, .. } => (name.as_str(), local),
            Needed::Module { module, local } => (module.as_str(), local),
        };
        match local {
            Some(local) => format!("{name} as {local}"),
            None => name.to_owned(),
        }
    }
}
