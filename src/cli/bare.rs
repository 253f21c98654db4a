//! A tree without any rules, and what audits have found in it.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::failure::Failure;
use super::flow;
use super::recall::Recalled;
use super::session::Session;
use crate::audit::Answers;
use crate::disk::{ReadOptions, Snapshot, Tree};
use crate::rule::RuleSet;
use crate::semantics::World;
use crate::timing::stage;

/// A tree as it is now.
pub(super) struct Bare {
    pub(super) world: World,
    /// How its files are known again.
    pub(super) now: Snapshot,
}

impl Bare {
    /// Reads a tree as far as it is not known from what is recalled.
    pub(super) fn read<T: Serialize + DeserializeOwned>(
        tree: &Tree,
        recalled: &Recalled<T>,
        session: &Session,
    ) -> Result<Self, Failure> {
        session.progress.stage("read", "sources");
        let options = ReadOptions { kept: None, ..flow::read_options(&RuleSet::default(), session) };
        let (world, now) = recalled.read(tree, options, session)?;
        Ok(Self { world: world.fingerprinted(), now })
    }

    /// Asks with the answers that still hold, and leaves those that there are then.
    pub(super) fn ask<T>(&self, mut recalled: Recalled<Answers>, ask: impl FnOnce(&Answers) -> T) -> T {
        let (answers, changed) = recalled.take(&self.world, &self.now).unwrap_or_default();
        let answers = stage("forget", || answers.updated(&self.world, &changed));
        let known = answers.count();
        let told = ask(&answers);
        if recalled.is_other(&self.now) || answers.count() > known {
            recalled.keep(&self.world, &self.now, &answers);
        }
        told
    }
}

/// The answers to what audits have asked about a tree.
pub(super) fn answers(tree: &Tree, is_cached: bool, session: &Session) -> Recalled<Answers> {
    Recalled::of(tree, is_cached.then(|| format!("answers {:?}", session.global.root)))
}
