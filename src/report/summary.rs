//! What stands around a diff: the rules at work before it; behind it what is left alone and why, the totals, the next step.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::screen::{Detail, Screen};
use super::totals::Totals;
use super::view::View;
use super::visible::{shown_path, shown_text};
use super::words::{counted, number, sentence};
use super::wrap::beside;
use super::{merges, moves, strings};
use crate::plan::{Action, Plan, Reason, Refusal};
use crate::rule::{Alias, Canonical, Rule};

/// Up to so many refusals are listed one by one; more are grouped by reason.
const MOST_LISTED: usize = 24;
/// Refusals shown of each group.
const SHOWN_OF_GROUP: usize = 4;
/// File endings named on the line that counts mentions in prose.
const MOST_ENDINGS: usize = 5;
/// A place longer than this does not push the sentences of all others to the right.
const WIDEST_PLACE: usize = 56;

/// Writes one line for each rule that changes something: its id, its name, and from where to where.
pub fn write_rules(view: &View, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let heading = screen.palette.heading;
    for rule in rules_at_work(view.plan).into_iter().filter_map(|index| view.rules.rules.get(index)) {
        writeln!(out, "{heading}rule {}{heading:#}   {}", shown_text(&rule.id), detour(rule))?;
    }
    Ok(())
}

/// Writes what is left alone, and why.
pub fn write_left_alone(view: &View, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    write_refusals(&view.plan.refusals, screen, out)?;
    write_reasons(&view.plan.refusals, screen, out)?;
    write_mentions(&view.plan.mentions, screen, out)
}

/// Writes what is left alone, the totals, and the next step.
pub fn write(view: &View, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    moves::write(view, screen, out)?;
    merges::write(view, screen, out)?;
    write_left_alone(view, screen, out)?;
    strings::write(&view.plan.strings, screen, out)?;
    writeln!(out, "{}", totals_line(view))?;
    writeln!(out, "Next: {}", next_step(view.plan))
}

fn rules_at_work(plan: &Plan) -> BTreeSet<usize> {
    let of_change = plan.changes.iter().flat_map(|change| match &change.action {
        Action::Edit { notes, .. } => notes.iter().map(|note| note.rule).collect(),
        Action::Delete { rule } | Action::Create { rule, .. } => vec![*rule],
    });
    of_change.collect()
}

/// `UserService   shop.legacy.user_service → shop.users.service`.
fn detour(rule: &Rule) -> String {
    let (name, home) = match &rule.canonical {
        Canonical::Symbol(symbol) => (symbol.name.to_string(), symbol.module.to_string()),
        Canonical::Module(module) => (module.last().to_string(), module.to_string()),
    };
    let merged = rule.merge.iter().cloned().map(Alias::Symbol);
    let aliases: Vec<Alias> = rule.aliases.iter().cloned().chain(merged).collect();
    match aliases.as_slice() {
        [Alias::Symbol(alias)] if alias.module.as_str() == home => {
            format!("{name}   {} → {name} in {home}", alias.name)
        }
        [Alias::Symbol(alias)] if alias.name.as_str() != name => format!("{name}   {alias} → {}", rule.canonical),
        [only] => format!("{name}   {} → {home}", only.module()),
        several => format!("{name}   {} → {home}", plural(several.len(), "alias", "aliases")),
    }
}

fn write_refusals(refusals: &[Refusal], screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    if refusals.is_empty() {
        return Ok(());
    }
    let heading = screen.palette.heading;
    writeln!(out, "{heading}left alone{heading:#}")?;
    if refusals.len() <= MOST_LISTED || screen.detail == Detail::All {
        return write_list(&refusals.iter().collect::<Vec<_>>(), "  ", screen, out);
    }
    let mut groups: BTreeMap<Reason, Vec<&Refusal>> = BTreeMap::new();
    for refusal in refusals {
        groups.entry(refusal.reason).or_default().push(refusal);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(reason, members)| (std::cmp::Reverse(members.len()), *reason));
    groups.iter().try_for_each(|(reason, members)| write_group(*reason, members, screen, out))
}

fn write_group(reason: Reason, members: &[&Refusal], screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let heading = screen.palette.heading;
    writeln!(out, "  {heading}{} ×{heading:#} {}", number(members.len()), sentence(reason))?;
    let shown = members.len().min(SHOWN_OF_GROUP);
    write_list(&members[..shown], "    ", screen, out)?;
    match members.len() - shown {
        0 => Ok(()),
        rest => writeln!(out, "    … and {} more (`-v` lists all)", number(rest)),
    }
}

