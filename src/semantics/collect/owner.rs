//! Which scope a name belongs to where it is read: local, enclosing, global, builtin.

use rustc_hash::FxHashMap;

use super::scopes::Scopes;
use crate::python::Identifier;
use crate::python::syntax::{ScopeId, ScopeKind};

/// Answers that were found once.
#[derive(Default)]
pub(super) struct Owners {
    known: FxHashMap<(ScopeId, Identifier), Option<ScopeId>>,
    passed: Vec<ScopeId>,
}

impl Owners {
    /// The scope that holds `name` as code in `scope` reads it; `None` for a builtin.
    ///
    /// ```python
    /// class C:
    ///     x = 1            # a class body sees its own names,
    ///     def f(self):
    ///         return x     # code inside does not: this is the global `x`
    /// ```
    pub(super) fn owner(&mut self, scopes: &Scopes, scope: ScopeId, name: &Identifier) -> Option<ScopeId> {
        self.passed.clear();
        let mut current = scope;
        let mut sees_class = true;
        let owner = loop {
            let here = scopes.get(current);
            let is_kept = current == scope || is_same_for_all(here.kind);
            if let Some(&known) = self.known.get(&(current, name.clone())).filter(|_| is_kept) {
                break known;
            }
            let sees = here.kind != ScopeKind::Class || sees_class;
            match here.meant.get(name).filter(|_| sees) {
                Some(&ScopeId::MODULE) => break global(scopes, name),
                Some(&outer) => break Some(outer),
                None => {}
            }
            let Some(parent) = here.parent else { break global(scopes, name) };
            if sees && here.holds.contains_key(name) {
                break Some(current);
            }
            if is_kept {
                self.passed.push(current);
            }
            sees_class &= matches!(here.kind, ScopeKind::TypeParameters | ScopeKind::TypeAlias);
            current = parent;
        };
        for passed in self.passed.drain(..) {
            self.known.insert((passed, name.clone()), owner);
        }
        owner
    }
}

/// Whether code in the scope and code nested in it see the same; a class body, and what stands directly in it, see more.
fn is_same_for_all(kind: ScopeKind) -> bool {
    !matches!(kind, ScopeKind::Class | ScopeKind::TypeParameters | ScopeKind::TypeAlias)
}

fn global(scopes: &Scopes, name: &Identifier) -> Option<ScopeId> {
    scopes.get(ScopeId::MODULE).holds.contains_key(name).then_some(ScopeId::MODULE)
}
