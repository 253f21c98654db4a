//! From a name to its origin: through imports, re-exports, stars and `A = B`, across files, as Python binds them.

use std::sync::Arc;

use super::walk::{Followed, Walk};
use super::{
    Binding, BindingId, Definition, Facts, Hop, HopKind, Local, Origin, Reach, Reference, Resolution, Route, ScopeId,
    Why, World,
};
use crate::project::{FileId, ModuleId};
use crate::python::syntax::{BindKind, ChainId, StatementKind, Value};
use crate::python::{DottedName, Identifier, Symbol};

/// A chain up to one of its names: what `root.a.b` is, for `root`, `root.a`, `root.a.b`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// How many attributes are consumed.
    pub attributes: usize,
    pub resolution: Resolution,
}

impl World {
    /// What `symbol` is.
    pub fn symbol(&self, symbol: &Symbol) -> Resolution {
        let mut parts = symbol.name.parts();
        let first = parts.next().expect("a dotted name has a first part");
        let mut resolution = self.path(&symbol.module.child(first), &mut Walk::default());
        for part in parts {
            match self.nested(&resolution.origin, &Identifier::new(part)) {
                Some(nested) => resolution = nested,
                None => return Resolution::unknown(Why::Missing),
            }
        }
        resolution
    }

    /// What the module's attribute `name` is once the module has run.
    pub fn member(&self, module: ModuleId, name: &Identifier) -> Arc<Resolution> {
        self.member_on(module, name, &mut Walk::default())
    }

    /// What a binding of `file` gives its name.
    pub fn binding(&self, file: FileId, binding: BindingId) -> Resolution {
        self.bound(file, binding, &mut Walk::default())
    }

    /// What each name of a chain is, from the root on, as far as modules and classes can be followed.
    pub fn chain(&self, file: FileId, reference: &Reference) -> Vec<Step> {
        self.chain_on(file, reference, &mut Walk::default())
    }

    /// The module that a chain is as a whole, or that it asks for its dictionary: `old`, `old.__dict__`, `old.__dict__.get`.
    pub fn module_at(&self, file: FileId, facts: &Facts, chain: ChainId) -> Option<DottedName> {
        let attributes = &facts.syntax.chains[chain.index()].attributes;
        let of_module = attributes.iter().position(|(name, _)| name.as_str() == "__dict__");
        let step =
            self.chain(file, &facts.references[chain.index()]).into_iter().nth(of_module.unwrap_or(attributes.len()));
        match step?.resolution.origin {
            Origin::Module(module) => Some(module),
            _ => None,
        }
    }

    /// What the root of a reference is.
    pub fn root(&self, file: FileId, reference: &Reference) -> Resolution {
        let Some(facts) = self.reached_facts(file) else { return Resolution::unknown(Why::NotPython) };
        let name = &facts.syntax.chains[reference.chain.index()].root;
        self.reached(file, name, &reference.reach, &mut Walk::default())
    }

    /// The module that a `from` statement of `file` names; `None` beyond the top package.
    pub fn from_module(&self, file: FileId, level: u32, module: Option<&DottedName>) -> Option<DottedName> {
        match level {
            0 => module.cloned(),
            _ => self.project.resolve_relative(self.module_of(file)?, level, module),
        }
    }

    pub(super) fn member_on(&self, module: ModuleId, name: &Identifier, walk: &mut Walk) -> Arc<Resolution> {
        let followed = (name.clone(), Followed::Member(module, name.clone()));
        let memo = &self.members[module.index()];
        walk.follow((self, memo), followed, |walk| self.find_member(module, name, walk))
    }

    /// Follows what was too deep for another walk.
    pub(super) fn look_ahead(&self, deep: Followed) {
        match deep {
            Followed::Member(module, name) | Followed::Export(module, name) => {
                self.member_on(module, &name, &mut Walk::ahead());
            }
            Followed::Binding(file, binding) => {
                self.bound(file, binding, &mut Walk::ahead());
            }
        }
    }

