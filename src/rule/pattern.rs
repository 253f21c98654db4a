//! The texts that the JSON Schema lets through, as regular expressions that editors know (ECMA 262).
//!
//! They let through all that the reader takes, and some that it does not: keywords, say.

/// Characters that move the cursor, hide, or turn the direction of a text; for use in brackets.
macro_rules! hidden {
    () => {
        r"\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    };
}

/// An identifier: no character of ASCII but letters, `_` and, after the first, digits.
macro_rules! part {
    () => {
        r"[^\x00-@\[-\^`\{-\x7f][^\x00-/:-@\[-\^`\{-\x7f]*"
    };
}

macro_rules! dotted {
    () => {
        concat!(part!(), "([.]", part!(), ")*")
    };
}

pub(super) const ID: &str = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$";
pub(super) const NAME: &str = concat!("^", part!(), "$");
/// `pkg.mod:Name`
pub(super) const SYMBOL: &str = concat!("^", dotted!(), ":", dotted!(), "$");
/// `pkg.mod:Name` without dots behind the colon
pub(super) const PLACE: &str = concat!("^", dotted!(), ":", part!(), "$");
/// `pkg.mod:Name` or `pkg.mod`
pub(super) const CANONICAL: &str = concat!("^", dotted!(), "(:", dotted!(), ")?$");
/// `pkg.mod:Name`, `pkg.mod` or `pkg.mod:*`
pub(super) const ALIAS: &str = concat!("^", dotted!(), "(:([*]|", dotted!(), "))?$");
/// One visible line, which may be empty.
pub(super) const LINE: &str = concat!("^[^", hidden!(), "]*$");
/// One visible line that is not blank.
pub(super) const FULL_LINE: &str = concat!(r"^(?=.*\S)[^", hidden!(), "]*$");
/// Where a path or glob may not begin or what it may not hold to stay inside the tree.
macro_rules! outside {
    () => {
        r"(?![/~]|[A-Za-z]:|[.]/|.*//|.*/$|.*\\|([^/]*/)*[.][.](/|$))"
    };
}

/// A path or glob that stays inside the tree: neither absolute nor a folder, without `..`, `./`, `//` and backslashes.
pub(super) const GLOB: &str = concat!(r"^(?=.*\S)", outside!(), "[^", hidden!(), "]*$");
/// The path of a file of the tree.
pub(super) const PATH: &str = GLOB;
/// `path:line reason`
pub(super) const REFUSAL: &str = concat!("^", outside!(), "[^", hidden!(), "]+:[1-9][0-9]* [a-z]+(-[a-z]+)*$");
/// A day, `2027-03-01`, or nothing.
pub(super) const DAY: &str = "^([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))?$";
