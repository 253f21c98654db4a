//! `unshim audit --propose`: a rule file for each family that no rule speaks of yet.

use std::path::Path;

use super::failure::Failure;
use super::rules;
use super::session::Session;
use crate::audit::{Audit, Family};
use crate::disk::{Tree, write_fresh};
use crate::report::proposal::{Proposal, proposals};
use crate::report::{Detail, counted, shown_path};
use crate::rule::{Alias, Canonical, RuleSet};

/// Families for which rules are written unless all are asked for: as many as the screen shows.
const MOST: usize = 20;

pub(super) fn run(folder: &Path, tree: &Tree, audit: &Audit, session: &mut Session) -> Result<(), Failure> {
    if audit.families.is_empty() {
        let (out, _) = session.result();
        writeln!(out, "no rule to write: nothing of this has a second name")?;
        return Ok(());
    }
    let known = match rules::read(&session.global.rules, tree) {
        Ok(rules) => rules,
        Err(Failure::NoRules { .. }) => RuleSet::default(),
        Err(failure) => return Err(failure),
    };
    let all = session.screen.detail == Detail::All;
    let (known_families, new): (Vec<_>, Vec<_>) = audit.families.iter().partition(|family| speaks_of(&known, family));
    let shown = if all { new.len() } else { new.len().min(MOST) };
    let taken: Vec<&str> = known.rules.iter().map(|rule| rule.id.as_str()).collect();
    let proposals = proposals(&audit.world.project, new[..shown].iter().copied(), &taken);
    let lines = write(folder, &proposals, session)?;
    let (out, _) = session.result();
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))?;
    if !known_families.is_empty() {
        writeln!(out, "left out: {} that a rule speaks of", families(known_families.len()))?;
    }
    if shown < new.len() {
        writeln!(out, "left out: {}; `-v` writes all, `--name` those of a name", families(new.len() - shown))?;
    }
    if session.screen.detail > Detail::Quiet {
        writeln!(session.out, "\nNext: {}", next_step(folder, &proposals))?;
    }
    Ok(())
}

fn families(count: usize) -> String {
    if count == 1 { "1 family".to_owned() } else { format!("{count} families") }
}

fn next_step(folder: &Path, proposals: &[Proposal]) -> String {
    if proposals.is_empty() {
        return "unshim diff".to_owned();
    }
    match (proposals.iter().any(|proposal| proposal.is_rule), folder == Path::new("rules")) {
        (false, _) => "read what needs a decision; nothing of it is a rule yet".to_owned(),
        (true, true) => "unshim diff".to_owned(),
        (true, false) => format!("unshim diff --rules {}", shown_path(&folder.to_string_lossy())),
    }
}

fn write(folder: &Path, proposals: &[Proposal], session: &Session) -> Result<Vec<String>, Failure> {
    let mut lines = Vec::new();
    for proposal in proposals {
        let path = folder.join(format!("{}.toml", proposal.id));
        let shown = shown_path(&path.to_string_lossy()).into_owned();
        let written = write_fresh(&session.folder.join(&path), &proposal.text);
        let written = written.map_err(|cause| Failure::RuleFile { path: shown.clone(), cause })?;
        let note = match (written, proposal.is_rule) {
            (false, _) => "is there already, and stays as it is",
            (true, true) => "written",
            (true, false) => "written: needs a decision, all of it a comment",
        };
        lines.push(format!("{shown}   {note}"));
    }
    lines.push(match lines.len() {
        0 => "no rule to write".to_owned(),
        count => format!("{} for {}", counted(count, "rule file"), families(proposals.len())),
    });
    Ok(lines)
}

/// Whether a rule declares a name of the family: a symbol can be of one rule only.
fn speaks_of(rules: &RuleSet, family: &Family) -> bool {
    let is_declared = |rule: &crate::rule::Rule| {
        family.symbols().any(|symbol| {
            let canonical = matches!(&rule.canonical, Canonical::Symbol(canonical) if canonical == symbol);
            let alias = |alias: &Alias| match alias {
                Alias::Symbol(alias) => alias == symbol,
                Alias::Star(module) => *module == symbol.module,
                Alias::Module(module) => symbol.module.strip_prefix(module).is_some(),
            };
            canonical || rule.aliases.iter().any(alias) || rule.merge.contains(symbol)
        })
    };
    rules.rules.iter().any(is_declared)
}
