//! One walk over what a file does: scopes, bindings, and for each reference what can reach it.

mod control;
mod exports;
mod flow;
mod names;
mod owner;
mod reach;
mod scopes;
#[cfg(test)]
mod tests;
mod walk;

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::facts::{Binding, Facts, Scope};
use super::lookup::Tables;
use crate::python::Identifier;
use crate::python::syntax::{Bind, BindKind, OpenedScope, ScopeId, ScopeKind, Syntax};
use names::NameId;
use scopes::Scopes;

/// Works out what every name of one file means on its own.
///
/// Private names inside classes are mangled as Python does: a binding `__x` in `class C` is held as `_C__x`, while its span and
/// the root of a chain keep what is written.
pub fn collect(mut syntax: Syntax, text: &str) -> Facts {
    let mut scopes = Scopes::new(&syntax);
    let (references, last) = walk::walk(&syntax, &scopes);
    let exports = exports::exports(&syntax, &scopes, text);
    let binds = std::mem::take(&mut syntax.binds);
    let opened = std::mem::take(&mut syntax.scopes);
    let bindings: Vec<Binding> =
        binds.into_iter().zip(&scopes.placed).map(|(bind, placed)| binding(bind, placed, &scopes)).collect();
    let all = opened.into_iter().zip(std::mem::take(&mut scopes.list)).zip(last);
    let list: Vec<Scope> = all.map(|((opened, scope), last)| settled(opened, scope, last, &scopes)).collect();
    let rebound = rebound(&bindings, &list);
    Facts {
        syntax,
        scopes: list,
        bindings,
        references,
        exports,
        rebound,
        spelled: OnceLock::new(),
        tables: Tables::default(),
        swaps: OnceLock::new(),
    }
}

fn binding(bind: Bind, placed: &scopes::Placed, scopes: &Scopes) -> Binding {
    let name = scopes.names.spelled(placed.name).clone();
    let Bind { span, statement, kind, .. } = bind;
    Binding { scope: placed.scope, from: placed.from, name, span, statement, kind }
}

/// The names of the module that code inside a function binds, or that `+=` changes.
fn rebound(bindings: &[Binding], scopes: &[Scope]) -> FxHashSet<Identifier> {
    let of_module = bindings.iter().filter(|binding| binding.scope == ScopeId::MODULE);
    let again = of_module.filter(|binding| {
        matches!(binding.kind, BindKind::Augment(_))
            || binding.from != ScopeId::MODULE && scopes[binding.from.index()].kind == ScopeKind::Function
    });
    again.map(|binding| binding.name.clone()).collect()
}

fn settled(opened: OpenedScope, scope: scopes::Scope, last: walk::Last, scopes: &Scopes) -> Scope {
    let spelled = |name: NameId| scopes.names.spelled(name).clone();
    Scope {
        kind: opened.kind,
        parent: scope.parent,
        name: opened.name,
        span: opened.span,
        names: scope.holds.into_iter().map(|(name, bindings)| (spelled(name), bindings)).collect(),
        declared: scope.meant.into_iter().map(|(name, meant)| (spelled(name), meant)).collect(),
        stars: scope.stars,
        last: last.into_iter().map(|(name, reach)| (spelled(name), reach)).collect::<FxHashMap<_, _>>(),
    }
}
