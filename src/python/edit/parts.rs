//! The tokens of one statement or expression, as `tree_sitter` finds them in its own text, apart from its surroundings.
//!
//! Only the slice is parsed: a continuation line that is indented less than the block around it is no error then.
//! A lone `\r` is read as `\n`, which keeps every offset.

use std::borrow::Cow;

use tree_sitter::{Node, Parser, Tree};

use super::EditError;
use crate::text::Span;

/// A child of a syntax node: a token, or an element that is edited as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part<'t> {
    /// The grammar's name for it; punctuation and keywords name themselves.
    pub(super) kind: &'t str,
    pub(super) span: Span,
}

/// The syntax tree of `source` alone; an error if the grammar finds anything wrong in it.
pub(super) fn parse(source: &str) -> Result<Tree, EditError> {
    let mut parser = Parser::new();
    let language = tree_sitter_python::LANGUAGE.into();
    parser.set_language(&language).expect("the grammar is built for this version of the parser");
    let tree = parser.parse(normalized(source).as_ref(), None).expect("neither a time limit nor a cancellation is set");
    if tree.root_node().has_error() { Err(EditError::Unreadable) } else { Ok(tree) }
}

/// The only statement of `tree`, comments around it left out.
pub(super) fn statement(tree: &Tree) -> Result<Node<'_>, EditError> {
    let root = tree.root_node();
    let mut found = None;
    for index in 0..root.child_count() {
        let child = root.child(index).expect("the index is below the count");
        if child.kind() != "comment" && found.replace(child).is_some() {
            return Err(EditError::Shape);
        }
    }
    found.ok_or(EditError::Shape)
}

/// The children of `node`; line continuations are left out.
pub(super) fn parts(node: Node<'_>) -> Vec<Part<'_>> {
    let mut cursor = node.walk();
    let children = node.children(&mut cursor).filter(|child| child.kind() != "line_continuation");
    children.map(|child| Part { kind: child.kind(), span: span(child) }).collect()
}

pub(super) fn span(node: Node<'_>) -> Span {
    Span::new(node.start_byte(), node.end_byte())
}

/// `source` with each lone `\r` as `\n`: the grammar knows no lone `\r`.
fn normalized(source: &str) -> Cow<'_, str> {
    let bytes = source.as_bytes();
    let is_lone = |at: usize| bytes.get(at + 1) != Some(&b'\n');
    if !memchr::memchr_iter(b'\r', bytes).any(is_lone) {
        return Cow::Borrowed(source);
    }
    let mut characters = source.chars().peekable();
    let mut copy = String::with_capacity(source.len());
    while let Some(character) = characters.next() {
        let is_lone = character == '\r' && characters.peek() != Some(&'\n');
        copy.push(if is_lone { '\n' } else { character });
    }
    Cow::Owned(copy)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(source: &str) -> Result<Vec<String>, EditError> {
        let tree = parse(source)?;
        Ok(parts(statement(&tree)?).iter().map(|part| part.kind.to_owned()).collect())
    }

    #[test]
    fn an_import_has_its_commas_parentheses_and_comments() {
        let expected = ["from", "relative_import", "import", "(", "comment", "aliased_import", ",", "dotted_name", ")"];
        for newline in ["\n", "\r\n", "\r"] {
            let source = "from ..a import (  # why~b as c,~d)".replace('~', newline);
            assert_eq!(kinds(&source).unwrap(), expected);
        }
    }

    #[test]
    fn what_the_grammar_does_not_know_is_an_error() {
        assert_eq!(kinds("from a import"), Err(EditError::Unreadable));
        assert_eq!(kinds("import a; import b"), Err(EditError::Shape));
    }
}
