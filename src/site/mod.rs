//! Where aliases stand: one file per kind of place. Nothing here edits.

mod kind;

pub use kind::Kind;
