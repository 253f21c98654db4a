//! The code of every definition of a tree as a bag of parts, for which each file is parsed once more.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::family::Spot;
use crate::project::FileId;
use crate::python::fingerprint::{Fingerprint, fingerprints};
use crate::semantics::World;

/// Fingerprints by file, and where the name of the definition begins.
pub(super) struct Prints(FxHashMap<(FileId, u32), Fingerprint>);

impl Prints {
    pub(super) fn new(world: &World) -> Self {
        let files = (0..world.project.files.len() as u32).into_par_iter().map(FileId);
        let readable = files.filter(|file| world.of(*file).is_read(*file));
        let in_file = |file: FileId| {
            let prints = fingerprints(world.project.text(file).unwrap_or_default());
            prints.into_iter().map(move |print| ((file, print.name.start), print))
        };
        Self(readable.flat_map_iter(in_file).collect())
    }

    /// The code of a definition.
    pub(super) fn of(&self, spot: Spot) -> Option<&Fingerprint> {
        self.0.get(&(spot.file, spot.span.start))
    }
}
