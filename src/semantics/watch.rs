//! Which files an answer depends on: those that were looked at while it was found.

use std::cell::RefCell;
use std::sync::Arc;

use crate::project::FileId;

/// Files that were looked at, sorted.
pub type Files = Arc<[FileId]>;

thread_local! {
    static SEEN: RefCell<Seen> = const { RefCell::new(Seen { begin: None, files: Vec::new() }) };
}

/// The files that this thread has looked at since the outermost watch began.
struct Seen {
    /// Where those of the innermost watch begin.
    begin: Option<usize>,
    files: Vec<FileId>,
}

/// What `find` finds, and the files that it has looked at, in this thread or by what was known already.
pub fn watched<T>(find: impl FnOnce() -> T) -> (T, Files) {
    let (begin, outer) = SEEN.with_borrow_mut(|seen| {
        let begin = seen.files.len();
        (begin, seen.begin.replace(begin))
    });
    let found = find();
    let files = SEEN.with_borrow_mut(|seen| {
        let mut files = seen.files.split_off(begin);
        files.sort_unstable();
        files.dedup();
        seen.begin = outer;
        if outer.is_some() {
            seen.files.extend_from_slice(&files);
        }
        files
    });
    (found, files.into())
}

/// A file is looked at.
pub(super) fn seen(file: FileId) {
    SEEN.with_borrow_mut(|seen| {
        if seen.begin.is_some_and(|begin| seen.files[begin..].last() != Some(&file)) {
            seen.files.push(file);
        }
    });
}

/// What is known depends on these files.
pub(super) fn seen_all(files: &[FileId]) {
    SEEN.with_borrow_mut(|seen| {
        if seen.begin.is_some() {
            seen.files.extend_from_slice(files);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outer_watch_sees_what_an_inner_one_does() {
        let file = |number: u32| FileId(number);
        seen(file(9));
        let ((inner, inner_files), files) = watched(|| {
            seen(file(3));
            let inner = watched(|| [3, 2, 1, 2].map(file).into_iter().for_each(seen));
            seen_all(&[file(0), file(3)]);
            inner
        });
        assert_eq!(inner, ());
        assert_eq!((&inner_files[..], &files[..]), (&[1, 2, 3].map(file)[..], &[0, 1, 2, 3].map(file)[..]));
        assert!(watched(|| ()).1.is_empty());
    }
}
