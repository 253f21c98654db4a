//! What lies within what: a module alias takes its submodules and names with it, a class its nested classes.

use super::{Alias, Canonical};
use crate::python::{DottedName, Symbol};

/// The aliases that would take `name` with them, nearest first; the first is `name` itself.
pub(super) fn above(name: &Canonical) -> Vec<Alias> {
    let mut above = Vec::new();
    let module = match name {
        Canonical::Module(module) => module,
        Canonical::Symbol(symbol) => {
            let outer = ancestors(&symbol.name);
            above.extend(outer.map(|name| Alias::Symbol(Symbol::new(symbol.module.clone(), name))));
            &symbol.module
        }
    };
    above.extend(ancestors(module).map(Alias::Module));
    above
}

fn ancestors(name: &DottedName) -> impl Iterator<Item = DottedName> {
    std::iter::successors(Some(name.clone()), DottedName::parent)
}

/// Where `name` goes if `alias`, which is above it, goes to `canonical`.
pub(super) fn moved(name: &Canonical, alias: &Alias, canonical: &Canonical) -> Option<Canonical> {
    match (name, alias, canonical) {
        (Canonical::Symbol(name), Alias::Symbol(alias), Canonical::Symbol(canonical)) => {
            let rest = name.name.strip_prefix(&alias.name)?;
            Some(Canonical::Symbol(Symbol::new(canonical.module.clone(), join(&canonical.name, rest))))
        }
        (Canonical::Symbol(name), Alias::Module(alias), Canonical::Module(canonical)) => {
            let rest = name.module.strip_prefix(alias)?;
            Some(Canonical::Symbol(Symbol::new(join(canonical, rest), name.name.clone())))
        }
        (Canonical::Module(name), Alias::Module(alias), Canonical::Module(canonical)) => {
            Some(Canonical::Module(join(canonical, name.strip_prefix(alias)?)))
        }
        (Canonical::Symbol(_) | Canonical::Module(_), _, _) => None,
    }
}

fn join(name: &DottedName, rest: &str) -> DottedName {
    if rest.is_empty() { name.clone() } else { name.child(rest) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn symbol(text: &str) -> Canonical {
        Canonical::Symbol(Symbol::parse(text).unwrap())
    }

    #[test]
    fn a_nested_name_lies_in_its_class_and_in_its_packages() {
        let above: Vec<_> = above(&symbol("a.b:C.D")).iter().map(Alias::to_string).collect();
        assert_eq!(above, ["a.b:C.D", "a.b:C", "a.b", "a"]);
    }

    #[test]
    fn a_name_moves_with_what_is_above_it() {
        let module = |text| DottedName::new(text);
        let end = moved(&symbol("a.b:C"), &Alias::Module(module("a")), &Canonical::Module(module("k")));
        assert_eq!(end, Some(symbol("k.b:C")));
        let class = Alias::Symbol(Symbol::parse("a.b:C").unwrap());
        assert_eq!(moved(&symbol("a.b:C.D"), &class, &symbol("k:N")), Some(symbol("k:N.D")));
    }
}
