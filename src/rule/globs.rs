//! Patterns of paths, compiled once, and what is wrong with those that could never match.

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};

use super::problem::{Fault, find_hidden, quoted};

/// Globs over `/`-separated paths relative to the tree: `*` stays within one folder, `**` crosses folders.
#[derive(Clone, Debug, Default)]
pub struct Globs {
    patterns: Vec<String>,
    set: GlobSet,
}

impl Globs {
    /// Compiles patterns in which [`find_bad_glob`] finds nothing; others match no path.
    pub(super) fn new(patterns: Vec<String>) -> Self {
        let mut builder = GlobSetBuilder::new();
        for glob in patterns.iter().filter_map(|pattern| compile(pattern).ok()) {
            builder.add(glob);
        }
        let set = builder.build().unwrap_or_default();
        Self { patterns, set }
    }

    /// Whether one of the patterns matches the path.
    pub fn matches(&self, path: &str) -> bool {
        self.set.is_match(path)
    }

    /// The patterns as written.
    pub fn patterns(&self) -> &[String] {
        &self.patterns
    }

    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }
}

impl PartialEq for Globs {
    fn eq(&self, other: &Self) -> bool {
        self.patterns == other.patterns
    }
}

impl Eq for Globs {}

fn compile(pattern: &str) -> Result<Glob, globset::Error> {
    GlobBuilder::new(pattern).literal_separator(true).backslash_escape(false).build()
}

/// Why no path can match the pattern, or why it does not compile.
pub(super) fn find_bad_glob(pattern: &str) -> Option<Fault> {
    if pattern.trim().is_empty() {
        return Some(Fault::new(0..pattern.len(), "is empty", "write a glob, such as `**/migrations/**`"));
    }
    find_hidden(pattern).or_else(|| find_outside(pattern)).or_else(|| find_unmatchable(pattern)).or_else(|| {
        let error = compile(pattern).err()?;
        let help = "a glob knows `*`, `?`, `**`, `[abc]` and `{one,other}`; `[[]` stands for a bracket itself";
        Some(Fault::new(0..pattern.len(), format!("is no glob: {}", error.kind()), help))
    })
}

/// A pattern or path that leaves the tree.
pub(super) fn find_outside(pattern: &str) -> Option<Fault> {
    const HELP: &str = "paths are relative to the top of the tree and stay inside it";
    let drive = pattern.as_bytes().get(1) == Some(&b':') && pattern.as_bytes()[0].is_ascii_alphabetic();
    if drive || pattern.starts_with(['/', '~']) || pattern.starts_with("\\\\") {
        return Some(Fault::new(0..if drive { 2 } else { 1 }, "is absolute", HELP));
    }
    let mut start = 0;
    for part in pattern.split(['/', '\\']) {
        if part == ".." {
            return Some(Fault::new(start..start + 2, "leaves the tree by `..`", HELP));
        }
        start += part.len() + 1;
    }
    None
}

/// A pattern that compiles and yet matches no path of a tree.
pub(super) fn find_unmatchable(pattern: &str) -> Option<Fault> {
    if let Some(found) = pattern.find('\\') {
        let help = format!("paths are separated by `/` everywhere: {}", quoted(&pattern.replace('\\', "/")));
        return Some(Fault::new(found..found + 1, "holds a backslash", help));
    }
    if let Some(rest) = pattern.strip_prefix("./") {
        return Some(Fault::new(0..2, "begins with `./`, as no path does", format!("write {}", quoted(rest))));
    }
    if let Some(found) = pattern.find("//") {
        let help = format!("write {}", quoted(&pattern.replace("//", "/")));
        return Some(Fault::new(found..found + 2, "holds `//`, as no path does", help));
    }
    let end = pattern.len();
    let help = || format!("for all files below a folder write {}", quoted(&format!("{pattern}**")));
    pattern.ends_with('/').then(|| Fault::new(end - 1..end, "names a folder, and only files are matched", help()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stays_within_its_folder() {
        let globs = Globs::new(vec!["tests/*.py".into(), "**/migrations/**".into()]);
        assert!(globs.matches("tests/test_a.py"));
        assert!(!globs.matches("tests/unit/test_a.py"));
        assert!(globs.matches("migrations/0001.py"));
        assert!(globs.matches("shop/migrations/old/0001.py"));
        assert!(!globs.matches("shop/migrations.py"));
    }

    #[test]
    fn what_could_never_match_is_a_fault() {
        for pattern in ["", "/a", "C:/a", "~/a", "a/../b", "..", "./a", "a//b", "a\\b", "a/", "[a", "a{b", "a\n"] {
            assert!(find_bad_glob(pattern).is_some(), "{pattern}");
        }
        for pattern in ["a", "**/*.py", "a..b/c", "[[]a]", "a/{b,c}/**"] {
            assert_eq!(find_bad_glob(pattern), None, "{pattern}");
        }
    }
}
