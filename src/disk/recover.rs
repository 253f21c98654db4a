//! From a journal back to the old tree, or on to the new one, from wherever the change stopped.
//!
//! Each file is told by its digest: it is old, or new, or somebody else's by now, and then it is left alone.

use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;

use super::apply::{ApplyError, Receipt, StaleFile};
use super::beneath::{Beneath, aside};
use super::branch::{commit_at, remove_stale_locks};
use super::digest::digest;
use super::git::Git;
use super::journal::{BranchEntry, FileEntry, Journal};
use super::ledger::{JournalFile, Ledger, Stage};
use super::swap::folder_of;
use super::verify::remove_old_worktree;

/// What became of a change that had been cut off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovered {
    pub id: String,
    pub outcome: Outcome,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Every file is as it was before.
    TakenBack,
    /// The change had been made; what it needed on the way is gone now.
    Finished,
}

/// Ends every change that was cut off: one that was made is finished, any other is taken back.
///
/// # Errors
/// [`ApplyError::Unclear`] if a file is neither old nor new: nothing is touched.
pub fn recover(ledger: &Ledger) -> Result<Vec<Recovered>, ApplyError> {
    let failed = |cause| ApplyError::failed("read the journals of", &ledger.tree.top.display().to_string(), cause);
    let top = Beneath::open(&ledger.tree.top).map_err(failed)?;
    remove_old_worktree(ledger)?;
    match fs::remove_dir_all(ledger.workshop()) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    let mut recovered = Vec::new();
    for file in ledger.journals().map_err(failed)? {
        let outcome = match file.stage {
            Stage::Done => continue,
            Stage::New => {
                // The tree was not touched yet, and the journal may be torn.
                ledger.discard(&file).map_err(failed)?;
                continue;
            }
            Stage::Open => take_back_whole(&top, ledger, &file)?,
            Stage::Sealed => finish_whole(&top, ledger, &file)?,
        };
        recovered.push(Recovered { id: file.id, outcome });
    }
    Ok(recovered)
}

fn take_back_whole(top: &Beneath, ledger: &Ledger, file: &JournalFile) -> Result<Outcome, ApplyError> {
    let path = ledger.path_of(file).display().to_string();
    let failed = |cause| ApplyError::failed("recover from", &path, cause);
    let journal = read_own(ledger, file).map_err(failed)?;
    if let Some(branch) = &journal.head.branch {
        return end_branch(ledger, file, branch);
    }
    let unclear = |files: Vec<StaleFile>| ApplyError::Unclear { files, journal: path.clone() };
    let strange: Vec<_> = journal.files.iter().filter_map(|entry| found(top, entry).err()).collect();
    if !strange.is_empty() {
        return Err(unclear(strange));
    }
    let (left, synced) = take_back(top, &journal);
    if !left.is_empty() {
        return Err(unclear(left));
    }
    synced.and_then(|()| ledger.discard(file)).map_err(failed)?;
    Ok(Outcome::TakenBack)
}

/// The journal of an unfinished change, if it is one of this tree.
fn read_own(ledger: &Ledger, file: &JournalFile) -> io::Result<Journal> {
    let journal = ledger.read(file)?;
    match ledger.other_tree(&journal) {
        None => Ok(journal),
        Some(other) => {
            let other = other.display();
            Err(io::Error::other(format!(
                "it is of the tree at `{other}`, which has the same git directory: undo it there"
            )))
        }
    }
}

/// A reference is where it was, or where it should be: there is nothing in between.
fn end_branch(ledger: &Ledger, file: &JournalFile, branch: &BranchEntry) -> Result<Outcome, ApplyError> {
    let failed = |cause| ApplyError::failed("recover from", &ledger.path_of(file).display().to_string(), cause);
    remove_stale_locks(ledger, file, &[format!("{}.lock", branch.name), "packed-refs.lock".to_owned()])?;
    if commit_at(&Git::for_names(&ledger.tree.top), &branch.name)? == branch.new {
        ledger.advance(&mut file.clone(), Stage::Done).map_err(failed)?;
        return Ok(Outcome::Finished);
    }
    ledger.discard(file).map_err(failed)?;
    Ok(Outcome::TakenBack)
}

fn finish_whole(top: &Beneath, ledger: &Ledger, file: &JournalFile) -> Result<Outcome, ApplyError> {
    let path = ledger.path_of(file).display().to_string();
    let failed = |cause| ApplyError::failed("recover from", &path, cause);
    let (finished, synced) = finish(top, &read_own(ledger, file).map_err(failed)?);
    if let Some(left) = finished.left_behind.first() {
        return Err(ApplyError::failed("remove", left, io::Error::other("see the permissions of its folder")));
    }
    synced.and_then(|()| ledger.advance(&mut file.clone(), Stage::Done)).map_err(failed)?;
    ledger.prune().map_err(failed)?;
    Ok(Outcome::Finished)
}

/// Which side of the change a file is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Old,
    New,
    /// An exchange in steps stopped after the first: the old file has a third name.
    Between,
}

