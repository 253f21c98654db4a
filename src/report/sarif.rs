//! Findings as SARIF 2.1.0 (OASIS), for code scanning: relative URIs, and fingerprints that stay when lines move.
//!
//! Structs of our own hold the few parts of the format that are written; tests hold them against the published schema.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use super::found::Found;
use super::harmless::write_json;
use super::page::{code_page, title};
use crate::plan::{Code, Finding};
use crate::text::Position;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Value,
    /// Columns count characters.
    column_kind: &'static str,
    results: Vec<Outcome<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: Code,
    rule_index: usize,
    level: &'static str,
    message: Message<'a>,
    locations: [Value; 1],
    partial_fingerprints: Prints<'a>,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Message<'a> {
    text: &'a str,
}

#[derive(Serialize)]
struct Prints<'a> {
    #[serde(rename = "unshimFinding/v1")]
    finding: &'a str,
}

#[derive(Serialize)]
struct Properties<'a> {
    rule: &'a str,
    symbol: &'a str,
    canonical: &'a str,
}

/// Writes the findings as one line of SARIF.
pub fn write(found: &Found, out: &mut dyn Write) -> io::Result<()> {
    let prints = found.fingerprints();
    let places = found.findings.iter().zip(found.ends()).zip(&prints);
    let results = places.map(|((finding, end), print)| outcome(found, (finding, end), print)).collect();
    let run = Run { tool: tool(), column_kind: "unicodeCodePoints", results };
    write_json(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] }, out)
}

fn tool() -> Value {
    let rule = |code: Code| {
        let page = code_page(code);
        json!({
            "id": code,
            "shortDescription": { "text": title(code) },
            "fullDescription": { "text": title(code) },
            "help": { "text": page, "markdown": page },
            "defaultConfiguration": { "level": "error" },
        })
    };
    let rules: Vec<Value> = Code::ALL.into_iter().map(rule).collect();
    json!({ "driver": { "name": "unshim", "version": env!("CARGO_PKG_VERSION"), "rules": rules } })
}

fn outcome<'a>(found: &Found<'a>, (finding, end): (&'a Finding, Position), print: &'a str) -> Outcome<'a> {
    let start = finding.position;
    let region = json!({
        "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
    });
    let artifact = json!({ "uri": escaped(&finding.path), "uriBaseId": "%SRCROOT%" });
    Outcome {
        rule_id: finding.code,
        rule_index: Code::ALL.iter().position(|code| *code == finding.code).expect("all codes are listed"),
        level: "error",
        message: Message { text: &finding.message },
        locations: [json!({ "physicalLocation": { "artifactLocation": artifact, "region": region } })],
        partial_fingerprints: Prints { finding: print },
        properties: Properties { rule: found.rule(finding), symbol: &finding.symbol, canonical: &finding.canonical },
    }
}

/// The path as a relative reference (RFC 3986, section 4.2): all but unreserved characters and `/` is escaped.
pub(crate) fn escaped(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => write!(uri, "%{byte:02X}").expect("a string takes all text"),
        }
    }
    uri
}
