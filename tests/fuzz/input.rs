//! A tree in a row of bytes, so that a fuzzer can change all of it: a head, then files, each behind a mark.

use crate::case::Tree;

/// Stands before the path of each file. Python refuses it in source, so that files do without it.
const MARK: u8 = 0x1e;

/// Longer paths are cut: file systems take no longer names.
const LONGEST_PATH: usize = 100;

/// What stands before the first file, and the files that a file system could hold together.
pub(crate) fn read(bytes: &[u8]) -> (&[u8], Tree) {
    let mut parts = bytes.split(|byte| *byte == MARK);
    let head = parts.next().unwrap_or_default();
    let mut tree = Tree::new();
    for part in parts {
        let (path, content) = part.split_at(part.iter().position(|byte| *byte == b'\n').unwrap_or(part.len()));
        let Some(path) = str::from_utf8(path).ok().filter(|path| is_possible(path, &tree)) else { continue };
        tree.insert(path.to_owned(), content.get(1..).unwrap_or_default().to_vec());
    }
    (head, tree)
}

/// The bytes that [`read`] takes.
#[cfg(test)]
pub(crate) fn write(head: &[u8], tree: &Tree) -> Vec<u8> {
    let files = tree.iter().flat_map(|(path, content)| [&[MARK], path.as_bytes(), b"\n", content].concat());
    head.iter().copied().chain(files).collect()
}

/// Whether a file may lie there, beside the others.
fn is_possible(path: &str, tree: &Tree) -> bool {
    let is_part = |part: &str| !matches!(part, "" | "." | ".." | ".git");
    let is_above = |one: &str, other: &str| other.strip_prefix(one).is_some_and(|rest| rest.starts_with('/'));
    path.len() <= LONGEST_PATH
        && !path.contains('\0')
        && path.split('/').all(is_part)
        && !tree.keys().any(|other| is_above(other, path) || is_above(path, other))
}
