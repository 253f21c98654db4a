//! `unshim audit`: what the tree holds many times.

use std::path::Path;

use super::arguments::{Audit as Asked, GraphFormat, OutputFormat};
use super::bare::{self, Bare};
use super::failure::Failure;
use super::recall::Recalled;
use super::session::{Outcome, Session};
use super::{flow, propose};
use crate::audit::{Audit, Family, Holdings, Logged, Survey, Wish, asked_symbol, named_definitions};
use crate::disk;
use crate::python::Symbol;
use crate::report::audit::Skipped;
use crate::report::graph::{dot, mermaid, svg};
use crate::report::{self, Detail, counted, shown_path, shown_text};
use crate::semantics::{Definition, World};
use crate::timing::stage;

pub(super) fn run(asked: &Asked, session: &mut Session) -> Result<Outcome, Failure> {
    let tree = flow::settled_tree(&asked.path, session)?;
    let log = asked.log.as_deref().map(|log| read_log(log, session)).transpose()?;
    let answers = || bare::answers(&tree, !asked.no_cache, session);
    if let Some(log) = log.as_deref().filter(|_| asked.propose.is_none()) {
        let answers = answers();
        let bare = Bare::read(&tree, &answers, session)?;
        let logged = bare.ask(answers, |answers| Logged::read(&Survey::new(&bare.world, answers), log));
        return tell_log(asked, &logged, &bare.world, session);
    }
    let mut recalled: Recalled<Holdings> = Recalled::of(&tree, (!asked.no_cache).then(|| question(asked, session)));
    let bare = Bare::read(&tree, &recalled, session)?;
    let world = &bare.world;
    session.progress.stage("audit", counted(world.project.files.len(), "file"));
    let canonical = asked.canonical.as_deref().map(|named| canonical(world, named)).transpose()?;
    let known = recalled.take(world, &bare.now).filter(|(_, changed)| changed.is_empty());
    let is_known = known.is_some();
    let held = known.map(|(held, _)| held).unwrap_or_else(|| {
        let wish = Wish { canonical: canonical.clone(), all: asked.show_skipped };
        bare.ask(answers(), |answers| Holdings::new(world, answers, &wish))
    });
    if !is_known || recalled.is_other(&bare.now) {
        recalled.keep(world, &bare.now, &held);
    }
    let mut audit = held.told_of(world);
    let logged = log.map(|log| named_definitions(world, &log));
    audit.narrow(|family| {
        let is_named = asked.name.as_ref().is_none_or(|pattern| family.is_named(pattern));
        let is_logged = logged.as_ref().is_none_or(|logged| logged.contains(&family.origin));
        is_named && is_logged && canonical.as_ref().is_none_or(|canonical| family.canonical == *canonical)
    });
    if let Some(folder) = &asked.propose {
        propose::run(folder, &tree, &audit, session)?;
        return Ok(Outcome::Done);
    }
    if let Some(format) = asked.graph {
        return draw(asked, format, &audit, session);
    }
    if let Some(file) = &asked.html {
        session.write_page(file, &stage("page", || report::html::audit_page(&audit)))?;
    }
    let skipped = if asked.show_skipped { Skipped::Listed } else { Skipped::Counted };
    let (out, screen) = session.result();
    match asked.output_format {
        OutputFormat::Text => report::audit::write(&audit, skipped, &screen, out)?,
        OutputFormat::Json => report::audit_json::write(&audit, out)?,
    }
    Ok(Outcome::Done)
}

/// All that the families depend on beside the tree.
fn question(asked: &Asked, session: &Session) -> String {
    format!("audit {:?} {:?} {:?}", session.global.root, asked.canonical, asked.show_skipped)
}

/// The name to keep, which must lead to something of the tree.
fn canonical(world: &World, named: &str) -> Result<Symbol, Failure> {
    let symbol = asked_symbol(world, named).filter(|symbol| world.symbol(symbol).origin.unknown().is_none());
    symbol.ok_or_else(|| {
        Failure::not_explained(named, "name a symbol of the tree, `pkg.mod:Name`: `unshim audit` lists them")
    })
}

fn read_log(log: &Path, session: &Session) -> Result<String, Failure> {
    let text = if log == Path::new("-") { disk::read_input() } else { disk::read_text(&session.folder.join(log)) };
    text.map_err(|cause| Failure::Log { path: log.display().to_string(), cause })
}

/// The names in a log, by the objects that they are.
fn tell_log(asked: &Asked, logged: &Logged, world: &World, session: &mut Session) -> Result<Outcome, Failure> {
    let (out, screen) = session.result();
    match asked.output_format {
        OutputFormat::Text => report::logged::write(logged, world, &screen, out)?,
        OutputFormat::Json => report::logged::write_json(logged, world, out)?,
    }
    if asked.output_format == OutputFormat::Text
        && session.screen.detail > Detail::Quiet
        && let Some(first) = logged.definitions().next()
    {
        writeln!(session.out, "\nNext: {}", next_step(asked, first))?;
    }
    Ok(Outcome::Done)
}

/// Rules for what is in the log; what came through a pipe cannot be read again.
fn next_step(asked: &Asked, first: &Definition) -> String {
    match asked.log.as_deref().filter(|log| *log != Path::new("-")) {
        Some(log) => format!("unshim audit --log {} --propose", shown_path(&log.to_string_lossy())),
        None => format!("unshim audit --canonical {} --propose", shown_text(&first.symbol.to_string())),
    }
}

/// The families that were asked for, or the most costly one.
fn draw(asked: &Asked, format: GraphFormat, audit: &Audit, session: &mut Session) -> Result<Outcome, Failure> {
    let all = asked.name.is_some() || asked.canonical.is_some();
    let most = if all { audit.families.len() } else { 1 };
    let families: Vec<&Family> = audit.families.iter().take(most).collect();
    let (out, _) = session.result();
    match format {
        GraphFormat::Svg => svg::write(&families, out)?,
        GraphFormat::Dot => dot::write(&families, out)?,
        GraphFormat::Mermaid => mermaid::write(&families, out)?,
    }
    Ok(Outcome::Done)
}
