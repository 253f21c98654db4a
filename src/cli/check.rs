//! `unshim check`: the gate. Fails if an alias is still in use, or a new one appeared.

use std::io::{self, Write};

use super::arguments::{Check, FindingFormat};
use super::failure::Failure;
use super::flow::{self, Input, today};
use super::recall::Recalled;
use super::session::{Outcome, Session};
use super::{baseline, since};
use crate::plan::{Finding, Memory, Safety};
use crate::report::{self, Found, Screen, counted};
use crate::rule::RuleSet;

pub(super) fn run(check: &Check, session: &mut Session) -> Result<Outcome, Failure> {
    let (input, mut findings) = find(check, session)?;
    if let Some(revision) = &check.since {
        findings = since::new_since(revision, &check.path, (&input, findings), session)?;
    }
    if let Some(file) = &check.baseline {
        findings = baseline::unknown(file, check, (&input, findings), session)?;
    }
    let (out, screen) = session.result();
    let compared = check.since.is_some() || check.baseline.is_some();
    let found = Found { findings: &findings, rules: &input.rules, project: &input.world.project, compared };
    write(&found, check.output_format, &screen, out)?;
    Ok(if findings.is_empty() { Outcome::Done } else { Outcome::Findings })
}

/// Finds what goes through an alias, or makes one, in what lies at the path that is asked for.
fn find(check: &Check, session: &Session) -> Result<(Input, Vec<Finding>), Failure> {
    let (tree, rules) = flow::rules_at(&check.path, session)?;
    // What another revision holds is found in the whole of this one.
    let is_cached = !check.no_cache && check.since.is_none();
    let mut recalled: Recalled<Memory> = Recalled::of(&tree, is_cached.then(|| question(&rules, session)));
    let (world, now) = recalled.read(&tree, flow::read_options(&rules, session), session)?;
    session.progress.stage("check", counted(world.project.files.len(), "file"));
    let known = recalled.take(&world, &now);
    let updated = known.and_then(|(memory, changed)| memory.updated(&world, (&rules, today()), &changed));
    let memory = updated.map_or_else(|| Memory::new(&world, &rules, today()), Ok);
    let memory = memory.map_err(|mismatches| Failure::mismatch(&mismatches, &rules))?;
    if recalled.is_other(&now) {
        recalled.keep(&world, &now, &memory);
    }
    let mut findings = memory.findings;
    findings.retain(|finding| world.project.is_editable(&finding.path));
    Ok((Input { rules, world, safety: session.global.safety.map(Safety::from) }, findings))
}

/// All that the answer depends on beside the tree. The day counts only where a rule has a last one.
fn question(rules: &RuleSet, session: &Session) -> String {
    let day = rules.rules.iter().any(|rule| rule.deadline.is_some()).then(today);
    format!("check {day:?} {:?} {:?} {rules:?}", session.global.root, session.global.exclude)
}

fn write(found: &Found, format: FindingFormat, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    match format {
        FindingFormat::Text => report::check::write(found, screen, out),
        FindingFormat::Json => report::check_json::write(found, out),
        FindingFormat::JsonLines => report::check_json::write_lines(found, out),
        FindingFormat::Sarif => report::sarif::write(found, out),
        FindingFormat::Github => report::github::write(found, out),
        FindingFormat::Gitlab => report::gitlab::write(found, out),
        FindingFormat::Junit => report::junit::write(found, out),
    }
}
