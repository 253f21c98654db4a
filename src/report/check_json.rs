//! Findings as JSON: one value, or one line each.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::found::Found;
use super::harmless::write_json;
use super::json::VERSION;
use crate::plan::{Code, Finding};

/// `unshim check --output-format json`
#[derive(Serialize, JsonSchema)]
pub(super) struct CheckOutput<'a> {
    version: u8,
    /// Sorted by path and offset.
    findings: Vec<FindingOutput<'a>>,
}

/// A place that goes through an alias, or that makes one. `--output-format json-lines` has one a line.
#[derive(Serialize, JsonSchema)]
pub(super) struct FindingOutput<'a> {
    code: Code,
    path: &'a str,
    /// From 1.
    line: u32,
    /// From 1, in characters.
    column: u32,
    /// Empty for findings about comments and baselines.
    rule: &'a str,
    /// The alias: `pkg.mod:Name`, or `pkg.mod`. Of a comment the code that it names.
    symbol: &'a str,
    /// Empty for findings about comments and baselines.
    canonical: &'a str,
    message: &'a str,
    /// No rule declares it; with `--baseline` or `--since`: it was not there before.
    new: bool,
}

/// Writes the findings as one line of JSON.
pub fn write(found: &Found, out: &mut dyn Write) -> io::Result<()> {
    let findings = found.findings.iter().map(|finding| output(found, finding)).collect();
    write_json(&CheckOutput { version: VERSION, findings }, out)
}

/// Writes one line of JSON a finding.
pub fn write_lines(found: &Found, out: &mut dyn Write) -> io::Result<()> {
    found.findings.iter().try_for_each(|finding| write_json(&output(found, finding), out))
}

fn output<'a>(found: &Found<'a>, finding: &'a Finding) -> FindingOutput<'a> {
    FindingOutput {
        code: finding.code,
        path: &finding.path,
        line: finding.position.line,
        column: finding.position.column,
        rule: found.rule(finding),
        symbol: &finding.symbol,
        canonical: &finding.canonical,
        message: &finding.message,
        new: found.is_new(finding),
    }
}
