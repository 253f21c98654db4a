//! Why a place may be rewritten, in one sentence for each kind.

use crate::plan::Safety;
use crate::site::Kind;

/// The sentence that an edit goes with.
pub(super) fn why(kind: Kind, safety: Safety) -> &'static str {
    match (kind, safety) {
        (Kind::TextPatch, Safety::Safe) => "all that reads the patched name at run time reads it under the new path",
        (Kind::TextPatch, _) => "the patch reaches other code than before, or none, and the rule allows that",
        (Kind::TextImport, Safety::Safe) => "the function that takes the string imports what it names",
        (Kind::TextGetattr, Safety::Safe) => "the string is an attribute of a module, which changes with it",
        (Kind::TextSysModules, Safety::Safe) => "the module is asked for by its name",
        (Kind::TextLogging, Safety::Safe) => "logging makes what the string names",
        (Kind::ConfigPath, Safety::Safe) => "the setting is known to be imported",
        (
            Kind::TextImport
            | Kind::TextGetattr
            | Kind::TextSysModules
            | Kind::TextLogging
            | Kind::TextPath
            | Kind::ConfigPath,
            _,
        ) => "an exact path of which nobody knows who reads it, and the rule allows such paths",
        (Kind::TextManual | Kind::UnreadableMention, _) => "a text that names the alias",
        (Kind::DocMention, _) => "the text speaks of the alias, and the rule says `docs = true`",
        (_, Safety::Risky) => "what the alias is could not be shown in full, and risky sites are allowed",
        (Kind::ImportFrom | Kind::ImportModule | Kind::ImportStar, _) => "the import takes the canonical symbol",
        (Kind::UseName | Kind::UseAttribute | Kind::UseQuoted, _) => "the name was followed to the canonical symbol",
        (Kind::UseMember, _) => "the object was followed to the merged class",
        (Kind::UseCall, _) => "a pattern of the rule matches the call",
        (Kind::ExportEntry, _) => "the entry follows the name that it lists",
        (Kind::Definition, _) => "the definition has a new place",
        _ => "nothing needs the shim any more",
    }
}
