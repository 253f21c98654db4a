//! What is wrong in a tree beside its families: names defined twice, imports of nothing, stars that hide each other.

use serde::{Deserialize, Serialize};

use super::given;
use super::look::{Given, View};
use crate::project::FileId;
use crate::python::DottedName;
use crate::python::syntax::{BindKind, StatementKind};
use crate::semantics::{Binding, HopKind, Origin, ScopeId, Unread, Why, World};

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Trouble {
    pub path: String,
    /// From 1.
    pub line: u32,
    pub kind: TroubleKind,
    pub what: String,
}

/// Kinds of trouble. The codes are part of the machine output and never change meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TroubleKind {
    /// a file that is no Python, or no text
    Unreadable,
    /// a class or function that is defined twice in one file: the later one counts
    DefinedTwice,
    /// one name, several classes or functions in several modules
    SeveralDefinitions,
    /// stars that bring different objects under one name: their order decides
    StarOrder,
    /// one file that is imported under two module names, and so is two modules at run time
    DualRoot,
    /// a module that holds nothing but shims
    OnlyShims,
    /// modules that import each other while they are loaded
    ImportCycle,
    /// an import of a module or name that does not exist
    MissingImport,
}

impl TroubleKind {
    pub const ALL: [TroubleKind; 8] = [
        TroubleKind::Unreadable,
        TroubleKind::DefinedTwice,
        TroubleKind::SeveralDefinitions,
        TroubleKind::StarOrder,
        TroubleKind::DualRoot,
        TroubleKind::OnlyShims,
        TroubleKind::ImportCycle,
        TroubleKind::MissingImport,
    ];
}

/// Why a file has no meaning.
pub(super) fn unread(world: &World, file: FileId) -> Option<Trouble> {
    let path = world.project.file(file).path.clone();
    let (line, what) = match world.read(file).as_ref().err()? {
        Unread::NoText => (1, "is no text that can be read".to_owned()),
        Unread::NotPython(error) => (world.project.line(file, error.offset()), format!("is no valid Python: {error}")),
    };
    Some(Trouble { path, line, kind: TroubleKind::Unreadable, what })
}

/// What is wrong in one file.
pub(super) fn in_file(view: &View, given: &Given) -> Vec<Trouble> {
    let mut found = defined_twice(view);
    found.extend(missing(view, given));
    found.extend(star_order(view));
    found
}

impl View<'_> {
    fn trouble(&self, offset: usize, kind: TroubleKind, what: String) -> Trouble {
        Trouble { path: self.world.project.file(self.file).path.clone(), line: self.line(offset), kind, what }
    }

    fn line(&self, offset: usize) -> u32 {
        self.world.project.line(self.file, offset)
    }
}

/// Classes and functions that are always reached and bound again; decorated functions may be meant so (`@overload`).
fn defined_twice(view: &View) -> Vec<Trouble> {
    let mut found = Vec::new();
    for (name, ids) in &view.facts.scopes[ScopeId::MODULE.index()].names {
        let bindings = ids.iter().map(|id| &view.facts.bindings[id.index()]);
        let whole: Vec<&Binding> = bindings.filter(|binding| is_whole(view, binding)).collect();
        let [first, .., last] = whole[..] else { continue };
        let line = view.line(last.span.start());
        let what = format!("`{name}` is defined here and again on line {line}: the later one counts");
        found.push(view.trouble(first.span.start(), TroubleKind::DefinedTwice, what));
    }
    found
}

fn is_whole(view: &View, binding: &Binding) -> bool {
    let is_alone = match &view.facts.syntax.statements[binding.statement.index()].kind {
        StatementKind::Class(_) => true,
        StatementKind::Function(function) => function.decorators.is_empty(),
        _ => false,
    };
    let defines = matches!(binding.kind, BindKind::Class | BindKind::Function);
    let always = binding.from == ScopeId::MODULE && view.facts.runs_always(binding.statement);
    defines && is_alone && always
}

/// Imports of modules and names that do not exist.
fn missing(view: &View, given: &Given) -> Vec<Trouble> {
    let lost = given.iter().filter(|(_, resolution)| resolution.origin == Origin::Unknown(Why::Missing));
    let mut found: Vec<Trouble> = lost
        .filter_map(|(id, _)| {
            let binding = &view.facts.bindings[id.index()];
            let named = named(view, binding)?;
            let guard = if view.is_in_try(*id) { ", and a `try` expects it" } else { "" };
            let what = format!("`{named}` does not exist{guard}");
            Some(view.trouble(binding.span.start(), TroubleKind::MissingImport, what))
        })
        .collect();
    found.sort();
    found
}

/// What an import asks for: `pkg.mod`, `pkg.mod:Name`.
fn named(view: &View, binding: &Binding) -> Option<String> {
    let module = view.world.imported_module(view.file, view.facts, binding)?;
    match (&binding.kind, &view.facts.syntax.statements[binding.statement.index()].kind) {
        (BindKind::From(entry), StatementKind::From(from)) if view.world.project.module(module.as_str()).is_some() => {
            Some(format!("{module}:{}", from.names[*entry].name))
        }
        _ => Some(module.to_string()),
    }
}

/// Names that two stars of the file give, and that are different objects.
fn star_order(view: &View) -> Vec<Trouble> {
    let Some(module) = view.world.module_of(view.file) else { return Vec::new() };
    if view.facts.scopes[ScopeId::MODULE.index()].stars.len() < 2 {
        return Vec::new();
    }
    let sources = given::sources(view.world, module);
    let names = sources.iter().map(|source| given::public_names(view.world, *source)).collect::<Vec<_>>();
    let mut found = Vec::new();
    for (index, source) in sources.iter().enumerate().skip(1) {
        for name in &names[index] {
            let Some(earlier) = (0..index).rev().find(|earlier| names[*earlier].contains(name)) else { continue };
            let (own, other) = (view.world.member(*source, name), view.world.member(sources[earlier], name));
            let counts = view.world.member(module, name);
            let is_star = counts.route.first().is_some_and(|hop| hop.kind == HopKind::Star);
            if is_star && own.origin != other.origin {
                let module = |id: usize| -> &DottedName { &view.world.project.modules[sources[id].index()].name };
                let what = format!(
                    "`{name}` comes from `{}`: the star before it, of `{}`, has another one",
                    module(index),
                    module(earlier)
                );
                let offset = counts.route.first().map_or(0, |hop| hop.span.start());
                found.push(view.trouble(offset, TroubleKind::StarOrder, what));
            }
        }
    }
    found
}
