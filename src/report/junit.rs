//! Findings as JUnit XML: a failed test case each; without findings one that passed.
//!
//! Four elements are all that is written: no library of XML is worth its weight here.

use std::io::{self, Write};

use super::found::Found;
use super::harmless::xml;

/// Writes the findings as one test suite.
pub fn write(found: &Found, out: &mut dyn Write) -> io::Result<()> {
    let (tests, failures) = (found.findings.len().max(1), found.findings.len());
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<testsuites name="unshim" tests="{tests}" failures="{failures}" errors="0">"#)?;
    writeln!(out, r#"  <testsuite name="unshim check" tests="{tests}" failures="{failures}" errors="0" skipped="0">"#)?;
    if found.findings.is_empty() {
        writeln!(out, r#"    <testcase classname="unshim" name="check"/>"#)?;
    }
    for finding in found.findings {
        let (path, position, code) = (xml(&finding.path), finding.position, finding.code);
        let (message, symbol) = (xml(&finding.message), xml(&finding.symbol));
        let (line, column) = (position.line, position.column);
        writeln!(out, r#"    <testcase classname="{path}" name="{code} {symbol}" file="{path}" line="{line}">"#)?;
        writeln!(out, r#"      <failure type="{code}" message="{message}">{path}:{line}:{column}</failure>"#)?;
        writeln!(out, "    </testcase>")?;
    }
    writeln!(out, "  </testsuite>\n</testsuites>")
}
