//! What reaches a reference: made from what is seen, shared where it is equal, added to where more is found later.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::flow::{Seen, add};
use crate::python::Identifier;
use crate::python::syntax::{BindingId, ScopeId};
use crate::semantics::facts::Reach;

pub(super) struct Reaches {
    nothing: Arc<Reach>,
    recent: FxHashMap<Identifier, Arc<Reach>>,
}

impl Default for Reaches {
    fn default() -> Self {
        let nothing = Reach { partial: true, ..Reach::default() };
        Self { nothing: Arc::new(nothing), recent: FxHashMap::default() }
    }
}

impl Reaches {
    /// The reach of a builtin, and of what is not worked out yet.
    pub(super) fn nothing(&self) -> Arc<Reach> {
        self.nothing.clone()
    }

    /// What has been seen of `name` in `scope`; shared with the last equal one.
    pub(super) fn of(&mut self, name: &Identifier, scope: Option<ScopeId>, seen: &Seen) -> Arc<Reach> {
        let too_many = seen.bindings.len() > Reach::LIMIT;
        let bindings: &[BindingId] = if too_many { &[] } else { &seen.bindings };
        let partial = !seen.covered || too_many;
        if let Some(recent) = self.recent.get(name) {
            let same = (recent.scope, recent.partial, recent.too_many) == (scope, partial, too_many);
            if same && recent.bindings[..] == *bindings && recent.stars == seen.stars {
                return recent.clone();
            }
        }
        let (bindings, stars) = (bindings.into(), seen.stars.clone());
        let reach = Arc::new(Reach { scope, bindings, stars, partial, too_many });
        self.recent.insert(name.clone(), reach.clone());
        reach
    }

    /// `found` can be seen where `reach` leaves off.
    pub(super) fn fall_back(&self, reach: &mut Arc<Reach>, found: &Arc<Reach>) {
        if Arc::ptr_eq(reach, &self.nothing) {
            *reach = found.clone();
        } else if !Arc::ptr_eq(found, &self.nothing) {
            let partial = reach.partial && found.partial;
            more(reach, found.scope, &found.bindings, &found.stars);
            let reach = Arc::make_mut(reach);
            reach.too_many |= found.too_many;
            reach.partial = partial || reach.too_many;
        }
    }
}

/// Bindings and stars that an earlier round of a loop can have run.
pub(super) fn more(reach: &mut Arc<Reach>, scope: Option<ScopeId>, bindings: &[BindingId], stars: &[BindingId]) {
    let knows = |known: &[BindingId], new: &[BindingId]| new.iter().all(|new| known.binary_search(new).is_ok());
    if reach.too_many || (knows(&reach.bindings, bindings) && knows(&reach.stars, stars)) {
        return;
    }
    let reach = Arc::make_mut(reach);
    reach.scope = reach.scope.or(scope.filter(|_| !bindings.is_empty()));
    add(&mut reach.bindings, bindings);
    add(&mut reach.stars, stars);
    if reach.bindings.len() > Reach::LIMIT {
        reach.bindings.clear();
        (reach.too_many, reach.partial) = (true, true);
    }
}
