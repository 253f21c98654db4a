//! Byte search for names in files of whatever encoding and size.

use std::collections::BTreeSet;
use std::io::{self, Read};

use crate::text::Search;

/// How much of a large file is in memory at a time.
const CHUNK: usize = 1 << 20;

/// What is searched for in files that are not parsed: names, each as a word of its own.
///
/// A word is made of ASCII letters, digits and underscores: what else a byte means depends on the encoding.
#[derive(Debug)]
pub(super) struct Needles {
    names: Vec<String>,
    search: Search,
}

impl Needles {
    pub(super) fn new(names: &[String]) -> Self {
        Self { names: names.to_vec(), search: Search::new(names.iter().map(String::as_str)) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// How often the names occur.
    pub(super) fn count(&self, bytes: &[u8]) -> usize {
        self.search.words(bytes, is_part).count()
    }

    /// The names that occur in a stream of any length, sorted.
    pub(super) fn found_in(&self, mut reader: impl Read) -> io::Result<Vec<String>> {
        let overlap = 1 + self.names.iter().map(String::len).max().unwrap_or(0);
        let mut found = BTreeSet::new();
        let mut window: Vec<u8> = Vec::with_capacity(CHUNK + overlap);
        loop {
            let kept = window.len();
            let read = reader.by_ref().take(CHUNK as u64).read_to_end(&mut window)?;
            let is_last = read == 0;
            // A word at the very end of the window is judged when what follows it is known.
            let words = self.search.words(&window, is_part).filter(|(_, place)| is_last || place.end < window.len());
            found.extend(words.map(|(name, _)| &self.names[name]));
            if is_last {
                return Ok(found.into_iter().cloned().collect());
            }
            window.drain(..(kept + read).saturating_sub(overlap));
        }
    }
}

fn is_part(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || *byte == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needles(list: &[&str]) -> Needles {
        Needles::new(&list.iter().map(|name| name.to_string()).collect::<Vec<_>>())
    }

    #[test]
    fn whole_words_are_found() {
        let needles = needles(&["Old", "OldTime", "old"]);
        let text = "Old OldTimer x_Old (Old) pkg.old.Old pkg.older pkg.old “Old”";
        assert_eq!(needles.count(text.as_bytes()), 4 + 2);
    }

    #[test]
    fn many_needles_are_found_as_few_are() {
        let list: Vec<String> = (0..80).map(|number| format!("Name{number}")).collect();
        let text = b"Name7 Name77 Name777 Name8.x aName9";
        assert_eq!(Needles::new(&list).count(text), 3);
    }

    #[test]
    fn a_needle_across_two_chunks_is_found() {
        for shift in [0, 1, 5, 8, 9] {
            let mut text = vec![b' '; CHUNK - shift];
            text.extend_from_slice(b"the_old the_older");
            let found = needles(&["the_old", "the_olde", "absent"]).found_in(text.as_slice()).unwrap();
            assert_eq!(found, ["the_old"], "{shift}");
        }
    }
}
