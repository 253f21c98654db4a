//! The words of texts: a byte search for names, and a note of which words a text may hold, kept without the text.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, Input, Match, MatchKind, packed};
use rustc_hash::FxHashMap;

/// A byte search for any of several names as words of their own.
///
/// Names are words, so that no two of them overlap where both are words of their own: one pass finds them all.
#[derive(Debug)]
pub struct Search {
    names: Names,
    /// `None` for names that are too short to be noted.
    hashes: Vec<Option<u64>>,
}

/// What finds the longest of the names that begins first.
#[derive(Debug)]
enum Names {
    /// Compares many bytes at once; up to 64 names, and not on every processor. One pass costs a third of one `memmem` for
    /// each of 16 names.
    Few(packed::Searcher),
    Some(AhoCorasick),
    /// Looks up every word.
    Many(Many),
}

/// An automaton of names takes the square of their number to be made: for more there is none.
const MOST_IN_AUTOMATON: usize = 1_000;

#[derive(Debug)]
struct Many {
    names: Vec<String>,
    numbers: FxHashMap<Box<[u8]>, usize>,
    /// For what else words can be made of.
    automaton: OnceLock<AhoCorasick>,
}

impl Names {
    fn new(names: &[&str]) -> Self {
        let few = packed::Config::new().match_kind(packed::MatchKind::LeftmostLongest).builder().extend(names).build();
        match few {
            Some(few) => Self::Few(few),
            None if names.len() <= MOST_IN_AUTOMATON => Self::Some(automaton(names)),
            None => Self::Many(Many::new(names)),
        }
    }

    fn find_from(&self, text: &[u8], begin: usize) -> Option<Match> {
        match self {
            Self::Few(searcher) => searcher.find_in(text, (begin..text.len()).into()),
            Self::Some(automaton) => automaton.find(Input::new(text).range(begin..)),
            Self::Many(many) => {
                many.automaton.get_or_init(|| automaton(&many.names)).find(Input::new(text).range(begin..))
            }
        }
    }
}

fn automaton(names: &[impl AsRef<[u8]>]) -> AhoCorasick {
    let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(names);
    automaton.expect("names fit into an automaton")
}

impl Many {
    fn new(names: &[&str]) -> Self {
        // The first of equal names counts.
        let numbers = names.iter().enumerate().rev().map(|(number, name)| (name.as_bytes().into(), number)).collect();
        Self { names: names.iter().copied().map(str::to_owned).collect(), numbers, automaton: OnceLock::new() }
    }

    fn spelled(&self, text: &[u8]) -> Vec<(usize, Range<usize>)> {
        let mut spelled = Vec::new();
        words(text, |word| spelled.extend(self.numbers.get(&text[word.clone()]).map(|number| (*number, word))));
        spelled
    }
}

impl Search {
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let names: Vec<_> = names.into_iter().collect();
        let hashes =
            names.iter().map(|name| (name.len() >= SHORTEST).then(|| hash(name.as_bytes(), 0..name.len()))).collect();
        Self { names: Names::new(&names), hashes }
    }

    /// Whether the text spells one of the names.
    pub fn matches(&self, text: &[u8]) -> bool {
        self.spelled(text).next().is_some()
    }

    /// The names that the text spells, by number, as often as it does.
    pub fn numbers(&self, text: &[u8]) -> impl Iterator<Item = usize> {
        self.spelled(text).map(|(number, _)| number)
    }

    /// Where the text spells the names, sorted.
    pub fn places(&self, text: &[u8]) -> Vec<usize> {
        self.spelled(text).map(|(_, place)| place.start).collect()
    }

    /// Whether the text of which these are the words can spell one of the names; `false` is certain.
    pub fn may_match(&self, words: &Words) -> bool {
        self.hashes.iter().any(|hash| hash.is_none_or(|hash| words.may_hold(hash)))
    }

    fn spelled(&self, text: &[u8]) -> impl Iterator<Item = (usize, Range<usize>)> {
        let (few, many) = match &self.names {
            Names::Few(_) | Names::Some(_) => (Some(self.words(text, is_part)), Vec::new()),
            Names::Many(many) => (None, many.spelled(text)),
        };
        few.into_iter().flatten().chain(many)
    }

    /// The names that stand in the text as words of their own, by number, and where: `is_part` says of what words are made.
    pub fn words(&self, text: &[u8], is_part: fn(&u8) -> bool) -> impl Iterator<Item = (usize, Range<usize>)> {
        let is_word = move |found: &Match| {
            let before = found.start().checked_sub(1).map(|before| &text[before]);
            !before.is_some_and(is_part) && !text.get(found.end()).is_some_and(is_part)
        };
        let next = |last: &Match| self.names.find_from(text, last.end());
        let found = std::iter::successors(self.names.find_from(text, 0), next);
        found.filter(is_word).map(|found| (found.pattern().as_usize(), found.range()))
    }
}

/// Whether a byte is part of a word.
fn is_part(byte: &u8) -> bool {
    let (letter, digit) = ((byte | 0x20).wrapping_sub(b'a') < 26, byte.wrapping_sub(b'0') < 10);
    letter | digit | (*byte == b'_') | (*byte >= 128)
}

fn words(text: &[u8], mut word: impl FnMut(Range<usize>)) {
    let mut begin = None;
    edges(text, |at| match begin.take() {
        None => begin = Some(at),
        Some(begin) => word(begin..at),
    });
}

