//! A language server: alias sites as diagnostics, and fixes that are parts of a proven plan.
//!
//! One thread takes messages in; all else happens on the thread that serves, one message after the other. The tree is looked
//! at again when something is new and the editor is silent for a moment, or when it asks. Open documents lie over the files
//! of the tree. Whoever starts the server reads the disk for it.

mod action;
mod analysis;
mod client;
mod desk;
mod diagnostic;
mod edit;
mod ground;
mod place;
mod position;
mod reasons;
mod server;
mod wire;
mod work;

pub use ground::{Ground, Reading, Trouble};
pub use server::{Ended, serve};
