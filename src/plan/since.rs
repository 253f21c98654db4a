//! Which findings were not there in an earlier state of the tree, whatever file has caused them.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Code, Finding};
use crate::project::Project;
use crate::text::LineIndex;

/// Findings with the tree that they are of.
#[derive(Clone, Copy)]
pub struct FoundIn<'a> {
    pub findings: &'a [Finding],
    pub project: &'a Project,
}

/// What a finding is told by, from the strongest to the weakest: with its line, without, and with its line in a file that
/// has another path by now.
#[derive(Clone, Copy)]
enum By {
    Line,
    Path,
    Moved,
}

type Key<'a> = (&'a str, Code, &'a str, String);

/// The findings of `now` that `before` did not have. Each of before stands for one of now.
pub fn new_since(now: FoundIn, before: FoundIn) -> Vec<Finding> {
    let (lines, old_lines) = (now.lines(), before.lines());
    let mut open: Vec<usize> = (0..now.findings.len()).collect();
    let mut old: Vec<usize> = (0..before.findings.len()).collect();
    for by in [By::Line, By::Path, By::Moved] {
        let mut known: FxHashMap<Key, Vec<usize>> = FxHashMap::default();
        for index in old.iter().rev() {
            let finding = &before.findings[*index];
            let is_there = now.has(&finding.path);
            known.entry(by.key(finding, &old_lines[*index], is_there)).or_default().push(*index);
        }
        let mut taken = FxHashSet::default();
        open.retain(|index| {
            let finding = &now.findings[*index];
            let is_there = before.has(&finding.path);
            let found = known.get_mut(&by.key(finding, &lines[*index], is_there)).and_then(Vec::pop);
            taken.extend(found);
            found.is_none()
        });
        old.retain(|index| !taken.contains(index));
    }
    open.into_iter().map(|index| now.findings[index].clone()).collect()
}

impl By {
    /// `is_there`: the other state has a file at this path.
    fn key<'a>(self, finding: &'a Finding, line: &str, is_there: bool) -> Key<'a> {
        let Finding { path, code, symbol, .. } = finding;
        match self {
            By::Line => (path, *code, symbol, line.to_owned()),
            By::Path => (path, *code, symbol, String::new()),
            // Only a file that came stands for one that went.
            By::Moved if is_there => (path, *code, symbol, String::new()),
            By::Moved => ("", *code, symbol, line.to_owned()),
        }
    }
}

impl FoundIn<'_> {
    fn has(&self, path: &str) -> bool {
        self.project.file_by_path(path).is_some() || self.project.other_by_path(path).is_some()
    }

    /// The line of source of each finding, without the blanks around it.
    fn lines(&self) -> Vec<String> {
        let mut index: Option<(&str, &str, LineIndex)> = None;
        let mut lines = Vec::with_capacity(self.findings.len());
        for finding in self.findings {
            if index.as_ref().is_none_or(|(path, ..)| *path != finding.path) {
                let text = self.project.text_at(&finding.path).unwrap_or_default();
                index = Some((&finding.path, text, LineIndex::new(text)));
            }
            let (_, text, starts) = index.as_ref().expect("it was made above");
            let start = finding.span.start().min(text.len());
            let line = &text[starts.line_start(start)..starts.next_line_start(start, text)];
            lines.push(line.trim().to_owned());
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::findings;
    use crate::project::{Loaded, RootConfig};
    use crate::rule::{Asked, Day, RuleText, read};
    use crate::semantics::World;

    const RULE: &str = "[[rule]]\nid = \"new\"\ncanonical = \"new:New\"\naliases = [\"old:Old\"]\nshims = \"keep\"\n";

    fn found(files: &[(&str, &str)]) -> (Vec<Finding>, Project) {
        let base = [("new.py", "class New:\n    pass\n"), ("old.py", "from new import New as Old\n")];
        let files = base.iter().chain(files).map(|(path, text)| Loaded::text(path, text)).collect();
        let world = World::new(Project::new(files, &RootConfig::default()));
        let text = RuleText { name: "rule.toml".into(), bytes: RULE.into(), asked: Asked::ByName };
        (findings(&world, &read(&[text]).unwrap(), Day::after_epoch(0)).unwrap(), world.project)
    }

    /// `path:line` of what is new in the second tree.
    fn new(before: &[(&str, &str)], now: &[(&str, &str)]) -> Vec<String> {
        let (before, now) = (found(before), found(now));
        let before = FoundIn { findings: &before.0, project: &before.1 };
        let now = FoundIn { findings: &now.0, project: &now.1 };
        new_since(now, before).iter().map(|one| format!("{}:{}", one.path, one.position.line)).collect()
    }

    #[test]
    fn the_one_that_came_is_told_apart_by_its_line() {
        let one = "from old import Old\n";
        let two = "import os\nfrom old import Old as Two\nfrom old import Old\n";
        assert_eq!(new(&[("a.py", one)], &[("a.py", two)]), ["a.py:2"]);
        assert_eq!(new(&[("a.py", two)], &[("a.py", one)]), [""; 0]);
        assert_eq!(new(&[("a.py", one)], &[("a.py", "from old import Old  # edited\n")]), [""; 0]);
    }

    #[test]
    fn a_file_that_moved_has_nothing_new_and_a_new_file_has() {
        let text = "from old import Old\n";
        assert_eq!(new(&[("a.py", text)], &[("b/c.py", text)]), [""; 0]);
        assert_eq!(new(&[("a.py", text)], &[("a.py", text), ("b.py", text)]), ["b.py:1"]);
    }

    #[test]
    fn a_file_that_did_not_change_can_have_a_new_finding() {
        let (through, user) = ("from old import Old as Thing\n", "from mid import Thing\n\nThing()\n");
        let before = [("mid.py", "class Thing:\n    pass\n"), ("user.py", user)];
        assert_eq!(new(&before, &[("mid.py", through), ("user.py", user)]), ["mid.py:1", "user.py:1"]);
    }
}
