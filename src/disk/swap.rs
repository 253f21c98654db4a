//! All files or none: new contents are written beside the old, changed over in one sweep, and changed back if anything fails.
//!
//! A journal says beforehand what stands where. The old files stay beside the new ones, untouched, until the last step
//! is done: taking back needs no room on the disk and restores bytes, modes, owners and times. After a crash the journal
//! is found by the next run, which goes on from there.

use std::collections::BTreeMap;
use std::fs::{Metadata, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::apply::{ApplyError, Receipt, StaleFile, Unrestored};
use super::attributes::keep_attributes;
use super::beneath::Beneath;
use super::journal::{FileEntry, FolderEntry, Head, Journal, TEMPORARY};
use super::ledger::{JournalFile, Ledger, Stage};
use super::recover::{finish, take_back};
use super::step::Step;

/// Says between two steps which signal asks for an end, if one does; told how many files are changed over by then.
pub(super) type Watch<'w> = &'w (dyn Fn(usize) -> Option<i32> + Sync);

/// So many files are written at a time: threads that wait for the disk, which syncs many files as fast as one.
const WRITERS: usize = 16;

/// The bits of a mode that lend the rights of its owner or group to whoever runs the file.
const RUNS_AS_OWNER: u32 = 0o6000;

/// What shall be done.
pub(super) struct Job<'j> {
    pub(super) steps: &'j [Step],
    /// What the journal says of it; its counts are filled in.
    pub(super) head: Head,
    /// The permission bits that new folders get, where they are known.
    pub(super) modes: &'j BTreeMap<String, u32>,
    pub(super) watch: Watch<'j>,
    /// Decides at the end whether the change stays.
    pub(super) check: &'j (dyn Fn() -> Result<(), ApplyError> + Sync),
}

/// Carries out all steps, or none.
pub(super) fn swap(ledger: &Ledger, job: &Job) -> Result<Receipt, ApplyError> {
    let no_threads = |error| ApplyError::failed("start threads for", ".", io::Error::other(error));
    let count = if rayon::current_num_threads() == 1 { 1 } else { WRITERS };
    let writers = rayon::ThreadPoolBuilder::new().num_threads(count).build().map_err(no_threads)?;
    let top = Beneath::open(&ledger.tree.top).map_err(|cause| ApplyError::failed("open", ".", cause))?;
    writers.install(|| all_or_none(&top, ledger, job))
}

fn all_or_none(top: &Beneath, ledger: &Ledger, job: &Job) -> Result<Receipt, ApplyError> {
    let files: Vec<StaleFile> = job.steps.par_iter().filter_map(|step| staleness(top, step.path(), step)).collect();
    if !files.is_empty() {
        return Err(ApplyError::Stale { files });
    }
    go_on(job, 0)?;
    let mut journal = journal_of(top, job).map_err(|cause| ApplyError::failed("look at", ".", cause))?;
    let begun = ledger.begin(&mut journal);
    let mut file = begun.map_err(|cause| ApplyError::failed("write the journal of", ".", cause))?;
    let swap = Swap { top, job, journal: &journal };
    let result = swap.stage().and_then(|()| swap.change_over()).and_then(|()| swap.confirm());
    match result.and_then(|()| (job.check)()).and_then(|()| seal(ledger, &mut file)) {
        Ok(()) => Ok(end(top, ledger, &journal, file)),
        Err(cause) => match undo(top, ledger, &journal, &file) {
            None => Err(cause),
            Some(left) => Err(ApplyError::Torn { cause: Box::new(cause), left }),
        },
    }
}

/// From here on there is no way back.
fn seal(ledger: &Ledger, file: &mut JournalFile) -> Result<(), ApplyError> {
    ledger.advance(file, Stage::Sealed).map_err(|cause| ApplyError::failed("seal the journal of", ".", cause))
}

