//! Who reviews a file: the last line of CODEOWNERS that matches it, as it is committed.

use std::collections::BTreeMap;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::git::{Git, GitError};
use super::top::Tree;

/// Where the file lies, the first that exists counts.
const PLACES: [&str; 4] = [".github/CODEOWNERS", ".gitlab/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

/// The owners of each path at a commit, as they are written; paths that nobody owns are left out.
pub fn owners<'p>(
    tree: &Tree,
    commit: &str,
    paths: impl Iterator<Item = &'p str>,
) -> Result<BTreeMap<&'p str, String>, GitError> {
    let git = Git::for_names(&tree.top);
    let mut text = String::new();
    for place in PLACES {
        let found = git.ask_tolerantly(&["cat-file", "blob", &format!("{commit}:{place}")])?;
        if !found.is_empty() {
            text = String::from_utf8_lossy(&found).into_owned();
            break;
        }
    }
    let lines: Vec<Line> = text.lines().filter_map(owned).collect();
    Ok(paths.filter_map(|path| Some((path, owner(&lines, path)?))).collect())
}

/// What a line matches, and whom it names.
struct Line {
    pattern: Gitignore,
    owners: String,
}

/// What a line says; `None` for comments, the headings of sections, and patterns that are none. Patterns are those of
/// `.gitignore`.
fn owned(line: &str) -> Option<Line> {
    let line = line.split('#').next()?.trim();
    let (pattern, owners) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    if pattern.is_empty() || pattern.starts_with(['[', '^', '!']) {
        return None;
    }
    let mut builder = GitignoreBuilder::new("");
    builder.add_line(None, pattern).ok()?;
    let owners = owners.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Line { pattern: builder.build().ok()?, owners })
}

fn owner(lines: &[Line], path: &str) -> Option<String> {
    let matches = |line: &&Line| line.pattern.matched_path_or_any_parents(path, false).is_ignore();
    lines.iter().rev().find(matches).map(|line| line.owners.clone()).filter(|owners| !owners.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_match_owns() {
        let text = "# all\n*  @all\n/shop/  @shop @two # why\n[Section]\n*.pyi\n/docs/*.py @docs\n";
        let lines: Vec<_> = text.lines().filter_map(owned).collect();
        let owner = |path| owner(&lines, path);
        assert_eq!(owner("a.py").as_deref(), Some("@all"));
        assert_eq!(owner("shop/a/b.py").as_deref(), Some("@shop @two"));
        assert_eq!(owner("shop/a.pyi"), None);
        assert_eq!(owner("docs/a.py").as_deref(), Some("@docs"));
    }
}
