//! Definitions that have a new place, and what no plan can follow: objects that were pickled under the old path.

use std::io::{self, Write};

use super::screen::Screen;
use super::view::View;

/// Writes from where to where definitions move.
pub fn write(view: &View, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    if view.plan.moves.is_empty() {
        return Ok(());
    }
    let (heading, style) = (screen.palette.heading, screen.palette.place);
    writeln!(out, "{heading}moved{heading:#}   pickles that exist keep the old path")?;
    view.plan.moves.iter().try_for_each(|one| writeln!(out, "  {style}{} → {}{style:#}", one.from, one.to))
}
