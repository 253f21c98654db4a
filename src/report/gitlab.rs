//! Findings as a GitLab Code Quality report.

use std::io::{self, Write};

use serde::Serialize;

use super::found::Found;
use super::harmless::write_json;

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'static str,
    /// The same as long as the finding is the same, whatever its line.
    fingerprint: &'a str,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// Writes the findings as one array.
pub fn write(found: &Found, out: &mut dyn Write) -> io::Result<()> {
    let prints = found.fingerprints();
    let ends = found.ends();
    let issues = found.findings.iter().zip(&prints).zip(ends).map(|((finding, fingerprint), end)| Issue {
        description: &finding.message,
        check_name: finding.code.as_str(),
        fingerprint,
        severity: if finding.code.can_be_ignored() { "major" } else { "minor" },
        location: Location { path: &finding.path, lines: Lines { begin: finding.position.line, end: end.line } },
    });
    write_json(&issues.collect::<Vec<_>>(), out)
}
