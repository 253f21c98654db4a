//! What one name is: its route, its origin, and the places in which it stands.

use crate::project::FileId;
use crate::python::syntax::{BindKind, BindingId, ScopeId, StatementKind};
use crate::python::{DottedName, Symbol};
use crate::rule::{Asked, RuleText, read};
use crate::semantics::{Binding, Facts, Origin, Resolution, Why, World};
use crate::site::{Families, Kind, find_sides};
use crate::text::{Position, Span};

use super::Survey;

/// A name with its answer.
#[derive(Debug)]
pub struct Explained {
    /// `None` for a name that no module has: a variable of a function.
    pub symbol: Option<Symbol>,
    /// As it is written: `shop.legacy:UserService`, `UserService`.
    pub written: String,
    pub resolution: Resolution,
}

/// A place in which a name stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub path: String,
    pub position: Position,
    pub kind: Kind,
}

/// The symbol that a text means: `pkg.mod:Name`, or the longest front part of `pkg.mod.Name` that is a module.
pub fn asked_symbol(world: &World, text: &str) -> Option<Symbol> {
    if let Some(symbol) = Symbol::parse(text) {
        return Some(symbol);
    }
    let path = DottedName::parse(text)?;
    let above = std::iter::successors(path.parent(), DottedName::parent);
    let module = above.into_iter().find(|module| world.project.namesakes(module.as_str()).next().is_some())?;
    let name = DottedName::new(path.strip_prefix(&module)?);
    Some(Symbol::new(module, name))
}

impl Explained {
    pub fn symbol(world: &World, symbol: &Symbol) -> Self {
        let written = symbol.to_string();
        Self { symbol: Some(symbol.clone()), written, resolution: world.symbol(symbol) }
    }

    /// Whether it is a definition of the tree, of which all other names are told: only a survey knows them.
    pub fn asks_for_all_names(&self) -> bool {
        match &self.resolution.origin {
            Origin::Defined(definition) => self.symbol.as_ref().is_none_or(|symbol| *symbol == definition.symbol),
            _ => false,
        }
    }

    /// The names that stand on a line, or at a column of it, in their order.
    pub fn at(world: &World, file: FileId, line: u32, column: Option<u32>) -> Vec<Self> {
        let world = world.of(file);
        let (Some(facts), Some(text)) = (world.facts(file), world.project.text(file)) else { return Vec::new() };
        let index = world.project.file(file).lines();
        let is_there = |span: Span| {
            let (start, end) = (index.position(span.start(), text), index.position(span.end(), text));
            let on_line = start.line == line;
            on_line && column.is_none_or(|column| start.column <= column && (column < end.column || end.line > line))
        };
        let mut found: Vec<(Span, Self)> = Vec::new();
        let bindings = facts.bindings.iter().enumerate();
        for (id, binding) in bindings.filter(|(_, binding)| is_there(whole_entry(facts, binding))) {
            let resolution = world.binding(file, BindingId(id as u32));
            found.push((
                binding.span,
                Self::of(named(world, (file, facts), binding), binding.span.of(text), resolution),
            ));
        }
        for reference in &facts.references {
            let chain = &facts.syntax.chains[reference.chain.index()];
            if !is_there(chain.span()) {
                continue;
            }
            let Some(step) = world.chain(file, reference).pop() else { continue };
            let end = step.attributes.checked_sub(1).map_or(chain.root_span, |last| chain.attributes[last].1).end;
            let span = Span { start: chain.root_span.start, end };
            found.push((span, Self::of(None, span.of(text), step.resolution)));
        }
        for statement in &facts.syntax.statements {
            let StatementKind::From(from) = &statement.kind else { continue };
            let module = world.from_module(file, from.level, from.module.as_ref());
            if let Some(module) = module.filter(|_| is_there(from.module_span)) {
                let found_module = Resolution::ends(module_origin(world, module));
                found.push((from.module_span, Self::of(None, from.module_span.of(text), found_module)));
            }
        }
        found.sort_by_key(|(span, _)| *span);
        found.dedup_by(|(_, one), (_, other)| one.written == other.written && one.resolution == other.resolution);
        found.into_iter().map(|(_, explained)| explained).collect()
    }

    fn of(symbol: Option<Symbol>, written: &str, resolution: Resolution) -> Self {
        let symbol = symbol.or_else(|| resolution.route.first().map(|hop| hop.symbol.clone()));
        Self { symbol, written: written.to_owned(), resolution }
    }
}

