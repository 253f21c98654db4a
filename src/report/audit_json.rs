//! What a tree holds many times, for programs.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::explain_json::HopOutput;
use super::harmless::write_json;
use super::json::{DifferenceOutput, VERSION, difference_output};
use crate::audit::{Alias, AliasKind, Audit, Family, Keep, Other, Reason, Spot, Trouble, TroubleKind};
use crate::project::Project;
use crate::semantics::World;

/// `unshim audit --output-format json`
#[derive(Serialize, JsonSchema)]
pub(super) struct AuditOutput<'a> {
    version: u8,
    /// The most costly first.
    families: Vec<FamilyOutput<'a>>,
    /// Sorted by kind and place.
    problems: Vec<TroubleOutput<'a>>,
}

/// An object with its names, and what is like it.
#[derive(Serialize, JsonSchema)]
struct FamilyOutput<'a> {
    /// The name to keep.
    canonical: String,
    /// Why this one.
    reasons: &'a [Reason],
    /// Where the object is defined.
    origin: String,
    path: &'a str,
    /// From 1.
    line: u32,
    /// How many files read the canonical name.
    importers: usize,
    uses: u32,
    aliases: Vec<AliasOutput<'a>>,
    /// Other objects of the same name, and near copies.
    definitions: Vec<OtherOutput<'a>>,
    /// Names × importers × paths; what only tests read weighs less.
    score: f64,
}

#[derive(Serialize, JsonSchema)]
struct AliasOutput<'a> {
    symbol: String,
    kind: AliasKind,
    /// Else another object that adds nothing.
    same_object: bool,
    path: &'a str,
    line: u32,
    route: Vec<HopOutput>,
    /// How many files read it by this name.
    importers: usize,
    uses: u32,
}

#[derive(Serialize, JsonSchema)]
struct OtherOutput<'a> {
    symbol: String,
    path: &'a str,
    line: u32,
    /// How much of the code is alike, from 0 to 1.
    likeness: f64,
    /// `null` if it is not to be touched, or shares only the name.
    differs: Option<Vec<DifferenceOutput<'a>>>,
    importers: usize,
    /// Why it is not to be touched.
    kept: Option<Keep>,
}

#[derive(Serialize, JsonSchema)]
struct TroubleOutput<'a> {
    path: &'a str,
    line: u32,
    kind: TroubleKind,
    what: &'a str,
}

/// Writes the families and troubles as one line of JSON.
pub fn write(audit: &Audit, out: &mut dyn Write) -> io::Result<()> {
    let world = audit.world;
    let families = audit.families.iter().map(|family| family_output(world, family)).collect();
    let problems = audit.troubles.iter().map(trouble_output).collect();
    write_json(&AuditOutput { version: VERSION, families, problems }, out)
}

fn family_output<'a>(world: &'a World, family: &'a Family) -> FamilyOutput<'a> {
    let (path, line) = place(&world.project, family.place);
    FamilyOutput {
        canonical: family.canonical.to_string(),
        reasons: &family.reasons,
        origin: family.origin.symbol.to_string(),
        path,
        line,
        importers: family.importers,
        uses: family.uses,
        aliases: family.aliases.iter().map(|alias| alias_output(world, alias)).collect(),
        definitions: family.definitions.iter().map(|other| other_output(&world.project, other)).collect(),
        score: family.score,
    }
}

fn alias_output<'a>(world: &'a World, alias: &'a Alias) -> AliasOutput<'a> {
    let (path, line) = place(&world.project, alias.place);
    AliasOutput {
        symbol: alias.symbol.to_string(),
        kind: alias.kind,
        same_object: alias.same_object,
        path,
        line,
        route: alias.route.iter().map(|hop| HopOutput::new(hop, world)).collect(),
        importers: alias.importers,
        uses: alias.uses,
    }
}

fn other_output<'a>(project: &'a Project, other: &'a Other) -> OtherOutput<'a> {
    let (path, line) = place(project, other.place);
    let differs = other.differs.as_ref();
    OtherOutput {
        symbol: other.symbol.to_string(),
        path,
        line,
        likeness: other.likeness,
        differs: differs.map(|all| all.iter().map(|difference| difference_output(project, difference)).collect()),
        importers: other.importers,
        kept: other.kept,
    }
}

fn trouble_output(trouble: &Trouble) -> TroubleOutput<'_> {
    TroubleOutput { path: &trouble.path, line: trouble.line, kind: trouble.kind, what: &trouble.what }
}

fn place(project: &Project, spot: Spot) -> (&str, u32) {
    (&project.file(spot.file).path, project.line(spot.file, spot.span.start()))
}
