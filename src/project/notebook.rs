//! A notebook as a source file: its cells as one text, but for those that cannot be read as Python.

use super::source::Source;
use crate::python::{Cell, parse, read_cell};
use crate::text::{CellContent, Notebook, Shape, ShapeError};

/// The source that the bytes of a notebook make.
pub(super) fn source(bytes: Vec<u8>) -> Source {
    let notebook = match Notebook::read(bytes) {
        Ok(notebook) => notebook,
        Err((bytes, offset)) => return Source::Opaque { bytes, why: ShapeError::NotANotebook { offset }.to_string() },
    };
    let content = |(index, source): (usize, &str)| match read_cell(source) {
        Cell::Code { masks, hidden } if parse(&notebook.masked(index, &masks)).is_ok() => {
            CellContent::Code { masks, hidden }
        }
        Cell::Code { .. } | Cell::Unreadable => CellContent::Unreadable,
        Cell::Foreign => CellContent::Foreign,
    };
    let contents: Vec<_> = notebook.sources().enumerate().map(content).collect();
    let (text, notebook, beside) = notebook.laid_out(&contents);
    Source::Text { text, shape: Shape::cells(notebook), beside: beside.into() }
}
