//! Numbers and sentences as people read them.

use std::fmt::Write;

use crate::plan::Reason;

/// `1,284`.
pub fn number(count: usize) -> String {
    let digits = count.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 file`, `1,284 files`: `noun` takes an `s` in the plural.
pub fn counted(count: usize, noun: &str) -> String {
    let mut words = format!("{} {noun}", number(count));
    if count != 1 {
        write!(words, "s").expect("a string takes all text");
    }
    words
}

/// What a reason means, for the heading of a group: the sentence that documents it.
pub(crate) fn sentence(reason: Reason) -> &'static str {
    match reason {
        Reason::TwoOrigins => "the name can be two different objects",
        Reason::Rebound => "the name is bound again at run time",
        Reason::Dynamic => "the module decides at run time what the name is",
        Reason::AnotherObject => "the alias is another object, not named under `merge`",
        Reason::DualRoot => "one file under two import roots is two modules at run time",
        Reason::MergeIncomplete => "a merge is all or nothing, and one of its sites was refused",
        Reason::WidensExcept => "an exception class as alias needs `merge`",
        Reason::AssertsTheShim => "the test asserts that the old path works",
        Reason::Probe => "code asks whether the alias exists",
        Reason::ImportCycle => "the new import would close an import cycle",
        Reason::ActiveModule => "the last import of a module that does more than define would go",
        Reason::AliasGone => "the alias does not exist any more",
        Reason::BrokenBefore => "the name did not exist before either",
        Reason::MissingMember => "the canonical module has no such name",
        Reason::MemberNotFollowed => "may be a member of a merged class, and could not be followed",
        Reason::CallNotMatched => "no pattern of `calls` matches this use",
        Reason::EvaluationOrder => "an argument would be evaluated at another time, twice or not at all",
        Reason::NameTaken => "every name that could be used is taken",
        Reason::UnmappedString => "the string is escaped or joined from parts",
        Reason::HeldByText => "a string or a configuration value names the path",
        Reason::Patched => "a patch and what reads the patched name stay together",
        Reason::PatchParts => "not all that a patch reaches would read one name afterwards",
        Reason::PatchWidens => "a patch would reach code that it does not reach now",
        Reason::PatchWithoutEffect => "nothing reads the patched name: the patch has no effect, and had none before",
        Reason::Manual => "prose, code or a pattern inside a literal",
        Reason::Held => "something that stays needs this shim",
        Reason::NotPython => "not valid Python",
        Reason::NotDocument => "not of its format",
        Reason::Encoding => "the encoding cannot be kept",
        Reason::TooDeep => "nested too deeply",
        Reason::TooLarge => "too large to be parsed",
        Reason::Unreadable => "could not be read",
        Reason::NotEdited => "the rule's `except`, `--exclude` or PATH keeps the file as it is",
        Reason::LeftByReviewer => "whoever reviewed the change left it out",
        Reason::Form => "the statement has a form that is not rewritten",
        Reason::RuntimePath => "the path is stored elsewhere, or the code asks where it stands",
        Reason::Unproven => "the result could not be proven",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(number), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn one_is_singular() {
        assert_eq!([counted(0, "file"), counted(1, "file"), counted(2, "file")], ["0 files", "1 file", "2 files"]);
    }
}
