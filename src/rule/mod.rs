//! Rule files: as written (TOML) → checked [`RuleSet`], all errors of all files at once.

use std::collections::BTreeMap;

use crate::python::{DottedName, Identifier, Symbol};

/// All rules of one run, in the order in which they were read.
#[derive(Debug, Default)]
pub struct RuleSet {
    pub rules: Vec<Rule>,
}

/// One canonical symbol or module, and what shall become of its aliases.
#[derive(Debug)]
pub struct Rule {
    pub id: String,
    pub why: String,
    pub canonical: Canonical,
    pub aliases: Vec<Alias>,
    /// Aliases that are other objects and shall become the canonical one all the same.
    pub merge: Vec<Symbol>,
    /// A merge may leave refused sites behind.
    pub partial: bool,
    pub local_names: LocalNames,
    pub shims: Shims,
    pub modules: Modules,
    pub exceptions: Vec<Exception>,
    /// The canonical symbol belongs to an installed package.
    pub external: bool,
    /// `Old.attribute` → `Canonical.attribute`, for aliases in `merge`.
    pub members: BTreeMap<Identifier, Identifier>,
    /// Globs of test files whose assertions about the fragmentation may go with it.
    pub drop_tests: Vec<String>,
    /// The rule file, as shown to people, and the line on which the rule begins.
    pub declared: (String, u32),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Canonical {
    Symbol(Symbol),
    Module(DottedName),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Alias {
    /// `pkg.mod:Name`
    Symbol(Symbol),
    /// `pkg.mod`: the module as a whole.
    Module(DottedName),
    /// `pkg.mod:*`: the names in it whose origin is the canonical's.
    Star(DottedName),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum LocalNames {
    /// Uses take the canonical name.
    #[default]
    Canonical,
    /// `import Canonical as Old`.
    Keep,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Shims {
    #[default]
    Remove,
    Keep,
}

/// What happens to a file that holds nothing but shims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Modules {
    #[default]
    DeleteEmpty,
    Keep,
}

/// Files that are not edited, hold shims, and are listed without a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// Globs over `/`-separated paths relative to the tree.
    pub paths: Vec<String>,
    pub why: String,
}
