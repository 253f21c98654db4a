//! `import` and `from … import`.

use ruff_python_ast::{self as ast, Alias};
use ruff_text_size::Ranged;

use super::{Lowering, span_of};
use crate::python::syntax::{BindKind, FromImport, FromName, ImportName, StatementKind};
use crate::python::{DottedName, Identifier};
use crate::text::Span;

impl Lowering<'_> {
    pub(super) fn import(&mut self, node: &ast::StmtImport) -> StatementKind {
        for (position, alias) in node.names.iter().enumerate() {
            self.typing.import(&alias.name, alias.asname.as_deref());
            match &alias.asname {
                Some(local) => self.bind(local.as_str(), local.range, BindKind::Import(position)),
                None => self.bind_root(alias, position),
            };
        }
        StatementKind::Import(node.names.iter().map(|alias| self.import_name(alias)).collect())
    }

    /// `import a.b` binds `a`.
    fn bind_root(&mut self, alias: &Alias, position: usize) -> Identifier {
        let root = alias.name.as_str().split('.').next().expect("split yields at least one part");
        self.bind(root, ast_range(&alias.name, root.len()), BindKind::Import(position))
    }

    fn import_name(&self, alias: &Alias) -> ImportName {
        ImportName {
            module: DottedName::new(&alias.name),
            module_span: span_of(alias.name.range),
            local: local_name(alias),
            span: span_of(alias.range),
        }
    }

    pub(super) fn import_from(&mut self, node: &ast::StmtImportFrom) -> StatementKind {
        if node.level == 0 && node.module.as_deref() == Some("__future__") {
            let future = node.names.iter().any(|alias| alias.name.as_str() == "annotations");
            self.syntax.future_annotations |= future;
        }
        for (position, alias) in node.names.iter().enumerate() {
            if alias.name.as_str() == "*" {
                self.bind("*", alias.range, BindKind::Star);
            } else {
                let bound = alias.asname.as_ref().unwrap_or(&alias.name);
                let module = node.module.as_deref().filter(|_| node.level == 0);
                self.typing.import_from(module, &alias.name, bound);
                self.bind(bound.as_str(), bound.range, BindKind::From(position));
            }
        }
        StatementKind::From(Box::new(FromImport {
            level: node.level,
            module: node.module.as_ref().map(|module| DottedName::new(module)),
            module_span: self.module_span(node),
            names: node.names.iter().filter(|alias| alias.name.as_str() != "*").map(from_name).collect(),
            star: node.names.iter().find(|alias| alias.name.as_str() == "*").map(|alias| span_of(alias.range)),
        }))
    }

    /// From the first dot, or the first letter of the module, to the last; blanks may stand between the dots.
    fn module_span(&self, node: &ast::StmtImportFrom) -> Span {
        let behind_from = node.start().to_usize() + self.text[node.start().to_usize()..].find("from").unwrap_or(0) + 4;
        let dots = node.level as usize;
        let rest = &self.text[behind_from..node.end().to_usize()];
        let mut dot_offsets = rest.bytes().enumerate().filter(|(_, byte)| *byte == b'.').map(|(offset, _)| offset);
        let first = (dots > 0).then(|| dot_offsets.next()).flatten();
        let last = if dots > 1 { dot_offsets.nth(dots - 2) } else { first };
        match (&node.module, first, last) {
            (Some(module), None, _) => span_of(module.range),
            (Some(module), Some(first), _) => Span::new(behind_from + first, module.end().to_usize()),
            (None, Some(first), Some(last)) => Span::new(behind_from + first, behind_from + last + 1),
            (None, ..) => Span::empty(behind_from),
        }
    }
}

fn from_name(alias: &Alias) -> FromName {
    FromName {
        name: Identifier::new(&alias.name),
        name_span: span_of(alias.name.range),
        local: local_name(alias),
        span: span_of(alias.range),
    }
}

fn local_name(alias: &Alias) -> Option<(Identifier, Span)> {
    alias.asname.as_ref().map(|local| (Identifier::new(local), span_of(local.range)))
}

/// The first `length` bytes of `name`.
fn ast_range(name: &ast::Identifier, length: usize) -> ruff_text_size::TextRange {
    let length = u32::try_from(length).expect("part of a name in a file below 4 GiB");
    ruff_text_size::TextRange::at(name.start(), length.into())
}
