//! New files of the user's: written whole, and never over one that is there.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Writes a file that does not exist yet, and the folders that it needs; whether it was written: not if one is there.
///
/// # Errors
/// The folder or the file cannot be made.
pub fn write_fresh(path: &Path, text: &str) -> io::Result<bool> {
    fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).map(|()| true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}
