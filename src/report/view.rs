//! What the reports of a change are written from: the tree, the rules, the plan and its proof.

use crate::plan::{Action, FileChange, Plan, Proof, Verified};
use crate::project::Project;
use crate::rule::RuleSet;
use crate::text::Shape;

/// A change and all that is needed to tell it.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub project: &'a Project,
    pub rules: &'a RuleSet,
    pub plan: &'a Plan,
    pub proof: Proof,
}

impl<'a> View<'a> {
    pub fn new(project: &'a Project, rules: &'a RuleSet, verified: &'a Verified) -> Self {
        Self { project, rules, plan: verified.plan(), proof: verified.proof() }
    }

    /// How the text of the file at `path` becomes its bytes.
    pub(crate) fn shape(&self, path: &str) -> Shape {
        self.project.shape(path).unwrap_or_default()
    }

    /// The bytes of a file before and after; `None` for a file that goes.
    pub(crate) fn versions(&self, change: &FileChange) -> Versions {
        let shape = self.shape(&change.path);
        let after = change.after().map(|text| encode(&shape, &text));
        let is_new = matches!(change.action, Action::Create { .. });
        Versions { before: encode(&shape, &change.before), after, is_new }
    }
}

/// The bytes of one file on both sides of a change.
pub(crate) struct Versions {
    pub(crate) before: Vec<u8>,
    pub(crate) after: Option<Vec<u8>>,
    /// There was no file before.
    pub(crate) is_new: bool,
}

/// The bytes of `text` in a file of this shape.
pub(crate) fn encode(shape: &Shape, text: &str) -> Vec<u8> {
    shape.encode(text).expect("the proof refuses text that the file's encoding cannot hold")
}
