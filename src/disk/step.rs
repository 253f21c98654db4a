//! What applying a plan does to the disk, as data.

use crate::plan::{Action, FileChange, Plan};
use crate::project::Project;

/// What happens to one file, with the bytes on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Replace { path: String, before: Vec<u8>, after: Vec<u8> },
    Delete { path: String, before: Vec<u8> },
}

impl Step {
    /// Relative to the tree, `/`-separated.
    pub(super) fn path(&self) -> &str {
        match self {
            Step::Replace { path, .. } | Step::Delete { path, .. } => path,
        }
    }

    /// The bytes that the plan was made for.
    pub(super) fn before(&self) -> &[u8] {
        match self {
            Step::Replace { before, .. } | Step::Delete { before, .. } => before,
        }
    }
}

/// The steps of a plan: first what is edited, then what goes.
pub(super) fn steps(plan: &Plan, project: &Project) -> Vec<Step> {
    let mut steps: Vec<Step> = plan.changes.iter().map(|change| step(change, project)).collect();
    steps.sort_by_key(|step| matches!(step, Step::Delete { .. }));
    steps
}

fn step(change: &FileChange, project: &Project) -> Step {
    let file = project.file_by_path(&change.path).map(|file| project.file(file));
    let shape = file.and_then(|file| file.shape()).expect("only files with a text are changed");
    let bytes = |text: &str| shape.encode(text).expect("the proof refuses text that the file's encoding cannot hold");
    let (path, before) = (change.path.clone(), bytes(&change.before));
    match &change.action {
        Action::Edit { edits, .. } => Step::Replace { path, before, after: bytes(&edits.apply(&change.before)) },
        Action::Delete { .. } => Step::Delete { path, before },
    }
}
