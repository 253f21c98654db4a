//! What the editor has open, and where that lies in the tree.

use std::collections::BTreeMap;

use gen_lsp_types::Uri;

use super::client::Client;
use super::place::Places;
use crate::project::{FileKind, Project};

/// An open document.
#[derive(Clone, Debug)]
pub(super) struct Document {
    pub(super) version: i32,
    pub(super) text: String,
}

/// The editor's side of the work.
pub(super) struct Desk {
    pub(super) client: Client,
    pub(super) places: Places,
    /// By URI, as the editor spells it.
    pub(super) documents: BTreeMap<String, Document>,
}

impl Desk {
    /// The open documents of the tree with their paths. Notebooks are left out: an editor opens them cell by cell.
    pub(super) fn open(&self) -> impl Iterator<Item = (String, &String, &Document)> {
        self.documents.iter().filter_map(|(uri, document)| {
            let path = self.places.path_of(&Uri(uri.clone()))?;
            (FileKind::of(&path) != FileKind::Notebook).then_some((path, uri, document))
        })
    }

    /// The URI of a file of the tree, as the editor spells it, and its version if it is open.
    pub(super) fn known_as(&self, path: &str) -> (Uri, Option<i32>) {
        let open = self.open().find(|(open, ..)| open == path);
        open.map_or_else(
            || (self.places.uri_of(path), None),
            |(_, uri, document)| (Uri(uri.clone()), Some(document.version)),
        )
    }

    /// The same for a rule file, by its name.
    pub(super) fn rule_file(&self, name: &str) -> (Uri, Option<i32>) {
        let file = self.places.rules.join(name);
        let is_it = |uri: &String| self.places.real_path_of(&Uri(uri.clone())).is_some_and(|path| path == file);
        let open = self.documents.iter().find(|(uri, _)| is_it(uri));
        open.map_or_else(
            || (self.places.uri_of_file(&file), None),
            |(uri, document)| (Uri(uri.clone()), Some(document.version)),
        )
    }

    /// The project as it would be if all open documents were saved. A file that the tree does not know yet waits for that.
    pub(super) fn laid_over(&self, project: &Project) -> Project {
        let differs = |path: &str, text: &str| project.text_at(path).is_some_and(|known| known != text);
        let open = self.open().filter(|(path, _, document)| differs(path, &document.text));
        project.replace(open.map(|(path, _, document)| (path, Some(document.text.clone()))).collect())
    }
}
