//! `unshim check`: the gate. Fails if an alias is still in use, or a new one appeared.

use std::io::{self, Write};

use super::arguments::{Check, FindingFormat};
use super::failure::Failure;
use super::session::{Outcome, Session};
use super::{baseline, recall, since};
use crate::report::{self, Found, Screen};

pub(super) fn run(check: &Check, session: &mut Session) -> Result<Outcome, Failure> {
    let (input, mut findings) = recall::find(check, session)?;
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
