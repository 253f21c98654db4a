//! The proof of names that come: what an import is called now does not take the place of another where a star brings it.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::Reason;
use super::context::Kept;
use super::others::{is_seen_alike, names_lacking};
use super::verify::{Changed, keep_all};
use crate::project::FileId;
use crate::python::{DottedName, Identifier, Symbol};
use crate::text::Search;
use crate::timing::piece;

/// A file with names that its module did not have.
struct Grown {
    file: FileId,
    come: Vec<Identifier>,
    /// The names that the module has no more.
    gone: Vec<Identifier>,
}

/// Law 4 for what stars bring: a name that comes is in no other's place.
pub(super) fn compare_added(change: &Changed, kept: &mut Kept) {
    let Changed { run, new, .. } = *change;
    let grown: Vec<Grown> =
        change.composed.files.par_iter().filter_map(|file| piece(|| grown(change, file.file))).collect();
    let come: FxHashSet<&Identifier> = grown.iter().flat_map(|grown| &grown.come).collect();
    if come.is_empty() {
        return;
    }
    let search = Search::new(come.iter().map(|name| name.as_str()));
    let project = &run.world.project;
    let files = project.par_files();
    let is_spelled = |file| project.is_own(file) && project.file(file).spells(&search);
    let spelled = files.filter(|file| piece(|| is_spelled(*file)));
    let turned = |file: FileId| come.iter().filter(move |name| !is_seen_alike(run, new, file, name)).copied();
    let turned: FxHashSet<&Identifier> = spelled.flat_map_iter(turned).collect();
    for Grown { file, come, gone } in &grown {
        let Some(name) = come.iter().find(|name| turned.contains(name)) else { continue };
        let module = run.world.module_name(*file);
        let before = kept.size();
        kept.named.extend(gone.iter().map(|name| Symbol::new(module.clone(), DottedName::new(name.as_str()))));
        if kept.size() == before {
            let why = format!("a star would bring `{name}` from here to where it is something else");
            keep_all(run, *file, (Reason::NameTaken, why), kept);
        }
    }
}

/// What a file that changes and stays has come to be called in its module.
fn grown(change: &Changed, file: FileId) -> Option<Grown> {
    let Changed { run, new, .. } = *change;
    let new_file = new.project.file_by_path(&run.world.project.file(file).path)?;
    let (before, after) = (run.world.facts(file)?, new.look(new_file)?);
    let come = names_lacking(&after, before);
    (!come.is_empty()).then(|| Grown { file, come, gone: names_lacking(before, &after) })
}
