//! Rule files: as written (TOML) → checked [`RuleSet`], all errors of all files at once.
//!
//! ```text
//! RuleText            a file as somebody read it
//! written::RuleFile   every key with its type, each value with its place    keys, table, shape, choice
//! check::Draft        one rule whose parts hold by themselves               naming, spelled, globs, id
//! RuleSet             rules that can be true together                       laws, cover, circle
//! ```

mod calls;
mod check;
mod choice;
mod circle;
mod cover;
mod day;
mod example;
mod globs;
mod id;
mod keys;
mod laws;
mod location;
mod naming;
mod nearest;
mod pattern;
mod problem;
mod read;
mod reader;
mod render;
mod schema;
mod shape;
mod spelled;
mod syntax;
mod table;
mod update;
mod written;

use std::collections::BTreeMap;
use std::fmt;

use crate::python::call_path::CallPath;
use crate::python::{DottedName, Identifier, Symbol};

pub use day::Day;
pub use example::Example;
pub use globs::Globs;
pub use id::kebab;
pub use location::read_locations;
pub use nearest::nearest;
pub use problem::{Problems, Told};
pub use read::{Asked, RuleText, read};
pub use schema::schema;
pub use update::{Found, update};

/// All rules of one run, in the order in which they were read.
#[derive(Clone, Debug, Default)]
pub struct RuleSet {
    pub rules: Vec<Rule>,
}

impl RuleSet {
    /// The modules in which a rule names something, sorted, each once: those of canonicals, aliases and merges.
    pub fn declared_modules(&self) -> Vec<&DottedName> {
        let mut modules: Vec<_> = self.rules.iter().flat_map(Rule::modules).collect();
        modules.sort_unstable();
        modules.dedup();
        modules
    }

    /// Whether a rule asks for mentions in prose.
    pub fn wants_docs(&self) -> bool {
        self.rules.iter().any(|rule| rule.docs)
    }

    /// The words by which a file that can hold a site betrays itself, sorted, each once: the last component of every
    /// symbol, and of every module that is named as a whole or with `*`.
    pub fn names(&self) -> Vec<&str> {
        last_parts(self.rules.iter().flat_map(|rule| rule.names().chain(rule.starred())))
    }

    /// Those of the words that most sites spell: the module of a `*` is named by few files that hold one.
    pub fn names_of_sites(&self) -> Vec<&str> {
        last_parts(self.rules.iter().flat_map(Rule::names))
    }
}

/// One canonical symbol or module, and what shall become of its aliases.
#[derive(Clone, Debug)]
pub struct Rule {
    pub id: String,
    pub why: String,
    pub canonical: Canonical,
    /// Where the definition of the canonical symbol goes.
    pub moves: Option<Symbol>,
    /// It may move although its path is stored elsewhere, or its code asks where it stands.
    pub runtime_path_changes: bool,
    pub aliases: Vec<Alias>,
    /// Aliases that are other objects and shall become the canonical one all the same.
    pub merge: Vec<Symbol>,
    /// A merge may leave refused sites behind.
    pub partial: bool,
    pub local_names: LocalNames,
    pub shims: Shims,
    /// With [`Shims::Deprecate`]: the last day on which the shims may be there.
    pub deadline: Option<Day>,
    pub modules: Modules,
    pub strings: Strings,
    /// Mentions in docstrings, comments, Markdown and reST are rewritten.
    pub docs: bool,
    pub exceptions: Vec<Exception>,
    /// The canonical symbol belongs to an installed package.
    pub external: bool,
    /// `Old.attribute` → `Canonical.attribute`, for aliases in `merge`.
    pub members: BTreeMap<Identifier, Identifier>,
    /// Calls of aliases in `merge` that become other calls; the first that matches counts.
    pub calls: Vec<CallRule>,
    /// Test files whose assertions about the fragmentation may go with it.
    pub drop_tests: Globs,
    /// Small trees by which the rule is tested.
    pub examples: Vec<Example>,
    /// The rule file, as shown to people, and the line on which the rule begins.
    pub declared: (String, u32),
}

impl Rule {
    /// The exception that keeps the file as it is.
    pub fn exception(&self, path: &str) -> Option<&Exception> {
        self.exceptions.iter().find(|exception| exception.matches(path))
    }

    fn modules(&self) -> impl Iterator<Item = &DottedName> {
        let aliases = self.aliases.iter().map(Alias::module);
        let merge = self.merge.iter().map(|symbol| &symbol.module);
        let moves = self.moves.iter().map(|symbol| &symbol.module);
        aliases.chain(merge).chain(moves).chain([self.canonical.module()])
    }

