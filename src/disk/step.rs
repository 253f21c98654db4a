//! What applying a plan does to the disk, as data.

use crate::plan::{Action, FileChange, Plan};
use crate::project::Project;

/// What happens to one file, with the bytes on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// `mode`: permission bits; `None` for those that new files have.
    Create {
        path: String,
        after: Vec<u8>,
        mode: Option<u32>,
    },
    Replace {
        path: String,
        before: Vec<u8>,
        after: Vec<u8>,
    },
    Delete {
        path: String,
        before: Vec<u8>,
    },
}

impl Step {
    /// Relative to the tree, `/`-separated.
    pub(super) fn path(&self) -> &str {
        match self {
            Step::Create { path, .. } | Step::Replace { path, .. } | Step::Delete { path, .. } => path,
        }
    }

    /// The bytes that the plan was made for; `None` if there must be no file.
    pub(super) fn before(&self) -> Option<&[u8]> {
        match self {
            Step::Create { .. } => None,
            Step::Replace { before, .. } | Step::Delete { before, .. } => Some(before),
        }
    }

    /// The bytes that the file gets; `None` if it goes.
    pub(super) fn after(&self) -> Option<&[u8]> {
        match self {
            Step::Create { after, .. } | Step::Replace { after, .. } => Some(after),
            Step::Delete { .. } => None,
        }
    }

    /// A module is there before it is imported, and goes after its last importer has let go of it.
    pub(super) fn order(&self) -> usize {
        match self {
            Step::Create { .. } => 0,
            Step::Replace { .. } => 1,
            Step::Delete { .. } => 2,
        }
    }
}

/// The steps of a plan: first what is new, then what is edited, then what goes.
pub(super) fn steps(plan: &Plan, project: &Project) -> Vec<Step> {
    let mut steps: Vec<Step> = plan.changes.iter().map(|change| step(change, project)).collect();
    steps.sort_by_key(Step::order);
    steps
}

fn step(change: &FileChange, project: &Project) -> Step {
    let shape = project.shape(&change.path).unwrap_or_default();
    let bytes = |text: &str| shape.encode(text).expect("the proof refuses text that the file's encoding cannot hold");
    let (path, before) = (change.path.clone(), bytes(&change.before));
    match &change.action {
        Action::Edit { edits, .. } => Step::Replace { path, before, after: bytes(&edits.apply(&change.before)) },
        Action::Create { text, .. } => Step::Create { path, after: bytes(text), mode: None },
        Action::Delete { .. } => Step::Delete { path, before },
    }
}

#[cfg(test)]
mod tests {
    use super::super::scratch::delete;
    use super::*;
    use crate::project::{Content, Loaded, RootConfig};
    use crate::text::{Edit, Edits, Span};

    fn change(path: &str, before: &str, action: Action) -> FileChange {
        FileChange { path: path.to_owned(), before: before.to_owned(), action }
    }

    /// Replaces `Old` in a file of these bytes and gives the bytes after it.
    fn renamed(bytes: &[u8]) -> Vec<u8> {
        let loaded = Loaded { content: Content::Bytes(bytes.to_vec()), ..Loaded::text("a.py", "") };
        let project = Project::new(vec![loaded], &RootConfig::default());
        let before = project.files[0].text().unwrap();
        let at = before.find("Old").unwrap();
        let edits = Edits::new(vec![Edit::new(Span::new(at, at + 3), "Better")]).unwrap();
        let action = Action::Edit { edits, notes: Vec::new() };
        let plan = Plan { changes: vec![change("a.py", before, action)], ..Plan::default() };
        match steps(&plan, &project).remove(0) {
            Step::Replace { before, after, .. } if before == bytes => after,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn bytes_outside_the_edits_stay() {
        let around: [(&[u8], &[u8]); 5] = [
            (b"\xef\xbb\xbfx = '\xc3\xa9'\r\ny\rz = ", b" \t \r\n\x0c"),
            (b"# coding: latin-1\nx = '\xe9' + ", b""),
            (b"#!/bin/python\n# coding: cp1252\nx = '\x80' + ", b"  # \x93"),
            (b"x = '\xe2\x80\xa8'\n\t", b"   \n   "),
            (b"", b""),
        ];
        for (before, after) in around {
            let bytes = |name: &[u8]| [before, name, after].concat();
            assert_eq!(renamed(&bytes(b"Old")), bytes(b"Better"), "{}", before.escape_ascii());
        }
    }

    #[test]
    fn what_goes_goes_last() {
        let project = Project::new(vec![Loaded::text("a.py", "a"), Loaded::text("b.py", "b")], &RootConfig::default());
        let edit = Action::Edit { edits: Edits::default(), notes: Vec::new() };
        let changes = vec![change("a.py", "a", Action::Delete { rule: 0 }), change("b.py", "b", edit)];
        let steps = steps(&Plan { changes, ..Plan::default() }, &project);
        assert_eq!(steps[0].path(), "b.py");
        assert_eq!(steps[1], delete("a.py", "a"));
    }
}
