//! The words of texts: a byte search for names, and a note of which words a text may hold, kept without the text.

use std::hash::Hasher;

use memchr::memmem::Finder;
use rustc_hash::FxHasher;

/// A byte search for any of several names as words of their own; one `memmem` a name is faster than an automaton up to about fifty.
#[derive(Debug)]
pub struct Search {
    groups: Vec<Group>,
}

/// Names that all hold `part`, the shortest of them: a text without it holds none.
#[derive(Debug)]
struct Group {
    part: Finder<'static>,
    names: Vec<Finder<'static>>,
}

impl Search {
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut names: Vec<_> = names.into_iter().collect();
        names.sort_by_key(|name| name.len());
        let mut groups: Vec<Group> = Vec::new();
        for name in names {
            let finder = Finder::new(name).into_owned();
            match groups.iter_mut().find(|group| group.part.find(name.as_bytes()).is_some()) {
                Some(group) => group.names.push(finder),
                None => groups.push(Group { part: finder.clone(), names: vec![finder] }),
            }
        }
        Self { groups }
    }

    /// Whether the text spells one of the names.
    pub fn matches(&self, text: &[u8]) -> bool {
        let is_there = |group: &Group| group.part.find(text).is_some();
        self.groups.iter().any(|group| is_there(group) && group.names.iter().any(|name| spells(name, text)))
    }

    /// Where the text spells the names, sorted.
    pub fn places(&self, text: &[u8]) -> Vec<usize> {
        let groups = self.groups.iter().filter(|group| group.part.find(text).is_some());
        let mut places: Vec<_> = groups.flat_map(|group| &group.names).flat_map(|name| words(name, text)).collect();
        places.sort_unstable();
        places
    }

    /// Whether the text of which these are the words can spell one of the names; `false` is certain.
    pub fn may_match(&self, words: &Words) -> bool {
        self.groups.iter().flat_map(|group| &group.names).any(|name| words.may_hold(name.needle()))
    }
}

/// Whether the name stands in the text as a word of its own.
fn spells(name: &Finder, text: &[u8]) -> bool {
    words(name, text).next().is_some()
}

/// Where the name stands in the text as a word of its own.
fn words<'a>(name: &'a Finder, text: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    name.find_iter(text).filter(|&start| {
        let (before, after) = (&text[..start], &text[start + name.needle().len()..]);
        !before.last().is_some_and(is_part) && !after.first().is_some_and(is_part)
    })
}

/// Whether a byte is part of a word.
fn is_part(byte: &u8) -> bool {
    let (letter, digit) = ((byte | 0x20).wrapping_sub(b'a') < 26, byte.wrapping_sub(b'0') < 10);
    letter | digit | (*byte == b'_') | (*byte >= 128)
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

/// The words of a text, roughly: a Bloom filter of a byte for each 20 of the text, in which a word has four bits of one
/// block. Of a hundred words that are not there it takes about one for a word that is.
///
/// Putze, Sanders, Singler: Cache-, hash- and space-efficient Bloom filters, ACM Journal of Experimental Algorithmics 14, 2010.
#[derive(Clone, Debug)]
pub struct Words {
    blocks: Box<[u64]>,
}

impl Words {
    pub fn of(text: &[u8]) -> Self {
        let mut words = Self { blocks: vec![0; text.len() / 160 + 1].into() };
        let mut begin = None;
        edges(text, |at| match begin.take() {
            None => begin = Some(at),
            Some(begin) => {
                let (block, bits) = words.place(&text[begin..at]);
                words.blocks[block] |= bits;
            }
        });
        words
    }

    /// Whether the text can hold a word; `false` is certain.
    fn may_hold(&self, word: &[u8]) -> bool {
        let (block, bits) = self.place(word);
        self.blocks[block] & bits == bits
    }

    /// The block and the bits in it that stand for a word.
    fn place(&self, word: &[u8]) -> (usize, u64) {
        let mut hasher = FxHasher::default();
        hasher.write(word);
        let hash = hasher.finish();
        let block = ((hash >> 32) * self.blocks.len() as u64) >> 32;
        let bits = [0, 6, 12, 18].map(|shift| 1 << (hash >> shift & 63));
        (block as usize, bits.into_iter().fold(0, |all, bit| all | bit))
    }
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
    fn words_are_found_wherever_they_begin_and_end() {
        for (before, length) in (0..70).flat_map(|before| (1..70).map(move |length| (before, length))) {
            let (word, pad) = ("w".repeat(length), " ".repeat(before));
            for text in [format!("{pad}{word}"), format!("{pad}{word} x")] {
                let words = Words::of(text.as_bytes());
                assert!(words.may_hold(word.as_bytes()), "{text:?}");
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
        assert!(absent < 20, "{absent} of 1000 that are not there");
    }
}
