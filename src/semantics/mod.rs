//! What names mean: scopes and references of one file, exports of modules, origins and routes across the tree.
//!
//! Knows nothing of rules.

mod active;
mod candidates;
mod class;
mod collect;
mod difference;
mod dual;
mod facts;
mod index;
mod instance;
mod load;
mod lookup;
mod origin;
mod outline;
mod resolve;
mod route;
mod spelled;
mod star;
mod stub;
mod swap;
mod walk;
mod watch;
mod world;

pub use active::is_hollow;
pub use class::ClassView;
pub use collect::collect;
pub use difference::{Difference, Differs, Stretch};
pub use facts::{Binding, BindingId, Bindings, Export, Exports, Facts, Reach, Reference, Scope, ScopeId};
pub use instance::Members;
pub use load::{At, Eager, Early, Failure, Loader, knots};
pub use lookup::{LookupEntry, Place};
pub use origin::{Definition, Hop, HopKind, Local, Origin, Resolution, Why};
pub use outline::{Imported, Outline};
pub use resolve::Step;
pub use route::Route;
pub use star::Exported;
pub use swap::Swap;
pub use watch::{ANY, Files, watched};
pub use world::{Read, Unread, World};
