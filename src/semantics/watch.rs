//! Which files an answer depends on: those that were looked at while it was found.

use std::cell::RefCell;
use std::sync::Arc;

use crate::project::FileId;

/// Files that were looked at, sorted.
pub type Files = Arc<[FileId]>;

thread_local! {
    static SEEN: RefCell<Option<Vec<FileId>>> = const { RefCell::new(None) };
}

/// What `find` finds, and the files that it looks at in this thread. An outer watch does not see them.
pub fn watched<T>(find: impl FnOnce() -> T) -> (T, Files) {
    let outer = SEEN.replace(Some(Vec::new()));
    let found = find();
    let mut files = SEEN.replace(outer).expect("an inner watch puts back what it finds");
    files.sort_unstable();
    files.dedup();
    (found, files.into())
}

/// Tells the watch that something depends on these files; whether there is one.
pub(super) fn are_seen(files: &[FileId]) -> bool {
    SEEN.with_borrow_mut(|seen| {
        let Some(seen) = seen else { return false };
        if !seen.ends_with(files) {
            seen.extend_from_slice(files);
        }
        true
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(numbers: &[u32]) -> Files {
        numbers.iter().copied().map(FileId).collect()
    }

    #[test]
    fn a_watch_sees_what_is_looked_at_while_it_lasts() {
        assert!(!are_seen(&files(&[9])));
        let (inner, outer) = watched(|| {
            assert!(are_seen(&files(&[3])));
            let ((), inner) = watched(|| [3, 2, 1, 2].into_iter().for_each(|file| assert!(are_seen(&[FileId(file)]))));
            assert!(are_seen(&files(&[0, 3])));
            inner
        });
        assert_eq!((inner, outer), (files(&[1, 2, 3]), files(&[0, 3])));
        assert!(watched(|| ()).1.is_empty() && !are_seen(&[]));
    }
}
