//! The journals of a tree, and the lock that lets one `unshim` change it at a time.
//!
//! They lie in `unshim/` in the git directory, or in the state folder of the user for a tree without one; never in the
//! tree. The lock is the system's: it ends with the process that holds it, however that ends.

use std::fs::{self, File, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::fs::OFlags;

use super::apply::ApplyError;
use super::digest::digest;
use super::home;
use super::journal::{Head, Journal};
use super::top::Tree;

/// So many journals of finished changes are kept …
const MOST_KEPT: usize = 100;
/// … as long as they have no more bytes together; the newest is always kept.
const MOST_BYTES: u64 = 256 << 20;

/// How long git may take from the journal's opening to the lock of a reference.
const JUST_AFTER: Duration = Duration::from_secs(60);

/// How far the change of a journal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// The journal itself is being written; the tree is untouched.
    New,
    /// The change is under way: it is taken back if it goes no further.
    Open,
    /// The change is made; temporary names and empty folders may be left.
    Sealed,
    Done,
}

const STAGES: [(Stage, &str); 4] =
    [(Stage::New, "new"), (Stage::Open, "open"), (Stage::Sealed, "sealed"), (Stage::Done, "done")];

/// The file of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct JournalFile {
    pub(super) number: u64,
    pub(super) id: String,
    pub(super) stage: Stage,
}

impl JournalFile {
    fn name(&self) -> String {
        let stage = STAGES.iter().find(|(stage, _)| *stage == self.stage).map_or("", |(_, name)| name);
        format!("{:06}-{}.{stage}.jsonl", self.number, self.id)
    }

    fn of_name(name: &str) -> Option<Self> {
        let (number, rest) = name.strip_suffix(".jsonl")?.split_once('-')?;
        let (id, stage) = rest.split_once('.')?;
        let (stage, _) = STAGES.iter().find(|(_, name)| *name == stage)?;
        Some(Self { number: number.parse().ok()?, id: id.to_owned(), stage: *stage })
    }
}

/// The journals of a tree, held by this process alone.
#[derive(Debug)]
pub struct Ledger {
    pub(super) tree: Tree,
    folder: PathBuf,
    _lock: File,
}

impl Ledger {
    /// Takes the lock of the tree, and makes the folder of its journals if there is none.
    ///
    /// # Errors
    /// [`ApplyError::Locked`] if another process holds it: nothing waits.
    pub fn locked(tree: &Tree) -> Result<Self, ApplyError> {
        let failed = |cause| ApplyError::failed("open the journals of", &tree.top.display().to_string(), cause);
        let folder = folder_of(tree).map_err(failed)?;
        make_folder(&folder).map_err(failed)?;
        Self::in_folder(tree, folder)
    }

