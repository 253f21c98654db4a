//! Texts of the user's that are no part of the tree: a log, or what comes through a pipe.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

/// A text of more bytes is an error.
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
    from.take(MOST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST {
        let text = format!("it has more than {} MiB: `grep` for the lines that name classes first", MOST >> 20);
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, text));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
