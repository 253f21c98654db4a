//! What a file reads of others, kept without its facts: a proof looks at it in every file of a tree.

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashSet};

use super::resolve::is_first;
use super::walk::Walk;
use super::{BindingId, Facts, Reference, Resolution, ScopeId, World};
use crate::project::FileId;
use crate::python::syntax::{BindKind, ScopeKind, StatementKind, Value};
use crate::python::{DottedName, Identifier};

/// The imports of a file, and the names of its attributes.
#[derive(Debug)]
pub struct Outline {
    imports: Box<[Imported]>,
    /// Attributes of what can lead to other files, and names that a star can have brought: their hashes, sorted.
    led: Box<[u64]>,
    /// Names of the module that it binds itself, and that a star behind that can bring once more.
    covered: Box<[Identifier]>,
    /// Attributes of variables of functions and of builtins, which lead nowhere: their hashes, chain by chain.
    own: Box<[u64]>,
}

/// Stands behind the hashes of each chain.
const END: u64 = 0;

/// An entry of an import statement that is no star.
#[derive(Debug)]
pub enum Imported {
    /// `import a.b`
    Root(DottedName),
    /// `import a.b as c`
    Module(DottedName),
    /// `from a import b`, with the number of leading dots; `first`: nothing before it gives the module this name.
    Member { level: u32, module: Option<DottedName>, name: Identifier, first: bool },
}

impl Outline {
    pub(super) fn new(facts: &Facts) -> Self {
        let (mut led, mut own) = (Vec::new(), Vec::new());
        for reference in &facts.references {
            let chain = &facts.syntax.chains[reference.chain.index()];
            let attributes = chain.attributes.iter().map(|(name, _)| hash(name));
            if leads_on(facts, reference) {
                led.extend(attributes);
                led.extend((!reference.reach.stars.is_empty()).then(|| hash(&chain.root)));
            } else if !chain.attributes.is_empty() {
                own.extend(attributes.chain([END]));
            }
        }
        led.sort_unstable();
        led.dedup();
        let bindings = (0..facts.bindings.len() as u32).map(BindingId);
        let imports = bindings.filter_map(|id| imported(facts, id)).collect();
        let last = facts.scopes[ScopeId::MODULE.index()].last.iter();
        let covered = last.filter(|(_, reach)| !reach.bindings.is_empty() && !reach.stars.is_empty());
        let covered = covered.map(|(name, _)| name.clone()).collect();
        Self { imports, led: led.into(), covered, own: own.into() }
    }

    /// The entries of import statements that name one of these.
    pub fn imports_of<'a>(&'a self, names: &'a FxHashSet<Identifier>) -> impl Iterator<Item = &'a Imported> {
        self.imports.iter().filter(|import| import.names(names))
    }

    /// Whether one of these is an attribute of what can lead to other files, or a name that a star can have brought.
    pub fn is_led_to(&self, names: &FxHashSet<Identifier>) -> bool {
        names.iter().any(|name| self.led.binary_search(&hash(name)).is_ok())
    }

    /// Those of the names that the module binds itself, and that a star behind that can bring once more.
    pub fn covered<'a>(&'a self, names: &'a FxHashSet<Identifier>) -> impl Iterator<Item = &'a Identifier> {
        self.covered.iter().filter(|name| names.contains(*name))
    }

    /// How many chains that lead nowhere have one of these as an attribute.
    pub fn own_reads(&self, names: &FxHashSet<Identifier>) -> usize {
        let hashes: Vec<u64> = names.iter().map(hash).collect();
        let chains = self.own.split(|hash| *hash == END);
        chains.filter(|chain| chain.iter().any(|hash| hashes.contains(hash))).count()
    }
}

impl Imported {
    fn names(&self, names: &FxHashSet<Identifier>) -> bool {
        let in_module = |module: &DottedName| module.parts().any(|part| names.contains(&Identifier::new(part)));
        match self {
            Self::Root(module) | Self::Module(module) => in_module(module),
            Self::Member { module, name, .. } => names.contains(name) || module.as_ref().is_some_and(in_module),
        }
    }
}

impl World {
    /// What an entry of an import statement of `file` gives its name.
    pub fn imported(&self, file: FileId, import: &Imported) -> Resolution {
        match import {
            Imported::Root(module) => self.module_given(module, false),
            Imported::Module(module) => self.module_given(module, true),
            Imported::Member { level, module, name, first } => {
                let module = self.from_module(file, *level, module.as_ref());
                self.member_given(file, (module, name), *first, &mut Walk::default())
            }
        }
    }
}

fn hash(name: &Identifier) -> u64 {
    FxBuildHasher.hash_one(name).max(END + 1)
}

fn imported(facts: &Facts, id: BindingId) -> Option<Imported> {
    let binding = &facts.bindings[id.index()];
    match (&binding.kind, &facts.syntax.statements[binding.statement.index()].kind) {
        (BindKind::Import(entry), StatementKind::Import(names)) => {
            let entry = &names[*entry];
            let gives = if entry.local.is_some() { Imported::Module } else { Imported::Root };
            Some(gives(entry.module.clone()))
        }
        (BindKind::From(entry), StatementKind::From(from)) => {
            let name = from.names[*entry].name.clone();
            let first = is_first(facts, id, &name);
            Some(Imported::Member { level: from.level, module: from.module.clone(), name, first })
        }
        _ => None,
    }
}

/// Whether the root of a chain can be anything but a builtin or a variable of a function with a value of its own.
fn leads_on(facts: &Facts, reference: &Reference) -> bool {
    let reach = &reference.reach;
    let is_followed =
        |kind: &BindKind| kind.is_import() || matches!(kind, BindKind::Assign(Value::Chain(_) | Value::Either(_)));
    let is_local = reach.scope.is_none_or(|scope| {
        let kind = facts.scopes[scope.index()].kind;
        !matches!(kind, ScopeKind::Module | ScopeKind::Class)
    });
    let mut kinds = reach.bindings.iter().map(|id| &facts.bindings[id.index()].kind);
    !is_local || !reach.stars.is_empty() || kinds.any(is_followed)
}
