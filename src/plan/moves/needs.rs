//! What a definition needs of the module that it leaves: imports, which are copied, and names that stay behind.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Objection, Reason};
use super::settle::Pending;
use crate::python::syntax::{BindKind, BindingId, BlockId, BlockKind, ScopeId, StatementKind, Test};
use crate::python::{DottedName, Identifier};
use crate::semantics::{Facts, Origin, World};
use crate::text::Span;

/// An import that the new module needs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Need {
    /// It stands under `if TYPE_CHECKING:`.
    pub for_types: bool,
    /// `from module`, as the new module writes it; `None` for `import …`.
    pub module: Option<String>,
    /// `Name`, `Name as Local`, `a.b`
    pub entry: String,
    /// The name that it binds.
    pub local: Identifier,
}

impl Need {
    /// What `if TYPE_CHECKING:` needs.
    pub(super) fn type_checking() -> Self {
        let name = "TYPE_CHECKING";
        let module = Some("typing".to_owned());
        Self { for_types: false, module, entry: name.to_owned(), local: Identifier::new(name) }
    }
}

/// All that the body needs, sorted.
#[derive(Debug, Default)]
pub(super) struct Needs {
    pub imports: BTreeSet<Need>,
    /// Whether something is imported from the module that the definition leaves.
    pub leans_back: bool,
    /// The import bindings that were copied.
    pub copied: BTreeSet<BindingId>,
}

struct Search<'a> {
    world: &'a World,
    pending: &'a Pending,
    facts: &'a Facts,
    text: &'a str,
}

/// What the code in `whole` needs.
///
/// # Errors
/// A name that cannot be had at the new place, and why.
pub(super) fn needs(world: &World, pending: &Pending, whole: Span) -> Result<Needs, Objection> {
    let facts = world.facts(pending.file).expect("a definition is in a file that was read");
    let text = world.project.text(pending.file).expect("facts come from a text");
    let search = Search { world, pending, facts, text };
    let mut names: BTreeMap<Identifier, BTreeSet<BindingId>> = BTreeMap::new();
    for reference in &facts.references {
        let chain = &facts.syntax.chains[reference.chain.index()];
        let reach = &reference.reach;
        if !whole.contains(chain.root_span) || chain.root == pending.definition.symbol.name.root() {
            continue;
        }
        if reach.too_many || !reach.stars.is_empty() {
            return Err((Reason::Form, format!("`{}` comes from a star import or many places", chain.root)));
        }
        if reach.scope == Some(ScopeId::MODULE) {
            names.entry(chain.root.clone()).or_default().extend(reach.bindings.iter().copied());
        }
    }
    let mut needs = Needs::default();
    for (name, bindings) in names {
        search.need(&name, &bindings, &mut needs)?;
    }
    Ok(needs)
}

