//! What a name is, for programs.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::explain::{Answer, hop_word, reason};
use super::harmless::write_json;
use super::json::VERSION;
use crate::semantics::{Hop, Origin, World};
use crate::site::Kind;

/// `unshim explain --output-format json`
#[derive(Serialize, JsonSchema)]
pub(super) struct ExplainOutput {
    version: u8,
    symbols: Vec<SymbolOutput>,
}

/// One name.
#[derive(Serialize, JsonSchema)]
struct SymbolOutput {
    /// `pkg.mod:Name`; what is written, if no module has it.
    symbol: String,
    /// `pkg.mod:Name`; a module or a path outside of the tree as `pkg.mod`; `null` if it is not known.
    origin: Option<String>,
    /// Why the origin is not known.
    why: Option<&'static str>,
    /// From the symbol itself to its definition.
    route: Vec<HopOutput>,
    /// Where else the module of its definition binds it.
    also_bound: Vec<BoundOutput>,
    /// Where it stands; for a definition, where its other names stand.
    sites: Vec<PlaceOutput>,
}

/// One symbol on a route.
#[derive(Serialize, JsonSchema)]
pub(super) struct HopOutput {
    symbol: String,
    path: String,
    /// From 1.
    line: u32,
    /// `import`, `star`, `assignment`, `getattr`, `sys-modules`, `definition`; in an audit the kind of detour too
    hop: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct BoundOutput {
    path: String,
    /// From 1.
    line: u32,
}

#[derive(Serialize, JsonSchema)]
struct PlaceOutput {
    path: String,
    /// From 1.
    line: u32,
    /// From 1, in characters.
    column: u32,
    kind: Kind,
}

/// Writes the answers as one line of JSON.
pub fn write(answers: &[Answer], world: &World, out: &mut dyn Write) -> io::Result<()> {
    let symbols = answers.iter().map(|answer| symbol_output(answer, world)).collect();
    write_json(&ExplainOutput { version: VERSION, symbols }, out)
}

fn symbol_output(answer: &Answer, world: &World) -> SymbolOutput {
    let explained = &answer.explained;
    let resolution = &explained.resolution;
    let places = answer.places.iter().map(|place| PlaceOutput {
        path: place.path.clone(),
        line: place.position.line,
        column: place.position.column,
        kind: place.kind,
    });
    SymbolOutput {
        symbol: explained.symbol.as_ref().map_or_else(|| explained.written.clone(), ToString::to_string),
        origin: origin_output(&resolution.origin),
        why: resolution.origin.unknown().map(reason),
        route: resolution.route.iter().map(|hop| HopOutput::new(hop, world)).collect(),
        also_bound: answer.others.iter().map(|(path, line)| BoundOutput { path: path.clone(), line: *line }).collect(),
        sites: places.collect(),
    }
}

pub(super) fn origin_output(origin: &Origin) -> Option<String> {
    match origin {
        Origin::Defined(definition) => Some(definition.symbol.to_string()),
        Origin::Module(path) | Origin::Outside(path) => Some(path.to_string()),
        Origin::Builtin(name) => Some(format!("builtins:{name}")),
        Origin::Local(_) | Origin::Unknown(_) => None,
    }
}

impl HopOutput {
    pub(super) fn new(hop: &Hop, world: &World) -> Self {
        let line = world.project.line(hop.file, hop.span.start());
        let path = world.project.file(hop.file).path.clone();
        Self { symbol: hop.symbol.to_string(), path, line, hop: hop_word(hop.kind) }
    }
}
