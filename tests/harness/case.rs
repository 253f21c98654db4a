//! A case as it lies on the disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The files of a tree by their path.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

pub(crate) struct Case {
    /// `<area>/<behaviour>`
    pub(crate) name: String,
    pub(crate) rules: Vec<u8>,
    pub(crate) before: Tree,
    pub(crate) after: Tree,
    /// `path:line reason`, sorted.
    pub(crate) refusals: Vec<String>,
    /// What `check` says of the tree before, `path:line code`, sorted; `None` if the case is not about it.
    pub(crate) findings: Option<Vec<String>>,
}

/// The areas, sorted.
pub(crate) fn areas() -> Vec<String> {
    folders(&top())
}

/// The cases of an area, sorted.
pub(crate) fn all_of(area: &str) -> Vec<Case> {
    let area = top().join(area);
    folders(&area).iter().map(|name| Case::read(&area.join(name))).collect()
}

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn folders(path: &Path) -> Vec<String> {
    let entries = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = entries.collect();
    names.sort();
    names
}

impl Case {
    fn read(folder: &Path) -> Self {
        let name = folder.strip_prefix(top()).unwrap().to_str().unwrap().to_owned();
        let before = read_tree(&folder.join("before"));
        let after = folder.join("after");
        let after = if after.is_dir() { read_tree(&after) } else { before.clone() };
        let refusals = lines(&folder.join("refusals.txt")).unwrap_or_default();
        let findings = lines(&folder.join("findings.txt"));
        Self { name, rules: fs::read(folder.join("rule.toml")).unwrap(), before, after, refusals, findings }
    }
}

/// The lines of a file, sorted; `None` if there is no such file.
fn lines(path: &Path) -> Option<Vec<String>> {
    let text = fs::read_to_string(path).ok()?;
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines.sort();
    Some(lines)
}

/// All files below `folder`; there may be none.
pub(crate) fn read_tree(folder: &Path) -> Tree {
    let mut tree = Tree::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(inner) = open.pop() {
        for entry in fs::read_dir(inner).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                tree.insert(name, fs::read(path).unwrap());
            }
        }
    }
    tree
}

/// Writes the files of `tree` below `folder`.
pub(crate) fn write_tree(folder: &Path, tree: &Tree) {
    for (path, bytes) in tree {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}
