//! Byte search for many needles at once, as whole words.

use std::collections::BTreeSet;
use std::io::{self, Read};

use aho_corasick::{AhoCorasick, MatchKind};
use memchr::memmem::Finder;

/// From this number on one automaton for all needles is faster than one pass for each.
const MANY: usize = 50;

/// How much of a large file is in memory at a time.
const CHUNK: usize = 1 << 20;

/// What is searched for in files that are not parsed.
///
/// A needle that begins or ends with a letter, digit or underscore is found only as a whole word:
/// `Old` not in `OldTimer`, `pkg.old` in `pkg.old.Thing` but not in `pkg.older`.
#[derive(Debug)]
pub(super) struct Needles {
    all: Vec<Finder<'static>>,
    /// Needles that contain no other needle as a word: where any is found, one of these is.
    least: Search,
}

#[derive(Debug)]
enum Search {
    Each(Vec<Finder<'static>>),
    Together(Box<AhoCorasick>),
}

impl Needles {
    /// Empty needles are left out.
    pub(super) fn new(needles: impl IntoIterator<Item = String>) -> Self {
        let needles: BTreeSet<String> = needles.into_iter().filter(|needle| !needle.is_empty()).collect();
        let all: Vec<_> = needles.iter().map(|needle| Finder::new(needle.as_bytes()).into_owned()).collect();
        let contains_another = |needle: &Finder| {
            all.iter().any(|other| other.needle() != needle.needle() && has_word(needle.needle(), other))
        };
        let least: Vec<_> = all.iter().filter(|needle| !contains_another(needle)).cloned().collect();
        let least = if least.len() < MANY {
            Search::Each(least)
        } else {
            let patterns = least.iter().map(Finder::needle);
            let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(patterns);
            Search::Together(Box::new(automaton.expect("needles fit into an automaton")))
        };
        Self { all, least }
    }

    /// How often the needles occur; a needle within a longer one counts once.
    pub(super) fn count(&self, bytes: &[u8]) -> usize {
        match &self.least {
            Search::Each(finders) => finders.iter().map(|finder| words(bytes, finder).count()).sum(),
            Search::Together(automaton) => {
                let matches = automaton.find_overlapping_iter(bytes);
                matches.filter(|found| is_word(bytes, found.start(), found.end())).count()
            }
        }
    }

    /// The needles that occur in a stream of any length, sorted.
    pub(super) fn found_in(&self, mut reader: impl Read) -> io::Result<Vec<String>> {
        let overlap = 1 + self.all.iter().map(|finder| finder.needle().len()).max().unwrap_or(0);
        let mut found = BTreeSet::new();
        let mut window: Vec<u8> = Vec::with_capacity(CHUNK + overlap);
        loop {
            let kept = window.len();
            let read = reader.by_ref().take(CHUNK as u64).read_to_end(&mut window)?;
            let is_last = read == 0;
            // A word at the very end of the window is judged when what follows it is known.
            for finder in &self.all {
                let ends_inside = |start: usize| is_last || start + finder.needle().len() < window.len();
                if words(&window, finder).any(ends_inside) {
                    found.insert(String::from_utf8_lossy(finder.needle()).into_owned());
                }
            }
            if is_last {
                return Ok(found.into_iter().collect());
            }
            window.drain(..(kept + read).saturating_sub(overlap));
        }
    }
}

/// Where `finder` finds a whole word.
fn words<'b>(bytes: &'b [u8], finder: &'b Finder) -> impl Iterator<Item = usize> + 'b {
    finder.find_iter(bytes).filter(move |&start| is_word(bytes, start, start + finder.needle().len()))
}

fn has_word(bytes: &[u8], finder: &Finder) -> bool {
    words(bytes, finder).next().is_some()
}

fn is_word(bytes: &[u8], start: usize, end: usize) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let joins = |left: Option<&u8>, right: Option<&u8>| left.is_some_and(is_part) && right.is_some_and(is_part);
    let before = start.checked_sub(1).and_then(|before| bytes.get(before));
    !joins(before, bytes.get(start)) && !joins(bytes.get(end - 1), bytes.get(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needles(list: &[&str]) -> Needles {
        Needles::new(list.iter().map(|needle| needle.to_string()))
    }

    #[test]
    fn whole_words_are_found_and_nested_needles_count_once() {
        let needles = needles(&["Old", "pkg.old", "pkg.old.Old", ""]);
        assert_eq!(needles.count(b"Old OldTimer x_Old (Old) pkg.old.Old pkg.older pkg.old"), 4 + 1);
    }

    #[test]
    fn many_needles_are_found_as_few_are() {
        let list: Vec<String> = (0..80).map(|number| format!("Name{number}")).collect();
        let text = b"Name7 Name77 Name777 Name8.x aName9";
        assert_eq!(Needles::new(list).count(text), 3);
    }

    #[test]
    fn a_needle_across_two_chunks_is_found() {
        for shift in [0, 1, 5, 8, 9] {
            let mut text = vec![b' '; CHUNK - shift];
            text.extend_from_slice(b"pkg.old pkg.older");
            let found = needles(&["pkg.old", "pkg.olde", "absent"]).found_in(text.as_slice()).unwrap();
            assert_eq!(found, ["pkg.old"], "{shift}");
        }
    }
}
