//! What an apply did: the laws that were shown to hold, what was written, what is left alone.

use std::io::{self, Write};

use super::screen::{Detail, Screen};
use super::summary;
use super::totals::Totals;
use super::view::View;
use super::visible::{shown_path, shown_text};
use super::words::{counted, number};

/// What was written.
#[derive(Clone, Debug, Default)]
pub struct Done {
    /// What `unshim undo` takes; empty if nothing can be taken back.
    pub id: String,
    pub edited: usize,
    pub deleted: usize,
    pub created: usize,
    /// The name of the new branch and the number of its commits, if the work tree was left alone.
    pub branch: Option<(String, usize)>,
    /// Folders that held nothing but deleted files.
    pub folders: usize,
    /// There is no git to show the difference.
    pub without_git: bool,
}

/// Writes the proof, how much is left alone, and what was written.
pub fn write(view: &View, done: &Done, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    if view.plan.changes.is_empty() {
        return summary::write(view, screen, out);
    }
    let proof = view.proof;
    let proven = counted(proof.proven, "reference");
    let totals = Totals::of(view.plan);
    let edited = totals.edited + totals.created;
    writeln!(out, "  parse     {} of {}, no new problem", number(edited), counted(edited, "file"))?;
    write!(out, "  resolve   {} of {proven} at the canonical origin, ", number(proof.proven))?;
    writeln!(out, "{} where they ended before", counted(proof.unchanged, "other"))?;
    writeln!(out, "  again     a second run changes nothing")?;
    write_left_alone(view, screen, out)?;
    let undo = format!("Undo: unshim undo {}", done.id);
    match &done.branch {
        None => {
            writeln!(out, "{}.   {undo}", written(done))?;
            let shows = if done.without_git { "" } else { "`git diff` shows what was done, " };
            writeln!(out, "Next: {shows}`unshim check` keeps it so")
        }
        Some((name, commits)) => {
            let (name, commits) = (shown_text(name), counted(*commits, "commit"));
            writeln!(out, "{commits} on {name}, work tree untouched.   {undo}")?;
            writeln!(out, "Next: `git log -p HEAD..{name}` shows what was done")
        }
    }
}

/// Writes which files were left out because a command fails if they change too.
pub fn write_left_out(paths: &[String], screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    if paths.is_empty() {
        return Ok(());
    }
    let heading = screen.palette.heading;
    writeln!(out, "{heading}left out, with what depends on them: the command fails if they change too{heading:#}")?;
    paths.iter().try_for_each(|path| writeln!(out, "  {}", shown_path(path)))
}

/// The preview has listed these places already: their number will do.
fn write_left_alone(view: &View, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    match view.plan.refusals.len() {
        0 => Ok(()),
        _ if screen.detail == Detail::All => summary::write_left_alone(view, screen, out),
        count => writeln!(out, "{} left alone: `unshim diff` lists them", counted(count, "place")),
    }
}

/// `41 files changed, 1 deleted with 1 folder`.
pub(super) fn written(done: &Done) -> String {
    let mut line = format!("{} changed", counted(done.edited, "file"));
    if done.created > 0 {
        line += &format!(", {} created", number(done.created));
    }
    if done.deleted > 0 {
        line += &format!(", {} deleted", number(done.deleted));
    }
    if done.folders > 0 {
        line += &format!(" with {}", counted(done.folders, "folder"));
    }
    line
}
