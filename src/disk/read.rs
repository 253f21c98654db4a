//! The only reading of the tree: every file once, in parallel, in an order that does not depend on it.

use std::cell::RefCell;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use rustc_hash::FxHashSet;

use super::beneath::{Beneath, whole};
use super::git::{Git, GitError, fields};
use super::page_file::is_page;
use super::reading::{Collector, Found, Reading};
use super::search::Needles;
use super::snapshot::{Digest, Kept, Mark, Snapshot, Stamp};
use super::top::{ReadError, Tree};
use super::walk::{open, walk};
use crate::project::{Content, FileKind, Loaded, Shelf, Shelved, says_layout};
use crate::text::{Search, Words};

/// What to look for and what may be edited.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// Files that are not Python are kept or counted if they mention one of these names.
    pub names: Vec<String>,
    /// Sources that spell one of these names are kept in memory, others are read again if they are asked for. `None`: all
    /// are kept.
    pub kept: Option<Vec<String>>,
    /// Globs of paths that are read and never edited. A glob that matches a folder covers what lies in it.
    pub excludes: Vec<String>,
    /// Whether Markdown and reST that mention a needle are kept, or only counted.
    pub documents: bool,
    /// In bytes; larger files are searched, not kept.
    pub max_file_size: u64,
    /// What the tree was when it was read before; how files are known again is only noted if this is given. Sources that are
    /// known by it are read when something asks for them.
    pub before: Option<Arc<Snapshot>>,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            names: Vec::new(),
            kept: None,
            excludes: Vec::new(),
            documents: false,
            max_file_size: 8 << 20,
            before: None,
        }
    }
}

/// Reads the tree.
///
/// Git-ignored files are left out unless git tracks them. Links are counted, never followed. A file or folder that
/// cannot be read is a problem in the result, not an error.
pub fn read(tree: &Tree, options: &ReadOptions) -> Result<Reading, ReadError> {
    let reader = Reader::new(tree, options)?;
    let collector = Collector::default();
    let tracked = std::thread::scope(|scope| {
        let tracked = scope.spawn(|| tracked_paths(tree));
        let found = |path: &str, place: &Path| match reader.can_count(path) {
            true => reader.found_again(path, place).unwrap_or_else(|| reader.found_in(path, open(place))),
            false => Found::passed(path),
        };
        walk(&tree.top, found, |found| collector.add(found));
        tracked.join().expect("asking git does not panic")
    });
    let (reading, passed) = collector.sorted();
    Ok(reader.with_tracked(reading, &passed, tracked))
}

/// What git tracks: a tracked file belongs to the tree, though a pattern may ignore it.
fn tracked_paths(tree: &Tree) -> Result<Vec<String>, GitError> {
    if !tree.is_repository {
        return Ok(Vec::new());
    }
    Ok(fields(&Git::for_names(&tree.top).ask(&["ls-files", "-z", "--cached"])?))
}

/// Turns files into what is kept of them.
pub(super) struct Reader<'o> {
    top: Arc<Beneath>,
    inside: &'o str,
    excluded: GlobSet,
    needles: Needles,
    words: Option<Search>,
    documents: bool,
    max_file_size: u64,
    before: Option<Arc<Snapshot>>,
    began: SystemTime,
}

/// The files of the tree, each as it is when it is asked for.
pub fn shelf(tree: &Tree) -> Result<Arc<dyn Shelf>, ReadError> {
    Ok(Arc::new(Beneath::open(&tree.top).map_err(|cause| ReadError::path(&tree.top, cause))?))
}

/// The tree as it lies on the disk.
impl Shelf for Beneath {
    fn bytes(&self, path: &str) -> Result<Vec<u8>, String> {
        let content = self.content(path).map_err(|error| format!("cannot be read again: {error}"))?;
        content.ok_or_else(|| "is gone since the tree was read".to_owned())
    }
}

impl<'o> Reader<'o> {
    pub(super) fn new(tree: &'o Tree, options: &ReadOptions) -> Result<Self, ReadError> {
        Ok(Self {
            top: Arc::new(Beneath::open(&tree.top).map_err(|cause| ReadError::path(&tree.top, cause))?),
            inside: &tree.inside,
            excluded: globs(&options.excludes)?,
            needles: Needles::new(&options.names),
            words: options.kept.as_ref().map(|names| Search::new(names.iter().map(String::as_str))),
            documents: options.documents,
            max_file_size: options.max_file_size,
            before: options.before.clone(),
            began: SystemTime::now(),
        })
    }

    /// Whether anything of a file at this path can be kept.
    fn can_count(&self, path: &str) -> bool {
        is_source(path) || !self.needles.is_empty() || says_layout(name_of(path))
    }

