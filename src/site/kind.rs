//! The kinds of places where an alias can stand. Their names are part of the machine output and never change meaning.

use std::fmt;

/// What kind of place a site is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// `from old import Old`
    ImportFrom,
    /// `import old`, where `old.Old` is used or `old` is the alias
    ImportModule,
    /// `from old import *`, which gives `Old`
    ImportStar,
    /// `Old`
    UseName,
    /// `old.Old`
    UseAttribute,
    /// `"list[Old]"` in an annotation, `# type: Old`
    UseQuoted,
    /// `made.send`, `self.send`, `def send` in a subclass: a member of a merged class
    UseMember,
    /// `Old.create(ctx)`, which a rule sends to another call
    UseCall,
    /// `"Old"` in `__all__`
    ExportEntry,
    /// `Old = New`
    ShimAssignment,
    /// `from new import New as Old`
    ShimReexport,
    /// `from new import *`
    ShimStar,
    /// `try: from new import New as Old` with `except ImportError:`
    ShimFallback,
    /// `class Old(New): pass`
    ShimSubclass,
    /// `if name == "Old": return New` in the module's `__getattr__`
    ShimGetattr,
    /// `def old(*a, **k): warn(…); return new(*a, **k)`
    ShimForward,
    /// a definition that is equal to the canonical one
    ShimCopy,
    /// `Old = type("Old", (New,), {})`
    ShimDynamic,
    /// a second definition, named under `merge`
    ShimDefinition,
    /// the twin of a shim in a stub: `Old = New` in `old.pyi`
    ShimStub,
    /// a module that holds nothing but shims
    ShimModule,
    /// the definition that moves
    Definition,
    /// `patch("old.Old")`, `patch.object(old, "Old")`, `monkeypatch.setattr("old.Old", …)`
    TextPatch,
    /// `import_module("old")`, `import_string("old.Old")`
    TextImport,
    /// `getattr(old, "Old")`
    TextGetattr,
    /// `sys.modules["old"]`
    TextSysModules,
    /// `{"class": "old.Old"}` in a dictionary that configures `logging`
    TextLogging,
    /// any other string that is a dotted path through an alias
    TextPath,
    /// a string with an alias in prose, code, a pattern or the text of an f-string
    TextManual,
    /// a value in a configuration file that is such a path
    ConfigPath,
    /// a name in a docstring, a comment or a document
    DocMention,
    /// a name in a file that cannot be read as Python
    UnreadableMention,
}

/// As the machine output spells it.
impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        serde::Serialize::serialize(self, formatter)
    }
}

impl Kind {
    pub const ALL: [Kind; 32] = [
        Kind::ImportFrom,
        Kind::ImportModule,
        Kind::ImportStar,
        Kind::UseName,
        Kind::UseAttribute,
        Kind::UseQuoted,
        Kind::UseMember,
        Kind::UseCall,
        Kind::ExportEntry,
        Kind::ShimAssignment,
        Kind::ShimReexport,
        Kind::ShimStar,
        Kind::ShimFallback,
        Kind::ShimSubclass,
        Kind::ShimGetattr,
        Kind::ShimForward,
        Kind::ShimCopy,
        Kind::ShimDynamic,
        Kind::ShimDefinition,
        Kind::ShimStub,
        Kind::ShimModule,
        Kind::Definition,
        Kind::TextPatch,
        Kind::TextImport,
        Kind::TextGetattr,
        Kind::TextSysModules,
        Kind::TextLogging,
        Kind::TextPath,
        Kind::TextManual,
        Kind::ConfigPath,
        Kind::DocMention,
        Kind::UnreadableMention,
    ];

    /// Whether this is a statement or file that makes an alias exist.
    pub fn is_shim(self) -> bool {
        matches!(
            self,
            Kind::ShimAssignment
                | Kind::ShimReexport
                | Kind::ShimStar
                | Kind::ShimFallback
                | Kind::ShimSubclass
                | Kind::ShimGetattr
                | Kind::ShimForward
                | Kind::ShimCopy
                | Kind::ShimDynamic
                | Kind::ShimDefinition
                | Kind::ShimStub
                | Kind::ShimModule
        )
    }
}
