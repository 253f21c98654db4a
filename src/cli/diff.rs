//! `unshim diff`: shows the proven change, and writes nothing.

use super::arguments::{Diff, OutputFormat};
use super::failure::Failure;
use super::flow;
use super::session::{Outcome, Session};
use crate::report::{self, Detail, View};

pub(super) fn run(diff: &Diff, session: &mut Session) -> Result<Outcome, Failure> {
    let proven = flow::prove(&diff.path, session)?;
    let view = proven.view();
    match diff.output_format {
        OutputFormat::Json => report::json::write_diff(&view, session.out)?,
        OutputFormat::Text => write_text(diff, &view, session)?,
    }
    if diff.exit_code && !proven.is_empty() { Ok(Outcome::Findings) } else { Ok(Outcome::Done) }
}

fn write_text(diff: &Diff, view: &View, session: &mut Session) -> Result<(), Failure> {
    let is_quiet = session.screen.detail == Detail::Quiet;
    if !is_quiet {
        report::summary::write_rules(view, &session.screen, session.out)?;
    }
    if diff.stat {
        report::stat::write(view, &session.screen, session.out)?;
    } else {
        report::diff::write(view, &session.screen, session.out)?;
    }
    if !is_quiet {
        report::summary::write(view, &session.screen, session.out)?;
    }
    Ok(())
}
