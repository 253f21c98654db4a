//! What a file's tables hold, found once for all names that its `__getattr__` is asked for.

use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::doors::Doors;
use crate::python::Identifier;
use crate::python::syntax::{Arm, BindingId, StatementKind, Step, StringId, StringKind, Target, Value};
use crate::semantics::Facts;
use crate::text::Cover;

/// What has been found of the tables of one file.
#[derive(Debug, Default)]
pub(in crate::semantics) struct Tables {
    /// Whether nothing changes what a module-level name is bound to.
    constant: Mutex<FxHashMap<Identifier, bool>>,
    /// The tables by their first keys, of which each has its own; `None` for one of which nobody can say what keys it has.
    keys: Mutex<FxHashMap<StringId, Option<Arc<Keys>>>>,
    /// What lists and tuples hold, by the names that are bound to them; `None` if that is not strings alone.
    lists: Mutex<FxHashMap<BindingId, Option<Arc<FxHashSet<String>>>>>,
    /// For whom the arms and the steps of the function are, by where in memory they stand.
    doors: Mutex<FxHashMap<usize, Arc<Doors>>>,
}

/// The entries of a table that have a key.
type Keys = FxHashMap<String, SmallVec<[usize; 1]>>;

/// The entries of a dictionary.
pub(super) type Items = [(Option<Value>, Value)];

impl Facts {
    /// The entries under a key, the one that counts last; `None` if nobody can say.
    pub(super) fn entries<'a>(
        &self,
        items: &'a Items,
        key: &str,
        text: &str,
    ) -> Option<impl Iterator<Item = (StringId, &'a Value)>> {
        let keys = match items.first() {
            None => Arc::default(),
            Some((first, _)) => once(&self.tables.keys, &string(first)?, || self.keys(items, text).map(Arc::new))?,
        };
        let own = keys.get(key).cloned().unwrap_or_default();
        Some(own.into_iter().filter_map(|index| Some((string(&items[index].0)?, &items[index].1))))
    }

    /// The strings of a list or tuple that a name is bound to; `None` if others are in it.
    pub(super) fn listed(&self, binding: BindingId, values: &[Value], text: &str) -> Option<Arc<FxHashSet<String>>> {
        let plain = |value: &Value| match value {
            Value::Text(string) => self.plain_string(*string, text).map(str::to_owned),
            _ => None,
        };
        once(&self.tables.lists, &binding, || values.iter().map(plain).collect::<Option<_>>().map(Arc::new))
    }

    /// For whom the arms of a choice are.
    pub(super) fn arm_doors(&self, arms: &[Arm], parameter: &Identifier) -> Arc<Doors> {
        let made = || Arc::new(Doors::of_arms(arms, self, parameter));
        once(&self.tables.doors, &(arms.as_ptr() as usize), made)
    }

    /// For whom the steps of a block are.
    pub(super) fn step_doors(&self, steps: &[Step], parameter: &Identifier) -> Arc<Doors> {
        let made = || Arc::new(Doors::of_steps(steps, self, parameter));
        once(&self.tables.doors, &(steps.as_ptr() as usize), made)
    }

    fn keys(&self, items: &Items, text: &str) -> Option<Keys> {
        let mut keys = Keys::default();
        for (index, (key, _)) in items.iter().enumerate() {
            let key = self.plain_string(string(key)?, text)?;
            keys.entry(key.to_owned()).or_default().push(index);
        }
        Some(keys)
    }

    /// What a string says, if nothing has to be put into it.
    pub(super) fn plain_string<'t>(&'t self, string: StringId, text: &'t str) -> Option<&'t str> {
        let string = &self.syntax.strings[string.index()];
        matches!(string.kind, StringKind::Plain | StringKind::Annotation).then(|| string.value(text))
    }

    /// Whether a module-level name is only read: no `TABLE[…] = …`, no `TABLE.update(…)`, no `global`.
    pub(super) fn is_constant(&self, name: &Identifier) -> bool {
        once(&self.tables.constant, name, || !self.is_stored_to(name) && self.is_only_read(name))
    }

    fn is_stored_to(&self, name: &Identifier) -> bool {
        let targets = self.syntax.statements.iter().flat_map(|statement| match &statement.kind {
            StatementKind::Assign { targets, .. } | StatementKind::Delete(targets) => &targets[..],
            StatementKind::Augment { target, .. } => std::slice::from_ref(target),
            _ => &[],
        });
        let stored = targets.filter_map(|target| match target {
            Target::Other(span) => Some(*span),
            _ => None,
        });
        let stored: Cover = stored.collect();
        self.chains_of(name).iter().any(|id| stored.contains(self.syntax.chains[id.index()].root_span))
    }

    fn is_only_read(&self, name: &Identifier) -> bool {
        const READING: [&str; 5] = ["get", "items", "keys", "values", "copy"];
        let own = self.chains_of(name).iter().map(|id| &self.syntax.chains[id.index()]);
        let mut methods = own.filter_map(|chain| chain.attributes.first());
        methods.all(|(method, _)| READING.contains(&method.as_str()))
    }
}

/// What has been found under a key, else what `find` finds.
fn once<K: Clone + Eq + Hash, V: Clone>(found: &Mutex<FxHashMap<K, V>>, key: &K, find: impl FnOnce() -> V) -> V {
    let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
    found.entry(key.clone()).or_insert_with(find).clone()
}

fn string(key: &Option<Value>) -> Option<StringId> {
    match key {
        Some(Value::Text(string)) => Some(*string),
        _ => None,
    }
}