    /// What a file of the tree gives, by what is kept of it.
    pub(super) fn found(&self, path: &str, read: io::Result<Option<Content>>) -> Found {
        match read {
            Ok(Some(content)) => {
                let problem = match &content {
                    Content::Unread { why, .. } => Found::problem(path, why).problem,
                    Content::Bytes(_) | Content::Shelved(_) | Content::Counted(_) => None,
                };
                let file = Loaded { path: path.to_owned(), content, editable: self.is_editable(path) };
                Found { file: Some(file), problem, ..Found::default() }
            }
            Ok(None) => Found::passed(path),
            Err(error) => {
                let why = format!("cannot be read: {error}");
                let content = Content::Unread { why: why.clone(), mentions: Vec::new() };
                let file = Loaded { path: path.to_owned(), content, editable: false };
                Found { file: Some(file), ..Found::problem(path, why) }
            }
        }
    }

    /// What an opened file gives.
    fn found_in(&self, path: &str, file: io::Result<File>) -> Found {
        let read = file.and_then(|file| {
            let metadata = file.metadata()?;
            if !metadata.is_file() {
                return Err(io::Error::other("is no regular file any more"));
            }
            let (content, digest) = self.content(path, file, metadata.len())?;
            let stamp = Stamp::of(&metadata, self.began);
            Ok((Mark { stamp, digest, kept: Kept::of(path, content.as_ref()) }, content))
        });
        let (mark, content) = match read {
            Ok((mark, content)) => (mark, Ok(content)),
            Err(error) => (Mark::UNREADABLE, Err(error)),
        };
        let mark = self.before.is_some().then(|| (path.to_owned(), mark));
        Found { mark, ..self.found(path, content) }
    }

    /// The same of a file that is what it was when the tree was read before, without reading it; `None` if it must be read.
    fn found_again(&self, path: &str, place: &Path) -> Option<Found> {
        let mark = self.before.as_ref()?.marks.get(path)?;
        let stamp = Stamp::of(&fs::symlink_metadata(place).ok()?, self.began);
        let content = match mark.kept {
            _ if stamp.is_none() || mark.stamp != stamp => return None,
            Kept::Whole => return None,
            Kept::Source => Some(Content::Shelved(Shelved { words: Words::any(), shelf: self.top.clone() })),
            Kept::Counted(count) => Some(Content::Counted(count)),
            Kept::Nothing => None,
        };
        Some(Found { mark: Some((path.to_owned(), mark.clone())), ..self.found(path, Ok(content)) })
    }

    /// What is kept of a file of so many bytes, `None` if it is nothing to us; and its digest, if that is wanted of it.
    fn content(&self, path: &str, file: File, size: u64) -> io::Result<(Option<Content>, Option<Digest>)> {
        // It names every alias, and is no reason to keep one.
        if path.ends_with(".html") && is_page(&file) {
            return Ok((None, None));
        }
        if size > self.max_size(path) {
            return Ok((self.large_content(path, file)?, None));
        }
        BUFFER.with_borrow_mut(|bytes| {
            bytes.clear();
            bytes.shrink_to(ROOM);
            whole(file, size as usize, bytes)?;
            let content =
                if is_source(path) { Some(self.source_content(path, bytes)) } else { self.other_content(path, bytes) };
            let is_kept = matches!(content, Some(Content::Bytes(_) | Content::Shelved(_)));
            Ok((content, (is_kept && self.before.is_some()).then(|| blake3::hash(bytes).into())))
        })
    }

    /// What is kept of a source. Notebooks, and texts in other encodings than UTF-8, hold words that their bytes do not spell.
    fn source_content(&self, path: &str, bytes: &[u8]) -> Content {
        match &self.words {
            Some(search) if FileKind::of(path) != FileKind::Notebook => {
                let words = Words::of(bytes);
                let is_spelled = search.may_match(&words) && search.matches(bytes);
                match is_spelled || std::str::from_utf8(bytes).is_err() {
                    true => Content::Bytes(bytes.to_vec()),
                    false => Content::Shelved(Shelved { words, shelf: self.top.clone() }),
                }
            }
            _ => Content::Bytes(bytes.to_vec()),
        }
    }

    /// The same, of content that comes from elsewhere.
    pub(super) fn content_of(&self, path: &str, size: u64, content: &mut dyn Read) -> io::Result<Option<Content>> {
        if size > self.max_size(path) {
            return self.large_content(path, content);
        }
        let mut bytes = Vec::with_capacity(size as usize);
        content.read_to_end(&mut bytes)?;
        Ok(if is_source(path) { Some(Content::Bytes(bytes)) } else { self.other_content(path, &bytes) })
    }

