//! The texts that the JSON Schema lets through, as regular expressions that all editors know.
//!
//! They let through all that the reader takes, and some that it does not: keywords, say.

macro_rules! part {
    () => {
        r"[^\s\d.:/\\*\-][^\s.:/\\*\-]*"
    };
}

macro_rules! dotted {
    () => {
        concat!(part!(), "([.]", part!(), ")*")
    };
}

macro_rules! inside {
    () => {
        r"^(?![/~]|[A-Za-z]:|[.]/|.*//|.*/$|.*\\|([^/]*/)*[.][.](/|$))"
    };
}

pub(super) const ID: &str = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$";
/// No line break and no other control character.
pub(super) const LINE: &str = r"^[^\x00-\x1f\x7f]*$";
/// The same, and not blank.
pub(super) const FULL_LINE: &str = r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$";
pub(super) const NAME: &str = concat!("^", part!(), "$");
/// `pkg.mod:Name`
pub(super) const SYMBOL: &str = concat!("^", dotted!(), ":", dotted!(), "$");
/// `pkg.mod:Name` or `pkg.mod`
pub(super) const CANONICAL: &str = concat!("^", dotted!(), "(:", dotted!(), ")?$");
/// `pkg.mod:Name`, `pkg.mod` or `pkg.mod:*`
pub(super) const ALIAS: &str = concat!("^", dotted!(), "(:([*]|", dotted!(), "))?$");
/// A path or glob that stays inside the tree.
pub(super) const GLOB: &str = concat!(inside!(), r"[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$");