/// Removes what the change needed while it was under way.
fn end(top: &Beneath, ledger: &Ledger, journal: &Journal, mut file: JournalFile) -> Receipt {
    let (finished, synced) = finish(top, journal);
    // The change itself is on the disk: what cannot be tidied up now is left to the next run.
    if finished.left_behind.is_empty() && synced.is_ok() && ledger.advance(&mut file, Stage::Done).is_ok() {
        ledger.prune().ok();
    }
    let Head { id, edited, deleted, created, .. } = journal.head.clone();
    Receipt { id, edited, deleted, created, ..finished }
}

/// Takes back what was done so far; what could not be.
fn undo(top: &Beneath, ledger: &Ledger, journal: &Journal, file: &JournalFile) -> Option<Vec<Unrestored>> {
    let old = |entry: &FileEntry| match top.content(&entry.beside) {
        Ok(Some(_)) => entry.beside.clone(),
        _ => ledger.path_of(file).display().to_string(),
    };
    let (left, synced) = take_back(top, journal);
    if left.is_empty() {
        // A journal that stays open is taken back once more by the next run, which finds everything in place.
        synced.and_then(|()| ledger.discard(file)).ok();
        return None;
    }
    let entries = journal.files.iter().filter(|entry| left.iter().any(|left| left.path == entry.path));
    Some(entries.map(|entry| Unrestored { path: entry.path.clone(), old: old(entry) }).collect())
}

struct Swap<'s> {
    top: &'s Beneath,
    job: &'s Job<'s>,
    /// Its files are the steps, in their order.
    journal: &'s Journal,
}

impl Swap<'_> {
    fn pairs(&self) -> impl IndexedParallelIterator<Item = (&Step, &FileEntry)> {
        self.job.steps.par_iter().zip(&self.journal.files)
    }

    /// Writes every new content beside the file that it is for, and for a file that goes reserves the name.
    fn stage(&self) -> Result<(), ApplyError> {
        for folder in self.journal.folders.iter().filter(|folder| folder.made) {
            let made = self.top.make_folder(&folder.path, folder.mode);
            made.map_err(|cause| ApplyError::failed("make the folder", &folder.path, cause))?;
        }
        self.pairs().try_for_each(|(step, entry)| {
            go_on(self.job, 0)?;
            let staged = match step {
                Step::Replace { path, after, .. } => self.write_beside(path, &entry.beside, after),
                Step::Create { after, mode, .. } => self.write_new(&entry.beside, after, *mode),
                Step::Delete { .. } => self.top.create(&entry.beside, 0o600).map(drop),
            };
            staged.map_err(|cause| ApplyError::failed("write the new content of", step.path(), cause))
        })
    }

    fn write_beside(&self, path: &str, beside: &str, content: &[u8]) -> io::Result<()> {
        let old_file = self.top.read(path)?;
        let old = old_file.metadata()?;
        let mut file = self.top.create(beside, 0o600)?;
        file.write_all(content)?;
        if owner(&old) != owner(&file.metadata()?) {
            let given = fchown(&file, Some(old.uid()), Some(old.gid()));
            // Without the right to give files away the new one is the user's, as after a checkout. But a file that
            // runs as its owner would run as somebody else.
            if old.mode() & RUNS_AS_OWNER != 0 {
                given?;
            }
        }
        file.set_permissions(old.permissions())?;
        keep_attributes(&old_file, &file)?;
        file.sync_all()
    }

    fn write_new(&self, beside: &str, content: &[u8], mode: Option<u32>) -> io::Result<()> {
        let mut file = self.top.create(beside, mode.map_or(0o666, |_| 0o600))?;
        file.write_all(content)?;
        if let Some(mode) = mode {
            file.set_permissions(Permissions::from_mode(mode))?;
        }
        file.sync_all()
    }

    fn change_over(&self) -> Result<(), ApplyError> {
        for (done, (step, entry)) in self.job.steps.iter().zip(&self.journal.files).enumerate() {
            go_on(self.job, done)?;
            let (action, changed) = match step {
                Step::Create { path, .. } => ("create", self.top.rename_to_new(&entry.beside, path)),
                Step::Replace { path, .. } => ("replace", self.top.exchange(path, &entry.beside)),
                Step::Delete { path, .. } => ("delete", self.top.rename(path, &entry.beside)),
            };
            changed.map_err(|cause| ApplyError::failed(action, step.path(), cause))?;
        }
        Ok(())
    }

    /// Makes the change last, and makes sure that nobody wrote to a file after it was looked at.
    fn confirm(&self) -> Result<(), ApplyError> {
        self.sync_folders()?;
        let old = self.pairs().filter(|(step, _)| step.before().is_some());
        let files: Vec<_> = old.filter_map(|(step, entry)| staleness(self.top, &entry.beside, step)).collect();
        if !files.is_empty() {
            return Err(ApplyError::Stale { files });
        }
        go_on(self.job, self.job.steps.len())
    }

    fn sync_folders(&self) -> Result<(), ApplyError> {
        let made = self.journal.folders.iter().filter(|folder| folder.made).map(|folder| folder.path.as_str());
        let paths = self.job.steps.iter().map(Step::path).chain(made);
        let mut seen = FxHashSet::default();
        let one_of_each: Vec<&str> = paths.filter(|path| seen.insert(folder_of(path))).collect();
        one_of_each.into_par_iter().try_for_each(|path| {
            self.top.sync_folder_of(path).map_err(|cause| ApplyError::failed("sync the folder of", path, cause))
        })
    }
}