/// The side that a file is on, or what it is instead.
fn found(top: &Beneath, entry: &FileEntry) -> Result<Side, StaleFile> {
    let strange = |why: &str| Err(StaleFile { path: entry.path.clone(), why: why.to_owned() });
    let now = match top.content(&entry.path) {
        Ok(content) => content.as_deref().map(digest),
        Err(error) => return strange(&error.to_string()),
    };
    if now == entry.old {
        Ok(Side::Old)
    } else if now.is_none() && entry.new.is_some() && is_old_file(top, entry, &aside(&entry.beside)) {
        Ok(Side::Between)
    } else if now == entry.new {
        Ok(Side::New)
    } else {
        strange(if now.is_none() { "it is gone" } else { "it is neither the old file nor the new one" })
    }
}

/// Whether the old file lies under another name, with what may have been written to it since.
///
/// Where it was not moved yet that name is nobody's, or holds the new content, whole or not at all.
fn is_old_file(top: &Beneath, entry: &FileEntry, name: &str) -> bool {
    let Ok(Some(content)) = top.content(name) else { return false };
    let found = Some(digest(&content));
    entry.old.is_some() && (found == entry.old || found != entry.new && !content.is_empty())
}

/// Makes every file what it was, in the opposite order: those that could not be, and why, and whether all of it lasts.
/// May be repeated.
pub(super) fn take_back(top: &Beneath, journal: &Journal) -> (Vec<StaleFile>, io::Result<()>) {
    let mut left: Vec<StaleFile> = Vec::new();
    for entry in journal.files.iter().rev() {
        let restored = found(top, entry).and_then(|side| {
            let restored = restore(top, journal, entry, side).and_then(|()| remove_temporary(top, entry));
            restored.map_err(|error| StaleFile { path: entry.path.clone(), why: error.to_string() })
        });
        left.extend(restored.err());
    }
    for folder in journal.folders.iter().rev().filter(|folder| folder.made) {
        top.remove_empty_folder(&folder.path).ok();
    }
    left.reverse();
    (left, sync(top, journal))
}

fn restore(top: &Beneath, journal: &Journal, entry: &FileEntry, side: Side) -> io::Result<()> {
    let (path, beside, third) = (&entry.path, &entry.beside, aside(&entry.beside));
    match (side, &entry.new) {
        (Side::Old, _) => Ok(()),
        (Side::Between, _) => top.rename(&third, path),
        (Side::New, _) if entry.old.is_none() => top.remove(path),
        (Side::New, Some(_)) if is_old_file(top, entry, beside) => top.exchange(path, beside),
        (Side::New, None) if is_old_file(top, entry, beside) => top.rename_to_new(beside, path),
        (Side::New, _) if is_old_file(top, entry, &third) => top.rename(&third, path),
        (Side::New, _) => write_again(top, journal, entry),
    }
}

/// The old file itself is lost: its content is written from the journal.
fn write_again(top: &Beneath, journal: &Journal, entry: &FileEntry) -> io::Result<()> {
    let modes = journal.folder_modes();
    let mut folders: Vec<&str> = std::iter::successors(folder_of(&entry.path), |folder| folder_of(folder)).collect();
    folders.reverse();
    for folder in folders {
        if top.mode(folder)?.is_none() {
            top.make_folder(folder, modes.get(folder).copied())?;
        }
    }
    remove_temporary(top, entry)?;
    let mut file = top.create(&entry.beside, 0o600)?;
    file.write_all(&entry.before().unwrap_or_default())?;
    file.set_permissions(Permissions::from_mode(entry.mode.unwrap_or(0o644)))?;
    file.sync_all()?;
    top.rename(&entry.beside, &entry.path)
}

/// Removes the names that only the change itself uses.
fn remove_temporary(top: &Beneath, entry: &FileEntry) -> io::Result<()> {
    for name in [entry.beside.clone(), aside(&entry.beside)] {
        match top.remove(&name) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Removes the old files and the folders that are empty without them, and whether that lasts. May be repeated.
pub(super) fn finish(top: &Beneath, journal: &Journal) -> (Receipt, io::Result<()>) {
    let mut receipt = Receipt::default();
    for entry in &journal.files {
        if remove_temporary(top, entry).is_err() {
            receipt.left_behind.push(entry.beside.clone());
        }
    }
    for entry in journal.files.iter().filter(|entry| entry.new.is_none()) {
        let above = std::iter::successors(folder_of(&entry.path), |folder| folder_of(folder));
        receipt.folders += above.take_while(|folder| top.remove_empty_folder(folder).unwrap_or(false)).count();
    }
    let synced = sync(top, journal);
    (receipt, synced)
}

/// Makes what became of the names last. Folders that are gone need no sync.
fn sync(top: &Beneath, journal: &Journal) -> io::Result<()> {
    let mut folders: Vec<_> = journal.files.iter().map(|entry| (folder_of(&entry.path), &entry.path)).collect();
    folders.sort();
    folders.dedup_by_key(|(folder, _)| *folder);
    folders.into_iter().try_for_each(|(_, path)| match top.sync_folder_of(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    })
}
