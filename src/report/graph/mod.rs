//! A family as a picture: names by module, hops between them, a colour for each object.

pub mod dot;
pub mod mermaid;
pub mod svg;

use std::collections::BTreeMap;

use crate::audit::{Alias, Family};
use crate::python::Symbol;
use crate::report::explain::hop_word;
use crate::report::families::kind_word;
use crate::semantics::{Hop, HopKind};

/// What is drawn.
#[derive(Debug)]
pub(crate) struct Picture {
    /// The canonical one first.
    pub(crate) nodes: Vec<Node>,
    pub(crate) edges: Vec<Edge>,
}

/// One name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) symbol: Symbol,
    /// Counts the objects; the canonical one is 0.
    pub(crate) object: usize,
    pub(crate) importers: usize,
}

/// A hop from one name to the next.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Edge {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) label: &'static str,
}

/// The colours of the objects: of the boxes, and of what is written in them.
pub(crate) const COLOURS: [(&str, &str); 8] = [
    ("#dbeafe", "#1d4ed8"),
    ("#fee2e2", "#b91c1c"),
    ("#dcfce7", "#15803d"),
    ("#fef3c7", "#b45309"),
    ("#f3e8ff", "#7e22ce"),
    ("#cffafe", "#0e7490"),
    ("#fce7f3", "#be185d"),
    ("#e5e7eb", "#374151"),
];

impl Picture {
    pub(crate) fn new(family: &Family) -> Self {
        let mut picture = Self { nodes: Vec::new(), edges: Vec::new() };
        let mut places: BTreeMap<Symbol, usize> = BTreeMap::new();
        picture.add(&mut places, (&family.canonical, 0, family.importers));
        let mut objects: BTreeMap<Symbol, usize> = BTreeMap::new();
        for alias in &family.aliases {
            let object = match (alias.same_object, alias.route.last()) {
                (false, Some(last)) => {
                    let next = objects.len() + 1;
                    *objects.entry(last.symbol.clone()).or_insert(next)
                }
                _ => 0,
            };
            picture.add(&mut places, (&alias.symbol, object, alias.importers));
        }
        for other in family.definitions.iter().filter(|other| other.kept.is_none()) {
            let next = objects.len() + 1;
            let object = *objects.entry(other.symbol.clone()).or_insert(next);
            picture.add(&mut places, (&other.symbol, object, other.importers));
        }
        for alias in &family.aliases {
            picture.edges.extend(edge(alias, &places));
        }
        picture
    }

    fn add(&mut self, places: &mut BTreeMap<Symbol, usize>, (symbol, object, importers): (&Symbol, usize, usize)) {
        if !places.contains_key(symbol) {
            places.insert(symbol.clone(), self.nodes.len());
            self.nodes.push(Node { symbol: symbol.clone(), object, importers });
        }
    }

    /// The nodes by module, in the order of the modules; without the canonical one.
    pub(crate) fn modules(&self) -> BTreeMap<String, Vec<usize>> {
        let mut modules: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, node) in self.nodes.iter().enumerate().skip(1) {
            modules.entry(node.symbol.module.to_string()).or_default().push(index);
        }
        modules
    }
}

/// The hop from an alias to the next name that is drawn; the canonical one stands for all that lies behind it.
fn edge(alias: &Alias, places: &BTreeMap<Symbol, usize>) -> Option<Edge> {
    let from = *places.get(&alias.symbol)?;
    let first = alias.route.first();
    let is_definition = first.is_none_or(|hop| hop.kind == HopKind::Definition);
    let label = first.filter(|_| !is_definition).map_or(kind_word(alias.kind), |hop| hop_word(hop.kind));
    let next = alias.route.iter().skip(1).find_map(|hop: &Hop| places.get(&hop.symbol).copied());
    let to = next.unwrap_or(0);
    (from != to).then_some(Edge { from, to, label })
}

/// `41 importers`, short.
pub(crate) fn readers(count: usize) -> String {
    if count == 1 { "1 file".to_owned() } else { format!("{count} files") }
}
