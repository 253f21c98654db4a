//! What earlier runs have found, in the cache folder of the user. What is not whole is not there; who comes last has the say.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
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
    /// Nothing says where caches are kept.
    pub fn of(tree: &Tree, question: &str) -> io::Result<Self> {
        let folder = home::folder("XDG_CACHE_HOME", ".cache")?.join("unshim");
        let program = fs::metadata(std::env::current_exe()?)?;
        let program = Stamp::of(&program, SystemTime::now());
        let key = format!("{:?} {program:?} {} {question}", tree.top, tree.inside);
        Ok(Self { file: folder.join(&digest(key.as_bytes())[..32]).with_extension(ENDING) })
    }

    /// What was stored last; `None` if that is nothing, or is not what was stored.
    pub fn load<T: DeserializeOwned>(&self) -> Option<T> {
        let bytes = fs::read(&self.file).ok()?;
        let (written, content) = bytes.split_at_checked(DIGEST)?;
        let is_whole = blake3::hash(content).as_bytes() == written;
        is_whole.then(|| postcard::from_bytes(content).ok())?
    }

    /// Stores what the next run shall have, and removes what is too much.
    ///
    /// # Errors
    /// It could not be written; what was there is there still.
    pub fn store<T: Serialize>(&self, value: &T) -> io::Result<()> {
        let content = postcard::to_stdvec(value).map_err(io::Error::other)?;
        let folder = self.file.parent().expect("the file lies in a folder");
        fs::create_dir_all(folder)?;
        let mut new = tempfile::NamedTempFile::new_in(folder)?;
        new.write_all(blake3::hash(&content).as_bytes())?;
        new.write_all(&content)?;
        new.persist(&self.file)?;
        self.prune()
    }

    fn prune(&self) -> io::Result<()> {
        let mut files = Vec::new();
        for entry in fs::read_dir(self.file.parent().expect("the file lies in a folder"))? {
            let entry = entry?;
            let metadata = entry.metadata()?;
            if entry.path().extension().is_some_and(|ending| ending == ENDING) {
                files.push((metadata.modified()?, metadata.len(), entry.path()));
            }
        }
        files.sort();
        let mut bytes = 0;
        for (_, size, path) in files.into_iter().rev() {
            bytes += size;
            if bytes > MOST_BYTES && path != self.file {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }
}