fn go_on(job: &Job, done: usize) -> Result<(), ApplyError> {
    (job.watch)(done).map_or(Ok(()), |signal| Err(ApplyError::Interrupted { signal }))
}

/// Why the file at `path` is not the one that the step was planned for, if it is not.
fn staleness(top: &Beneath, path: &str, step: &Step) -> Option<StaleFile> {
    let stale = |why: &str| Some(StaleFile { path: step.path().to_owned(), why: why.to_owned() });
    match (top.content(path), step.before()) {
        (Ok(None), None) => None,
        (Ok(Some(found)), Some(before)) if found == before => None,
        (Ok(Some(_)), Some(_)) => stale("its content is another"),
        (Ok(Some(_)), None) => stale("it is there already"),
        (Ok(None), Some(_)) => stale("it is gone"),
        (Err(error), _) => stale(&error.to_string()),
    }
}

/// What the tree holds where something will be done, and under which names it is done.
fn journal_of(top: &Beneath, job: &Job) -> io::Result<Journal> {
    let mut journal = Journal { head: job.head.clone(), ..Journal::default() };
    let mut folders: BTreeMap<&str, FolderEntry> = BTreeMap::new();
    let run = run_name();
    for (index, step) in job.steps.iter().enumerate() {
        let path = step.path();
        let beside = folder_of(path).map_or(format!("{run}-{index}"), |folder| format!("{folder}/{run}-{index}"));
        let mut entry = FileEntry::new(path, &beside, step.before(), step.after());
        entry.mode = match step {
            Step::Create { mode, .. } => *mode,
            Step::Replace { .. } | Step::Delete { .. } => top.mode(path)?,
        };
        journal.files.push(entry);
        match step {
            Step::Create { .. } => journal.head.created += 1,
            Step::Replace { .. } => journal.head.edited += 1,
            Step::Delete { .. } => journal.head.deleted += 1,
        }
        if matches!(step, Step::Replace { .. }) {
            continue;
        }
        for folder in std::iter::successors(folder_of(path), |folder| folder_of(folder)) {
            let found = top.mode(folder)?;
            let made = found.is_none();
            let mode = found.or_else(|| job.modes.get(folder).copied());
            folders.entry(folder).or_insert_with(|| FolderEntry { path: folder.to_owned(), mode, made });
        }
    }
    journal.folders = folders.into_values().collect();
    Ok(journal)
}

/// A name that no other run takes.
fn run_name() -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    format!("{TEMPORARY}{:x}-{:x}", std::process::id(), now.as_nanos())
}

pub(super) fn folder_of(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(folder, _)| folder)
}

fn owner(metadata: &Metadata) -> (u32, u32) {
    (metadata.uid(), metadata.gid())
}
