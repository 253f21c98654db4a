//! One file under two import roots: `a.b` and `src.a.b` are two modules at run time, each with its own classes.

use super::walk::Walk;
use super::{Facts, Hop, Origin, Reach, Resolution, World};
use crate::project::{FileId, ModuleId};
use crate::python::DottedName;
use crate::python::syntax::{BindKind, StatementKind};

impl World {
    /// A name of a module whose file goes by another name first: what the file defines is the module's own, and what it
    /// imports from its own package comes from the package under the same root.
    pub(super) fn under_its_root(
        &self,
        module: ModuleId,
        (file, facts): (FileId, &Facts),
        reach: &Reach,
        (found, walk): (Resolution, &mut Walk),
    ) -> Resolution {
        let Some(first) = self.module_of(file).filter(|first| *first != module) else { return found };
        if let [only] = reach.bindings[..]
            && let binding = &facts.bindings[only.index()]
            && let BindKind::From(entry) = binding.kind
            && let StatementKind::From(from) = &facts.syntax.statements[binding.statement.index()].kind
            && from.level > 0
            && let Some(package) = self.project.resolve_relative(module, from.level, from.module.as_ref())
        {
            let mut own = self.path(&package.child(from.names[entry].name.as_str()), walk);
            if let Some(hop) = found.route.first() {
                own.route = own.route.after(self.renamed_hop(hop, first, module));
            }
            return own;
        }
        self.renamed(found, first, module)
    }

    fn renamed(&self, found: Resolution, first: ModuleId, module: ModuleId) -> Resolution {
        let (old, new) = (self.name(first), self.name(module));
        let origin = match found.origin {
            Origin::Defined(mut definition) if definition.symbol.module == *old => {
                definition.symbol.module = new.clone();
                Origin::Defined(definition)
            }
            other => other,
        };
        let route = found.route.iter().map(|hop| self.renamed_hop(hop, first, module)).collect();
        Resolution { origin, route }
    }

    fn renamed_hop(&self, hop: &Hop, first: ModuleId, module: ModuleId) -> Hop {
        let mut hop = hop.clone();
        if hop.symbol.module == *self.name(first) {
            hop.symbol.module = self.name(module).clone();
        }
        hop
    }

    fn name(&self, module: ModuleId) -> &DottedName {
        &self.project.modules[module.index()].name
    }

    /// Whether two modules are one file under two import roots.
    pub fn is_one_file(&self, one: &DottedName, other: &DottedName) -> bool {
        let file = |name: &DottedName| {
            let module = self.project.module(name.as_str())?;
            self.project.modules[module.index()].file
        };
        one != other && file(one).is_some() && file(one) == file(other)
    }
}
