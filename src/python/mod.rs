//! The Python language: names, the facts of one file, and concrete edits of its statements.
//!
//! This is the only floor that names a parser. `ruff_python_parser` says what a file means; `tree_sitter`
//! finds the commas, parentheses and comments inside the few statements that are edited.

pub mod attributes;
pub mod call_path;
mod cell;
pub mod edit;
pub mod fingerprint;
mod guard;
mod interned;
mod lower;
mod name;
pub mod outline;
mod parse;
mod scan;
pub mod syntax;
pub mod tolerant;

pub use cell::{Cell, read_cell};
pub use guard::hush_guarded_panics;
pub use name::{DottedName, Identifier, Symbol};
pub use parse::{ParseError, parse, parse_imported, parse_with_fingerprints};
use scan::depth;