fn write_list(refusals: &[&Refusal], indent: &str, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let lines: Vec<(String, &str, usize)> = refusals
        .chunk_by(|a, b| (&a.path, a.position.line, &a.text) == (&b.path, b.position.line, &b.text))
        .map(|same| {
            (format!("{}:{}", shown_path(&same[0].path), same[0].position.line), same[0].text.as_str(), same.len())
        })
        .collect();
    let widths = lines.iter().map(|(place, ..)| place.chars().count());
    let width = widths.filter(|&width| width <= WIDEST_PLACE).max().unwrap_or(0);
    for (place, text, count) in lines {
        let times = if count > 1 { format!(" (×{count})") } else { String::new() };
        let used = indent.len() + place.chars().count();
        let start = (indent.len() + width).max(used) + 4;
        let sentence = beside(&format!("{}{times}", shown_text(text)), used, start, screen);
        writeln!(out, "{indent}{}{sentence}", screen.place(&place))?;
    }
    Ok(())
}

/// Where it is told what helps.
fn write_reasons(refusals: &[Refusal], screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let reasons: BTreeSet<Reason> = refusals.iter().map(|refusal| refusal.reason).collect();
    if reasons.is_empty() || screen.detail == Detail::Quiet {
        return Ok(());
    }
    let (faint, words) = (screen.palette.faint, reasons.iter().map(ToString::to_string).collect::<Vec<_>>());
    writeln!(out, "{faint}what helps: unshim explain {}{faint:#}", words.join(" "))
}

/// Prose never holds a shim; it is counted, so that nothing is skipped silently.
fn write_mentions(mentions: &[(String, usize)], screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    if mentions.is_empty() {
        return Ok(());
    }
    let mut ranked: Vec<_> = mentions.iter().collect();
    ranked.sort_by_key(|(ending, count)| (std::cmp::Reverse(*count), ending));
    let shown = if screen.detail == Detail::All { ranked.len() } else { ranked.len().min(MOST_ENDINGS) };
    let count = |(ending, count): &&(String, usize)| match ending.as_str() {
        "" => format!("{} in files without an ending", number(*count)),
        ending => format!("{} in .{}", number(*count), shown_text(ending)),
    };
    let mut counts: Vec<String> = ranked[..shown].iter().map(count).collect();
    let rest: usize = ranked[shown..].iter().map(|(_, count)| count).sum();
    counts.extend(
        (rest > 0)
            .then(|| format!("{} in {}", number(rest), plural(ranked.len() - shown, "other kind", "other kinds"))),
    );
    let faint = screen.palette.faint;
    writeln!(out, "{faint}also mentioned, never edited: {}{faint:#}", counts.join(", "))
}

fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(count), if count == 1 { one } else { many })
}

pub(super) fn totals_line(view: &View) -> String {
    let totals = Totals::of(view.plan);
    if view.plan.changes.is_empty() && view.plan.refusals.is_empty() {
        let (files, rules) = (view.project.files.len(), view.rules.rules.len());
        return format!("nothing to do: no alias of {} in {}", counted(rules, "rule"), counted(files, "file"));
    }
    let proof = view.proof;
    let mut parts = vec![format!(
        "{}: {} proven, {} left alone",
        counted(proof.references, "reference"),
        number(proof.proven),
        number(proof.refused)
    )];
    parts.extend((totals.files() > 0).then(|| counted(totals.files(), "file")));
    parts.extend(shims(&totals));
    parts.join(" · ")
}

fn shims(totals: &Totals) -> Option<String> {
    let removed = format!("{} removed", counted(totals.shims_removed, "shim"));
    let holders = match totals.holders {
        0 => String::new(),
        1 => " by the file above".to_owned(),
        files => format!(" by the {} above", counted(files, "file")),
    };
    match (totals.shims_removed, totals.shims_held) {
        (0, 0) => None,
        (_, 0) => Some(removed),
        (0, held) => Some(format!("{} held{holders}", counted(held, "shim"))),
        (_, held) => Some(format!("{removed}, {} held{holders}", number(held))),
    }
}

fn next_step(plan: &Plan) -> &'static str {
    match (plan.changes.is_empty(), plan.refusals.is_empty()) {
        (false, _) => "unshim apply",
        (true, false) => "settle the places above by hand, then `unshim diff` again",
        (true, true) => "unshim check, in the build, keeps it so",
    }
}
