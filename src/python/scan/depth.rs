//! One linear look at a text that bounds how deep the tree of a parser can be, and so how deep a walk over it recurses.
//!
//! The bound is never too low: within one pair of brackets, a path through the tree passes each operator, each dot and each
//! keyword that nests at most once, and enters at most one inner pair.

use super::Scan;

/// How deep the expressions of a file may be. CPython gives up between 1,500 and 10,000.
pub(in crate::python) const FILE: usize = 10_000;

/// How deep an annotation in a string or comment may be.
pub(in crate::python) const ANNOTATION: usize = 500;

/// How many suites may stand in each other. CPython gives up at 100.
const SUITES: usize = 200;

/// The offset at which `text` becomes deeper than `limit`, if it does.
pub(in crate::python) fn too_deep_at(text: &str, limit: usize) -> Option<usize> {
    if text.len() <= limit.min(SUITES) || is_flat(text.as_bytes(), limit) {
        return None;
    }
    let mut scan = Scan::new(text);
    while scan.at < scan.bytes.len() {
        scan.step();
        if scan.stack.depth() > limit || scan.indents.len() > SUITES {
            return Some(scan.at.min(text.len()));
        }
    }
    None
}

/// Words that nest.
const NESTING: [&str; 5] = ["lambda", "not", "else", "await", "yield"];

/// A quick look that clears almost every file: it holds fewer operators, brackets, quotes and nesting words than `limit`
/// altogether, and no line is indented widely enough to be the last of too many suites.
fn is_flat(bytes: &[u8], limit: usize) -> bool {
    let marks = marks(bytes);
    if marks > limit {
        return false;
    }
    let words = || NESTING.iter().map(|word| memchr::memmem::find_iter(bytes, word).count()).sum::<usize>();
    // The shortest of these words takes four bytes with what stands behind it.
    let has_room = marks + bytes.len() / 4 < limit || marks + words() <= limit;
    has_room && !has_wide_line(bytes)
}

/// Whether a line can be indented that widely. Without tabs it takes as many blanks, of which a look at a few places tells.
fn has_wide_line(bytes: &[u8]) -> bool {
    let run = SUITES * 2 / 3;
    let is_blank = |start: usize| bytes.get(start..start + run).is_some_and(|run| run.iter().all(|byte| *byte == b' '));
    if memchr::memchr(b'\t', bytes).is_none() && !(0..bytes.len()).step_by(SUITES - run).any(is_blank) {
        return false;
    }
    let ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
    std::iter::once(0).chain(ends.map(|end| end + 1)).any(|start| is_wide(&bytes[start..]))
}

/// How many bytes are no letters, digits or blanks; in runs that a byte can count.
fn marks(bytes: &[u8]) -> usize {
    let is_mark = |byte: &u8| matches!(byte, b'!'..=b'/' | b':'..=b'@' | b'['..=b'^' | b'`' | b'{'..=b'~');
    bytes.chunks(128).map(|run| usize::from(run.iter().map(|byte| u8::from(is_mark(byte))).sum::<u8>())).sum()
}

/// Whether a line can be indented by more columns than there may be suites; a tab has up to 8.
fn is_wide(line: &[u8]) -> bool {
    let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\x0c');
    let width = || line.iter().take_while(is_blank).map(|byte| if *byte == b'\t' { 8 } else { 1 }).sum::<usize>();
    line.get(SUITES / 8 - 1).is_some_and(|byte| is_blank(&byte)) && width() >= SUITES
}

#[cfg(test)]
mod tests;
