//! `unshim diff`: shows the proven change, and writes nothing.

use std::io::{self, Write};

use super::arguments::{Diff, OutputFormat};
use super::failure::Failure;
use super::flow;
use super::saved_plan;
use super::session::{Outcome, Session};
use crate::report::{self, Detail, Screen, View};
use crate::timing::stage;

pub(super) fn run(diff: &Diff, session: &mut Session) -> Result<Outcome, Failure> {
    let proven = match &diff.save_plan {
        None => flow::prove(&diff.path, session)?,
        Some(file) => saved_plan::prove_and_save(file, &diff.path, session)?,
    };
    let view = proven.view();
    if let Some(file) = &diff.html {
        let page = stage("page", || report::html::change_page(&view, &proven.input.world));
        session.write_page(file, &page)?;
    }
    let (out, screen) = session.result();
    stage("render", || match diff.output_format {
        OutputFormat::Json => report::json::write_diff(&view, out),
        OutputFormat::Text => write_text(diff, &view, &screen, out),
    })?;
    let outcome = if diff.exit_code && !proven.is_empty() { Outcome::Findings } else { Outcome::Done };
    // To free a whole tree takes a while: it need not be waited for.
    rayon::spawn(move || drop(proven));
    Ok(outcome)
}

fn write_text(diff: &Diff, view: &View, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let is_quiet = screen.detail == Detail::Quiet;
    if !is_quiet {
        report::summary::write_rules(view, screen, out)?;
    }
    if diff.stat {
        report::stat::write(view, screen, out)?;
    } else if diff.side_by_side {
        report::side_by_side::write(view, screen, out)?;
    } else if diff.html.is_none() {
        report::diff::write(view, screen, out)?;
    }
    if is_quiet { Ok(()) } else { report::summary::write(view, screen, out) }
}
