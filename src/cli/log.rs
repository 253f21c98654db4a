//! `unshim log`: the applies of a tree that are still known.

use super::arguments::{Log, OutputFormat};
use super::failure::Failure;
use super::session::{Outcome, Session};
use crate::disk::{self, Past, Standing, Tree};
use crate::report::apply::Done;
use crate::report::log::{Entry, Mark, write};
use crate::report::log_json;

pub(super) fn run(log: &Log, session: &mut Session) -> Result<Outcome, Failure> {
    let tree = Tree::around(&session.folder)?;
    let entries: Vec<Entry> = disk::past(&tree).map_err(Failure::Journals)?.iter().map(entry).collect();
    let (out, screen) = session.result();
    match log.output_format {
        OutputFormat::Text => write(&entries, &screen, out)?,
        OutputFormat::Json => log_json::write(&entries, out)?,
    }
    Ok(Outcome::Done)
}

fn entry(past: &Past) -> Entry {
    Entry {
        id: past.id.clone(),
        time: past.time,
        rules: past.rules.iter().map(|share| (share.rule.clone(), share.edits)).collect(),
        done: Done { edited: past.edited, deleted: past.deleted, created: past.created, ..Done::default() },
        branch: past.branch.clone(),
        undoes: past.undoes.clone(),
        mark: match &past.standing {
            Standing::Stands => Mark::None,
            Standing::UndoneBy(id) => Mark::UndoneBy(id.clone()),
            Standing::CutOff => Mark::CutOff,
        },
    }
}
