//! How long a line may be, as the nearest configuration of ruff or black says.

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::{Table, Value};

use super::declared::at;
use super::other::OtherFile;
use super::roots::folder_and_name;

/// What ruff and black take without a configuration.
const DEFAULT: usize = 88;

/// The configured line length of each folder that has one.
#[derive(Debug, Default)]
pub(super) struct LineLengths(BTreeMap<String, usize>);

impl LineLengths {
    pub(super) fn new(others: &[Arc<OtherFile>]) -> Self {
        let mut lengths = BTreeMap::new();
        for other in others {
            let (folder, name) = folder_and_name(&other.path);
            let Some(text) = other.text() else { continue };
            // ruff reads `ruff.toml` and leaves the `pyproject.toml` beside it alone.
            let is_own_file = matches!(name, "ruff.toml" | ".ruff.toml");
            let length = match name {
                "ruff.toml" | ".ruff.toml" | "pyproject.toml" => configured(text, is_own_file),
                _ => None,
            };
            if let Some(length) = length
                && (is_own_file || !lengths.contains_key(folder))
            {
                lengths.insert(folder.to_owned(), length);
            }
        }
        Self(lengths)
    }

    /// The length for a file: that of the nearest folder upward that has one, else 88.
    pub(super) fn of(&self, path: &str) -> usize {
        let mut folder = folder_and_name(path).0;
        loop {
            if let Some(&length) = self.0.get(folder) {
                return length;
            }
            if folder.is_empty() {
                return DEFAULT;
            }
            folder = folder_and_name(folder).0;
        }
    }
}

/// The length that one file sets. Tools that are configured without one take their default,
/// unless the configuration `extend`s another, which is then looked for further up.
fn configured(text: &str, is_own_file: bool) -> Option<usize> {
    let table = text.parse::<Table>().ok()?;
    let ruff = if is_own_file { Some(&table) } else { at(&table, "tool.ruff").and_then(Value::as_table) };
    let black = at(&table, "tool.black").and_then(Value::as_table).filter(|_| !is_own_file);
    let set = [ruff, black].into_iter().flatten().find_map(|tool| tool.get("line-length")?.as_integer());
    if let Some(length) = set.and_then(|length| usize::try_from(length).ok()) {
        return Some(length);
    }
    let extends = ruff.is_some_and(|ruff| ruff.contains_key("extend"));
    (ruff.or(black).is_some() && !extends).then_some(DEFAULT)
}
