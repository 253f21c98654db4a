//! The lines of one family: its other names, the objects that look like it, and what that sums up to.

use super::columns::{Column, Line};
use super::merges;
use super::visible::shown_path;
use super::words::counted;
use crate::audit::{Alias, AliasKind, Family, Other, Spot};
use crate::project::Project;
use crate::semantics::{Difference, Differs};

/// Characters of a source line that are shown.
const LONGEST_CODE: usize = 48;
/// Differences named on one line.
const MOST_DIFFERENCES: usize = 3;

/// `shop/users.py:14`
pub(crate) fn at(project: &Project, spot: Spot) -> String {
    let line = project.line(spot.file, spot.span.start());
    format!("{}:{line}", shown_path(&project.file(spot.file).path))
}

/// What has to be decided.
pub(crate) fn verdict(family: &Family) -> String {
    let namesakes = family.definitions.iter().filter(|other| other.kept.is_none());
    let same_name = namesakes.clone().filter(|other| other.symbol.name.last() == family.origin.symbol.name.last());
    match (same_name.count(), family.decisions()) {
        (_, 0) => "same object everywhere".to_owned(),
        (0, _) => "needs a decision".to_owned(),
        (1, _) => {
            let alike = namesakes.map(|other| other.likeness).fold(0.0, f64::max);
            format!("2 definitions, {} % alike   needs a decision", (alike * 100.0).floor())
        }
        (more, _) => format!("{} definitions   needs a decision", more + 1),
    }
}

/// A line for each other name and each look-alike, the most read first.
pub(crate) fn lines(project: &Project, family: &Family, all: bool) -> Vec<Line> {
    let mut aliases: Vec<&Alias> = family.aliases.iter().collect();
    aliases.sort_by_key(|alias| (!alias.same_object, std::cmp::Reverse(alias.importers)));
    let mut lines: Vec<Line> = aliases.into_iter().map(|alias| alias_line(project, family, alias)).collect();
    let others = family.definitions.iter().filter(|other| other.kept.is_none());
    lines.extend(others.map(|other| other_line(project, family, other)));
    let kept: Vec<&Other> = family.definitions.iter().filter(|other| other.kept.is_some()).collect();
    if all {
        lines.extend(kept.into_iter().map(|other| other_line(project, family, other)));
    }
    lines
}

fn alias_line(project: &Project, family: &Family, alias: &Alias) -> Line {
    let object = if alias.same_object { "" } else { "another object" };
    vec![
        Column::text(kind_word(alias.kind)),
        Column::place(&at(project, alias.place)),
        Column::text(&alias_code(project, family, alias)),
        Column::text(&counted(alias.importers, "importer")),
        Column::faint(object),
    ]
}

/// What makes an alias exist; nothing if its kind says that.
pub(crate) fn alias_code(project: &Project, family: &Family, alias: &Alias) -> String {
    let other_name = alias.symbol.name != family.canonical.name;
    match alias.kind {
        AliasKind::Module if other_name => format!("{} in a module of nothing but shims", alias.symbol.name),
        AliasKind::Module => "re-exports it and nothing else".to_owned(),
        AliasKind::Reexport if !other_name => String::new(),
        AliasKind::Copy => "an equal definition".to_owned(),
        AliasKind::Star => alias.symbol.to_string(),
        _ => source_line(project, alias.place),
    }
}

fn other_line(project: &Project, family: &Family, other: &Other) -> Line {
    let name = if other.symbol.name == family.origin.symbol.name {
        "definition".to_owned()
    } else {
        format!("near copy {}", other.symbol.name)
    };
    let alike = format!("{} % alike", (other.likeness * 100.0).floor());
    let note = match other.kept {
        Some(keep) => format!("stays: {}", keep.words()),
        None => {
            other.differs.as_ref().map_or_else(|| "shares only the name".to_owned(), |all| differences(project, all))
        }
    };
    vec![
        Column::text(&name),
        Column::place(&at(project, other.place)),
        Column::text(&alike),
        Column::text(&counted(other.importers, "importer")),
        Column::faint(&note),
    ]
}

/// `jitter` missing, `max` has another value
pub(crate) fn differences(project: &Project, all: &[Difference]) -> String {
    let mut words: Vec<String> = all.iter().take(MOST_DIFFERENCES).map(|one| difference(project, one)).collect();
    if all.len() > MOST_DIFFERENCES {
        words.push(format!("{} more", all.len() - MOST_DIFFERENCES));
    }
    words.join(", ")
}

/// `jitter` missing
pub(crate) fn difference(project: &Project, one: &Difference) -> String {
    let name = one.member.as_ref().map_or_else(|| "it".to_owned(), |member| format!("`{member}`"));
    let own = || one.own.map(|stretch| merges::code(project, stretch)).unwrap_or_default();
    match one.what {
        Differs::Kind => format!("{name} is of another kind"),
        Differs::Bases => format!("extends {}", own()),
        Differs::Extra => format!("{name} added"),
        Differs::Missing => format!("{name} missing"),
        Differs::Decorators => format!("{name} has other decorators"),
        Differs::Async => format!("{name} is async on one side"),
        Differs::Signature => format!("{name} takes {}", own()),
        Differs::Default => format!("{name} defaults to {}", own()),
        Differs::Level => format!("{name} is of the class on one side"),
        Differs::Body => format!("{name} does something else"),
        Differs::Names => format!("{name} means other names"),
    }
}

/// `159 uses in 84 files go through another name · 2 other objects stay what they are`
pub(crate) fn sum(family: &Family) -> String {
    let same = family.aliases.iter().filter(|alias| alias.same_object);
    let (uses, importers) =
        same.clone().fold((0, 0), |(uses, importers), alias| (uses + alias.uses as usize, importers + alias.importers));
    let mut parts = Vec::new();
    let others = same.count();
    if others > 0 {
        let through = counted(others, "other name");
        parts.push(format!("{} and {} through {through}", counted(importers, "import"), counted(uses, "use")));
    }
    let decide = family.decisions();
    if decide > 0 {
        parts.push(format!("{} to decide about", counted(decide, "other object")));
    }
    let kept = family.definitions.iter().filter(|other| other.kept.is_some()).count();
    if kept > 0 {
        parts.push(format!("{} not to be touched", counted(kept, "more definition")));
    }
    parts.join(" · ")
}

pub(crate) fn kind_word(kind: AliasKind) -> &'static str {
    match kind {
        AliasKind::Reexport => "re-export",
        AliasKind::Star => "star",
        AliasKind::Assignment => "alias",
        AliasKind::Subclass => "subclass",
        AliasKind::Forward => "forward",
        AliasKind::Copy => "copy",
        AliasKind::Getattr => "getattr",
        AliasKind::SysModules => "sys-modules",
        AliasKind::Fallback => "fallback",
        AliasKind::Dynamic => "dynamic",
        AliasKind::Module => "module",
        AliasKind::Stub => "stub",
        AliasKind::DualRoot => "dual root",
    }
}

/// The line of source at a place, cut if it is long.
fn source_line(project: &Project, spot: Spot) -> String {
    let text = project.text(spot.file).unwrap_or_default();
    let index = project.file(spot.file).lines();
    let start = index.line_start(spot.span.start());
    let line = text[start..index.next_line_start(spot.span.start(), text)].trim();
    match line.char_indices().nth(LONGEST_CODE) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
