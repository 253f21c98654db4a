//! What a change makes of a site: one sentence a kind, for `unshim explain` and the guide.

use super::Kind;

impl Kind {
    /// What becomes of a site of this kind, if nothing refuses it.
    pub fn change(self) -> &'static str {
        match self {
            Kind::ImportFrom => "the alias leaves the statement, and the canonical name is imported in its place",
            Kind::ImportModule => {
                "what is read through it takes an import of its own, and this one goes if nothing else uses it"
            }
            Kind::ImportStar => "the star stays, and the canonical name is imported beside it",
            Kind::UseName => "it takes the canonical name; where that is taken, the import keeps the old one by `as`",
            Kind::UseAttribute => "the chain names the canonical symbol, with an import in the same scope",
            Kind::UseQuoted => "the name is changed inside the string or comment",
            Kind::UseMember => "it takes the name that `[rule.members]` gives, where the object could be followed",
            Kind::UseCall => "it becomes what the matching pattern of `[rule.calls]` says",
            Kind::ExportEntry => "it is renamed, merged or removed, as the name that it lists is",
            Kind::ShimAssignment | Kind::ShimReexport | Kind::ShimStar | Kind::ShimFallback | Kind::ShimGetattr => {
                "it goes when nothing needs it, or stays and warns with `shims = \"deprecate\"`"
            }
            Kind::ShimSubclass | Kind::ShimForward | Kind::ShimCopy | Kind::ShimDynamic => {
                "it is another object: it goes if `merge` names it, or `aliases`, and its own text calls it deprecated"
            }
            Kind::ShimDefinition => "it goes when every reference to it has become the canonical one",
            Kind::ShimStub => "it goes together with the shim beside it",
            Kind::ShimModule => "the file is deleted when nothing needs it, unless `modules = \"keep\"`",
            Kind::Definition => "it goes where `move` says, with its decorators, comments and what its body imports",
            Kind::TextPatch => "it follows what reads the patched name at run time: with all readers, or not at all",
            Kind::TextImport | Kind::TextGetattr | Kind::TextSysModules | Kind::TextLogging => {
                "the path is rewritten, as what takes it is known; with `strings = \"none\"` it stays"
            }
            Kind::TextPath => "with `strings = \"all\"` it is rewritten; else it stays, and what it names stays too",
            Kind::TextManual => "it is listed and never edited",
            Kind::ConfigPath => {
                "the path is rewritten where a tool is known to import it, elsewhere with `strings = \"all\"`"
            }
            Kind::DocMention => "with `docs = true` it is rewritten; it never keeps a shim alive",
            Kind::UnreadableMention => "it is listed and never edited, and what it names stays",
        }
    }
}
