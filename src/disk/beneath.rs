//! Files beneath a folder, reached part by part without following a single link.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::buffer::spare_capacity;
use rustix::fs::{
    AtFlags, CWD, FileType, Mode, OFlags, RenameFlags, chmodat, linkat, mkdirat, openat, renameat, renameat_with,
    statat, unlinkat,
};
#[cfg(target_os = "linux")]
use rustix::fs::{ResolveFlags, openat2};
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
        inside(path)?;
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        #[cfg(target_os = "linux")]
        match openat2(&self.top, path, flags, Mode::empty(), ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS) {
            // Linux before 5.6, or a sandbox that does not know the call.
            Err(Errno::NOSYS | Errno::PERM) => {}
            opened => return Ok(File::from(opened.map_err(refused)?)),
        }
        let (folder, name) = self.place(path)?;
        Ok(File::from(openat(&folder, name, flags, Mode::empty()).map_err(refused)?))
    }

    /// Whether the last part of the path is a link.
    pub(super) fn is_link(&self, path: &str) -> bool {
        let Ok((folder, name)) = self.place(path) else { return false };
        let found = statat(&folder, name, AtFlags::SYMLINK_NOFOLLOW);
        found.is_ok_and(|found| FileType::from_raw_mode(found.st_mode) == FileType::Symlink)
    }

    /// Makes a file that must not exist yet, with at most these permission bits.
    pub(super) fn create(&self, path: &str, mode: u32) -> io::Result<File> {
        let (folder, name) = self.place(path)?;
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        Ok(File::from(openat(&folder, name, flags, Mode::from_raw_mode(mode))?))
    }

    /// Makes a folder with exactly these permission bits, or the usual ones.
    pub(super) fn make_folder(&self, path: &str, mode: Option<u32>) -> io::Result<()> {
        let (folder, name) = self.place(path)?;
        mkdirat(&folder, name, Mode::from_raw_mode(mode.unwrap_or(0o777)))?;
        if let Some(mode) = mode {
            chmodat(&folder, name, Mode::from_raw_mode(mode), AtFlags::empty())?;
        }
        Ok(())
    }

    /// The permission bits of a file or folder; `None` if there is none.
    pub(super) fn mode(&self, path: &str) -> io::Result<Option<u32>> {
        let found = match self.place(path) {
            Ok((folder, name)) => statat(&folder, name, AtFlags::SYMLINK_NOFOLLOW).map_err(io::Error::from),
            Err(error) => Err(error),
        };
        match found {
            Ok(found) => Ok(Some(found.st_mode & 0o7777)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// What a file holds; `None` if there is no such name. Anything else than a file is an error.
    pub(super) fn content(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        let file = match self.read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            opened => opened?,
        };
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Err(io::Error::other("is no regular file"));
        }
        let mut bytes = Vec::new();
        whole(file, metadata.len() as usize, &mut bytes)?;
        Ok(Some(bytes))
    }

    /// Lets two files of one folder change names, at once where the file system can.
    pub(super) fn exchange(&self, path: &str, other: &str) -> io::Result<()> {
        let (folder, name) = self.place(path)?;
        let other = name_of(other);
        match renameat_with(&folder, name, &folder, other, RenameFlags::EXCHANGE) {
            Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => exchange_in_steps(&folder, name, other),
            done => Ok(done?),
        }
    }

    /// Gives a file another name in the same folder. What has that name already is replaced.
    pub(super) fn rename(&self, path: &str, to: &str) -> io::Result<()> {
        let (folder, name) = self.place(path)?;
        Ok(renameat(&folder, name, &folder, name_of(to))?)
    }

    /// Gives a file a name in the same folder that nothing has yet.
    pub(super) fn rename_to_new(&self, path: &str, to: &str) -> io::Result<()> {
        let (folder, name) = self.place(path)?;
        let to = name_of(to);
        match renameat_with(&folder, name, &folder, to, RenameFlags::NOREPLACE) {
            Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => {
                linkat(&folder, name, &folder, to, AtFlags::empty())?;
                Ok(unlinkat(&folder, name, AtFlags::empty())?)
            }
            done => Ok(done?),
        }
    }

    pub(super) fn remove(&self, path: &str) -> io::Result<()> {
        let (folder, name) = self.place(path)?;
        Ok(unlinkat(&folder, name, AtFlags::empty())?)
    }

    /// Removes a folder if it is empty; whether it was.
    pub(super) fn remove_empty_folder(&self, path: &str) -> io::Result<bool> {
        let (folder, name) = self.place(path)?;
        match unlinkat(&folder, name, AtFlags::REMOVEDIR) {
            Err(Errno::NOTEMPTY | Errno::EXIST) => Ok(false),
            done => Ok(done.map(|()| true)?),
        }
    }

    /// Makes the names in the folder of `path` survive a power cut.
    pub(super) fn sync_folder_of(&self, path: &str) -> io::Result<()> {
        let (folder, _) = self.place(path)?;
        Ok(rustix::fs::fsync(&folder)?)
    }

    /// The folder of a path, opened part by part, and the file's name in it.
    fn place<'p>(&self, path: &'p str) -> io::Result<(OwnedFd, &'p str)> {
        inside(path)?;
        let (folders, name) = path.rsplit_once('/').map_or((None, path), |(folders, name)| (Some(folders), name));
        let flags = OFlags::DIRECTORY | OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let mut folder = openat(&self.top, ".", flags, Mode::empty())?;
        for part in folders.into_iter().flat_map(|folders| folders.split('/')) {
            folder = openat(&folder, part, flags, Mode::empty()).map_err(refused)?;
        }
        Ok((folder, name))
    }
}

