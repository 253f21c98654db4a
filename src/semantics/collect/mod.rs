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

use rustc_hash::FxHashSet;

use super::facts::{Binding, Facts, Scope};
use super::index::Index;
use super::lookup::Tables;
use crate::python::Identifier;
use crate::python::syntax::{Bind, BindKind, OpenedScope, ScopeId, ScopeKind, Syntax};
use scopes::Scopes;

/// Works out what every name of one file means on its own.
///
/// Private names inside classes are mangled as Python does: a binding `__x` in `class C` is held as `_C__x`, while its span and
/// the root of a chain keep what is written.
pub fn collect(mut syntax: Syntax, text: &str) -> Facts {
    let scopes = Scopes::new(&syntax);
    let (references, last) = walk::walk(&syntax, &scopes);
    let exports = exports::exports(&syntax, &scopes, text);
    let binds = std::mem::take(&mut syntax.binds);
    let opened = std::mem::take(&mut syntax.scopes);
    let bindings: Vec<Binding> =
        binds.into_iter().zip(scopes.placed).map(|(bind, placed)| binding(bind, placed)).collect();
    let all = opened.into_iter().zip(scopes.list).zip(last);
    let list: Vec<Scope> = all.map(|((opened, scope), last)| settled(opened, scope, last)).collect();
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
        index: Index::default(),
        swaps: OnceLock::new(),
    }
}

fn binding(bind: Bind, placed: scopes::Placed) -> Binding {
    let Bind { span, statement, kind, .. } = bind;
    let scopes::Placed { name, scope, from } = placed;
    Binding { scope, from, name, span, statement, kind }
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

fn settled(opened: OpenedScope, scope: scopes::Scope, last: walk::Last) -> Scope {
    Scope {
        kind: opened.kind,
        parent: scope.parent,
        name: opened.name,
        span: opened.span,
        names: scope.holds,
        declared: scope.meant,
        stars: scope.stars,
        last,
    }
}
