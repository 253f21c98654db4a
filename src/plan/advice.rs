//! What helps where a site is left alone: one sentence a reason, for `unshim explain`.

use super::Reason;

impl Reason {
    /// What somebody can do about it.
    pub fn advice(self) -> &'static str {
        match self {
            Reason::TwoOrigins => "let both arms bind one object, or name the canonical one on each",
            Reason::Rebound => "read and set it where it is defined: `new.FLAG`, not a copy of the name",
            Reason::Dynamic => "spell the name in the module, so that it can be read off the source",
            Reason::AnotherObject => "name the alias under `merge`; `unshim diff` then shows how the two differ",
            Reason::DualRoot => "import the file by one of its names only, or say with `--root` which root counts",
            Reason::MergeIncomplete => {
                "settle the refused site that is listed beside this one, or set `partial = true`"
            }
            Reason::WidensExcept => "name the alias under `merge` if every `except` may catch the canonical exception",
            Reason::AssertsTheShim => "list the file under `drop-tests` if its assertions may go with the shim",
            Reason::Probe => "ask for the canonical name instead, or delete the question",
            Reason::ImportCycle => "move the import into the function that needs it, or break the cycle",
            Reason::ActiveModule => "import the module for its effect where the program starts",
            Reason::AliasGone => "pass `--safety risky`: it is matched by its path alone",
            Reason::BrokenBefore => "correct the path: it leads nowhere today",
            Reason::MissingMember => "give the canonical module the name, or import it from where it is",
            Reason::MemberNotFollowed => "annotate the variable, or pass `--safety risky` if it holds no such object",
            Reason::CallNotMatched => "add a pattern to `[rule.calls]`",
            Reason::EvaluationOrder => "bind the argument to a variable first, or let the pattern keep the order",
            Reason::NameTaken => "rename what has the canonical name in this scope",
            Reason::UnmappedString => "write the path as one plain literal",
            Reason::HeldByText => "`strings = \"all\"` rewrites every exact path; else change the text by hand",
            Reason::Patched => "patch where the name is read, or let all readers read one name",
            Reason::PatchParts => "patch where the name is read, or let all readers read one name",
            Reason::PatchWidens => "pass `--safety risky` if the patch may reach the other readers too",
            Reason::PatchWithoutEffect => "patch where the name is read, or delete the patch",
            Reason::Manual => "look at the text and change it by hand",
            Reason::Held => "settle what holds it: the report lists it",
            Reason::NotPython => "let the file parse, or exclude it from the tree",
            Reason::NotDocument => "let the file be read as its format, or change it by hand",
            Reason::Encoding => "store the file as UTF-8",
            Reason::TooDeep => "split the expression or literal that is nested so deeply",
            Reason::TooLarge => "change it by hand: files of this size are searched, not parsed",
            Reason::Unreadable => "let the file be read, or exclude it from the tree",
            Reason::NotEdited => "nothing: it was asked for",
            Reason::LeftByReviewer => "nothing: it was decided; `unshim apply -i` asks again",
            Reason::Form => "change the statement by hand: the report says what about it is in the way",
            Reason::RuntimePath => "set `runtime-path-changes = true` if what stores the path is taken care of",
            Reason::Unproven => "look at the place by hand, and report it if the change would have been right",
        }
    }
}
