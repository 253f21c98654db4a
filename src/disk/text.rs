//! Texts of the user's that are no part of the tree: a log, or what comes through a pipe.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

/// More of a text is not read: it is a log, and its names are told long before.
const MOST: u64 = 256 << 20;

/// The text of a file; what is no UTF-8 in it is replaced.
///
/// # Errors
/// The file cannot be read.
pub fn read_text(path: &Path) -> io::Result<String> {
    lossy(fs::File::open(path)?)
}

/// The same from standard input.
///
/// # Errors
/// Standard input cannot be read.
pub fn read_input() -> io::Result<String> {
    lossy(io::stdin().lock())
}

fn lossy(from: impl Read) -> io::Result<String> {
    let mut bytes = Vec::new();
    from.take(MOST).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
