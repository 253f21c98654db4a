//! `unshim check`: the gate. Fails if an alias is still in use, or a new one appeared.

use super::arguments::{Check, OutputFormat};
use super::failure::Failure;
use super::flow;
use super::session::{Outcome, Session};
use crate::report;

pub(super) fn run(check: &Check, session: &mut Session) -> Result<Outcome, Failure> {
    let (input, findings) = flow::find(&check.path, session)?;
    let (out, screen) = session.result();
    match check.output_format {
        OutputFormat::Json => report::json::write_check(&findings, &input.rules, out)?,
        OutputFormat::Text => report::check::write(&findings, &input.world.project, &screen, out)?,
    }
    Ok(if findings.is_empty() { Outcome::Done } else { Outcome::Findings })
}