/// The third name that an exchange in steps needs for a moment.
pub(super) fn aside(other: &str) -> String {
    format!("{other}-")
}

/// The same in three steps, each taken back if the next one fails.
fn exchange_in_steps(folder: &OwnedFd, name: &str, other: &str) -> io::Result<()> {
    let aside = aside(other);
    let rename = |from: &str, to: &str| renameat(folder, from, folder, to);
    rename(name, &aside)?;
    if let Err(error) = rename(other, name) {
        rename(&aside, name)?;
        return Err(error.into());
    }
    if let Err(error) = rename(&aside, other) {
        rename(name, other)?;
        rename(&aside, name)?;
        return Err(error.into());
    }
    Ok(())
}

/// Reads a file of about this size: one call to the system, unless the file grows meanwhile.
pub(super) fn whole(mut file: File, size: usize, bytes: &mut Vec<u8>) -> io::Result<()> {
    bytes.reserve(size + 1);
    loop {
        match rustix::io::read(&file, spare_capacity(bytes)) {
            Ok(0) => return Ok(()),
            // One byte more was asked for: the file ends here.
            Ok(_) if bytes.len() == size => return Ok(()),
            Ok(_) if bytes.len() > size => break,
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    file.read_to_end(bytes)?;
    Ok(())
}

/// Fails for a path that does not name each part of its way down.
fn inside(path: &str) -> io::Result<()> {
    match path.split('/').any(|part| matches!(part, "" | "." | "..")) {
        true => Err(io::Error::new(io::ErrorKind::InvalidInput, "the path leaves the tree")),
        false => Ok(()),
    }
}

fn name_of(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// What the system says of a link that must not be followed, in words.
fn refused(error: Errno) -> io::Error {
    match error {
        Errno::NOTDIR => io::Error::other("a link or a file is in the way, and links are never followed"),
        Errno::LOOP | Errno::MLINK => io::Error::other("a link is in the way, and links are never followed"),
        other => other.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exchange_in_steps_is_an_exchange() {
        let folder = tempfile::tempdir().unwrap();
        let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).ok();
        std::fs::write(folder.path().join("a"), "1").unwrap();
        std::fs::write(folder.path().join("b"), "2").unwrap();
        let top = Beneath::open(folder.path()).unwrap();
        exchange_in_steps(&top.top, "a", "b").unwrap();
        assert_eq!((read("a").as_deref(), read("b").as_deref(), read("b-")), (Some("2"), Some("1"), None));
        assert!(exchange_in_steps(&top.top, "a", "gone").is_err());
        assert_eq!(read("a").as_deref(), Some("2"));
    }

    #[test]
    fn no_path_leads_out() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a"), "").unwrap();
        let top = Beneath::open(folder.path()).unwrap();
        assert!(top.read("a").is_ok());
        for path in ["../a", "/a", "./a", "x/../a", "", "a/", ".."] {
            assert_eq!(top.read(path).unwrap_err().kind(), io::ErrorKind::InvalidInput, "{path}");
        }
    }
}
