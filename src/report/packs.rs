//! The rule packs that the program brings along: a line each, or JSON.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::harmless;
use super::json::VERSION;
use super::screen::{Detail, Screen};
use super::words::counted;

/// Rules for one migration.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Pack {
    /// As `unshim rules NAME` takes it.
    pub name: &'static str,
    /// In one line, what it is for.
    pub about: &'static str,
    /// Versions of the libraries whose tables it was made from.
    pub source: &'static str,
    /// How many.
    pub rules: usize,
}

/// `unshim rules --output-format json`
#[derive(Serialize, JsonSchema)]
pub(super) struct PacksOutput<'a> {
    version: u8,
    /// Sorted by name.
    packs: &'a [Pack],
}

/// Writes what each pack is for, how large it is, and what it was made from.
pub fn write(packs: &[Pack], screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let (place, faint) = (screen.palette.place, screen.palette.faint);
    let widest = packs.iter().map(|pack| pack.name.len()).max().unwrap_or_default();
    for Pack { name, about, source, rules } in packs {
        writeln!(out, "{place}{name:<widest$}{place:#}  {about}")?;
        writeln!(out, "{:<widest$}  {faint}{} · {source}{faint:#}", "", counted(*rules, "rule"))?;
    }
    match screen.detail {
        Detail::Quiet => Ok(()),
        _ => writeln!(out, "Next: mkdir -p rules; unshim rules NAME > rules/NAME.toml; unshim diff"),
    }
}

/// Writes the same as one line of JSON.
pub fn write_json(packs: &[Pack], out: &mut dyn Write) -> io::Result<()> {
    harmless::write_json(&PacksOutput { version: VERSION, packs }, out)
}
