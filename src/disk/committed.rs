//! The tree as it is committed: blobs of a commit, read without filters, line-end conversion or large-file storage.

use std::io::Read;

use super::git::{Git, GitError};
use super::read::{ReadOptions, Reader};
use super::reading::{Collector, Found, Reading, SkippedAs};
use super::top::{ReadError, Tree};

/// A commit and what it holds.
#[derive(Debug)]
pub struct Committed {
    /// The full name of the commit.
    pub commit: String,
    pub reading: Reading,
}

/// A file of a commit.
struct Blob {
    hash: String,
    path: String,
}

/// Reads the tree of `HEAD`. Files that git does not have are no part of it.
pub fn read_committed(tree: &Tree, options: &ReadOptions) -> Result<Committed, ReadError> {
    let head = Git::for_names(&tree.top).line(&["rev-parse", "--verify", "--quiet", "HEAD^{commit}"], &[]);
    read_commit(tree, head.map_err(|cause| ReadError::Commit { cause })?, options)
}

/// Reads the tree of a revision, however it is spelled: a branch, a tag, `HEAD~3`.
pub fn read_revision(tree: &Tree, revision: &str, options: &ReadOptions) -> Result<Committed, ReadError> {
    let name = format!("{revision}^{{commit}}");
    let commit = Git::for_names(&tree.top).line(&["rev-parse", "--verify", "--quiet", "--end-of-options", &name], &[]);
    let commit = match commit {
        Ok(commit) => commit,
        Err(GitError::Failed { .. }) => return Err(ReadError::Revision { name: revision.to_owned() }),
        Err(cause) => return Err(ReadError::Commit { cause }),
    };
    read_commit(tree, commit, options)
}

fn read_commit(tree: &Tree, commit: String, options: &ReadOptions) -> Result<Committed, ReadError> {
    let reader = Reader::new(tree, options)?;
    let git = Git::for_names(&tree.top);
    let failed = |error: GitError| ReadError::Commit { cause: error };
    let listed = git.ask(&["ls-tree", "-r", "-z", "--full-tree", &commit]).map_err(failed)?;
    let collector = Collector::default();
    let blobs = blobs(&listed, &collector);
    let hashes: Vec<&str> = blobs.iter().map(|blob| blob.hash.as_str()).collect();
    let mut blob = blobs.iter();
    let read = |size: u64, content: &mut dyn Read| {
        let path = &blob.next().expect("git answers once a question").path;
        collector.add(reader.found(path, reader.content_of(path, size, content)));
    };
    git.each_blob(&hashes, read).map_err(failed)?;
    Ok(Committed { commit, reading: collector.sorted().0 })
}

/// The files of a listing; what is none is counted, and folders of others are left out.
fn blobs(listed: &[u8], collector: &Collector) -> Vec<Blob> {
    let entries: Vec<&[u8]> = listed.split(|&byte| byte == 0).filter(|entry| !entry.is_empty()).collect();
    let mut blobs = Vec::new();
    for entry in entries {
        let entry = String::from_utf8_lossy(entry);
        let Some((meta, path)) = entry.split_once('\t') else { continue };
        let meta: Vec<&str> = meta.split(' ').collect();
        let [mode, _, hash] = meta[..] else { continue };
        match mode {
            "120000" => collector.add(Found::link()),
            "160000" => collector.add(Found::skipped(path, SkippedAs::Repository)),
            _ if path.contains('\u{fffd}') => {
                collector.add(Found::problem(path, "is not read: its name is not UTF-8"));
            }
            _ => blobs.push(Blob { hash: hash.to_owned(), path: path.to_owned() }),
        }
    }
    let suffix = "/pyvenv.cfg";
    let environments: Vec<String> =
        blobs.iter().filter_map(|blob| blob.path.strip_suffix(suffix)).map(str::to_owned).collect();
    for environment in &environments {
        collector.add(Found::skipped(environment, SkippedAs::Environment));
    }
    let is_in = |path: &str, folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    blobs.retain(|blob| !environments.iter().any(|folder| is_in(&blob.path, folder)));
    blobs
}
