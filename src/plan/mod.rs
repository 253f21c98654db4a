//! From sites to a proven change: edits, clashes, clean-up, refusals, laws.

mod active;
mod added;
mod advice;
mod alone;
mod bases;
mod calls;
mod census;
mod chains;
mod code;
mod collapse;
mod compare;
mod compose;
mod configs;
mod context;
mod cycle;
mod delete;
mod deprecate;
mod detour;
mod docs;
mod emit;
mod entered;
mod example;
mod finding;
mod findings;
mod flipped;
mod followed;
mod hosts;
mod ignore;
mod left;
mod left_stars;
mod leftover;
mod loads;
mod lookup;
mod members;
mod memory;
mod mention;
mod merges;
mod module_style;
mod moves;
mod names;
mod new_shims;
mod others;
mod patches;
mod place;
mod reason;
mod refuse;
mod shims;
mod sides;
mod since;
mod strings;
mod stub;
mod text;
mod text_proof;
mod twins;
mod unsure;
mod variable;
mod verify;
mod wish;

pub use alone::plan_alone;
pub use census::{Called, Census, census};
pub use code::Code;
pub use example::{Trial, try_example};
pub use finding::Finding;
pub use findings::findings;
pub use left::{Left, Stretch, Verdict, plan_without};
pub use memory::Memory;
pub use merges::{Merge, Outcome};
pub use moves::Move;
pub use reason::Reason;
pub use since::{FoundIn, new_since};
pub use strings::{Fate, Names, StringCounts};
pub use verify::plan;

use crate::site::Kind;
use crate::text::{Edits, Position, Span};

/// What shall change in the tree, and what is left alone. Everything is sorted by path and offset.
#[derive(Debug, Default)]
pub struct Plan {
    pub changes: Vec<FileChange>,
    pub refusals: Vec<Refusal>,
    /// The statements and files that make an alias exist and go.
    pub shims_removed: usize,
    /// Mentions of an alias that are no code and no path, counted by file ending.
    pub mentions: Vec<(String, usize)>,
    /// The aliases that are other objects, each compared with its canonical symbol.
    pub merges: Vec<Merge>,
    /// The definitions that have a new place.
    pub moves: Vec<Move>,
    /// The strings and configuration values that concern an alias.
    pub strings: StringCounts,
}

/// The change of one file.
#[derive(Debug)]
pub struct FileChange {
    pub path: String,
    /// The decoded text as it was read.
    pub before: String,
    pub action: Action,
}

impl FileChange {
    /// The decoded text after the change; `None` for a file that goes.
    pub fn after(&self) -> Option<String> {
        match &self.action {
            Action::Edit { edits, .. } => Some(edits.apply(&self.before)),
            Action::Create { text, .. } => Some(text.clone()),
            Action::Delete { .. } => None,
        }
    }
}

#[derive(Debug)]
pub enum Action {
    /// `notes` says, edit by edit, which rule and kind of site asks for it.
    Edit { edits: Edits, notes: Vec<Note> },
    /// The file held nothing but shims.
    Delete { rule: usize },
    /// There is no such file yet: a definition moves into it, or it makes a package of its folder.
    Create { text: String, rule: usize },
}

/// Why an edit is made: parallel to the edits of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note {
    /// Index into the rule set.
    pub rule: usize,
    pub kind: Kind,
    pub safety: Safety,
}

/// How sure a rewritten site is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    Manual,
    Risky,
    Safe,
}

/// A site that stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    pub path: String,
    pub position: Position,
    pub span: Span,
    pub rule: usize,
    pub kind: Kind,
    pub reason: Reason,
    /// One sentence for people: what stands here and why it stays.
    pub text: String,
}

/// A reason with its sentence for people.
type Objection = (Reason, String);

/// The numbers of the proof.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Proof {
    /// References to the families seen.
    pub references: usize,
    /// Rewritten, and shown to end at the canonical origin.
    pub proven: usize,
    /// Left alone, with a reason.
    pub refused: usize,
    /// Other references, shown to end where they ended before.
    pub unchanged: usize,
}

/// A plan that holds all laws. Only the proof makes one.
#[derive(Debug)]
pub struct Verified {
    plan: Plan,
    proof: Proof,
}

impl Verified {
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    pub fn proof(&self) -> Proof {
        self.proof
    }
}
