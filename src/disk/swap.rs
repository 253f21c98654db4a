//! All files or none: new contents are written beside the old, changed over in one sweep, and changed back if anything fails.
//!
//! The old files stay beside the new ones, untouched, until the last step is done: taking back needs no room on the
//! disk and restores bytes, modes, owners and times.

use std::fs::Metadata;
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt, fchown};
use std::path::Path;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::apply::{ApplyError, Receipt, StaleFile, Unrestored};
use super::beneath::Beneath;
use super::step::Step;

/// Says between two steps which signal asks for an end, if one does; told how many files are changed over by then.
pub(super) type Watch<'w> = &'w (dyn Fn(usize) -> Option<i32> + Sync);

/// So many files are written at a time: threads that wait for the disk, which syncs many files as fast as one.
const WRITERS: usize = 16;

/// Carries out all steps, or none.
pub(super) fn swap(top: &Path, steps: &[Step], watch: Watch<'_>) -> Result<Receipt, ApplyError> {
    let no_threads = |error| ApplyError::failed("start threads for", ".", io::Error::other(error));
    let writers = rayon::ThreadPoolBuilder::new().num_threads(WRITERS).build().map_err(no_threads)?;
    let top = Beneath::open(top).map_err(|cause| ApplyError::failed("open", ".", cause))?;
    writers.install(|| all_or_none(top, steps, watch))
}

fn all_or_none(top: Beneath, steps: &[Step], watch: Watch<'_>) -> Result<Receipt, ApplyError> {
    let files: Vec<StaleFile> = steps.par_iter().filter_map(|step| staleness(&top, step.path(), step)).collect();
    if !files.is_empty() {
        return Err(ApplyError::Stale { files });
    }
    let mut swap = Swap { spares: spares(steps), top, steps, watch, done: 0 };
    let result = swap.stage().and_then(|()| swap.change_over()).and_then(|()| swap.confirm());
    match result {
        Ok(()) => Ok(swap.finish()),
        Err(cause) => Err(swap.take_back(cause)),
    }
}

struct Swap<'s> {
    top: Beneath,
    steps: &'s [Step],
    /// For each step a name beside its file: first of the new content, after the change of the old file.
    spares: Vec<String>,
    watch: Watch<'s>,
    /// How many steps are done.
    done: usize,
}

