//! What names mean: scopes and references of one file, exports of modules, origins and routes across the tree.
//!
//! Knows nothing of rules.

mod collect;
mod facts;

pub use collect::collect;
pub use facts::{Binding, BindingId, Export, Exports, Facts, Reach, Reference, Scope, ScopeId};
