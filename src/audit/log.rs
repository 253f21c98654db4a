//! The dotted names in any text, by the objects that they are.

use std::collections::{BTreeMap, BTreeSet};

use super::Survey;
use super::explain::asked_symbol;
use crate::python::Symbol;
use crate::semantics::{Definition, Origin, Resolution, Why, World};

/// What the names of a text are.
#[derive(Debug, Default)]
pub struct Logged {
    /// That with the most names first.
    pub objects: Vec<Object>,
    /// Names below a module of the tree that do not exist.
    pub missing: Vec<Symbol>,
}

/// One object, or one reason why it is not known.
#[derive(Debug)]
pub struct Object {
    pub origin: Origin,
    /// In the order of the text.
    pub names: Vec<(Symbol, Resolution)>,
    /// Names that the object has besides, sorted.
    pub others: Vec<Symbol>,
}

impl Logged {
    /// Takes the names out of a text.
    pub fn read(survey: &Survey, text: &str) -> Self {
        let mut objects: BTreeMap<Origin, Vec<(Symbol, Resolution)>> = BTreeMap::new();
        let mut missing = Vec::new();
        for (symbol, resolution) in named(survey.world, text) {
            match resolution.origin {
                Origin::Unknown(Why::Missing) => missing.push(symbol),
                _ => objects.entry(resolution.origin.clone()).or_default().push((symbol, resolution)),
            }
        }
        let object = |(origin, names): (Origin, Vec<(Symbol, Resolution)>)| {
            let others = others(survey, &origin, &names);
            Object { origin, names, others }
        };
        let mut objects: Vec<Object> = objects.into_iter().map(object).collect();
        objects.sort_by_key(|object| std::cmp::Reverse(object.names.len()));
        Self { objects, missing }
    }

    /// The objects that the tree defines.
    pub fn definitions(&self) -> impl Iterator<Item = &Definition> {
        self.objects.iter().filter_map(|object| match &object.origin {
            Origin::Defined(definition) => Some(definition),
            _ => None,
        })
    }

    /// How many names of the text are known.
    pub fn count(&self) -> usize {
        self.objects.iter().map(|object| object.names.len()).sum()
    }
}

/// The definitions of the tree that a text names.
pub fn named_definitions(world: &World, text: &str) -> BTreeSet<Definition> {
    let named = named(world, text).into_iter();
    let definitions = named.filter_map(|(_, resolution)| match resolution.origin {
        Origin::Defined(definition) => Some(definition),
        _ => None,
    });
    definitions.collect()
}

/// The names that lead through a module of the tree, each once, in their order.
fn named(world: &World, text: &str) -> Vec<(Symbol, Resolution)> {
    let is_part = |character: char| character.is_alphanumeric() || matches!(character, '_' | '.' | ':');
    let words = text.split(|character| !is_part(character)).map(|word| word.trim_matches(['.', ':']));
    let (mut seen, mut names) = (BTreeSet::new(), Vec::new());
    for word in words.filter(|word| word.contains('.')) {
        if world.project.module(word).is_some() {
            continue;
        }
        let Some((symbol, resolution)) = asked_symbol(world, word).map(|symbol| as_far_as_known(world, symbol)) else {
            continue;
        };
        if seen.insert(symbol.clone()) {
            names.push((symbol, resolution));
        }
    }
    names
}

/// What a name is; of a method the class.
fn as_far_as_known(world: &World, symbol: Symbol) -> (Symbol, Resolution) {
    let resolution = world.symbol(&symbol);
    match symbol.name.parent() {
        Some(outer) if resolution.origin == Origin::Unknown(Why::Missing) => {
            as_far_as_known(world, Symbol::new(symbol.module, outer))
        }
        _ => (symbol, resolution),
    }
}

fn others(survey: &Survey, origin: &Origin, names: &[(Symbol, Resolution)]) -> Vec<Symbol> {
    let Origin::Defined(definition) = origin else { return Vec::new() };
    let all = survey.names_of(definition).filter(|name| survey.is_seen(name)).map(|name| name.symbol());
    let mut others: Vec<Symbol> =
        all.filter(|symbol| !names.iter().any(|(known, _)| known == *symbol)).cloned().collect();
    others.dedup();
    others
}
