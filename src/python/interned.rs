//! Texts that stand in memory once: to compare two of them, or to hash one, takes no look at the letters.

use std::cell::Cell;
use std::cmp::Ordering;
use std::hash::{BuildHasher, Hash, Hasher};
use std::ptr;
use std::sync::{Mutex, PoisonError};

use compact_str::CompactString;
use rustc_hash::{FxBuildHasher, FxHashMap};

/// A text that is kept until the program ends, and the only one of its letters.
#[derive(Clone, Copy)]
pub(super) struct Interned(&'static Entry);

struct Entry {
    text: CompactString,
    /// Of the text, so that what is hashed by it is in the same order in every run.
    hash: u64,
}

/// How many parts of the table can be looked at side by side, and how many of its texts a thread finds without it.
const SHARDS: usize = 64;
const RECENT: usize = 4096;

static TABLE: [Mutex<FxHashMap<&str, Interned>>; SHARDS] =
    [const { Mutex::new(FxHashMap::with_hasher(FxBuildHasher)) }; SHARDS];

thread_local! {
    static OWN: [Cell<Option<Interned>>; RECENT] = const { [const { Cell::new(None) }; RECENT] };
}

impl Interned {
    pub(super) fn new(text: &str) -> Self {
        let hash = FxBuildHasher.hash_one(text);
        OWN.with(|own| {
            let recent = &own[hash as usize % RECENT];
            let known = recent.get().filter(|known| known.0.hash == hash && known.text() == text);
            known.unwrap_or_else(|| {
                let found = Self::find(text, hash);
                recent.set(Some(found));
                found
            })
        })
    }

    fn find(text: &str, hash: u64) -> Self {
        let shard = &TABLE[(hash >> 32) as usize % SHARDS];
        let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = shard.get(text) {
            return *known;
        }
        let entry: &'static Entry = Box::leak(Box::new(Entry { text: CompactString::new(text), hash }));
        shard.insert(&entry.text, Self(entry));
        Self(entry)
    }

    pub(super) fn text(self) -> &'static str {
        &self.0.text
    }
}

impl PartialEq for Interned {
    fn eq(&self, other: &Self) -> bool {
        ptr::eq(self.0, other.0)
    }
}

impl Eq for Interned {}

impl Ord for Interned {
    fn cmp(&self, other: &Self) -> Ordering {
        if self == other { Ordering::Equal } else { self.text().cmp(other.text()) }
    }
}

impl PartialOrd for Interned {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Interned {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0.hash);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_is_one_whoever_asks() {
        let long = "a_name_that_does_not_fit_into_the_place_of_a_short_one";
        for text in ["", "a", "π", long] {
            let other = std::thread::spawn(|| Interned::new(text)).join().unwrap();
            assert!(Interned::new(text) == other && other.text() == text);
        }
    }

    #[test]
    fn the_order_is_that_of_the_texts() {
        let mut all = ["b", "", "ab", "B", "a"].map(Interned::new);
        all.sort();
        assert_eq!(all.map(Interned::text), ["", "B", "a", "ab", "b"]);
    }

    #[test]
    fn more_texts_than_a_thread_remembers_stay_apart() {
        let texts: Vec<String> = (0..3 * RECENT).map(|number| format!("name_{number}")).collect();
        let all: Vec<_> = texts.iter().map(|text| Interned::new(text)).collect();
        assert!(texts.iter().zip(&all).all(|(text, one)| one.text() == text && *one == Interned::new(text)));
    }
}
