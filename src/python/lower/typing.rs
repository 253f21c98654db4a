//! Which names of a file come from `typing`: that decides whether strings in calls and subscripts are code (PEP 484, 585).

use ruff_python_ast::Expr;
use rustc_hash::FxHashMap;

use super::annotation::last_name;
use crate::python::Identifier;
use crate::python::attributes::root;

const TYPING: [&str; 2] = ["typing", "typing_extensions"];
const GENERIC_MODULES: [&str; 2] = ["collections", "collections.abc"];
const GENERIC_BUILTINS: [&str; 6] = ["dict", "frozenset", "list", "set", "tuple", "type"];

/// What the file binds so far, each name with what it stands for.
#[derive(Default)]
pub(super) struct TypingNames(FxHashMap<Identifier, Bound>);

#[derive(Clone, PartialEq, Eq)]
enum Bound {
    /// `from typing import cast as c`
    Name(Identifier),
    /// `import typing as t`
    Typing,
    /// A module of generic classes, or one of these classes.
    Generic,
    /// An import of something else.
    Elsewhere,
    /// A definition, an assignment, a parameter.
    Own,
    /// This here and that there.
    Several,
}

/// Where a callee, or what a subscript stands behind, comes from.
pub(super) enum Source<'e> {
    /// This name of `typing`.
    Typing(&'e str),
    /// A class that takes types in brackets.
    Generic,
    /// Another file, which may hand on what `typing` calls so.
    Foreign(&'e str),
    /// Something else.
    Own,
}

impl TypingNames {
    /// `import module as local`
    pub(super) fn import(&mut self, module: &str, local: Option<&str>) {
        let root = module.split('.').next().expect("split yields at least one part");
        let bound = match module {
            module if TYPING.contains(&module) => Bound::Typing,
            module if GENERIC_MODULES.contains(&module) => Bound::Generic,
            _ => Bound::Elsewhere,
        };
        self.note(&Identifier::new(local.unwrap_or(root)), bound);
    }

    /// `from module import name as bound`; a relative import has no module.
    pub(super) fn import_from(&mut self, module: Option<&str>, name: &str, bound: &str) {
        let known = match module {
            Some(module) if TYPING.contains(&module) => Bound::Name(Identifier::new(name)),
            Some(module) if GENERIC_MODULES.contains(&module) => Bound::Generic,
            _ => Bound::Elsewhere,
        };
        self.note(&Identifier::new(bound), known);
    }

    /// The file binds a name itself.
    pub(super) fn own(&mut self, name: &Identifier) {
        self.note(name, Bound::Own);
    }

    fn note(&mut self, name: &Identifier, bound: Bound) {
        match self.0.get_mut(name) {
            None => drop(self.0.insert(name.clone(), bound)),
            Some(known) if *known != bound => *known = Bound::Several,
            Some(_) => {}
        }
    }

    /// What an expression is, as far as this file says.
    pub(super) fn source<'e>(&self, expression: &'e Expr) -> Source<'e> {
        let Some(last) = last_name(expression) else { return Source::Own };
        let Some(root) = root(expression) else { return Source::Own };
        let is_name = expression.is_name_expr();
        match self.0.get(&Identifier::new(&root.id)) {
            Some(Bound::Name(name)) if is_name => Source::Typing(name.as_str()),
            Some(Bound::Typing) if !is_name => Source::Typing(last),
            Some(Bound::Generic) => Source::Generic,
            None if is_name && GENERIC_BUILTINS.contains(&last) => Source::Generic,
            None | Some(Bound::Elsewhere | Bound::Several) => Source::Foreign(last),
            Some(_) => Source::Own,
        }
    }
}
