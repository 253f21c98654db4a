//! What `from m import *` binds: the names of `__all__`, or all that do not start with an underscore.

use super::walk::{Followed, Walk};
use super::{Binding, BindingId, Exports, Facts, Origin, Resolution, ScopeId, Why, World};
use crate::project::{FileId, ModuleId};
use crate::python::Identifier;

/// Whether a star import binds a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exported {
    Yes,
    No,
    /// The module computes its `__all__`.
    Unknown,
}

impl World {
    /// What `name` is if the star import `star` of `file` binds it.
    pub(super) fn through_star(
        &self,
        file: FileId,
        star: BindingId,
        name: &Identifier,
        walk: &mut Walk,
    ) -> Option<Resolution> {
        let facts = self.reached_facts(file)?;
        let module = self.imported_module(file, &facts, &facts.bindings[star.index()])?;
        let module = self.project.module(module.as_str())?;
        match self.exports_on(module, name, walk) {
            Exported::No => None,
            Exported::Unknown => Some(Resolution::unknown(Why::Dynamic)),
            Exported::Yes => {
                let found = self.member_on(module, name, walk);
                (found.origin != Origin::Unknown(Why::Missing)).then(|| (*found).clone())
            }
        }
    }

    /// Whether `from module import *` binds `name`, if the module has it.
    pub fn exports(&self, module: ModuleId, name: &Identifier) -> Exported {
        self.exports_on(module, name, &mut Walk::default())
    }

    fn exports_on(&self, module: ModuleId, name: &Identifier, walk: &mut Walk) -> Exported {
        let Some(file) = self.file_of(module) else { return Exported::No };
        let Some(facts) = self.reached_facts(file) else { return Exported::No };
        let Some(exports) = &facts.exports else {
            let hidden = name.as_str().starts_with('_') || self.is_stubs_own(file, &facts, name);
            return if hidden || !self.has_name(&facts, name) { Exported::No } else { Exported::Yes };
        };
        if exports.lists(name) {
            return Exported::Yes;
        }
        let asked = Followed::Export(module, name.clone());
        match walk.within(asked, |walk| self.included(module, exports, name, walk)) {
            None => Exported::No,
            Some(Exported::No) if exports.dynamic => Exported::Unknown,
            Some(included) => included,
        }
    }

    /// Whether a star import of `file` binds `name`.
    pub fn star_gives(&self, file: FileId, star: &Binding, name: &Identifier) -> bool {
        let module = self.reached_facts(file).and_then(|facts| self.imported_module(file, &facts, star));
        let module = module.and_then(|module| self.project.module(module.as_str()));
        module.is_some_and(|module| self.exports(module, name) == Exported::Yes)
    }

    /// Submodules that nothing in the package binds, and what only `__getattr__` gives, are no names for a star (PEP 562).
    fn has_name(&self, facts: &Facts, name: &Identifier) -> bool {
        let scope = &facts.scopes[ScopeId::MODULE.index()];
        scope.names.contains_key(name) || !scope.stars.is_empty()
    }

    /// Whether an `__all__` that this one takes over holds `name`.
    fn included(&self, module: ModuleId, exports: &Exports, name: &Identifier, walk: &mut Walk) -> Exported {
        let Some(file) = self.file_of(module) else { return Exported::No };
        let Some(facts) = self.reached_facts(file) else { return Exported::No };
        for chain in &exports.includes {
            let steps = self.chain_on(file, &facts.references[chain.index()], walk);
            let other = steps.iter().rev().find_map(|step| match &step.resolution.origin {
                Origin::Module(name) => self.project.module(name.as_str()),
                _ => None,
            });
            match other.map(|other| self.exports_on(other, name, walk)) {
                None => return Exported::Unknown,
                Some(Exported::No) => {}
                Some(found) => return found,
            }
        }
        Exported::No
    }
}
