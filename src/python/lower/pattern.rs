//! The patterns of `match` (PEP 634): what they read and what they capture.

use ruff_python_ast::{self as ast, Pattern, PatternOrKeyword};

use super::Lowering;
use crate::python::syntax::BindKind;

impl Lowering<'_> {
    pub(super) fn pattern(&mut self, pattern: &Pattern) {
        match pattern {
            Pattern::MatchValue(node) => {
                self.expression(&node.value);
            }
            Pattern::MatchSingleton(_) => {}
            Pattern::MatchSequence(node) => self.patterns(&node.patterns),
            Pattern::MatchMapping(node) => {
                self.all(&node.keys);
                self.patterns(&node.patterns);
                self.capture(node.rest.as_ref());
            }
            Pattern::MatchClass(node) => self.class_pattern(node),
            Pattern::MatchStar(node) => self.capture(node.name.as_ref()),
            Pattern::MatchAs(node) => {
                if let Some(inner) = &node.pattern {
                    self.pattern(inner);
                }
                self.capture(node.name.as_ref());
            }
            Pattern::MatchOr(node) => self.patterns(&node.patterns),
        }
    }

    fn patterns(&mut self, patterns: &[Pattern]) {
        for pattern in patterns {
            self.pattern(pattern);
        }
    }

    fn class_pattern(&mut self, node: &ast::PatternMatchClass) {
        self.expression(&node.cls);
        for entry in node.arguments.iter_source_order() {
            match entry {
                PatternOrKeyword::Pattern(pattern) => self.pattern(pattern),
                PatternOrKeyword::Keyword(keyword) => self.pattern(&keyword.pattern),
            }
        }
    }

    fn capture(&mut self, name: Option<&ast::Identifier>) {
        if let Some(name) = name {
            self.bind(name, name.range, BindKind::Capture);
        }
    }
}
