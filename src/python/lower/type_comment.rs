//! `# type:` comments (PEP 484): annotations that stand behind a statement or under the header of a function.

use std::collections::VecDeque;

use ruff_python_ast::ModModule;
use ruff_python_parser::Parsed;
use ruff_text_size::Ranged;

use super::{Lowering, span_of};
use crate::python::syntax::Form;
use crate::text::Span;

/// The type comments that are still to be lowered: the spans of what stands behind `type:`.
#[derive(Default)]
pub(super) struct TypeComments(VecDeque<Span>);

impl Lowering<'_> {
    /// Notes all comments, and which of them hold types.
    pub(super) fn read_comments(&mut self, parsed: &Parsed<ModModule>) {
        for token in parsed.tokens().iter().filter(|token| token.kind().is_comment()) {
            let comment = span_of(token.range());
            self.syntax.comments.push(comment);
            self.type_comments.0.extend(type_of(comment, self.text));
        }
    }

    /// Lowers the comments that stand before `offset`.
    pub(super) fn type_comments_before(&mut self, offset: usize) {
        while let Some(comment) = self.type_comments.0.pop_front_if(|comment| comment.start() < offset) {
            if !self.syntax.statements.is_empty() {
                self.type_comment(comment);
            }
        }
    }

    /// Lowers the comment on the line on which a statement ends.
    pub(super) fn type_comments_behind(&mut self, end: usize) {
        if let Some(comment) = self.type_comments.0.front() {
            let (start, past) = (comment.start(), comment.start() + 1);
            if start < end || !self.text[end..start].contains(['\n', '\r']) {
                self.type_comments_before(past.max(end));
            }
        }
    }

    fn type_comment(&mut self, comment: Span) {
        for part in parts(comment, self.text) {
            self.code_at(part, Form::Comment);
        }
    }
}

/// What stands behind `# type:`, up to the next `#`; `# type: ignore` says nothing about types.
fn type_of(comment: Span, text: &str) -> Option<Span> {
    let body = comment.of(text).strip_prefix('#')?.trim_start().strip_prefix("type:")?;
    let start = comment.end() - body.len();
    let body = body.split('#').next().expect("split yields at least one part");
    let is_ignore = body.trim_start().strip_prefix("ignore").is_some_and(|rest| {
        !rest.starts_with(|character: char| character.is_alphanumeric() || character == '_' || character == '.')
    });
    (!is_ignore).then(|| Span::new(start, start + body.len()))
}

/// The types of a comment: itself, or for `(first, *second) -> third` each of the three.
fn parts(comment: Span, text: &str) -> Vec<Span> {
    let body = comment.of(text);
    let Some(arrow) = body.find("->").filter(|_| body.trim_start().starts_with('(')) else { return vec![comment] };
    let at = |start: usize, end: usize| Span::new(comment.start() + start, comment.start() + end);
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (offset, byte) in body[..arrow].bytes().enumerate() {
        match byte {
            b'(' | b'[' => {
                depth += 1;
                if depth == 1 {
                    start = offset + 1;
                }
            }
            b')' | b']' => depth -= 1,
            _ => {}
        }
        let ends = (byte == b',' && depth == 1) || (byte == b')' && depth == 0);
        if ends {
            parts.push(at(start, offset));
            start = offset + 1;
        }
    }
    parts.push(at(arrow + 2, body.len()));
    parts.iter().map(|part| without_stars(*part, text)).collect()
}

/// `*args` and `**kwargs` are written with their stars.
fn without_stars(part: Span, text: &str) -> Span {
    let kept = part.of(text).trim_start().trim_start_matches('*');
    Span::new(part.end() - kept.len(), part.end())
}
