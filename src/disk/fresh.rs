//! New files of the user's, written whole or not at all and never over one that is there, and lines at the end of others.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rustix::fs::OFlags;

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

/// Adds lines to the end of a file, with the line ends that it has; whether they were added: not if there is no such file, or
/// if it mentions `known`.
///
/// # Errors
/// The file cannot be read or written, is a link, or is not UTF-8.
pub fn append_lines(path: &Path, lines: &str, known: &str) -> io::Result<bool> {
    let mut options = File::options();
    let mut file = match options.read(true).append(true).custom_flags(OFlags::NOFOLLOW.bits() as i32).open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        opened => opened?,
    };
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    if text.contains(known) {
        return Ok(false);
    }
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    let added = format!("{gap}{lines}");
    let added = if text.contains("\r\n") { added.replace('\n', "\r\n") } else { added };
    file.write_all(added.as_bytes())?;
    file.sync_all()?;
    Ok(true)
}

/// Writes a file that does not exist yet.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut created = File::create_new(path)?;
    let written = created.write_all(bytes).and_then(|()| created.sync_all());
    written.inspect_err(|_| {
        fs::remove_file(path).ok();
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_added_once_in_the_shape_of_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        let add = || append_lines(&path, "\n# b\n", "# b").unwrap();
        assert!(!add());
        for (text, after) in [("", "\n# b\n"), ("a", "a\n\n# b\n"), ("a\r\n", "a\r\n\r\n# b\r\n")] {
            fs::write(&path, text).unwrap();
            assert!(add() && !add());
            assert_eq!(fs::read_to_string(&path).unwrap(), after);
        }
        let link = folder.path().join("link.toml");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        assert!(append_lines(&link, "x", "x").is_err());
    }
}