    /// The dotted names that stand behind the colon, or alone.
    fn names(&self) -> impl Iterator<Item = &DottedName> {
        let aliases = self.aliases.iter().filter_map(|alias| match alias {
            Alias::Symbol(symbol) => Some(&symbol.name),
            Alias::Module(module) => Some(module),
            Alias::Star(_) => None,
        });
        let canonical = match &self.canonical {
            Canonical::Symbol(symbol) => &symbol.name,
            Canonical::Module(module) => module,
        };
        let symbols = self.merge.iter().chain(&self.moves).map(|symbol| &symbol.name);
        aliases.chain(symbols).chain([canonical])
    }

    /// The modules that are named with `*`.
    fn starred(&self) -> impl Iterator<Item = &DottedName> {
        self.aliases.iter().filter_map(|alias| match alias {
            Alias::Star(module) => Some(module),
            Alias::Symbol(_) | Alias::Module(_) => None,
        })
    }
}

/// The last component of each name, sorted, each once.
fn last_parts<'n>(names: impl Iterator<Item = &'n DottedName>) -> Vec<&'n str> {
    let mut parts: Vec<_> = names.filter_map(|name| name.parts().next_back()).collect();
    parts.sort_unstable();
    parts.dedup();
    parts
}

/// A call and what takes its place: every name among the pattern's arguments stands for what a call has there.
#[derive(Clone, Debug)]
pub struct CallRule {
    /// The pattern as it is written.
    pub written: String,
    pub pattern: CallPath,
    pub template: CallPath,
    /// The template as it is written; its spans are of this text.
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Canonical {
    Symbol(Symbol),
    Module(DottedName),
}

impl Canonical {
    /// The module itself, or the one that holds the symbol.
    pub fn module(&self) -> &DottedName {
        match self {
            Canonical::Symbol(symbol) => &symbol.module,
            Canonical::Module(module) => module,
        }
    }
}

impl fmt::Display for Canonical {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Canonical::Symbol(symbol) => symbol.fmt(formatter),
            Canonical::Module(module) => module.fmt(formatter),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Alias {
    /// `pkg.mod:Name`
    Symbol(Symbol),
    /// `pkg.mod`: the module as a whole.
    Module(DottedName),
    /// `pkg.mod:*`: the names in it whose origin is the canonical's.
    Star(DottedName),
}

impl Alias {
    /// The module itself, or the one that holds the symbols.
    pub fn module(&self) -> &DottedName {
        match self {
            Alias::Symbol(symbol) => &symbol.module,
            Alias::Module(module) | Alias::Star(module) => module,
        }
    }
}

/// As rule files spell it.
impl fmt::Display for Alias {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Alias::Symbol(symbol) => symbol.fmt(formatter),
            Alias::Module(module) => module.fmt(formatter),
            Alias::Star(module) => write!(formatter, "{module}:*"),
        }
    }
}

/// What uses are called after the change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, schemars::JsonSchema)]
#[schemars(rename_all = "kebab-case", inline)]
pub enum LocalNames {
    /// Uses take the canonical name.
    #[default]
    Canonical,
    /// `import Canonical as Old`: uses stay as they are.
    Keep,
}

/// What happens to the statements that make the aliases exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, schemars::JsonSchema)]
#[schemars(rename_all = "kebab-case", inline)]
pub enum Shims {
    /// A shim goes as soon as nothing holds it.
    #[default]
    Remove,
    /// A shim becomes an arm of the module's `__getattr__`, which warns (PEP 562).
    Deprecate,
    /// Shims stay; only what goes through them is rewritten.
    Keep,
}

/// What happens to a file that holds nothing but shims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, schemars::JsonSchema)]
#[schemars(rename_all = "kebab-case", inline)]
pub enum Modules {
    /// The file goes with its last shim.
    #[default]
    DeleteEmpty,
    /// The file stays, empty but for its comments.
    Keep,
}

/// Which strings that name an alias are rewritten, in Python and in configuration files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, schemars::JsonSchema)]
#[schemars(rename_all = "kebab-case", inline)]
pub enum Strings {
    /// All stay, and hold what they name.
    None,
    /// Those that a known consumer reads, and that lead to an object today.
    #[default]
    Safe,
    /// Every exact path.
    All,
}

/// Files that are not edited, hold shims, and are listed without a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// Paths relative to the tree.
    pub paths: Globs,
    pub why: String,
}

impl Exception {
    /// Whether the file stays as it is.
    pub fn matches(&self, path: &str) -> bool {
        self.paths.matches(path)
    }
}
