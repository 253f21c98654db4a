//! Text without meaning: spans, disjoint edits, line numbers, and the byte-exact shape of a file.

mod chained;
mod cookie;
mod cover;
mod edit;
mod line_index;
mod notebook;
mod search;
mod shape;
mod single_byte;
mod span;

pub use cover::Cover;
pub use edit::{Edit, Edits, Overlap};
pub use line_index::{LineIndex, Position};
pub use notebook::{Beside, Content as CellContent, Mask, Notebook};
pub use search::{Search, Words};
pub use shape::{Shape, ShapeError, Undecoded};
pub use span::Span;
