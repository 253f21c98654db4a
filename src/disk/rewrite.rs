//! One file of the user's, written anew: never half, and only if nobody else wrote it in between.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

/// Puts `new` in the place of `old`, through a link if the path is one; the mode stays.
///
/// # Errors
/// The file holds something else than `old` by now, or cannot be written; it is as it was then.
pub fn rewrite(path: &Path, old: &[u8], new: &[u8]) -> io::Result<()> {
    let path = path.canonicalize()?;
    let folder = path.parent().ok_or(io::ErrorKind::IsADirectory)?;
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(new)?;
    file.as_file().set_permissions(fs::metadata(&path)?.permissions())?;
    file.as_file().sync_all()?;
    if fs::read(&path)? != old {
        return Err(io::Error::other("it was changed in between"));
    }
    file.persist(&path)?;
    Ok(())
}
