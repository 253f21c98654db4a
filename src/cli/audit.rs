//! `unshim audit`: what the tree holds many times.

use super::arguments::{Audit as Asked, OutputFormat};
use super::failure::Failure;
use super::flow;
use super::session::{Outcome, Session};
use crate::audit::{Audit, Wish, asked_symbol};
use crate::python::Symbol;
use crate::report::audit::Skipped;
use crate::report::{self, counted};
use crate::semantics::World;

pub(super) fn run(asked: &Asked, session: &mut Session) -> Result<Outcome, Failure> {
    let (_, world) = flow::read_bare(&asked.path, session)?;
    session.progress.stage("audit", counted(world.project.files.len(), "file"));
    let canonical = asked.canonical.as_deref().map(|named| canonical(&world, named)).transpose()?;
    let wish = Wish { canonical: canonical.clone(), all: asked.show_skipped };
    let mut audit = Audit::new(&world, &wish);
    audit.narrow(|family| {
        let is_named = asked.name.as_ref().is_none_or(|pattern| family.is_named(pattern));
        is_named && canonical.as_ref().is_none_or(|canonical| family.canonical == *canonical)
    });
    let skipped = if asked.show_skipped { Skipped::Listed } else { Skipped::Counted };
    let (out, screen) = session.result();
    match asked.output_format {
        OutputFormat::Text => report::audit::write(&audit, skipped, &screen, out)?,
        OutputFormat::Json => report::audit_json::write(&audit, out)?,
    }
    Ok(Outcome::Done)
}

/// The name to keep, which must lead to something of the tree.
fn canonical(world: &World, named: &str) -> Result<Symbol, Failure> {
    let symbol = asked_symbol(world, named).filter(|symbol| world.symbol(symbol).origin.unknown().is_none());
    symbol.ok_or_else(|| Failure::NotExplained { what: named.to_owned() })
}