    /// The same, for journals in a folder that exists.
    pub(super) fn in_folder(tree: &Tree, folder: PathBuf) -> Result<Self, ApplyError> {
        let failed = |cause| ApplyError::failed("lock", &tree.top.display().to_string(), cause);
        let path = folder.join("lock");
        let mut lock = open_lock(&path).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                lock.read_to_string(&mut holder).ok();
                return Err(ApplyError::Locked { process: holder.trim().parse().ok() });
            }
            Err(TryLockError::Error(cause)) => return Err(failed(cause)),
        }
        // Only for the message to those who come in between: no harm if it cannot be written.
        let _ = lock.set_len(0).and_then(|()| write!(lock, "{}", std::process::id()));
        Ok(Self { tree: tree.clone(), folder, _lock: lock })
    }

    /// The journals, the oldest first.
    pub(super) fn journals(&self) -> io::Result<Vec<JournalFile>> {
        journals_in(&self.folder)
    }

    pub(super) fn path_of(&self, file: &JournalFile) -> PathBuf {
        self.folder.join(file.name())
    }

    /// A folder for what is needed on the way; the lock's holder removes what is left of it.
    pub(super) fn workshop(&self) -> PathBuf {
        self.folder.join("workshop")
    }

    /// Holds the path of a work tree that is there for a moment.
    pub(super) fn worktree_note(&self) -> PathBuf {
        self.folder.join("worktree")
    }

    /// Writes that path down. What has the name already, be it a link, is replaced and not written to.
    pub(super) fn note_worktree(&self, path: &str) -> io::Result<()> {
        match fs::remove_file(self.worktree_note()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => File::create_new(self.worktree_note())?.write_all(path.as_bytes()),
        }
    }

    /// Whether something came just after the journal was opened: what came much later is somebody else's.
    pub(super) fn precedes(&self, file: &JournalFile, other: &Path) -> bool {
        let time = |path: &Path| fs::symlink_metadata(path).and_then(|found| found.modified()).ok();
        let (opened, made) = (time(&self.path_of(file)), time(other));
        let between = opened.zip(made).and_then(|(opened, made)| made.duration_since(opened).ok());
        between.is_some_and(|between| between <= JUST_AFTER)
    }

    #[cfg(test)]
    pub(super) fn path_of_folder(&self) -> &Path {
        &self.folder
    }

    /// The tree that a journal is of, if it is another one: a work tree that was copied with its `.git` file has the git
    /// directory of the first.
    pub(super) fn other_tree(&self, journal: &Journal) -> Option<PathBuf> {
        let (own, other) = (&self.tree.top, PathBuf::from(&journal.head.tree));
        let place = |top: &Path| fs::canonicalize(git_directory(top).ok()?).ok();
        let identity = |top: &Path| fs::metadata(top).map(|found| (found.dev(), found.ino())).ok();
        let is_other = self.tree.is_repository
            && !self.folder.starts_with(own)
            && identity(&other) != identity(own)
            && place(&other).is_some_and(|other| place(own) == Some(other));
        is_other.then_some(other)
    }

    pub(super) fn read(&self, file: &JournalFile) -> io::Result<Journal> {
        Journal::from_bytes(&fs::read(self.path_of(file))?).map_err(io::Error::other)
    }

    /// Writes a journal down for good, before anything that it speaks of is done.
    pub(super) fn begin(&self, journal: &mut Journal) -> io::Result<JournalFile> {
        journal.head.time = since_1970().as_secs();
        journal.head.tree = self.tree.top.display().to_string();
        let seed = format!("{} {} {:?}", journal.head.tree, std::process::id(), since_1970());
        journal.head.id = digest(seed.as_bytes())[..8].to_owned();
        let number = self.journals()?.last().map_or(1, |last| last.number + 1);
        let mut file = JournalFile { number, id: journal.head.id.clone(), stage: Stage::New };
        let written = self.write_new(&file, &journal.to_bytes()).and_then(|()| self.advance(&mut file, Stage::Open));
        if written.is_err() {
            self.discard(&file).ok();
        }
        written.map(|()| file)
    }

    fn write_new(&self, file: &JournalFile, bytes: &[u8]) -> io::Result<()> {
        // The journal tells contents of files that others may not be allowed to read.
        let mut new = File::options().write(true).create_new(true).mode(0o600).open(self.path_of(file))?;
        new.write_all(bytes)?;
        new.sync_all()
    }

    /// The change of the journal is further now.
    pub(super) fn advance(&self, file: &mut JournalFile, stage: Stage) -> io::Result<()> {
        let next = JournalFile { stage, ..file.clone() };
        fs::rename(self.path_of(file), self.path_of(&next))?;
        *file = next;
        self.sync()
    }

    /// Nothing of the change is left: its journal goes.
    pub(super) fn discard(&self, file: &JournalFile) -> io::Result<()> {
        fs::remove_file(self.path_of(file))?;
        self.sync()
    }

    /// Makes the names of the journals survive a power cut.
    fn sync(&self) -> io::Result<()> {
        File::open(&self.folder)?.sync_all()
    }

    /// Removes the journals of finished changes that are more than is kept, the oldest first.
    pub(super) fn prune(&self) -> io::Result<()> {
        let done = self.journals()?.into_iter().filter(|file| file.stage == Stage::Done).rev();
        let mut bytes = 0;
        for (index, file) in done.enumerate() {
            let path = self.path_of(&file);
            bytes += fs::metadata(&path)?.len();
            if index > 0 && (index >= MOST_KEPT || bytes > MOST_BYTES) {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }
}

/// The change of a tree that is under way or was cut off, if there is one. Takes no lock and writes nothing.
pub fn open_change(tree: &Tree) -> Option<String> {
    let journals = journals_in(&folder_of(tree).ok()?).ok()?;
    journals.into_iter().find(|file| file.stage == Stage::Open).map(|file| file.id)
}

/// The first lines of all journals of a tree, the oldest first, each with how far its change is.
pub(super) fn heads(tree: &Tree) -> io::Result<Vec<(Head, Stage)>> {
    let folder = folder_of(tree)?;
    let mut heads = Vec::new();
    for file in journals_in(&folder)?.into_iter().filter(|file| file.stage != Stage::New) {
        let mut line = String::new();
        BufReader::new(File::open(folder.join(file.name()))?).read_line(&mut line)?;
        let named = |why| io::Error::other(format!("the journal `{}` is damaged: {why}", file.name()));
        heads.push((Journal::head_of(&line).map_err(named)?, file.stage));
    }
    Ok(heads)
}

/// The journals in a folder, the oldest first; none if there is no such folder.
fn journals_in(folder: &Path) -> io::Result<Vec<JournalFile>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut files = Vec::new();
    for entry in entries {
        files.extend(entry?.file_name().to_str().and_then(JournalFile::of_name));
    }
    files.sort_by_key(|file| file.number);
    Ok(files)
}