    /// What is kept of a file that is not Python.
    fn other_content(&self, path: &str, bytes: &[u8]) -> Option<Content> {
        let kind = FileKind::of(path);
        let is_kept = kind == FileKind::Configuration || kind == FileKind::Document && self.documents;
        match self.needles.count(bytes) {
            0 if says_layout(name_of(path)) => Some(Content::Bytes(bytes.to_vec())),
            0 => None,
            _ if is_kept => Some(Content::Bytes(bytes.to_vec())),
            count => Some(Content::Counted(count)),
        }
    }

    /// The outputs of a notebook can be large; only its code is parsed.
    fn max_size(&self, path: &str) -> u64 {
        match FileKind::of(path) {
            FileKind::Notebook => self.max_file_size.saturating_mul(16),
            _ => self.max_file_size,
        }
    }

    /// A file that is too large to be kept is searched piece by piece.
    fn large_content(&self, path: &str, file: impl Read) -> io::Result<Option<Content>> {
        let mentions = self.needles.found_in(file)?;
        let limit = self.max_size(path);
        let why = format!("is larger than {limit} bytes: searched, not parsed");
        Ok(match FileKind::of(path) {
            FileKind::Source | FileKind::Stub | FileKind::Notebook => Some(Content::Unread { why, mentions }),
            _ if mentions.is_empty() => None,
            FileKind::Configuration => Some(Content::Unread { why, mentions }),
            FileKind::Document | FileKind::Prose => Some(Content::Counted(mentions.len())),
        })
    }

    /// Reads the tracked files that the walk has left out, unless they lie in a folder that is no part of the tree.
    fn with_tracked(&self, reading: Reading, passed: &[String], tracked: Result<Vec<String>, GitError>) -> Reading {
        let missing = match &tracked {
            Ok(paths) => left_out(&reading, passed, paths),
            Err(_) => Vec::new(),
        };
        let collector = Collector::from(reading);
        for path in missing.into_iter().filter(|path| self.can_count(path)) {
            match self.top.read(path) {
                // Deleted from the work tree, or a link in it: git tracks it, the tree does not hold it.
                Err(error) if error.kind() == io::ErrorKind::NotFound || self.top.is_link(path) => {}
                opened => collector.add(self.found_in(path, opened)),
            }
        }
        if let Err(error) = &tracked {
            let what = format!("tracked files that are git-ignored are not read: {error}");
            collector.add(Found::problem(".", what));
        }
        collector.sorted().0
    }

    fn is_editable(&self, path: &str) -> bool {
        let rest = path.strip_prefix(self.inside);
        let is_inside = rest.is_some_and(|rest| self.inside.is_empty() || rest.is_empty() || rest.starts_with('/'));
        let above = || std::iter::successors(Some(path), |path| path.rsplit_once('/').map(|(folder, _)| folder));
        is_inside && !above().any(|path| self.excluded.is_match(path))
    }
}

/// How much room for the next file a thread keeps.
const ROOM: usize = 1 << 20;

thread_local! {
    /// Room for the file that is looked at.
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

pub(super) fn is_source(path: &str) -> bool {
    matches!(FileKind::of(path), FileKind::Source | FileKind::Stub | FileKind::Notebook)
}

/// Those of `paths` that were neither kept nor passed by, and that are in no skipped folder.
fn left_out<'p>(reading: &Reading, passed: &[String], paths: &'p [String]) -> Vec<&'p str> {
    let kept = reading.files.iter().map(|file| &file.path).chain(reading.problems.iter().map(|problem| &problem.path));
    let known: FxHashSet<&str> = kept.chain(passed).map(String::as_str).collect();
    let is_in = |path: &str, folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    let is_skipped =
        |path: &str| reading.skipped.iter().any(|skipped| is_in(path, &skipped.path) || path == skipped.path);
    paths.iter().map(String::as_str).filter(|path| !known.contains(path) && !is_skipped(path)).collect()
}

fn name_of(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

fn globs(patterns: &[String]) -> Result<GlobSet, ReadError> {
    let invalid =
        |glob: &str, error: globset::Error| ReadError::Glob { glob: glob.to_owned(), why: error.kind().to_string() };
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let glob =
            GlobBuilder::new(pattern.trim_end_matches('/')).literal_separator(true).backslash_escape(false).build();
        set.add(glob.map_err(|error| invalid(pattern, error))?);
    }
    set.build().map_err(|error| invalid(&patterns.join(", "), error))
}
