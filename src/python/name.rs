//! Names that cannot be wrong: identifiers, dotted module names, and symbols `pkg.mod:Name`.

use std::fmt;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::interned::Interned;

/// One Python identifier, as spelled: as large as a number, and as fast to compare.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identifier(Interned);

impl Identifier {
    /// The identifier that `text` spells, if it is one and not a keyword.
    pub fn parse(text: &str) -> Option<Self> {
        Self::accepts(text).then(|| Self::new(text))
    }

    /// Whether `text` is an identifier and not a keyword.
    pub fn accepts(text: &str) -> bool {
        let mut characters = text.chars();
        let is_start = characters.next().is_some_and(|first| first == '_' || first.is_alphabetic());
        is_start && characters.all(|c| c == '_' || c.is_alphanumeric() || !c.is_ascii()) && !is_keyword(text)
    }

    /// An identifier that a parser has accepted already.
    pub fn new(text: &str) -> Self {
        Self(Interned::new(text))
    }

    pub fn as_str(&self) -> &'static str {
        self.0.text()
    }

    /// Starts with an underscore and is no dunder.
    pub fn is_private(&self) -> bool {
        let text = self.as_str();
        text.starts_with('_') && !(text.starts_with("__") && text.ends_with("__"))
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for Identifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// The reserved words of Python 3 (soft keywords are identifiers).
fn is_keyword(text: &str) -> bool {
    const KEYWORDS: [&str; 35] = [
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
        "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
        "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
    ];
    KEYWORDS.contains(&text)
}

/// One or more identifiers joined by dots: a module's name, or a path into one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DottedName(CompactString);

impl DottedName {
    /// The dotted name that `text` spells, if every part is an identifier.
    pub fn parse(text: &str) -> Option<Self> {
        text.split('.').all(Identifier::accepts).then(|| Self::new(text))
    }

    /// A dotted name whose parts are known to be identifiers.
    pub fn new(text: &str) -> Self {
        Self(CompactString::new(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn parts(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('.')
    }

    /// The first part: what `import a.b` binds.
    pub fn root(&self) -> Identifier {
        Identifier::new(self.0.split('.').next().expect("split yields at least one part"))
    }

    /// The last part.
    pub fn last(&self) -> Identifier {
        Identifier::new(self.0.rsplit('.').next().expect("split yields at least one part"))
    }

    /// All but the last part.
    pub fn parent(&self) -> Option<DottedName> {
        self.0.rsplit_once('.').map(|(parent, _)| Self::new(parent))
    }

    /// The names of all that this one lies in, and its own: `a`, `a.b`, `a.b.c`.
    pub fn prefixes(&self) -> impl DoubleEndedIterator<Item = &str> {
        let ends = self.0.match_indices('.').map(|(end, _)| end).chain([self.0.len()]);
        ends.map(|end| &self.0[..end])
    }

    /// This name followed by one more part.
    pub fn child(&self, part: &str) -> DottedName {
        let mut child = CompactString::with_capacity(self.0.len() + 1 + part.len());
        [self.as_str(), ".", part].into_iter().for_each(|piece| child.push_str(piece));
        Self(child)
    }

    /// What follows `prefix` and a dot; the empty string if the two are equal.
    pub fn strip_prefix(&self, prefix: &DottedName) -> Option<&str> {
        let rest = self.0.strip_prefix(prefix.as_str())?;
        if rest.is_empty() { Some("") } else { rest.strip_prefix('.') }
    }
}

impl fmt::Display for DottedName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for DottedName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for DottedName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// A module-level name, written `pkg.mod:Name` (nested: `pkg.mod:Outer.Inner`).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Symbol {
    pub module: DottedName,
    pub name: DottedName,
}

impl Symbol {
    pub fn new(module: DottedName, name: DottedName) -> Self {
        Self { module, name }
    }

    /// Reads `pkg.mod:Name`.
    pub fn parse(text: &str) -> Option<Self> {
        let (module, name) = text.split_once(':')?;
        Some(Self { module: DottedName::parse(module)?, name: DottedName::parse(name)? })
    }

    /// The dotted path `pkg.mod.Name`, as strings spell it.
    pub fn path(&self) -> DottedName {
        self.module.child(self.name.as_str())
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.module, self.name)
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_a_module_and_a_name() {
        assert_eq!(Symbol::parse("a.b:C.D").unwrap().path().as_str(), "a.b.C.D");
        for wrong in ["a.b", "a:", ":C", "a.:C", "a b:C", "a:class", "a:1x", "a:b:c"] {
            assert!(Symbol::parse(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn a_prefix_ends_at_a_dot() {
        let name = DottedName::new("app.old.Thing");
        assert_eq!(name.strip_prefix(&DottedName::new("app.old")), Some("Thing"));
        assert_eq!(name.strip_prefix(&DottedName::new("app.ol")), None);
    }
}
