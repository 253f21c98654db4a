//! New files of the user's: written whole or not at all, and never over one that is there.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Writes a file that does not exist yet, and the folders that it needs; whether it was written: not if one is there.
///
/// # Errors
/// The folder or the file cannot be made.
pub fn write_fresh(path: &Path, text: &str) -> io::Result<bool> {
    fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
    match write_new(path, text.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        written => written.map(|()| true),
    }
}

/// Writes a file that does not exist yet.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut created = File::create_new(path)?;
    let written = created.write_all(bytes).and_then(|()| created.sync_all());
    written.inspect_err(|_| {
        fs::remove_file(path).ok();
    })
}