/// Where the journals of a tree lie.
fn folder_of(tree: &Tree) -> io::Result<PathBuf> {
    if tree.is_repository {
        return Ok(git_directory(&tree.top)?.join("unshim"));
    }
    let state = home::folder("XDG_STATE_HOME", ".local/state")?;
    Ok(state.join("unshim").join(&digest(tree.top.as_os_str().as_encoded_bytes())[..16]))
}

/// `.git`, or what it points to in a work tree beside others and in a submodule. gitrepository-layout(5)
fn git_directory(top: &Path) -> io::Result<PathBuf> {
    let path = top.join(".git");
    if path.is_dir() {
        return Ok(path);
    }
    let text = fs::read_to_string(&path)?;
    let target = text.strip_prefix("gitdir:").map(|target| top.join(target.trim()));
    let is_git = |path: &PathBuf| path.join("HEAD").is_file();
    target.filter(is_git).ok_or_else(|| io::Error::other("`.git` does not point to a git directory"))
}

/// Opens the file whose lock counts; a link in its place could lead anywhere, and is refused.
fn open_lock(path: &Path) -> io::Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let mut options = File::options();
    options.create(true).truncate(false).read(true).write(true).custom_flags(flags.bits() as i32);
    let lock = options.open(path)?;
    if lock.metadata()?.is_file() { Ok(lock) } else { Err(io::Error::other("`lock` is no regular file")) }
}

/// Makes the folder, so that it survives a power cut; a link in its place could lead anywhere, and is refused.
fn make_folder(folder: &Path) -> io::Result<()> {
    if fs::symlink_metadata(folder).is_err() {
        fs::create_dir_all(folder)?;
        folder.parent().map_or(Ok(()), |parent| File::open(parent)?.sync_all())?;
    }
    if fs::symlink_metadata(folder)?.is_dir() {
        Ok(())
    } else {
        Err(io::Error::other(format!("`{}` is a link", folder.display())))
    }
}

fn since_1970() -> std::time::Duration {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default()
}
