//! Which files an answer depends on: those that were looked at while it was found.

use std::cell::RefCell;
use std::sync::Arc;

use crate::project::FileId;

/// Files that were looked at, sorted.
pub type Files = Arc<[FileId]>;

/// In the place of more files than are told: any.
pub const ANY: FileId = FileId(u32::MAX);

/// A name that leads through more files can change with any: chains of stars would else be told over and over again.
const MOST_TOLD: usize = 64;

thread_local! {
    static SEEN: RefCell<Option<Vec<FileId>>> = const { RefCell::new(None) };
}

/// A watch that lasts, with what one around it has seen by then: that goes on at its end, even if that is a panic.
struct Watch {
    outer: Option<Vec<FileId>>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        SEEN.set(self.outer.take());
    }
}

/// What `find` finds, and the files that it looks at in this thread. An outer watch does not see them.
pub fn watched<T>(find: impl FnOnce() -> T) -> (T, Files) {
    let watch = Watch { outer: SEEN.replace(Some(Vec::new())) };
    let found = find();
    let mut files = SEEN.take().expect("an inner watch puts back what it finds");
    drop(watch);
    files.sort_unstable();
    files.dedup();
    (found, files.into())
}

/// The files on which a name depends, if they are not too many.
pub(super) fn told(files: Files) -> Files {
    if files.len() > MOST_TOLD { Files::from([ANY]) } else { files }
}

/// Tells the watch that something depends on these files; whether there is one.
pub(super) fn note(files: &[FileId]) -> bool {
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
    fn what_leads_through_too_many_files_depends_on_any() {
        let all: Vec<u32> = (0..=MOST_TOLD as u32).collect();
        assert_eq!(told(files(&all[1..])), files(&all[1..]));
        assert_eq!(told(files(&all)), Files::from([ANY]));
    }

    #[test]
    fn a_watch_ends_with_a_panic() {
        let broken = std::panic::catch_unwind(|| watched(|| watched(|| panic!("a fault of ours"))));
        assert!(broken.is_err() && !note(&files(&[1])));
    }

    #[test]
    fn a_watch_sees_what_is_looked_at_while_it_lasts() {
        assert!(!note(&files(&[9])));
        let (inner, outer) = watched(|| {
            assert!(note(&files(&[3])));
            let ((), inner) = watched(|| [3, 2, 1, 2].into_iter().for_each(|file| assert!(note(&[FileId(file)]))));
            assert!(note(&files(&[0, 3])));
            inner
        });
        assert_eq!((inner, outer), (files(&[1, 2, 3]), files(&[0, 3])));
        assert!(watched(|| ()).1.is_empty() && !note(&[]));
    }
}