/// Where the words of a text begin and where they end, by turns: 64 bytes at a time, as a branch for each byte costs more
/// than all else.
fn edges(text: &[u8], mut edge: impl FnMut(usize)) {
    let mut last = 0;
    for (index, chunk) in text.chunks(64).enumerate() {
        let mut parts = [0u8; 64];
        parts.iter_mut().zip(chunk).for_each(|(part, byte)| *part = is_part(byte).into());
        let mut mask = 0;
        for (place, eight) in parts.as_chunks().0.iter().enumerate() {
            mask |= gathered(u64::from_le_bytes(*eight)) << (place * 8);
        }
        let mut edges = mask ^ (mask << 1 | last);
        while edges != 0 {
            edge(index * 64 + edges.trailing_zeros() as usize);
            edges &= edges - 1;
        }
        last = mask >> 63;
    }
    if last == 1 {
        edge(text.len());
    }
}

/// The lowest bits of eight bytes, the first byte's lowest: the product moves bit `8 * i` to `56 + i`.
fn gathered(eight: u64) -> u64 {
    eight.wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// A word of fewer bytes is not noted: it is in most texts.
const SHORTEST: usize = 4;

/// The words of a text, roughly: a Bloom filter of a byte for each ten of the text, in which a word has four bits of one
/// block. Of a thousand words that are not there it takes one or two for a word that is.
///
/// Putze, Sanders, Singler: Cache-, hash- and space-efficient Bloom filters, ACM Journal of Experimental Algorithmics 14, 2010.
#[derive(Clone, Debug)]
pub struct Words {
    blocks: Box<[u64]>,
}

impl Words {
    pub fn of(text: &[u8]) -> Self {
        let mut all = Self { blocks: vec![0; text.len() / 80 + 1].into() };
        words(text, |word| {
            let length = word.len();
            let (block, bits) = all.place(hash(text, word));
            all.blocks[block] |= if length < SHORTEST { 0 } else { bits };
        });
        all
    }

    /// Those of a text of which nothing is known: any word may be there.
    pub fn any() -> Self {
        Self { blocks: Box::new([u64::MAX]) }
    }

    /// Whether the text can hold the word of this hash; `false` is certain.
    fn may_hold(&self, word: u64) -> bool {
        let (block, bits) = self.place(word);
        self.blocks[block] & bits == bits
    }

    /// The block and the bits in it that stand for a word.
    fn place(&self, hash: u64) -> (usize, u64) {
        let block = ((hash >> 32) * self.blocks.len() as u64) >> 32;
        let bits = [0, 6, 12, 18].map(|shift| 1 << (hash >> shift & 63));
        (block as usize, bits.into_iter().fold(0, |all, bit| all | bit))
    }
}

/// Of the first bytes of a word, its last ones and its length: longer words that differ in the middle alone are not told apart.
/// Nothing here branches on the length, which nobody can foretell.
fn hash(text: &[u8], word: Range<usize>) -> u64 {
    let tail = word.start.max(word.end.saturating_sub(8));
    let own = u64::MAX >> (64 - 8 * word.len().clamp(1, 8));
    let [head, tail] = [word.start, tail].map(|place| eight(&text[place..]) & own);
    let length = word.len() as u64;
    let product = u128::from(head ^ 0x9e37_79b9_7f4a_7c15) * u128::from(tail ^ 0xc2b2_ae3d_27d4_eb4f ^ length);
    product as u64 ^ (product >> 64) as u64
}

/// The first eight bytes, if there are so many.
fn eight(bytes: &[u8]) -> u64 {
    u64::from_le_bytes(bytes.first_chunk().copied().unwrap_or_else(|| {
        let mut eight = [0; 8];
        eight[..bytes.len()].copy_from_slice(bytes);
        eight
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_as_words_of_their_own() {
        let search = Search::new(["Old", "OldThing", "π"]);
        assert!(["Old", "x.Old()", "[OldThing]", "'π'"].iter().all(|text| search.matches(text.as_bytes())));
        assert!(!["OldTimer", "_Old", "Oldπ", "π2", ""].iter().any(|text| search.matches(text.as_bytes())));
    }

    #[test]
    fn many_names_are_found_as_few_are() {
        let names: Vec<String> = (0..100_000).map(|number| format!("Name{number}")).collect();
        let many = Search::new(names.iter().map(String::as_str).chain(["π", "Name7"]));
        let text = "Name7.Name77(aName8, Name9_) Nameπ π Name100000\nName99999".as_bytes();
        assert_eq!(many.numbers(text).collect::<Vec<_>>(), [7, 77, 100_000, 99_999]);
        assert_eq!(many.places(text), Search::new(["Name7", "Name77", "π", "Name99999"]).places(text));
        assert!(!many.matches(b"Name Name_7"));
    }

    #[test]
    fn words_are_found_wherever_they_begin_and_end() {
        for (before, length) in (0..70).flat_map(|before| (1..70).map(move |length| (before, length))) {
            let (word, pad) = ("w".repeat(length), " ".repeat(before));
            for text in [format!("{pad}{word}"), format!("{pad}{word} x")] {
                let words = Words::of(text.as_bytes());
                assert!(Search::new([word.as_str()]).may_match(&words), "{text:?}");
            }
        }
    }

    #[test]
    fn every_byte_is_part_of_a_word_or_not() {
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || !byte.is_ascii();
        assert!((0..=255).all(|byte| is_part(&byte) == is_word(&byte)));
    }

    #[test]
    fn what_a_text_spells_its_words_may_match() {
        let text = "class Old_1(π.Base): # all words, short ones as well: a b\n    pass\n".repeat(9);
        let words = Words::of(text.as_bytes());
        let may = |name: &str| Search::new([name]).may_match(&words);
        assert!(["Old_1", "π", "Base", "a", "b", "pass", "class"].into_iter().all(may));
        let absent = (0..1000).filter(|number| may(&format!("Absent{number}"))).count();
        assert!(absent < 10, "{absent} of 1000 that are not there");
    }
}
