//! What becomes of the strings and configuration values that concern an alias, counted by what they are.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::compose::ComposedFile;
use super::{Action, Note, Plan, Reason, Refusal, Safety};
use crate::site::{Act, FileSites, Kind, Target, TextSite};
use crate::text::Span;

/// How many strings there are of a kind, by what they name and what becomes of them.
pub type StringCounts = BTreeMap<(Kind, Names, Fate), usize>;

/// What a string names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Names {
    /// a declared alias
    Alias,
    /// the name of an importer of it
    Consumer,
    /// nothing that exists: the path was broken before
    Nothing,
    /// an alias in prose, code or a pattern
    Text,
}

/// What becomes of a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// rewritten, with a known consumer
    Safe,
    /// rewritten, because the rule allows it
    Risky,
    /// true as it is
    Unchanged,
    /// left alone, with a reason
    Refused,
}

pub(super) fn add(counts: &mut StringCounts, others: StringCounts) {
    for (key, count) in others {
        *counts.entry(key).or_default() += count;
    }
}

/// Counts the strings of one file.
pub(super) fn count(sites: &FileSites, file: &ComposedFile, chain: impl Fn(&TextSite) -> Option<Span>) -> StringCounts {
    let edits = file.written.edits.as_slice();
    let first_inside = |span: Span| {
        let first = edits.partition_point(|edit| edit.span.start < span.start);
        edits.get(first).is_some_and(|edit| span.contains(edit.span)).then_some(first)
    };
    let refused: FxHashSet<Span> = file.refusals.iter().map(|refusal| refusal.span).collect();
    let mut counts = StringCounts::new();
    for site in &sites.texts {
        let own = [Some(site.span), chain(site)];
        let fate = match own.into_iter().flatten().filter_map(first_inside).min() {
            Some(place) => rewritten(&file.written.notes[place]),
            None if refused.contains(&site.span) => Fate::Refused,
            None => Fate::Unchanged,
        };
        *counts.entry((site.kind, names(site), fate)).or_default() += 1;
    }
    counts
}

/// Counts the values of configuration files in what is planned.
pub(super) fn count_configs(plan: &Plan) -> StringCounts {
    let notes = plan.changes.iter().flat_map(|change| match &change.action {
        Action::Edit { notes, .. } => notes.as_slice(),
        Action::Delete { .. } | Action::Create { .. } => &[],
    });
    let is_config = |kind: Kind| kind == Kind::ConfigPath;
    let follow =
        notes.filter(|note| is_config(note.kind)).map(|note| (Kind::ConfigPath, Names::Alias, rewritten(note)));
    let names = |refusal: &Refusal| match refusal.reason {
        Reason::BrokenBefore => Names::Nothing,
        _ => Names::Alias,
    };
    let stay = plan.refusals.iter().filter(|refusal| is_config(refusal.kind));
    let stay = stay.map(|refusal| (Kind::ConfigPath, names(refusal), Fate::Refused));
    let mut counts = StringCounts::new();
    follow.chain(stay).for_each(|key| *counts.entry(key).or_default() += 1);
    counts
}

fn rewritten(note: &Note) -> Fate {
    match note.safety {
        Safety::Safe => Fate::Safe,
        Safety::Risky | Safety::Manual => Fate::Risky,
    }
}

fn names(site: &TextSite) -> Names {
    match &site.target {
        Err(_) if site.act == Act::Manual => Names::Text,
        Err(_) => Names::Nothing,
        Ok(Target::Symbol(hit)) if hit.alias != hit.symbol => Names::Consumer,
        Ok(_) => Names::Alias,
    }
}