/// `Cart as Basket` of an import, else the name alone.
fn whole_entry(facts: &Facts, binding: &Binding) -> Span {
    match (&binding.kind, &facts.syntax.statements[binding.statement.index()].kind) {
        (BindKind::From(entry), StatementKind::From(from)) => from.names[*entry].span,
        (BindKind::Import(entry), StatementKind::Import(names)) => names[*entry].span,
        _ => binding.span,
    }
}

fn module_origin(world: &World, module: DottedName) -> Origin {
    let has = |name: &str| world.project.namesakes(name).next().is_some();
    match (has(module.as_str()), has(module.root().as_str())) {
        (true, _) => Origin::Module(module),
        (false, true) => Origin::Unknown(Why::Missing),
        (false, false) => Origin::Outside(module),
    }
}

/// What an entry of a `from` statement names, there or not.
fn named(world: &World, (file, facts): (FileId, &Facts), binding: &Binding) -> Option<Symbol> {
    let (BindKind::From(entry), StatementKind::From(from)) =
        (&binding.kind, &facts.syntax.statements[binding.statement.index()].kind)
    else {
        return None;
    };
    let module = world.imported_module(file, facts, binding)?;
    Some(Symbol::new(module, DottedName::new(from.names[*entry].name.as_str())))
}

/// Where else the module of a definition binds its name: in another arm, or before it is bound anew. Path and line.
pub fn other_bindings(world: &World, explained: &Explained) -> Vec<(String, u32)> {
    let Origin::Defined(definition) = &explained.resolution.origin else { return Vec::new() };
    let Symbol { module, name } = &definition.symbol;
    let Some(hop) = explained.resolution.route.last().filter(|_| name.parts().count() == 1) else { return Vec::new() };
    let world = world.of(hop.file);
    let is_its_file =
        world.project.modules_of(hop.file).iter().any(|id| world.project.modules[id.index()].name == *module);
    let Some(facts) = world.facts(hop.file).filter(|_| is_its_file) else { return Vec::new() };
    let bound = facts.scopes[ScopeId::MODULE.index()].names.get(&name.root()).into_iter().flatten();
    let bound = bound.map(|id| &facts.bindings[id.index()]);
    let others = bound
        .filter(|binding| binding.span != hop.span && !matches!(binding.kind, BindKind::Delete | BindKind::Declare));
    let path = &world.project.file(hop.file).path;
    others.map(|binding| (path.clone(), world.project.line(hop.file, binding.span.start()))).collect()
}

/// The places in which a name stands that is no definition; for a definition those of all its other names.
///
/// Without a survey a definition has no other names.
pub fn sites(world: &World, survey: Option<&Survey>, explained: &Explained) -> Vec<Place> {
    let Origin::Defined(definition) = &explained.resolution.origin else { return Vec::new() };
    let names = |survey: &Survey| {
        let seen = survey.names_of(definition).filter(|name| survey.is_seen(name));
        seen.map(|name| name.symbol().clone()).collect()
    };
    let mut aliases: Vec<Symbol> = match &explained.symbol {
        Some(symbol) if !explained.asks_for_all_names() => vec![symbol.clone()],
        _ => survey.map_or_else(Vec::new, names),
    };
    aliases.retain(|alias| *alias != definition.symbol);
    aliases.dedup();
    let listed: Vec<String> = aliases.iter().map(|alias| format!("\"{alias}\"")).collect();
    let rule = format!(
        "[[rule]]\nid = \"explained\"\ncanonical = \"{}\"\naliases = [{}]\n",
        definition.symbol,
        listed.join(", ")
    );
    let text = RuleText { name: String::new(), bytes: rule.into_bytes(), asked: Asked::ByName };
    let Ok(rules) = read(&[text]) else { return Vec::new() };
    let Ok(families) = Families::of_sides(world, &rules) else { return Vec::new() };
    let mut places = Vec::new();
    for sites in find_sides(&families) {
        for config in &sites.configs {
            places.push(Place { path: config.path.clone(), position: config.position, kind: Kind::ConfigPath });
        }
        for file in &sites.files {
            let world = world.of(file.file);
            let Some(facts) = world.facts(file.file) else { continue };
            let path = &world.project.file(file.file).path;
            let place = |(span, kind): (Span, Kind)| Place {
                path: path.clone(),
                position: world.project.position(file.file, span.start()),
                kind,
            };
            places.extend(file.places(facts).into_iter().map(place));
        }
    }
    places.sort();
    places.dedup();
    places
}
