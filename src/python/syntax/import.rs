//! Import statements, entry by entry.

use crate::python::{DottedName, Identifier};
use crate::text::Span;

/// `a.b.c as d` in an `import` statement.
#[derive(Debug)]
pub struct ImportName {
    pub module: DottedName,
    pub module_span: Span,
    pub local: Option<(Identifier, Span)>,
    /// The whole entry, `as` included.
    pub span: Span,
}

/// `from ..module import name as local, …`.
#[derive(Debug)]
pub struct FromImport {
    /// The number of leading dots.
    pub level: u32,
    pub module: Option<DottedName>,
    /// Dots and module name as written.
    pub module_span: Span,
    /// Empty for `*`.
    pub names: Vec<FromName>,
    /// The span of `*`.
    pub star: Option<Span>,
}

impl FromImport {
    /// `from __future__ import …`, which stands before everything else.
    pub fn is_future(&self) -> bool {
        self.level == 0 && self.module.as_ref().is_some_and(|module| module.as_str() == "__future__")
    }
}

#[derive(Debug)]
pub struct FromName {
    pub name: Identifier,
    pub name_span: Span,
    pub local: Option<(Identifier, Span)>,
    /// The whole entry, `as` included.
    pub span: Span,
}

impl FromName {
    /// The name that the entry binds, and where it stands.
    pub fn bound(&self) -> (&Identifier, Span) {
        self.local.as_ref().map_or((&self.name, self.name_span), |(name, span)| (name, *span))
    }
}