    /// The attribute as the module binds it, else its submodule, else what `__getattr__` would say.
    fn find_member(&self, module: ModuleId, name: &Identifier, walk: &mut Walk) -> Resolution {
        let parent = &self.project.modules[module.index()];
        let submodule = self.project.module(parent.name.child(name.as_str()).as_str());
        let nothing = |why| match submodule {
            Some(submodule) => Resolution::ends(Origin::Module(self.project.modules[submodule.index()].name.clone())),
            None => self.described_or(parent.name.child(name.as_str()), why),
        };
        let Some(file) = self.file_of(module) else { return nothing(Why::Missing) };
        let Some(facts) = self.reached_facts(file) else { return nothing(Why::NotPython) };
        if let Some(swapped) = self.through_swap(module, (file, &facts), name, walk) {
            return swapped;
        }
        let scope = &facts.scopes[ScopeId::MODULE.index()];
        let reach = scope.last.get(name).cloned().unwrap_or_else(|| {
            let stars = scope.stars.clone();
            Arc::new(Reach { scope: Some(ScopeId::MODULE), stars, ..Reach::default() })
        });
        let bound = self.reached_in(module, name, &reach, walk);
        let bound = bound.map(|bound| self.under_its_root(module, (file, &facts), &reach, (bound, walk)));
        match (bound, submodule) {
            (Some(bound), Some(submodule)) => self.attribute_or_submodule(bound, submodule, file),
            (Some(bound), None) => bound,
            (None, None) if scope.names.contains_key(&Identifier::new("__getattr__")) => {
                self.looked_up(module, name, walk)
            }
            (None, _) => nothing(Why::Missing),
        }
    }

    /// A module that only a stub describes lies outside of the tree; else nothing is there.
    fn described_or(&self, module: DottedName, why: Why) -> Resolution {
        match self.project.stub_alone(&module) {
            Some(_) => Resolution::ends(Origin::Outside(module)),
            None => Resolution::unknown(why),
        }
    }

    /// `pkg.load` is what `pkg/__init__.py` binds only if that file itself has imported the submodule `load` before;
    /// otherwise the first import of the submodule elsewhere rebinds the attribute (import system, "Submodules").
    fn attribute_or_submodule(&self, bound: Resolution, submodule: ModuleId, package: FileId) -> Resolution {
        let name = &self.project.modules[submodule.index()].name;
        if bound.origin == Origin::Module(name.clone()) || self.loads(package, name) {
            return bound;
        }
        Resolution::unknown(Why::TwoOrigins)
    }

    /// Whether a statement at module level of `file` imports the module `name` (or something in it).
    fn loads(&self, file: FileId, name: &DottedName) -> bool {
        let Some(facts) = self.reached_facts(file) else { return false };
        facts.bindings.iter().filter(|binding| binding.from == ScopeId::MODULE).any(|binding| {
            self.imported_module(file, &facts, binding).is_some_and(|module| module.strip_prefix(name).is_some())
        })
    }

    /// The module that the statement of an import binding loads.
    pub fn imported_module(&self, file: FileId, facts: &Facts, binding: &Binding) -> Option<DottedName> {
        match (&binding.kind, &facts.syntax.statements[binding.statement.index()].kind) {
            (BindKind::Import(entry), StatementKind::Import(names)) => Some(names[*entry].module.clone()),
            (BindKind::From(_) | BindKind::Star, StatementKind::From(from)) => {
                self.from_module(file, from.level, from.module.as_ref())
            }
            _ => None,
        }
    }

    pub(super) fn bound(&self, file: FileId, id: BindingId, walk: &mut Walk) -> Resolution {
        let Some(facts) = self.reached_facts(file) else { return Resolution::unknown(Why::NotPython) };
        let followed = Followed::Binding(file, id);
        let find = |walk: &mut Walk| self.find_bound((file, &facts), id, walk);
        match facts.bindings[id.index()].kind {
            // What an import gives, its module remembers.
            BindKind::Assign(Value::Chain(_) | Value::Either(_)) => {
                (*walk.follow((self, &self.bindings[file.index()]), (id, followed), find)).clone()
            }
            _ => walk.all_the_way(self, followed, find).unwrap_or_else(|| Resolution::unknown(Why::Cycle)),
        }
    }