impl Search<'_> {
    fn need(&self, name: &Identifier, bindings: &BTreeSet<BindingId>, needs: &mut Needs) -> Result<(), Objection> {
        let imports: Option<Vec<Need>> = bindings.iter().map(|id| self.import(*id)).collect();
        let is_plain = bindings.len() == 1
            || bindings.iter().all(|id| self.facts.bindings[id.index()].kind.is_import() && self.is_module_import(*id));
        if let Some(imports) = imports.filter(|_| is_plain) {
            needs.imports.extend(imports);
            needs.copied.extend(bindings);
            return Ok(());
        }
        let source = &self.pending.definition.symbol.module;
        if self.facts.is_rebound(Some(ScopeId::MODULE), name) {
            return Err((
                Reason::Rebound,
                format!("`{name}` of `{source}` is bound again at run time, and a copy is not"),
            ));
        }
        let all = self.facts.scopes[ScopeId::MODULE.index()].names.get(name).map_or(0, |bindings| bindings.len());
        if all > 1 {
            return Err((Reason::TwoOrigins, format!("`{name}` of `{source}` is bound more than once")));
        }
        needs.leans_back = true;
        needs.imports.insert(Need {
            for_types: false,
            module: Some(source.to_string()),
            entry: name.to_string(),
            local: name.clone(),
        });
        Ok(())
    }

    /// `import a.b`: several of them bind one name.
    fn is_module_import(&self, id: BindingId) -> bool {
        matches!(self.facts.bindings[id.index()].kind, BindKind::Import(_))
    }

    /// The import as the new module writes it; `None` for what is none, or runs only sometimes.
    fn import(&self, id: BindingId) -> Option<Need> {
        let binding = &self.facts.bindings[id.index()];
        if binding.from != ScopeId::MODULE {
            return None;
        }
        let statement = &self.facts.syntax.statements[binding.statement.index()];
        let for_types = self.for_types(statement.block)?;
        let local = binding.name.clone();
        match (&binding.kind, &statement.kind) {
            (BindKind::From(entry), StatementKind::From(from)) => {
                let entry = from.names[*entry].span.of(self.text).to_owned();
                let module = match from.level {
                    0 => from.module_span.of(self.text).to_owned(),
                    level => self.rebased(&self.world.from_module(self.pending.file, level, from.module.as_ref())?),
                };
                Some(Need { for_types, module: Some(module), entry, local })
            }
            (BindKind::Import(entry), StatementKind::Import(names)) => {
                let entry = names[*entry].span.of(self.text).to_owned();
                Some(Need { for_types, module: None, entry, local })
            }
            _ => None,
        }
    }

    /// Whether a block is one of `if TYPE_CHECKING:`; `None` if it is neither that nor the module's body.
    fn for_types(&self, block: BlockId) -> Option<bool> {
        if block.0 == 0 {
            return Some(false);
        }
        let block = &self.facts.syntax.blocks[block.index()];
        let owner = &self.facts.syntax.statements[block.owner?.index()];
        let StatementKind::If { tests, .. } = &owner.kind else { return None };
        let is_first = block.kind == BlockKind::If && owner.block.0 == 0;
        (is_first && tests.first() == Some(&Test::TypeChecking)).then_some(true)
    }

    /// A module that was written with dots, written so again where the new module shares a package with it.
    fn rebased(&self, module: &DottedName) -> String {
        let new = &self.pending.new.module;
        let is_package = self.world.project.module(new.as_str());
        let is_package = is_package.is_some_and(|id| self.world.project.modules[id.index()].is_package);
        let package = if is_package { Some(new.clone()) } else { new.parent() };
        let Some(package) = package else { return module.to_string() };
        let common = package.parts().zip(module.parts()).take_while(|(one, other)| one == other).count();
        if common == 0 {
            return module.to_string();
        }
        let dots = ".".repeat(package.parts().count() - common + 1);
        let rest: Vec<&str> = module.parts().skip(common).collect();
        dots + &rest.join(".")
    }
}

/// Whether the new module has what is needed already; an objection if the name is something else there.
pub(super) fn is_there(world: &World, pending: &Pending, need: &Need) -> Result<bool, Objection> {
    let Some(module) = world.project.module(pending.new.module.as_str()) else { return Ok(false) };
    let Some(facts) = world.file_of(module).and_then(|file| world.facts(file)) else {
        return Ok(false);
    };
    if !facts.scopes[ScopeId::MODULE.index()].names.contains_key(&need.local) {
        return Ok(false);
    }
    let source = world.project.module(pending.definition.symbol.module.as_str());
    let old = source.map(|source| world.member(source, &need.local).origin.clone());
    let new = world.member(module, &need.local).origin.clone();
    if old.as_ref() == Some(&new) && !matches!(new, Origin::Unknown(_)) {
        // A submodule is an attribute only once somebody imports it.
        return Ok(need.module.is_some() || !need.entry.contains('.'));
    }
    Err((Reason::NameTaken, format!("`{}` is something else in `{}`", need.local, pending.new.module)))
}
