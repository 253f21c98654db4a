//! `unshim undo`: takes an apply back, every byte, mode, file and folder, or nothing.

use super::arguments::Undo;
use super::failure::Failure;
use super::flow;
use super::session::{Outcome, Session};
use crate::disk::{self, Tree};
use crate::report::apply::Done;
use crate::report::{self, Detail};

pub(super) fn run(undo: &Undo, session: &mut Session) -> Result<Outcome, Failure> {
    let tree = Tree::around(&session.folder)?;
    let (ledger, is_taken_back) = flow::lock(&tree, session)?;
    if is_taken_back && undo.id.is_none() {
        // What was cut off was the last change.
        return Ok(Outcome::Done);
    }
    session.progress.stage("undo", undo.id.clone().unwrap_or_default());
    let undone = disk::undo(&ledger, undo.id.as_deref())?;
    let (out, screen) = session.result();
    match undone {
        _ if screen.detail == Detail::Quiet => {}
        None => writeln!(out, "nothing to undo")?,
        Some((past, receipt)) => {
            // An undo of an undo makes the branch again.
            let branch = past.branch.map(|name| (name, usize::from(past.undoes.is_some())));
            let done = Done { branch, ..flow::done(&receipt) };
            report::log::write_undone(&past.id, &done, out)?;
        }
    }
    Ok(Outcome::Done)
}
