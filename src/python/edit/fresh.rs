//! Import statements that are written anew, with the comments of the entries that they continue.

use super::comments::{join, lint_of};
use super::import::{Import, Page, flattened, is_plain};
use super::insert::{Element, vertical};
use super::lines::{columns, line_start, trailing_comment};
use super::{EditError, NewEntry, NewImport};
use crate::text::Span;

/// A statement before it has a place.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Fresh {
    /// Comment lines above it.
    pub(super) above: Vec<String>,
    pub(super) text: String,
    /// The comment behind it.
    pub(super) tail: Option<String>,
}

impl Fresh {
    /// The statement on lines of its own, all but the first indented by `indent`.
    pub(super) fn lines(&self, newline: &str, indent: &str) -> String {
        let tail = self.tail.as_deref().map_or_else(String::new, |tail| format!("  {tail}"));
        let last = format!("{}{tail}", self.text);
        let lines: Vec<&str> = self.above.iter().map(String::as_str).chain([last.as_str()]).collect();
        lines.join(&format!("{newline}{indent}"))
    }
}

/// Writes `new`, whose entries may continue entries of other statements of `text`.
pub(super) fn fresh(text: &str, new: &NewImport, page: &Page<'_>) -> Result<Fresh, EditError> {
    let mut elements = new.entries.iter().map(|entry| element(text, entry)).collect::<Result<Vec<_>, _>>()?;
    let head = new.module.as_ref().map_or_else(|| "import".to_owned(), |module| format!("from {module} import"));
    let is_from = new.module.is_some();
    if let [only] = elements.as_mut_slice()
        && (!page.shared || !is_from || !only.has_comments())
    {
        let above = std::mem::take(&mut only.above);
        let flat = Fresh { above, text: format!("{head} {}", only.text), tail: only.trailing.clone() };
        return Ok(if is_from { fitted(flat, &head, &elements, page) } else { flat });
    }
    let (names, tail) = flattened(&elements);
    let flat = Fresh { above: Vec::new(), text: format!("{head} {names}"), tail };
    let is_flat = elements.iter().all(is_plain) && (!page.shared || flat.tail.is_none());
    if !is_from {
        let above = elements.iter_mut().flat_map(|element| std::mem::take(&mut element.above)).collect();
        return Ok(Fresh { above, ..flat });
    }
    if is_flat {
        return Ok(fitted(flat, &head, &elements, page));
    }
    Ok(Fresh { text: format!("{head} {}", vertical(&elements, ["(", ")"], None, &page.layout)), ..Fresh::default() })
}

/// `flat`, with its names one a line if the line would be too long.
fn fitted(flat: Fresh, head: &str, elements: &[Element], page: &Page<'_>) -> Fresh {
    if page.shared || page.layout.column + columns(&flat.text) <= page.layout.width {
        return flat;
    }
    let bare: Vec<Element> =
        elements.iter().map(|element| Element { text: element.text.clone(), ..Element::default() }).collect();
    Fresh { text: format!("{head} {}", vertical(&bare, ["(", ")"], None, &page.layout)), ..flat }
}

/// The entry with the comments that it brings.
pub(super) fn element(text: &str, entry: &NewEntry) -> Result<Element, EditError> {
    let Some((span, index)) = entry.source else {
        return Ok(Element { text: entry.text.clone(), ..Element::default() });
    };
    let import = Import::read(span.of(text))?;
    if index >= import.sequence.items.len() {
        return Err(EditError::Count { expected: import.sequence.items.len(), given: index + 1 });
    }
    let comment = trailing_comment(text, span.end()).map(|comment| comment.of(text));
    let is_first = text[line_start(text, span.start())..span.start()].trim().is_empty();
    let tail = if is_first { comment.map(str::to_owned) } else { comment.and_then(lint_of) };
    Ok(Element { text: entry.text.clone(), ..import.carried(index, tail.as_deref()) })
}

/// Hands the comments of a statement that is replaced as a whole to the first of those that take its place,
/// and what linters read to all of them.
pub(super) fn inherit(statements: &mut [Fresh], text: &str, span: Span, tail: Option<&str>) -> Result<(), EditError> {
    let Ok(import) = Import::read(span.of(text)) else {
        return Ok(());
    };
    let head = import.sequence.head.map(|head| head.of(import.source));
    for comment in head.into_iter().chain(tail) {
        for (index, statement) in statements.iter_mut().enumerate() {
            let said = if index == 0 { Some(comment.to_owned()) } else { lint_of(comment) };
            if let Some(said) = said {
                join(&mut statement.tail, &said);
            }
        }
    }
    if let Some(first) = statements.first_mut() {
        let lines = import.sequence.tail.iter().map(|line| line.of(import.source).to_owned());
        first.above.extend(lines);
    }
    Ok(())
}
