//! The strings and configuration values that concern an alias: how many follow, stay true, or are left alone.

use std::collections::BTreeMap;
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::screen::{Detail, Screen};
use super::words::number;
use crate::plan::{Fate, Names, StringCounts};
use crate::site::Kind;

/// Columns of the name of a kind.
const WIDTH: usize = 12;

/// Strings of one kind that name the same sort of thing and share their fate.
#[derive(Serialize, JsonSchema)]
pub(super) struct StringsOutput {
    kind: Kind,
    names: Names,
    fate: Fate,
    count: usize,
}

pub(super) fn output(counts: &StringCounts) -> Vec<StringsOutput> {
    counts.iter().map(|(&(kind, names, fate), &count)| StringsOutput { kind, names, fate, count }).collect()
}

/// Writes a line for each kind of string, if all is asked for.
pub(super) fn write(counts: &StringCounts, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    if counts.is_empty() || screen.detail != Detail::All {
        return Ok(());
    }
    let heading = screen.palette.heading;
    writeln!(out, "{heading}strings{heading:#}")?;
    let mut kinds: BTreeMap<Kind, Vec<(Names, Fate, usize)>> = BTreeMap::new();
    for (&(kind, names, fate), &count) in counts {
        kinds.entry(kind).or_default().push((names, fate, count));
    }
    kinds.iter().try_for_each(|(kind, counts)| {
        let fates = [
            (Fate::Safe, "follow safely"),
            (Fate::Risky, "follow, risky"),
            (Fate::Unchanged, "stay true"),
            (Fate::Refused, "left alone"),
        ];
        let names = [
            (Names::Alias, "of an alias"),
            (Names::Consumer, "of a consumer"),
            (Names::Nothing, "broken before"),
            (Names::Text, "in other text"),
        ];
        let fates = listed(fates, |fate| sum(counts, |count| count.1 == fate));
        let names = listed(names, |names| sum(counts, |count| count.0 == names));
        writeln!(out, "  {:<WIDTH$} {fates}   ({names})", words(*kind))
    })
}

fn sum(counts: &[(Names, Fate, usize)], counts_in: impl Fn(&(Names, Fate, usize)) -> bool) -> usize {
    counts.iter().filter(|count| counts_in(count)).map(|count| count.2).sum()
}

/// `3 follow safely, 1 left alone`
fn listed<T: Copy>(parts: [(T, &str); 4], count: impl Fn(T) -> usize) -> String {
    let parts = parts.into_iter().map(|(part, words)| (count(part), words)).filter(|(count, _)| *count > 0);
    parts.map(|(count, words)| format!("{} {words}", number(count))).collect::<Vec<_>>().join(", ")
}

fn words(kind: Kind) -> &'static str {
    match kind {
        Kind::TextPatch => "patches",
        Kind::TextImport => "imports",
        Kind::TextGetattr => "attributes",
        Kind::TextSysModules => "sys.modules",
        Kind::TextLogging => "logging",
        Kind::TextPath => "paths",
        Kind::TextManual => "prose",
        _ => "settings",
    }
}
