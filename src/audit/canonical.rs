//! Which of its names an object keeps: the one where it is defined, unless that one is not for others.

use super::Survey;
use super::look::Name;
use crate::python::Symbol;
use crate::semantics::Definition;

/// Why a name is proposed. The codes are part of the machine output and never change meaning.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "Preference")]
pub enum Reason {
    /// somebody named it
    Asked,
    /// it is defined there
    Defined,
    /// no part of its path begins with an underscore
    Public,
    /// it is defined there, and every other name is private or in a test too
    NoBetter,
    /// more files read it than any other public name
    MostImported,
}

impl Reason {
    /// In a list of reasons.
    pub fn words(self) -> &'static str {
        match self {
            Reason::Asked => "named on the command line",
            Reason::Defined => "defined there",
            Reason::Public => "public",
            Reason::NoBetter => "defined there, and no other name is public",
            Reason::MostImported => "the public name that most files read",
        }
    }
}

/// The name to keep, and why.
pub(super) fn choose(survey: &Survey, definition: &Definition, names: &[&Name]) -> (Symbol, Vec<Reason>) {
    let is_fine = |name: &&&Name| is_public(name.symbol()) && !survey.is_test(name.file);
    let own = names.iter().find(|name| *name.symbol() == definition.symbol);
    if own.as_ref().is_some_and(is_fine) {
        return (definition.symbol.clone(), vec![Reason::Defined, Reason::Public]);
    }
    let others = names.iter().filter(|name| *name.symbol() != definition.symbol).filter(is_fine);
    let rank = |name: &&&Name| {
        let depth = name.symbol().module.parts().count();
        (survey.importers(name.symbol()), std::cmp::Reverse(depth), std::cmp::Reverse(name.symbol().clone()))
    };
    match others.max_by_key(rank) {
        Some(best) => (best.symbol().clone(), vec![Reason::MostImported, Reason::Public]),
        None => (definition.symbol.clone(), vec![Reason::NoBetter]),
    }
}

/// Whether no part of the path says that it is for its own package only.
fn is_public(symbol: &Symbol) -> bool {
    let is_private = |part: &str| part.starts_with('_') && !(part.starts_with("__") && part.ends_with("__"));
    !symbol.module.parts().chain(symbol.name.parts()).any(is_private)
}
