//! What a tree holds many times, as text: a paragraph for each family, then what else is wrong.

use std::io::{self, Write};

use super::columns::{Column, Line, write_lines};
use super::families::{self, at};
use super::screen::{Detail, Screen};
use super::visible::{shown_path, shown_text};
use super::words::{counted, number};
use crate::audit::{Audit, Family, Trouble, TroubleKind};
use crate::project::Project;

/// Families shown unless all are asked for.
const MOST_FAMILIES: usize = 20;
/// Names of a family, and places of one kind of trouble.
const MOST_NAMES: usize = 12;
const MOST_PLACES: usize = 3;

/// What is left out unless it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skipped {
    Counted,
    Listed,
}

/// Writes the families, the most costly first, and the troubles by kind.
pub fn write(audit: &Audit, skipped: Skipped, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let project = &audit.world.project;
    writeln!(out, "{}", headline(audit, skipped))?;
    let all = screen.detail == Detail::All;
    let shown = if all { audit.families.len() } else { audit.families.len().min(MOST_FAMILIES) };
    for (index, family) in audit.families[..shown].iter().enumerate() {
        writeln!(out)?;
        write_family(project, (index + 1, family), screen, out)?;
    }
    if shown < audit.families.len() {
        let rest = number(audit.families.len() - shown);
        writeln!(out, "\n… and {rest} more families (`-v` shows all, `--name` those of a name)")?;
    }
    if screen.detail > Detail::Quiet {
        write_troubles(audit, skipped, screen, out)?;
        writeln!(out, "{}", next_step(audit))?;
    }
    Ok(())
}

/// `1,284 files · 3 families, 1 needs a decision · 2 files could not be read as Python (--show-skipped)`
fn headline(audit: &Audit, skipped: Skipped) -> String {
    let files = counted(audit.world.project.files.len(), "file");
    let count = audit.families.len();
    let families = if count == 1 { "1 family".to_owned() } else { format!("{} families", number(count)) };
    let undecided = audit.families.iter().filter(|family| family.needs_decision()).count();
    let decisions = match undecided {
        0 => String::new(),
        1 => ", 1 needs a decision".to_owned(),
        many => format!(", {} need a decision", number(many)),
    };
    let unread = audit.troubles.iter().filter(|trouble| trouble.kind == TroubleKind::Unreadable).count();
    let hint = if skipped == Skipped::Counted { " (--show-skipped)" } else { "" };
    let unread = match unread {
        0 => String::new(),
        _ => format!(" · {} could not be read as Python{hint}", counted(unread, "file")),
    };
    format!("{files} · {families}{decisions}{unread}")
}

fn write_family(
    project: &Project,
    (number, family): (usize, &Family),
    screen: &Screen,
    out: &mut dyn Write,
) -> io::Result<()> {
    let heading = screen.palette.heading;
    let name = family.canonical.name.to_string();
    let verdict = families::verdict(family);
    let (name, canonical, place) = (shown_text(&name), family.canonical.to_string(), at(project, family.place));
    let rest = format!("   canonical `{}`", shown_text(&canonical));
    let length: usize = [&name, rest.as_str(), &place, &verdict].map(|part| part.chars().count()).iter().sum();
    // The number before them, and the blanks between.
    let gap = if length + 10 > screen.columns() { "\n     " } else { "  " };
    writeln!(out, "{number:>3}  {heading}{name}{heading:#}{rest}{gap}{}   {verdict}", screen.place(&place))?;
    let lines = families::lines(project, family, screen.detail == Detail::All);
    let most = if screen.detail == Detail::All { lines.len() } else { lines.len().min(MOST_NAMES) };
    let hidden = lines.len() - most;
    let mut shown: Vec<Line> = lines.into_iter().take(most).collect();
    if hidden > 0 {
        shown.push(vec![Column::text(&format!("… and {} more (`-v` lists all)", self::number(hidden)))]);
    }
    write_lines("     ", &shown, screen, out)?;
    writeln!(out, "     {}", families::sum(family))
}

/// The troubles by kind: how many, and the first few.
fn write_troubles(audit: &Audit, skipped: Skipped, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let mut is_first = true;
    for group in audit.troubles.chunk_by(|one, other| one.kind == other.kind) {
        let kind = group[0].kind;
        let is_skipped = matches!(kind, TroubleKind::Unreadable | TroubleKind::MissingImport);
        let most = match (is_skipped, skipped, screen.detail) {
            (true, Skipped::Counted, _) => 0,
            (true, Skipped::Listed, _) | (_, _, Detail::All) => group.len(),
            _ => MOST_PLACES,
        };
        if is_first {
            writeln!(out, "\n{0}Also found{0:#}", screen.palette.heading)?;
            is_first = false;
        }
        write_group((group, most), screen, out)?;
    }
    Ok(())
}

fn write_group((group, most): (&[Trouble], usize), screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let hint = if most == 0 { "   (--show-skipped)" } else { "" };
    writeln!(out, "  {}{hint}", heading(group[0].kind, group.len()))?;
    for trouble in group.iter().take(most) {
        let place = format!("{}:{}", shown_path(&trouble.path), trouble.line);
        writeln!(out, "    {}  {}", screen.place(&place), shown_text(&trouble.what))?;
    }
    if most > 0 && group.len() > most {
        writeln!(out, "    … and {} more (`-v` lists all)", number(group.len() - most))?;
    }
    Ok(())
}

/// `177 names defined twice in one file`
pub(crate) fn heading(kind: TroubleKind, count: usize) -> String {
    match kind {
        TroubleKind::Unreadable => format!("{} that cannot be read as Python", counted(count, "file")),
        TroubleKind::DefinedTwice => format!("{} defined twice in one file", counted(count, "name")),
        TroubleKind::SeveralDefinitions => format!("{} with several definitions", counted(count, "class name")),
        TroubleKind::StarOrder => format!("{} that the order of stars decides", counted(count, "name")),
        TroubleKind::DualRoot => format!("{} under two import roots", counted(count, "file")),
        TroubleKind::OnlyShims => format!("{} of nothing but shims", counted(count, "module")),
        TroubleKind::ImportCycle => format!("{} of modules that import each other", counted(count, "knot")),
        TroubleKind::MissingImport => format!("{} of what does not exist", counted(count, "import")),
    }
}

fn next_step(audit: &Audit) -> String {
    let files = audit.world.project.files.len();
    match (audit.families.len(), audit.other_families, files) {
        (0, 0, 0) => "\nNo Python is here: change to the folder of a project, or see `unshim demo`".to_owned(),
        (0, 0, _) => "\nNothing is there twice.".to_owned(),
        (0, 1, _) => "\nThe one family of the tree is not meant: `unshim audit` shows it".to_owned(),
        (0, others, _) => format!("\nNone of the {} families is meant: `unshim audit` shows them", number(others)),
        _ => "\nNext: unshim audit --propose rules".to_owned(),
    }
}
