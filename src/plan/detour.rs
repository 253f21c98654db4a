//! Sites that cannot name the canonical symbol where they run name the next symbol on its own route instead.

use std::borrow::Cow;

use super::context::{Kept, Run};
use crate::project::FileId;
use crate::python::Symbol;
use crate::site::{FileSites, Hit, Target};

impl Kept {
    /// The sites of a file as they are to be composed.
    pub(super) fn detoured<'s>(&self, run: &Run, sites: &'s FileSites) -> Cow<'s, FileSites> {
        if !self.detours.keys().any(|(file, _)| *file == sites.file) {
            return Cow::Borrowed(sites);
        }
        let mut sites = sites.clone();
        let file = sites.file;
        let redirect = |hit: &mut Hit| hit.target = self.target(run, file, &hit.target);
        sites.imports.iter_mut().for_each(|site| redirect(&mut site.hit));
        sites.stars.iter_mut().for_each(|site| redirect(&mut site.hit));
        sites.shims.iter_mut().for_each(|site| redirect(&mut site.hit));
        for site in &mut sites.uses {
            if let Target::Symbol(hit) = &mut site.target {
                redirect(hit);
            }
        }
        Cow::Owned(sites)
    }

    /// What a file names in place of a canonical symbol.
    pub(super) fn target(&self, run: &Run, file: FileId, canonical: &Symbol) -> Symbol {
        let steps = self.detours.get(&(file, canonical.clone())).copied().unwrap_or(0);
        own_route(run, canonical).into_iter().nth(steps).unwrap_or_else(|| canonical.clone())
    }

    /// Sends a file to the next symbol on the route of a canonical one; whether there is another.
    pub(super) fn detour(&mut self, run: &Run, file: FileId, canonical: &Symbol) -> bool {
        let steps = self.detours.get(&(file, canonical.clone())).copied().unwrap_or(0) + 1;
        let is_elsewhere = |symbol: &Symbol| symbol.module != run.world.module_name(file);
        let exists = own_route(run, canonical).get(steps).is_some_and(is_elsewhere);
        if exists {
            self.detours.insert((file, canonical.clone()), steps);
        }
        exists
    }
}

/// The symbols from a canonical one to its definition.
fn own_route(run: &Run, canonical: &Symbol) -> Vec<Symbol> {
    run.world.symbol(canonical).route.iter().map(|hop| hop.symbol.clone()).collect()
}
