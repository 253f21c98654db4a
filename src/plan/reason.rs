//! Why a site is left alone. The codes are part of the machine output and never change meaning.

use std::fmt;

/// The reason of a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// the name can be two different objects here
    TwoOrigins,
    /// the name is bound again at run time
    Rebound,
    /// the module decides at run time what the name is
    Dynamic,
    /// the alias is another object than the canonical one and is not named under `merge`
    AnotherObject,
    /// one file under two import roots is two modules at run time, each with a class of its own
    DualRoot,
    /// a merge is all or nothing, and one of its sites was refused
    MergeIncomplete,
    /// an exception class as alias needs `merge`: folding it widens `except`
    WidensExcept,
    /// the test asserts that the old path works
    AssertsTheShim,
    /// code asks whether the alias exists, and the answer would change
    Probe,
    /// the new import would close an import cycle
    ImportCycle,
    /// the last import of a module that does more than define would go
    ActiveModule,
    /// the alias does not exist any more, so that nothing can be proven of it
    AliasGone,
    /// the name did not exist before either
    BrokenBefore,
    /// the canonical module has no such name
    MissingMember,
    /// the attribute may be a member of a merged class, and what it is read from cannot be followed
    MemberNotFollowed,
    /// no pattern of `calls` matches this use of a merged alias
    CallNotMatched,
    /// an argument would be evaluated at another time, twice or not at all
    EvaluationOrder,
    /// every name that could be used here is taken
    NameTaken,
    /// the string is escaped or joined from parts
    UnmappedString,
    /// a string or a configuration value names the path
    HeldByText,
    /// a string that stays replaces the name that this reads, or the readers of a patched name stay
    Patched,
    /// not all that a patch reaches would read one name afterwards
    PatchParts,
    /// a patch would reach code that it does not reach now
    PatchWidens,
    /// nothing reads the patched name when it runs, so that the patch has no effect, and had none before
    PatchWithoutEffect,
    /// the mention is prose, code or a pattern inside a literal
    Manual,
    /// something that stays needs this shim
    Held,
    /// the file is not valid Python
    NotPython,
    /// the file is not of its format: TOML, YAML, JSON
    NotDocument,
    /// the file's encoding cannot be kept
    Encoding,
    /// the file is nested too deeply
    TooDeep,
    /// the file is too large to be parsed
    TooLarge,
    /// the file could not be read
    Unreadable,
    /// the rule's `except`, `--exclude` or PATH keeps the file as it is
    NotEdited,
    /// whoever reviewed the change left it out
    LeftByReviewer,
    /// the statement has a form that is not rewritten
    Form,
    /// the path of the definition is stored elsewhere, or its code asks where it stands
    RuntimePath,
    /// the result could not be proven
    Unproven,
}

/// As the machine output and the examples in rule files spell it.
impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        serde::Serialize::serialize(self, formatter)
    }
}

impl Reason {
    pub const ALL: [Reason; 37] = [
        Reason::TwoOrigins,
        Reason::Rebound,
        Reason::Dynamic,
        Reason::AnotherObject,
        Reason::DualRoot,
        Reason::MergeIncomplete,
        Reason::WidensExcept,
        Reason::AssertsTheShim,
        Reason::Probe,
        Reason::ImportCycle,
        Reason::ActiveModule,
        Reason::AliasGone,
        Reason::BrokenBefore,
        Reason::MissingMember,
        Reason::MemberNotFollowed,
        Reason::CallNotMatched,
        Reason::EvaluationOrder,
        Reason::NameTaken,
        Reason::UnmappedString,
        Reason::HeldByText,
        Reason::Patched,
        Reason::PatchParts,
        Reason::PatchWidens,
        Reason::PatchWithoutEffect,
        Reason::Manual,
        Reason::Held,
        Reason::NotPython,
        Reason::NotDocument,
        Reason::Encoding,
        Reason::TooDeep,
        Reason::TooLarge,
        Reason::Unreadable,
        Reason::NotEdited,
        Reason::LeftByReviewer,
        Reason::Form,
        Reason::RuntimePath,
        Reason::Unproven,
    ];
}
