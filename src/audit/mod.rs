//! What a tree holds: every name with what it is, families of names that are one object or look like one, and what is wrong.
//!
//! Nothing here knows of rules that exist; `propose` writes new ones.

mod alias;
mod answers;
mod canonical;
mod cycle;
mod explain;
mod family;
mod gather;
mod given;
mod keep;
mod lean;
mod likes;
mod log;
mod look;
mod narrow;
mod survey;
mod tests;
mod trouble;
mod twins;
mod unseen;
mod whole;

pub use answers::Answers;
pub use canonical::Reason;
pub use explain::{Explained, Place, asked_symbol, other_bindings, sites};
pub use family::{Alias, AliasKind, Family, Keep, Other, Spot, What};
pub use gather::Wish;
pub use log::{Logged, Object, named_definitions};
pub use look::{Name, Standing};
pub use survey::{Readers, Survey};
pub use trouble::{Trouble, TroubleKind};

use gather::families;
use serde::{Deserialize, Serialize};

use crate::semantics::World;
use crate::timing::stage;

/// All that is found in a tree.
pub struct Audit<'a> {
    pub world: &'a World,
    /// The most costly first.
    pub families: Vec<Family>,
    /// How many families were found and are not meant.
    pub other_families: usize,
    pub troubles: Vec<Trouble>,
}

/// The same without the tree.
#[derive(Debug, Serialize, Deserialize)]
pub struct Holdings {
    families: Vec<Family>,
    troubles: Vec<Trouble>,
}

impl Holdings {
    /// Finds all that the answers do not tell; the world is [`World::fingerprinted`].
    pub fn new(world: &World, answers: &Answers, wish: &Wish) -> Self {
        let survey = stage("survey", || Survey::new(world, answers));
        let families = stage("families", || families(&survey, wish));
        let troubles = stage("troubles", || whole::troubles(&survey, &families));
        Self { families, troubles }
    }

    /// What was found, with the tree in which it was.
    pub fn told_of(self, world: &World) -> Audit<'_> {
        Audit { world, families: self.families, other_families: 0, troubles: self.troubles }
    }
}

impl Audit<'_> {
    /// Leaves the families that are wanted; of what else is wrong, that which lies in files that may be edited.
    pub fn narrow(&mut self, is_wanted: impl Fn(&Family) -> bool) {
        let project = &self.world.project;
        let all = self.families.len();
        self.families.retain(|family| family.is_editable(project) && is_wanted(family));
        self.other_families = all - self.families.len();
        self.troubles
            .retain(|trouble| project.file_by_path(&trouble.path).is_none_or(|file| project.file(file).editable));
    }
}
