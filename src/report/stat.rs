//! `--stat`: how many lines change in each file, as git counts and draws them.

use std::io::{self, Write};

use rayon::prelude::*;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::diff::lines;
use super::screen::Screen;
use super::view::{Versions, View};
use super::visible::git_path;

/// One file of the table.
struct Row {
    name: String,
    added: usize,
    removed: usize,
}

/// How the columns share the width of the screen.
struct Layout {
    name: usize,
    number: usize,
    graph: usize,
    most: usize,
}

/// Writes one line a file and the sum.
pub fn write(view: &View, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<Row> =
        view.plan.changes.par_iter().with_max_len(1).map(|change| row(&change.path, &view.versions(change))).collect();
    let layout = layout(&rows, screen.width);
    rows.iter().try_for_each(|row| write_row(row, &layout, screen, out))?;
    writeln!(out, " {}", sum(&rows))
}

fn row(path: &str, versions: &Versions) -> Row {
    let (old, new) = (lines(&versions.before), lines(versions.after.as_deref().unwrap_or_default()));
    let mut row = Row { name: git_path("", path), added: 0, removed: 0 };
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        if !matches!(op, DiffOp::Equal { .. }) {
            row.removed += op.old_range().len();
            row.added += op.new_range().len();
        }
    }
    row
}

/// git's rule: the graph takes three eighths of the screen if it must, and the names what is left.
fn layout(rows: &[Row], width: usize) -> Layout {
    let most = rows.iter().map(|row| row.added + row.removed).max().unwrap_or(0);
    let mut name = rows.iter().map(|row| row.name.len()).max().unwrap_or(0);
    let number = most.to_string().len();
    let width = width.max(16 + 6 + number);
    let mut graph = most;
    if name + number + 6 + graph > width {
        graph = graph.min((width * 3 / 8).saturating_sub(number + 6).max(6));
        let room = width - number - 6 - graph;
        if name > room {
            name = room;
        } else {
            graph = width - number - 6 - name;
        }
    }
    Layout { name, number, graph, most }
}

fn write_row(row: &Row, layout: &Layout, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let (added, removed) = bars(row, layout);
    let (name_width, number_width) = (layout.name, layout.number);
    let name = shortened(&row.name, layout.name);
    let count = row.added + row.removed;
    write!(out, " {name:<name_width$} | {count:>number_width$}")?;
    if count > 0 {
        let (plus, minus) = (screen.palette.added, screen.palette.removed);
        let (pluses, minuses) = ("+".repeat(added), "-".repeat(removed));
        write!(out, " {plus}{pluses}{plus:#}{minus}{minuses}{minus:#}")?;
    }
    writeln!(out)
}

/// The lengths of the two bars, scaled so that what changes at all shows at least one sign.
fn bars(row: &Row, layout: &Layout) -> (usize, usize) {
    let (added, removed) = (row.added, row.removed);
    if layout.graph > layout.most {
        return (added, removed);
    }
    let scaled = |count: usize| if count == 0 { 0 } else { 1 + count * (layout.graph - 1) / layout.most };
    let mut total = scaled(added + removed);
    if total < 2 && added > 0 && removed > 0 {
        total = 2;
    }
    if added < removed { (scaled(added), total - scaled(added)) } else { (total - scaled(removed), scaled(removed)) }
}

/// The end of a name that is too long, from a `/` on if one is left. Quoted names are ASCII.
fn shortened(name: &str, width: usize) -> String {
    if name.len() <= width {
        return name.to_owned();
    }
    let tail = &name[name.len() - width.saturating_sub(3)..];
    format!("...{}", tail.find('/').map_or(tail, |slash| &tail[slash..]))
}

fn sum(rows: &[Row]) -> String {
    let added: usize = rows.iter().map(|row| row.added).sum();
    let removed: usize = rows.iter().map(|row| row.removed).sum();
    let mut parts = vec![format!("{} file{} changed", rows.len(), plural(rows.len()))];
    if rows.is_empty() {
        return parts.remove(0);
    }
    if added > 0 || removed == 0 {
        parts.push(format!("{added} insertion{}(+)", plural(added)));
    }
    if removed > 0 || added == 0 {
        parts.push(format!("{removed} deletion{}(-)", plural(removed)));
    }
    parts.join(", ")
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
