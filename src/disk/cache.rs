//! What earlier runs have found, in the cache folder of the user, each file with its digest at the end. What is not whole is not
//! there; who comes last has the say.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::digest::digest;
use super::home;
use super::snapshot::Stamp;
use super::top::Tree;

/// So many bytes are kept together, those of the newest.
const MOST_BYTES: u64 = 256 << 20;
const ENDING: &str = "memory";
const DIGEST: usize = 32;

/// The place of what is known about one question.
#[derive(Clone, Debug)]
pub struct Cache {
    file: PathBuf,
}

impl Cache {
    /// The place for what this program finds in a tree when it is asked this.
    ///
    /// # Errors
    /// Nothing says where caches are kept, or which program this is.
    pub fn of(tree: &Tree, question: &str) -> io::Result<Self> {
        let folder = home::folder("XDG_CACHE_HOME", ".cache")?.join("unshim");
        let program = Stamp::of(&fs::metadata(std::env::current_exe()?)?, SystemTime::now());
        let program = program.ok_or_else(|| io::Error::other("the program is too new to be known again"))?;
        let key = format!("{:?} {program:?} {} {question}", tree.top, tree.inside);
        Ok(Self { file: folder.join(&digest(key.as_bytes())[..32]).with_extension(ENDING) })
    }

    /// What was stored last; `None` if that is nothing, or is not what was stored.
    pub fn load<T: DeserializeOwned>(&self) -> Option<T> {
        let bytes = fs::read(&self.file).ok()?;
        let (content, written) = bytes.split_at_checked(bytes.len().checked_sub(DIGEST)?)?;
        let is_whole = blake3::hash(content).as_bytes() == written;
        is_whole.then(|| postcard::from_bytes(content).ok())?
    }

    /// Stores what the next run shall have, and removes what is too much.
    ///
    /// # Errors
    /// It could not be written; what was there is there still.
    pub fn store<T: Serialize>(&self, value: &T) -> io::Result<()> {
        let folder = self.file.parent().expect("the file lies in a folder");
        fs::create_dir_all(folder)?;
        // What a run leaves that is cut off goes as everything goes that is old.
        let ending = format!(".{ENDING}");
        let mut new = tempfile::Builder::new().suffix(&ending).tempfile_in(folder)?;
        let mut digested = Digested { file: new.as_file_mut(), digest: blake3::Hasher::new() };
        let writer = postcard::to_io(value, BufWriter::new(&mut digested)).map_err(io::Error::other)?;
        writer.into_inner()?.finish()?;
        new.persist(&self.file)?;
        prune(folder, MOST_BYTES)
    }
}

/// A file that is written with its digest behind what it holds.
struct Digested<'a> {
    file: &'a mut File,
    digest: blake3::Hasher,
}

impl Digested<'_> {
    fn finish(&mut self) -> io::Result<()> {
        self.file.write_all(self.digest.finalize().as_bytes())
    }
}

impl Write for Digested<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write_all(bytes)?;
        self.digest.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Removes the oldest files of what is more than these bytes together; the newest stays.
fn prune(folder: &Path, most: u64) -> io::Result<()> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.path().extension().is_some_and(|ending| ending == ENDING) {
            let metadata = entry.metadata()?;
            files.push((metadata.modified()?, metadata.len(), entry.path()));
        }
    }
    files.sort();
    let mut bytes = 0;
    for (index, (_, size, path)) in files.into_iter().rev().enumerate() {
        bytes += size;
        if bytes > most && index > 0 {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_goes_first_and_the_newest_stays() {
        let folder = tempfile::tempdir().unwrap();
        for (age, name) in ["new.memory", "middle.memory", "old.memory", "other"].into_iter().enumerate() {
            fs::write(folder.path().join(name), "123456").unwrap();
            let file = fs::File::options().write(true).open(folder.path().join(name)).unwrap();
            file.set_modified(SystemTime::now() - std::time::Duration::from_secs(60 * age as u64)).unwrap();
        }
        let left = || -> Vec<String> {
            let entries = fs::read_dir(folder.path()).unwrap();
            let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
            names.sort();
            names
        };
        prune(folder.path(), 12).unwrap();
        assert_eq!(left(), ["middle.memory", "new.memory", "other"]);
        prune(folder.path(), 1).unwrap();
        assert_eq!(left(), ["new.memory", "other"]);
    }
}
