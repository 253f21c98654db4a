//! What the server is given of the disk.

use std::path::PathBuf;
use std::sync::Arc;

use crate::plan::Safety;
use crate::project::{Loaded, RootConfig, Shelf};
use crate::rule::{Day, Problems, RuleSet};

/// A look at the disk.
#[derive(Debug)]
pub struct Reading {
    /// The tree's top; no part of it is a link.
    pub top: PathBuf,
    /// The folder that was asked for, relative to the top, `/`-separated.
    pub inside: String,
    /// The folder that the names of rule files start from.
    pub rule_folder: PathBuf,
    pub ground: Result<Ground, Trouble>,
}

/// All that findings and plans are made from.
#[derive(Debug)]
pub struct Ground {
    pub rules: RuleSet,
    pub files: Vec<Loaded>,
    pub roots: RootConfig,
    /// How sure a site must be to be rewritten; `None` leaves it to the rules.
    pub safety: Option<Safety>,
    pub today: Day,
    /// The files as they are by the time that a fix is made.
    pub shelf: Arc<dyn Shelf>,
}

/// Why there is nothing to look at.
#[derive(Debug)]
pub enum Trouble {
    /// Not every tree has some.
    NoRules,
    /// What is wrong in the rule files.
    Rules(Problems),
    /// A sentence for people.
    Other(String),
}
