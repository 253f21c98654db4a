//! The names in a log, by the objects that they are: as text and for programs.

use std::collections::BTreeMap;
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::columns::{Column, Line, write_lines};
use super::explain::{hop_word, reason};
use super::explain_json::{HopOutput, origin_output};
use super::harmless;
use super::json::VERSION;
use super::screen::{Detail, Screen};
use super::visible::{shown_path, shown_text};
use super::words::counted;
use crate::audit::{Logged, Object};
use crate::project::Project;
use crate::python::Symbol;
use crate::semantics::{Definition, Hop, Origin, Resolution, World};

/// Other names that are listed for each object.
const MOST_OTHERS: usize = 6;

/// Writes a table of the objects, each with its names.
pub fn write(logged: &Logged, world: &World, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let heading = screen.palette.heading;
    if logged.objects.is_empty() && logged.missing.is_empty() {
        return writeln!(out, "no name of the tree is in the log: dotted ones are looked for, `pkg.mod.Name`");
    }
    let objects = counted(logged.objects.len(), "object");
    let are = if logged.count() == 1 { "is" } else { "are" };
    writeln!(out, "{heading}{} in the log {are} {objects}{heading:#}", counted(logged.count(), "name"))?;
    for object in &logged.objects {
        write_object(object, world, screen, out)?;
    }
    if !logged.missing.is_empty() {
        let names: Vec<String> = logged.missing.iter().map(|symbol| format!("`{symbol}`")).collect();
        writeln!(out, "\nnot in the tree: {}", shown_text(&names.join(", ")))?;
    }
    Ok(())
}

fn write_object(object: &Object, world: &World, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let (heading, place) = (screen.palette.heading, screen.palette.place);
    let (name, again) = match &object.origin {
        Origin::Defined(definition) => (definition.symbol.to_string(), definition.nth),
        Origin::Module(path) | Origin::Outside(path) => (path.to_string(), 0),
        Origin::Unknown(why) => (format!("not known: {}", reason(*why)), 0),
        Origin::Builtin(name) => (name.to_string(), 0),
        Origin::Local(local) => (local.name.to_string(), 0),
    };
    let end = object.names[0].1.route.last().map_or_else(String::new, |hop| at(&world.project, hop));
    let what = what(world, &object.origin);
    let nth = match again {
        0 => String::new(),
        Definition::EITHER => "   one of several things in its file: the run decides".to_owned(),
        again => format!("   definition {} of this name in its file", again + 1),
    };
    let count = counted(object.names.len(), "name");
    writeln!(out, "\n  {heading}{}{heading:#}   {what}{place}{end}{place:#}   {count}{nth}", shown_text(&name))?;
    let mut lines: Vec<Line> = object.names.iter().map(|name| line(world, name)).collect();
    if !object.others.is_empty() && screen.detail > Detail::Quiet {
        lines.push(vec![Column::faint(&others(&object.others, screen))]);
    }
    write_lines("     ", &lines, screen, out)
}

fn what(world: &World, origin: &Origin) -> &'static str {
    match origin {
        Origin::Defined(_) if world.class(origin).is_some() => "class  ",
        Origin::Defined(_) if world.is_function(origin) => "function  ",
        _ => "",
    }
}

/// `pkg.old:Old   assignment   pkg/old.py:3 → pkg/new.py:1`
fn line(world: &World, (symbol, resolution): &(Symbol, Resolution)) -> Line {
    let kind = resolution.route.first().map_or("", |hop| hop_word(hop.kind));
    let route: Vec<String> = resolution.route.iter().map(|hop| at(&world.project, hop)).collect();
    vec![Column::text(&symbol.to_string()), Column::text(kind), Column::place(&route.join(" → "))]
}

/// The names that the log does not have, by how often they are used.
fn others(others: &[Symbol], screen: &Screen) -> String {
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for symbol in others {
        *names.entry(symbol.name.to_string()).or_default() += 1;
    }
    let most = if screen.detail == Detail::All { names.len() } else { MOST_OTHERS };
    let mut ranked: Vec<_> = names.iter().collect();
    ranked.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), *name));
    let shown: Vec<String> = ranked.iter().take(most).map(|(name, count)| format!("{name} ({count})")).collect();
    let rest = if names.len() > most { format!(", … and {} more", names.len() - most) } else { String::new() };
    format!("and {} that the log does not have: {}{rest}", counted(others.len(), "name"), shown.join(", "))
}

fn at(project: &Project, hop: &Hop) -> String {
    let line = project.line(hop.file, hop.span.start());
    format!("{}:{line}", shown_path(&project.file(hop.file).path))
}

/// `unshim audit --log … --output-format json`
#[derive(Serialize, JsonSchema)]
pub(super) struct LoggedOutput {
    version: u8,
    /// That with the most names first.
    objects: Vec<ObjectOutput>,
    /// Names below a module of the tree that do not exist.
    missing: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct ObjectOutput {
    /// `pkg.mod:Name`; `null` if it is not known.
    origin: Option<String>,
    why: Option<&'static str>,
    names: Vec<NameOutput>,
    /// Names that the object has besides.
    others: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct NameOutput {
    symbol: String,
    route: Vec<HopOutput>,
}

/// Writes the objects as one line of JSON.
pub fn write_json(logged: &Logged, world: &World, out: &mut dyn Write) -> io::Result<()> {
    let name = |(symbol, resolution): &(Symbol, Resolution)| NameOutput {
        symbol: symbol.to_string(),
        route: resolution.route.iter().map(|hop| HopOutput::new(hop, world)).collect(),
    };
    let objects = logged.objects.iter().map(|object| ObjectOutput {
        origin: origin_output(&object.origin),
        why: object.origin.unknown().map(reason),
        names: object.names.iter().map(name).collect(),
        others: object.others.iter().map(ToString::to_string).collect(),
    });
    let missing = logged.missing.iter().map(ToString::to_string).collect();
    harmless::write_json(&LoggedOutput { version: VERSION, objects: objects.collect(), missing }, out)
}
