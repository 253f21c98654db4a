//! Files beneath a folder, reached part by part without following a single link.

use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::fs::{AtFlags, CWD, FileType, Mode, OFlags, openat};
use rustix::io::Errno;

/// A folder that is held open, so that what happens to the paths above it does not matter.
#[derive(Debug)]
pub(super) struct Beneath {
    top: OwnedFd,
}

impl Beneath {
    /// Holds `top` open. Links in this path itself are followed.
    pub(super) fn open(top: &Path) -> io::Result<Self> {
        Ok(Self { top: openat(CWD, top, OFlags::DIRECTORY | OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty())? })
    }

    /// Opens a file for reading; fails if any part of the path is a link. A FIFO does not block.
    pub(super) fn read(&self, path: &str) -> io::Result<File> {
        let (folder, name) = self.place(path)?;
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        Ok(File::from(openat(&folder, name, flags, Mode::empty()).map_err(refused)?))
    }

    /// Whether the last part of the path is a link.
    pub(super) fn is_link(&self, path: &str) -> bool {
        let Ok((folder, name)) = self.place(path) else { return false };
        let found = rustix::fs::statat(&folder, name, AtFlags::SYMLINK_NOFOLLOW);
        found.is_ok_and(|found| FileType::from_raw_mode(found.st_mode) == FileType::Symlink)
    }

    /// The folder of a path, opened part by part, and the file's name in it.
    fn place<'p>(&self, path: &'p str) -> io::Result<(OwnedFd, &'p str)> {
        let (folders, name) = path.rsplit_once('/').map_or((None, path), |(folders, name)| (Some(folders), name));
        let flags = OFlags::DIRECTORY | OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let mut folder = openat(&self.top, ".", flags, Mode::empty())?;
        for part in folders.into_iter().flat_map(|folders| folders.split('/')).chain([name]) {
            if matches!(part, "" | "." | "..") {
                return Err(io::Error::new(io::ErrorKind::InvalidInput, "the path leaves the tree"));
            }
        }
        for part in folders.into_iter().flat_map(|folders| folders.split('/')) {
            folder = openat(&folder, part, flags, Mode::empty()).map_err(refused)?;
        }
        Ok((folder, name))
    }
}

/// What the system says of a link that must not be followed, in words.
fn refused(error: Errno) -> io::Error {
    match error {
        Errno::LOOP | Errno::MLINK => io::Error::other("a link is in the way, and links are never followed"),
        other => other.into(),
    }
}
