//! A tree without any rules, with what earlier audits have found in it.

use std::path::Path;

use super::failure::Failure;
use super::flow;
use super::recall::{self, Place};
use super::session::Session;
use crate::audit::Answers;
use crate::disk::{ReadOptions, Tree};
use crate::rule::RuleSet;
use crate::semantics::World;
use crate::timing::stage;

pub(super) struct Bare {
    pub(super) tree: Tree,
    pub(super) world: World,
    pub(super) answers: Answers,
    /// How many answers an earlier run has left.
    known: usize,
    place: Place,
}

impl Bare {
    /// Reads the tree around `path`, if no change of it is under way.
    pub(super) fn read(path: &Path, is_cached: bool, session: &Session) -> Result<Self, Failure> {
        let tree = flow::settled_tree(path, session)?;
        session.progress.stage("read", "sources");
        let question = is_cached.then(|| format!("audit {:?}", session.global.root));
        let options = ReadOptions { kept: None, ..flow::read_options(&RuleSet::default(), session) };
        let (world, known, place) = recall::read(&tree, question, options, session)?;
        let (answers, changed): (Answers, _) = known.unwrap_or_default();
        let answers = stage("forget", || answers.updated(&world, &changed));
        Ok(Self { tree, world: world.fingerprinted(), known: answers.count(), answers, place })
    }

    /// Leaves what is known now for the next run.
    pub(super) fn keep(&self) {
        if self.place.is_new() || self.answers.count() > self.known {
            self.place.keep(&self.answers);
        }
    }
}