    fn find_bound(&self, (file, facts): (FileId, &Facts), id: BindingId, walk: &mut Walk) -> Resolution {
        let binding = &facts.bindings[id.index()];
        let statement = &facts.syntax.statements[binding.statement.index()].kind;
        match (&binding.kind, statement) {
            (BindKind::Import(entry), StatementKind::Import(names)) => {
                let entry = &names[*entry];
                self.module_given(&entry.module, entry.local.is_some())
            }
            (BindKind::From(entry), StatementKind::From(from)) => {
                let (module, name) = (from.module.as_ref(), &from.names[*entry].name);
                let module = self.from_module(file, from.level, module);
                self.member_given(file, (module, name), is_first(facts, id, name), walk)
            }
            (BindKind::Star, StatementKind::From(from)) => {
                match self.from_module(file, from.level, from.module.as_ref()) {
                    Some(module) => self.module_or_outside(&module),
                    None => Resolution::unknown(Why::Missing),
                }
            }
            (BindKind::Assign(value), _) => match self.value(file, facts, value, walk) {
                Some(resolution) => resolution,
                None => self.definition(file, facts, id),
            },
            _ => self.definition(file, facts, id),
        }
    }

    /// What `import module` gives: the module `itself` with `as`, else its top package.
    pub(super) fn module_given(&self, module: &DottedName, itself: bool) -> Resolution {
        match itself {
            true => self.module_or_outside(module),
            false => self.module_or_outside(&DottedName::new(module.root().as_str())),
        }
    }

    /// What `from module import name` gives. In the package itself, before anything else there is called so (`first`), it
    /// gives the submodule.
    pub(super) fn member_given(
        &self,
        file: FileId,
        (module, name): (Option<DottedName>, &Identifier),
        first: bool,
        walk: &mut Walk,
    ) -> Resolution {
        let Some(module) = module else { return Resolution::unknown(Why::Missing) };
        let own = self.module_of(file).is_some_and(|own| self.project.modules[own.index()].name == module);
        let path = module.child(name.as_str());
        if first && own && self.project.module(path.as_str()).is_some() {
            return Resolution::ends(Origin::Module(path));
        }
        self.path(&path, walk)
    }

    /// What an assigned value is, if it is a name of something that lives elsewhere.
    fn value(&self, file: FileId, facts: &Facts, value: &Value, walk: &mut Walk) -> Option<Resolution> {
        match value {
            Value::Chain(chain) => {
                let reference = &facts.references[chain.index()];
                let wanted = facts.syntax.chains[chain.index()].attributes.len();
                let last = self.chain_on(file, reference, walk).pop()?;
                if last.attributes != wanted {
                    return None;
                }
                let followed = !matches!(last.resolution.origin, Origin::Builtin(_) | Origin::Local(_));
                followed.then_some(last.resolution)
            }
            Value::Either(values) => {
                let mut found = values.iter().map(|value| self.value(file, facts, value, walk));
                let first = found.next()??;
                found.all(|other| other.is_some_and(|other| other.origin == first.origin)).then_some(first)
            }
            _ => None,
        }
    }

    /// The binding as a definition of its own.
    fn definition(&self, file: FileId, facts: &Facts, id: BindingId) -> Resolution {
        let binding = &facts.bindings[id.index()];
        let module = self.module_name(file);
        let nth = facts.nth(id);
        let Some(name) = facts.qualified_name(binding.scope, &binding.name) else {
            let local = Local { module, scope: binding.scope.0, name: binding.name.clone(), nth };
            return Resolution::ends(Origin::Local(local));
        };
        let symbol = Symbol::new(module, name);
        let hop = Hop { symbol: symbol.clone(), file, span: binding.span, kind: HopKind::Definition };
        Resolution { origin: Origin::Defined(Definition { symbol, nth }), route: Route::of(hop) }
    }