impl Swap<'_> {
    /// Writes every new content beside the file that it is for, and for a file that goes reserves the name.
    fn stage(&self) -> Result<(), ApplyError> {
        self.steps.par_iter().zip(&self.spares).try_for_each(|(step, spare)| {
            self.go_on()?;
            let staged = match step {
                Step::Replace { path, after, .. } => self.write_beside(path, spare, after),
                Step::Delete { .. } => self.top.create(spare).map(drop),
            };
            staged.map_err(|cause| ApplyError::failed("write the new content of", step.path(), cause))
        })
    }

    fn write_beside(&self, path: &str, spare: &str, content: &[u8]) -> io::Result<()> {
        let old = self.top.read(path)?.metadata()?;
        let mut file = self.top.create(spare)?;
        file.write_all(content)?;
        let new = file.metadata()?;
        if owner(&old) != owner(&new) {
            // Without the right to give files away the new one is the user's, as after a checkout.
            fchown(&file, Some(old.uid()), Some(old.gid())).ok();
        }
        file.set_permissions(old.permissions())?;
        file.sync_all()
    }

    fn change_over(&mut self) -> Result<(), ApplyError> {
        for (step, spare) in self.steps.iter().zip(&self.spares) {
            self.go_on()?;
            let (action, changed) = match step {
                Step::Replace { path, .. } => ("replace", self.top.exchange(path, spare)),
                Step::Delete { path, .. } => ("delete", self.top.rename(path, spare)),
            };
            changed.map_err(|cause| ApplyError::failed(action, step.path(), cause))?;
            self.done += 1;
        }
        Ok(())
    }

    /// Makes the change last, and makes sure that nobody wrote to a file after it was looked at.
    fn confirm(&self) -> Result<(), ApplyError> {
        self.sync_folders()?;
        let pairs = self.steps.par_iter().zip(&self.spares);
        let files: Vec<_> = pairs.filter_map(|(step, spare)| staleness(&self.top, spare, step)).collect();
        if !files.is_empty() {
            return Err(ApplyError::Stale { files });
        }
        self.go_on()
    }

    /// Removes the old files and the folders that are empty without them. From here on there is no way back.
    fn finish(self) -> Receipt {
        let mut receipt = Receipt::default();
        for (step, spare) in self.steps.iter().zip(&self.spares) {
            match step {
                Step::Replace { .. } => receipt.edited += 1,
                Step::Delete { .. } => receipt.deleted += 1,
            }
            if self.top.remove(spare).is_err() {
                receipt.left_behind.push(spare.clone());
            }
        }
        for step in self.steps.iter().filter(|step| matches!(step, Step::Delete { .. })) {
            receipt.folders += self.remove_empty_folders(step.path());
        }
        // The change itself is on the disk already; that an old file is gone may be lost in a power cut.
        self.sync_folders().ok();
        receipt
    }

    /// Removes the folders above a deleted file that hold nothing any more; how many.
    fn remove_empty_folders(&self, path: &str) -> usize {
        let above = std::iter::successors(folder_of(path), |folder| folder_of(folder));
        above.take_while(|folder| self.top.remove_empty_folder(folder).unwrap_or(false)).count()
    }

    /// Changes back what is changed over, removes what is staged, and says what happened.
    fn take_back(&self, cause: ApplyError) -> ApplyError {
        let mut left = Vec::new();
        let done = self.steps.iter().zip(&self.spares).enumerate().rev();
        for (index, (step, spare)) in done {
            let is_done = index < self.done;
            let restored = match step {
                _ if !is_done => Ok(()),
                Step::Replace { path, .. } => self.top.exchange(path, spare),
                Step::Delete { path, .. } => self.top.rename(spare, path),
            };
            match restored {
                Ok(()) => drop(self.top.remove(spare)),
                Err(_) => left.push(Unrestored { path: step.path().to_owned(), old: spare.clone() }),
            }
        }
        self.sync_folders().ok();
        left.reverse();
        if left.is_empty() { cause } else { ApplyError::Torn { cause: Box::new(cause), left } }
    }

    fn sync_folders(&self) -> Result<(), ApplyError> {
        let mut seen = FxHashSet::default();
        let paths = self.steps.iter().map(Step::path);
        let one_of_each: Vec<&str> = paths.filter(|path| seen.insert(folder_of(path))).collect();
        one_of_each.into_par_iter().try_for_each(|path| {
            self.top.sync_folder_of(path).map_err(|cause| ApplyError::failed("sync the folder of", path, cause))
        })
    }

    fn go_on(&self) -> Result<(), ApplyError> {
        (self.watch)(self.done).map_or(Ok(()), |signal| Err(ApplyError::Interrupted { signal }))
    }
}

/// Why the file at `path` is not the one that the step was planned for, if it is not.
fn staleness(top: &Beneath, path: &str, step: &Step) -> Option<StaleFile> {
    let stale = |why: String| Some(StaleFile { path: step.path().to_owned(), why });
    let content = top.read(path).and_then(|mut file| {
        if !file.metadata()?.is_file() {
            return Err(io::Error::other("is no regular file"));
        }
        let mut bytes = Vec::with_capacity(step.before().len() + 1);
        file.read_to_end(&mut bytes).map(|_| bytes)
    });
    match content {
        Ok(bytes) if bytes == step.before() => None,
        Ok(_) => stale("its content is another".to_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => stale("it is gone".to_owned()),
        Err(error) => stale(error.to_string()),
    }
}

/// A name for each step, beside its file, that no other run and no other step takes.
fn spares(steps: &[Step]) -> Vec<String> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let run = format!(".unshim-{:x}-{:x}", std::process::id(), now.as_nanos());
    let name = |(index, step): (usize, &Step)| match folder_of(step.path()) {
        Some(folder) => format!("{folder}/{run}-{index}"),
        None => format!("{run}-{index}"),
    };
    steps.iter().enumerate().map(name).collect()
}

fn folder_of(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(folder, _)| folder)
}

fn owner(metadata: &Metadata) -> (u32, u32) {
    (metadata.uid(), metadata.gid())
}
