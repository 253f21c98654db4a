//! Import roots: the folders from which absolute module names are counted.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::SourceFile;
use super::declared::{Declared, declared_in_configuration, declared_in_setup_script};
use super::other::OtherFile;
use crate::python::DottedName;

/// The folder in which type checkers look for stubs of what is installed.
const STUBS: &str = "typings";

/// A folder from which module names are counted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Root {
    /// Relative to the tree, without a slash at the end; empty for the tree's top.
    pub folder: String,
    /// What stands before every module name: `package-dir = { "shop" = "lib/source" }` makes `lib/source/a.py` `shop.a`.
    pub prefix: Option<DottedName>,
}

impl Root {
    pub(super) fn plain(folder: impl Into<String>) -> Self {
        Self { folder: folder.into(), prefix: None }
    }

    /// The path relative to this root, if it lies in it.
    pub(super) fn strip<'p>(&self, path: &'p str) -> Option<&'p str> {
        if self.folder.is_empty() {
            return Some(path);
        }
        path.strip_prefix(&self.folder)?.strip_prefix('/')
    }

    /// Whether the folder is one that type checkers look into for stubs alone.
    pub(super) fn is_for_stubs(&self) -> bool {
        self.prefix.is_none() && folder_and_name(&self.folder).1 == STUBS
    }

    /// How many folders deep the root lies.
    pub(super) fn depth(&self) -> usize {
        if self.folder.is_empty() { 0 } else { self.folder.split('/').count() }
    }
}

/// The roots that the user names, in place of all others. Paths that leave the tree name no root.
pub(super) fn named_roots(folders: &[String]) -> Vec<Root> {
    let roots: BTreeSet<Root> = folders.iter().filter_map(|folder| joined("", folder)).map(Root::plain).collect();
    most_specific_first(roots)
}

/// The roots that the tree itself shows.
///
/// These are the tree's top; every folder with a `pyproject.toml`, `setup.cfg` or setup script; `src` in each of these;
/// and what such a file declares. A folder inside a regular package counts from above that package, unless declared.
pub(super) fn found_roots(files: &[Arc<SourceFile>], others: &[Arc<OtherFile>]) -> Vec<Root> {
    let tree = Tree::new(files);
    let mut projects = BTreeSet::from([""]);
    let mut declared = Vec::new();
    for other in others {
        let Some(text) = other.text() else { continue };
        let (folder, name) = folder_and_name(&other.path);
        if matches!(name, "pyproject.toml" | "setup.cfg") {
            projects.insert(folder);
        }
        declared.extend(declared_in_configuration(name, text).into_iter().map(|declared| (folder, declared)));
    }
    for file in files {
        let (folder, name) = folder_and_name(&file.path);
        if name == "setup.py"
            && let Some(text) = file.text().filter(|text| installs(text))
        {
            projects.insert(folder);
            declared.extend(declared_in_setup_script(text).into_iter().map(|declared| (folder, declared)));
        }
    }
    let implied = projects.into_iter().flat_map(|folder| tree.roots_of_project(folder));
    let declared = declared.into_iter().filter_map(|(folder, declared)| root_of(folder, declared));
    let roots = implied.chain(declared.filter(|root| tree.has_sources(&root.folder))).collect();
    most_specific_first(roots)
}

/// Whether a `setup.py` is an installer, not just a script of that name.
fn installs(text: &str) -> bool {
    text.contains("setup(") && (text.contains("setuptools") || text.contains("distutils"))
}

/// What the search for roots needs to know of the tree.
struct Tree<'p> {
    /// Paths of Python files, sorted.
    paths: Vec<&'p str>,
    /// Folders with an `__init__.py`.
    packages: FxHashSet<&'p str>,
}

impl<'p> Tree<'p> {
    fn new(files: &'p [Arc<SourceFile>]) -> Self {
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        let is_init = |name: &str| matches!(name, "__init__.py" | "__init__.pyi");
        let packages = paths.iter().map(|path| folder_and_name(path)).filter(|(_, name)| is_init(name));
        Self { packages: packages.map(|(folder, _)| folder).collect(), paths }
    }

    fn roots_of_project(&self, folder: &str) -> Vec<Root> {
        let mut above = folder;
        while self.packages.contains(above) && !above.is_empty() {
            above = folder_and_name(above).0;
        }
        let mut roots = vec![Root::plain(above)];
        let source = if folder.is_empty() { "src".to_owned() } else { format!("{folder}/src") };
        if !self.packages.contains(source.as_str()) && self.has_sources(&source) && above == folder {
            roots.push(Root::plain(source));
        }
        let stubs = joined(folder, STUBS).unwrap_or_default();
        if self.holds_only_stubs(&stubs) {
            roots.push(Root::plain(stubs));
        }
        roots
    }

    fn holds_only_stubs(&self, folder: &str) -> bool {
        let inside = format!("{folder}/");
        let next = self.paths.partition_point(|path| *path < inside.as_str());
        let mut below = self.paths[next..].iter().take_while(|path| path.starts_with(&inside)).peekable();
        below.peek().is_some() && below.all(|path| path.ends_with(".pyi"))
    }

    fn has_sources(&self, folder: &str) -> bool {
        let inside = format!("{folder}/");
        let next = self.paths.partition_point(|path| *path < inside.as_str());
        folder.is_empty() || self.paths.get(next).is_some_and(|path| path.starts_with(&inside))
    }
}

/// The root that a declaration in the configuration of `folder` means.
fn root_of(folder: &str, declared: Declared) -> Option<Root> {
    let place = joined(folder, &declared.folder)?;
    let Some(package) = declared.package else { return Some(Root::plain(place)) };
    let as_path = package.as_str().replace('.', "/");
    if place == as_path {
        return Some(Root::plain(""));
    }
    match place.strip_suffix(&as_path).and_then(|above| above.strip_suffix('/')) {
        Some(above) => Some(Root::plain(above)),
        None => Some(Root { folder: place, prefix: Some(package) }),
    }
}

/// `relative` as seen from `folder`, without `.` and `..`; `None` if it leaves the tree.
pub(super) fn joined(folder: &str, relative: &str) -> Option<String> {
    if relative.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// `a/b/c.py` → `a/b`, `c.py`; the folder of a file at the top is empty.
pub(super) fn folder_and_name(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

fn most_specific_first(roots: BTreeSet<Root>) -> Vec<Root> {
    let mut roots: Vec<Root> = roots.into_iter().collect();
    roots.sort_by_key(|root| std::cmp::Reverse(root.depth()));
    roots
}
