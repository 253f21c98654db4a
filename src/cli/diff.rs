//! `unshim diff`: shows the proven change, and writes nothing.

use std::io::{self, Write};
use std::path::Path;

use super::arguments::{Diff, OutputFormat};
use super::failure::Failure;
use super::flow::{self, Proven};
use super::saved_plan;
use super::session::{Outcome, Session};
use crate::disk;
use crate::report::{self, Detail, Screen, View};
use crate::timing::stage;

pub(super) fn run(diff: &Diff, session: &mut Session) -> Result<Outcome, Failure> {
    let proven = match &diff.save_plan {
        None => flow::prove(&diff.path, session)?,
        Some(file) => saved_plan::prove_and_save(file, &diff.path, session)?,
    };
    let view = proven.view();
    if let Some(file) = &diff.html {
        write_page(file, &proven, session)?;
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

fn write_page(file: &Path, proven: &Proven, session: &Session) -> Result<(), Failure> {
    let page = stage("page", || report::html::page(&proven.view(), &proven.input.world));
    disk::write_page(&session.folder.join(file), &page)
        .map_err(|cause| Failure::Page { path: file.display().to_string(), cause })?;
    session.note(&format!("the page is written: open `{}` in a browser", file.display()));
    Ok(())
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
