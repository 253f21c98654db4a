//! The file that holds a baseline: read, and written anew, never half.

use std::fs;
use std::io;
use std::path::Path;

use super::fresh::write_new;
use super::rewrite::rewrite;
use super::top::{Tree, slashed};

/// The bytes of the file, and its path for people: relative to the tree if it lies there. `None` if there is none.
pub fn read_baseline(tree: &Tree, file: &Path) -> io::Result<Option<(String, Vec<u8>)>> {
    let bytes = match fs::read(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        read => read?,
    };
    let file = fs::canonicalize(file)?;
    let inside = file.strip_prefix(&tree.top).ok().and_then(slashed);
    let name = || file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Ok(Some((inside.unwrap_or_else(name), bytes)))
}

/// Writes a new file, or puts `new` in the place of `old`.
///
/// # Errors
/// There is a file by now that was not there, or that holds something else than `old`.
pub fn write_baseline(file: &Path, old: Option<&[u8]>, new: &[u8]) -> io::Result<()> {
    match old {
        Some(old) => rewrite(file, old, new),
        None => write_new(file, new),
    }
}
