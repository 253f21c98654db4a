//! The way through the tree: which entries are files of it, which are passed by, and why.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use ignore::{DirEntry, WalkBuilder, WalkState};
use rustix::fs::OFlags;

use super::reading::{Found, SkippedAs};
use super::top::slashed;
use crate::timing::piece;

/// Walks the tree in parallel: `read` is called with the path of each regular file, from the top and as a whole, `collect` with what each entry gives.
///
/// Hidden files belong to the tree, `.git` does not. Links are not followed.
pub(super) fn walk(top: &Path, read: impl Fn(&str, &Path) -> Found + Sync, collect: impl Fn(Found) + Sync) {
    let walker = WalkBuilder::new(top)
        .follow_links(false)
        .hidden(false)
        .ignore(false)
        .parents(false)
        .require_git(false)
        .threads(rayon::current_num_threads())
        .build_parallel();
    walker.run(|| {
        Box::new(|entry| {
            let (found, next) = piece(|| match entry {
                Ok(entry) => visited(top, &entry, &read),
                Err(error) => (failed(top, &error), WalkState::Continue),
            });
            collect(found);
            next
        })
    });
}

/// What one entry gives, and whether the walk goes down into it.
fn visited(top: &Path, entry: &DirEntry, read: impl Fn(&str, &Path) -> Found) -> (Found, WalkState) {
    let relative = entry.path().strip_prefix(top).unwrap_or(entry.path());
    if entry.depth() == 0 {
        return (Found::default(), WalkState::Continue);
    }
    if entry.file_name() == ".git" {
        return (Found::default(), WalkState::Skip);
    }
    let Some(path) = slashed(relative) else {
        return (Found::problem(relative.to_string_lossy(), "is not read: its name is not UTF-8"), WalkState::Skip);
    };
    let Some(kind) = entry.file_type() else {
        return (Found::problem(path, "is not read: its type is unknown"), WalkState::Skip);
    };
    if kind.is_symlink() {
        (Found::link(), WalkState::Skip)
    } else if kind.is_dir() {
        match foreign(entry.path()) {
            Some(why) => (Found::skipped(&path, why), WalkState::Skip),
            None => (Found::default(), WalkState::Continue),
        }
    } else if kind.is_file() {
        (read(&path, entry.path()), WalkState::Continue)
    } else {
        (Found::problem(path, "is not read: a pipe, socket or device"), WalkState::Continue)
    }
}

/// Why a folder is another's, if it is.
fn foreign(folder: &Path) -> Option<SkippedAs> {
    if folder.join(".git").symlink_metadata().is_ok() {
        Some(SkippedAs::Repository)
    } else if folder.join("pyvenv.cfg").symlink_metadata().is_ok() {
        Some(SkippedAs::Environment)
    } else {
        None
    }
}

/// Opens a file that was no link a moment ago, and neither follows it nor waits if it has become one, or a pipe.
pub(super) fn open(path: &Path) -> io::Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    OpenOptions::new().read(true).custom_flags(flags.bits() as i32).open(path)
}

/// A folder that cannot be read. Errors in `.gitignore` files come with the entry, not here.
fn failed(top: &Path, error: &ignore::Error) -> Found {
    let (path, cause) = place_and_cause(error);
    let path = path.map(|path| path.strip_prefix(top).unwrap_or(path).to_string_lossy().into_owned());
    Found::problem(path.unwrap_or_default(), format!("cannot be read: {cause}"))
}

/// The path that an error of the walk is about, and the error without it.
fn place_and_cause(error: &ignore::Error) -> (Option<&Path>, String) {
    let mut error = error;
    let mut place = None;
    loop {
        match error {
            ignore::Error::WithPath { path, err } => (place, error) = (Some(path.as_path()), err),
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => error = err,
            other => return (place, other.to_string()),
        }
    }
}
