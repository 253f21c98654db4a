//! A page for a browser: written whole or not at all, never over a file that is something else, and no part of the tree.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// The line with which every page begins, and by which one is known.
const OPENING: &str = "<!doctype html><!-- unshim: a page for a browser -->\n";

/// Writes a page, which begins with `<html>`, in the place of another one or of nothing.
///
/// # Errors
/// Something else is there, or the file cannot be written; it is as it was then.
pub fn write_page(path: &Path, page: &str) -> io::Result<()> {
    let is_other = |found: fs::Metadata| !found.is_file() || !File::open(path).is_ok_and(|file| is_page(&file));
    if fs::symlink_metadata(path).is_ok_and(is_other) {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, "it is there, and is no such page"));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut new = tempfile::Builder::new();
    #[cfg(unix)]
    new.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let new = new.tempfile_in(folder);
    let mut new = new.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => io::Error::new(error.kind(), "its folder is not there"),
        kind => io::Error::new(kind, format!("in its folder: {kind}")),
    })?;
    new.write_all(OPENING.as_bytes())?;
    new.write_all(page.as_bytes())?;
    new.as_file().sync_all()?;
    new.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Whether the file is a page of an earlier run; where it is read from next stays as it is.
pub(super) fn is_page(file: &File) -> bool {
    let mut opening = [0; OPENING.len()];
    rustix::io::pread(file, &mut opening, 0) == Ok(OPENING.len()) && opening == *OPENING.as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_page_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let page = folder.path().join("page.html");
        write_page(&page, "1").unwrap();
        write_page(&page, "2").unwrap();
        assert_eq!(fs::read_to_string(&page).unwrap(), format!("{OPENING}2"));
        fs::write(&page, "mine").unwrap();
        assert_eq!(write_page(&page, "3").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&page).unwrap(), "mine");
        assert!(write_page(folder.path(), "4").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
