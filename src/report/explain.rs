//! What a name is, as text: its origin, the route to it, and the places in which it stands.

use std::io::{self, Write};

use super::screen::{Detail, Screen};
use super::visible::{shown_path, shown_text};
use super::words::counted;
use crate::audit::{Explained, Place};
use crate::semantics::{HopKind, Origin, Why, World};

/// Places shown unless all are asked for.
const MOST_SHOWN: usize = 20;

/// A name, and where it stands.
pub struct Answer {
    pub explained: Explained,
    /// Where else the module binds the name, by path and line.
    pub others: Vec<(String, u32)>,
    pub places: Vec<Place>,
}

/// Writes each answer as a paragraph.
pub fn write(answers: &[Answer], world: &World, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    for (index, answer) in answers.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        write_answer(answer, world, screen, out)?;
    }
    Ok(())
}

fn write_answer(answer: &Answer, world: &World, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let heading = screen.palette.heading;
    let resolution = &answer.explained.resolution;
    let written = shown_text(&answer.explained.written);
    writeln!(out, "{heading}{written}{heading:#}  {}", said(&resolution.origin))?;
    let hops = resolution.route.iter().map(|hop| {
        let line = world.project.line(hop.file, hop.span.start());
        let at = format!("{}:{line}", shown_path(&world.project.file(hop.file).path));
        (at, hop_word(hop.kind), hop.symbol.to_string())
    });
    let how = match resolution.origin.is_either() {
        true => "bound here in another arm: the run decides",
        false => "bound here first, and replaced",
    };
    let others =
        answer.others.iter().map(|(path, line)| (format!("{}:{line}", shown_path(path)), "also", how.to_owned()));
    let hops: Vec<_> = hops.chain(others).collect();
    let width = hops.iter().map(|(at, _, _)| at.chars().count()).max().unwrap_or_default();
    for (at, kind, symbol) in &hops {
        let pad = width - at.chars().count();
        writeln!(out, "  {}{:pad$}  {kind:<11} {}", screen.place(at), "", shown_text(symbol))?;
    }
    write_places(&answer.places, screen, out)
}

fn write_places(places: &[Place], screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    if places.is_empty() || screen.detail == Detail::Quiet {
        return Ok(());
    }
    writeln!(out, "  stands in {}", counted(places.len(), "place"))?;
    let shown = if screen.detail == Detail::All { places.len() } else { places.len().min(MOST_SHOWN) };
    for place in &places[..shown] {
        let at = format!("{}:{}:{}", shown_path(&place.path), place.position.line, place.position.column);
        writeln!(out, "    {}  {}", screen.place(&at), place.kind)?;
    }
    if shown < places.len() {
        writeln!(out, "    … and {} more (`-v` lists all)", places.len() - shown)?;
    }
    Ok(())
}

/// What an origin is, in words.
fn said(origin: &Origin) -> String {
    match origin {
        Origin::Defined(definition) => format!("is `{}`", definition.symbol),
        Origin::Module(module) => format!("is the module `{module}`"),
        Origin::Outside(path) => format!("is `{path}`, which lies outside of the tree"),
        Origin::Builtin(name) => format!("is the builtin `{name}`, or nothing"),
        Origin::Local(local) => format!("is a variable of a function in `{}`", local.module),
        Origin::Unknown(why) => format!("is not known: {}", reason(*why)),
    }
}

/// Why an origin is not known, in words.
pub(crate) fn reason(why: Why) -> &'static str {
    match why {
        Why::TwoOrigins => "it can be two different objects, and the run decides which",
        Why::Rebound => "it is bound again while the program runs",
        Why::Dynamic => "its module decides while the program runs",
        Why::Missing => "nothing is there",
        Why::Cycle => "its imports lead back to itself",
        Why::TooFar => "it is too many imports and assignments away",
        Why::NotPython => "its file is no valid Python",
    }
}

/// How a symbol leads on.
pub(crate) fn hop_word(kind: HopKind) -> &'static str {
    match kind {
        HopKind::Import => "import",
        HopKind::Star => "star",
        HopKind::Assignment => "assignment",
        HopKind::Getattr => "getattr",
        HopKind::SysModules => "sys-modules",
        HopKind::Definition => "definition",
    }
}
