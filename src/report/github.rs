//! Findings as workflow commands, which GitHub shows beside the lines of a pull request.

use std::io::{self, Write};

use super::found::Found;
use super::harmless::log;
use super::visible::shown_text;

/// Writes one command a finding.
pub fn write(found: &Found, out: &mut dyn Write) -> io::Result<()> {
    for (finding, end) in found.findings.iter().zip(found.ends()) {
        let (path, position, code) = (property(&finding.path), finding.position, finding.code);
        write!(out, "::error file={path},line={},endLine={},", position.line, end.line)?;
        if position.line == end.line {
            write!(out, "col={},endColumn={},", position.column, end.column)?;
        }
        writeln!(out, "title={code}::{}", data(&format!("{code} {}", finding.message)))?;
    }
    Ok(())
}

/// The text of a command, as the toolkit of the build server escapes it.
fn data(text: &str) -> String {
    log(&shown_text(text)).replace('%', "%25")
}

/// The value of a property, which ends at a comma or colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