    fn module_or_outside(&self, name: &DottedName) -> Resolution {
        let origin = match self.project.module(name.as_str()) {
            Some(_) => Origin::Module(name.clone()),
            None => self.missing(name, name),
        };
        Resolution::ends(origin)
    }

    /// What `path` is if the tree gives no single module of this name: several files have the name, or the top package is
    /// in the tree, so that the module is missing for good, or all of it lies outside, as what only a stub describes.
    fn missing(&self, module: &DottedName, path: &DottedName) -> Origin {
        let has = |name: &str| self.project.namesakes(name).next().is_some();
        match (has(module.as_str()), has(module.root().as_str())) {
            (true, _) => Origin::Unknown(Why::TwoOrigins),
            (false, true) if self.project.stub_alone(module).is_none() => Origin::Unknown(Why::Missing),
            (false, _) => Origin::Outside(path.clone()),
        }
    }

    /// `package.module.name`, of which the last part is asked of the module before it.
    pub(super) fn path(&self, path: &DottedName, walk: &mut Walk) -> Resolution {
        let Some(parent) = path.parent() else { return self.module_or_outside(path) };
        match self.project.module(parent.as_str()) {
            Some(module) => (*self.member_on(module, &path.last(), walk)).clone(),
            None => Resolution::ends(self.missing(&parent, path)),
        }
    }

    pub(super) fn chain_on(&self, file: FileId, reference: &Reference, walk: &mut Walk) -> Vec<Step> {
        let Some(facts) = self.reached_facts(file) else { return Vec::new() };
        let chain = &facts.syntax.chains[reference.chain.index()];
        let root = self.reached(file, &chain.root, &reference.reach, walk);
        let mut steps = vec![Step { attributes: 0, resolution: root }];
        for (index, (attribute, _)) in chain.attributes.iter().enumerate() {
            let so_far = &steps.last().expect("the root is a step").resolution.origin;
            let next = match so_far {
                Origin::Module(name) => {
                    let module = self.project.module(name.as_str()).expect("an origin names a module of the tree");
                    (*self.member_on(module, attribute, walk)).clone()
                }
                Origin::Outside(path) => Resolution::ends(Origin::Outside(path.child(attribute.as_str()))),
                defined => match self.nested(defined, attribute) {
                    Some(nested) => nested,
                    None => break,
                },
            };
            steps.push(Step { attributes: index + 1, resolution: next });
        }
        steps
    }

    /// What a class binds `name` to, if that is a class, an import or another name.
    pub fn nested(&self, origin: &Origin, name: &Identifier) -> Option<Resolution> {
        let Origin::Defined(definition) = origin else { return None };
        let module = self.project.module(definition.symbol.module.as_str())?;
        let file = self.project.modules[module.index()].file?;
        let facts = self.reached_facts(file)?;
        let scope = facts.class_scope(&definition.symbol.name)?;
        let reach = facts.scopes[scope.index()].last.get(name)?;
        let [only] = reach.bindings[..] else { return None };
        match facts.bindings[only.index()].kind {
            BindKind::Class | BindKind::From(_) => Some(self.binding(file, only)),
            BindKind::Assign(Value::Chain(_)) => Some(self.binding(file, only)),
            _ => None,
        }
    }

    fn reached(&self, file: FileId, name: &Identifier, reach: &Reach, walk: &mut Walk) -> Resolution {
        if reach.scope.is_none() && reach.stars.is_empty() {
            return Resolution::ends(Origin::Builtin(name.clone()));
        }
        let found = match self.module_of(file) {
            Some(module) if reach.scope == Some(ScopeId::MODULE) => self.reached_in(module, name, reach, walk),
            _ => self.candidates(file, name, reach, walk),
        };
        found.unwrap_or_else(|| Resolution::ends(Origin::Builtin(name.clone())))
    }
}

/// Whether nothing that runs before the binding `id` gives the module this name.
pub(super) fn is_first(facts: &Facts, id: BindingId, name: &Identifier) -> bool {
    facts.scopes[ScopeId::MODULE.index()].names.get(name).is_none_or(|ids| ids[0] >= id)
}
