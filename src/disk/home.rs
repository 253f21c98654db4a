//! The folders of the user's in which programs keep what is theirs. XDG Base Directory Specification

use std::io;
use std::path::PathBuf;

/// The folder that this variable names, else this one of the home folder.
pub(super) fn folder(variable: &str, below_home: &str) -> io::Result<PathBuf> {
    let set = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let folder = set(variable).or_else(|| Some(set("HOME")?.join(below_home)));
    folder.ok_or_else(|| io::Error::other(format!("neither {variable} nor HOME names a folder")))
}
