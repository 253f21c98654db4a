//! Lists and tuples of strings such as `__all__`, and dictionaries: entries that go, are renamed, or join.

use super::EditError;
use super::drop::drop_edits;
use super::insert::{Element, Layout, exploded, insert_edits};
use super::lines::{columns, indent_unit, indentation, is_broken, line_start, newline};
use super::order::{misplaced, place};
use super::parts::{parse, parts, statement};
use super::sequence::Sequence;
use super::string::content;
use super::suite::{narrowed, shifted};
use crate::text::{Edit, Edits, Span};

/// What happens to one list.
#[derive(Clone, Debug, Default)]
pub struct ListChange {
    /// One for each element, in order, whatever it is.
    pub entries: Vec<ListEntry>,
    /// Names that join the list.
    pub add: Vec<String>,
}

/// What happens to one element of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListEntry {
    Keep,
    /// It goes, with the comments of its line and directly above it.
    Drop,
    /// It names something else; prefix and quotes stay. A name that the list has already makes the element go.
    Rename(String),
}

/// The edits that carry out `change` on the list or tuple at `span` of `text`, with or without brackets.
/// A list without elements reads `[]`, a tuple without elements `()`.
pub fn change_list(text: &str, span: Span, change: &ListChange, width: usize) -> Result<Vec<Edit>, EditError> {
    let list = List::read(span.of(text))?;
    let layout = Layout {
        newline: newline(text, span.end()),
        indent: indentation(text, span.start()),
        unit: indent_unit(text),
        width,
        column: columns(&text[line_start(text, span.start())..span.start()]),
    };
    let edits = match list.changed(change, &layout)? {
        Outcome::Tokens(edits) => edits,
        Outcome::Text(new) => narrowed(Span::new(0, span.len()), span.of(text), &new).into_iter().collect(),
    };
    Ok(edits.into_iter().map(|edit| shifted(edit, span.start() as isize)).collect())
}

enum Outcome {
    Tokens(Vec<Edit>),
    Text(String),
}

/// A list taken apart. A tuple without parentheses gets them for the time of the work.
struct List {
    source: String,
    sequence: Sequence,
    brackets: [&'static str; 2],
    is_open: bool,
}

impl List {
    fn read(source: &str) -> Result<Self, EditError> {
        let bracketed = |source: &str| -> Result<(Sequence, [&'static str; 2]), EditError> {
            let tree = parse(source)?;
            let node = statement(&tree)?;
            let inner = node.child(0).filter(|_| node.child_count() == 1).ok_or(EditError::Shape)?;
            let brackets = match inner.kind() {
                "list" => ["[", "]"],
                "tuple" => ["(", ")"],
                "dictionary" => ["{", "}"],
                _ => return Err(EditError::Shape),
            };
            Ok((Sequence::read(source, &parts(inner)), brackets))
        };
        if let Ok((sequence, brackets)) = bracketed(source) {
            return Ok(Self { source: source.to_owned(), sequence, brackets, is_open: false });
        }
        let source = format!("({source})");
        let (sequence, brackets) = bracketed(&source)?;
        Ok(Self { source, sequence, brackets, is_open: true })
    }

    /// The names that the elements spell; `None` for what is no plain string.
    fn names(&self) -> Vec<Option<String>> {
        let items = self.sequence.items.iter();
        items.map(|item| content(&self.source, item.span).ok().map(|span| span.of(&self.source).to_owned())).collect()
    }

    fn is_tuple(&self) -> bool {
        self.brackets[0] == "("
    }

    fn changed(self, change: &ListChange, layout: &Layout<'_>) -> Result<Outcome, EditError> {
        let (expected, given) = (self.sequence.items.len(), change.entries.len());
        if expected != given {
            return Err(EditError::Count { expected, given });
        }
        let names = self.names();
        let (entries, mut added) = self.settled(change, &names)?;
        let dropped: Vec<bool> = entries.iter().map(|entry| *entry == ListEntry::Drop).collect();
        let mut edits = Vec::new();
        for (entry, item) in entries.iter().zip(&self.sequence.items) {
            if let ListEntry::Rename(name) = entry {
                edits.push(Edit::new(content(&self.source, item.span)?, name.as_str()));
            }
        }
        if added.is_empty() && !dropped.contains(&true) {
            let by = if self.is_open { -1 } else { 0 };
            let text = Edits::new(edits.clone()).map_err(|_| EditError::Shape)?.apply(&self.source);
            return Ok(match self.wrapped(&text, layout)? {
                Some(wrapped) => Outcome::Text(wrapped),
                None => Outcome::Tokens(edits.into_iter().map(|edit| shifted(edit, by)).collect()),
            });
        }
        let text = if dropped.contains(&false) {
            edits.extend(drop_edits(&self.source, &self.sequence, &dropped, self.is_tuple()));
            Edits::new(edits).map_err(|_| EditError::Shape)?.apply(&self.source)
        } else {
            let [open, close] = self.brackets;
            match added.is_empty() {
                true => return Ok(Outcome::Text(format!("{open}{close}"))),
                false => format!("{open}{}{close}", self.first_of(&mut added)),
            }
        };
        let text = self.grown(text, &names, added, layout)?;
        let text = self.wrapped(&text, layout)?.unwrap_or(text);
        Ok(Outcome::Text(self.unwrapped(text)))
    }

    /// The text of the first element of a list that was empty or becomes empty.
    fn first_of(&self, added: &mut Vec<Element>) -> String {
        let first = added.remove(0).text;
        if self.is_tuple() { first + "," } else { first }
    }

    /// The entries once doubles are gone and a name that would break the order joins anew.
    fn settled(
        &self,
        change: &ListChange,
        names: &[Option<String>],
    ) -> Result<(Vec<ListEntry>, Vec<Element>), EditError> {
        let mut entries = change.entries.clone();
        let kept = entries.iter().zip(names).filter(|(entry, _)| **entry == ListEntry::Keep);
        let mut written: Vec<String> = kept.filter_map(|(_, name)| name.clone()).collect();
        for entry in &mut entries {
            match entry {
                ListEntry::Rename(name) if written.contains(name) => *entry = ListEntry::Drop,
                ListEntry::Rename(name) => written.push(name.clone()),
                ListEntry::Keep | ListEntry::Drop => {}
            }
        }
        let (open, close) = self.quotes();
        let element = |name: &String| Element { text: format!("{open}{name}{close}"), ..Element::default() };
        let mut added: Vec<Element> = change.add.iter().filter(|name| !written.contains(name)).map(element).collect();
        for index in misplaced_names(&entries, names) {
            if let ListEntry::Rename(name) = std::mem::replace(&mut entries[index], ListEntry::Drop) {
                added.push(self.renamed(index, &name)?);
            }
        }
        Ok((entries, added))
    }

    /// Element `index` with its comments and quotes, naming `name`.
    fn renamed(&self, index: usize, name: &str) -> Result<Element, EditError> {
        let literal = self.sequence.items[index].span;
        let inside = content(&self.source, literal)?;
        let open = &self.source[literal.start()..inside.start()];
        let close = &self.source[inside.end()..literal.end()];
        Ok(self.sequence.own(&self.source, index, format!("{open}{name}{close}")))
    }

    /// Prefix and opening quote, and closing quote, of the first string; double quotes if there is none.
    fn quotes(&self) -> (String, String) {
        let first =
            self.sequence.items.iter().find_map(|item| Some((item.span, content(&self.source, item.span).ok()?)));
        first.map_or_else(
            || ("\"".to_owned(), "\"".to_owned()),
            |(literal, inside)| {
                let open = &self.source[literal.start()..inside.start()];
                (open.to_owned(), self.source[inside.end()..literal.end()].to_owned())
            },
        )
    }

    fn grown(
        &self,
        mut text: String,
        before: &[Option<String>],
        added: Vec<Element>,
        layout: &Layout<'_>,
    ) -> Result<String, EditError> {
        let sorted: Option<Vec<&str>> = before.iter().map(Option::as_deref).collect();
        for element in added {
            let mut list = List::read(&text)?;
            if element.has_comments() && !list.sequence.is_vertical() {
                text = exploded(&text, &list.sequence, self.brackets, layout);
                list = List::read(&text)?;
            }
            let names: Vec<String> = list.names().into_iter().flatten().collect();
            let present: Vec<&str> = names.iter().map(String::as_str).collect();
            let literal = Span::new(0, element.text.len());
            let name = content(&element.text, literal)?.of(&element.text);
            let count = list.sequence.items.len();
            let position = match &sorted {
                Some(sorted) if present.len() == count => place(sorted, &present, name),
                _ => count,
            };
            let edits = insert_edits(&text, &list.sequence, position, &element, layout);
            text = Edits::new(edits).map_err(|_| EditError::Shape)?.apply(&text);
        }
        Ok(text)
    }

    /// The list with one element a line, if it stands on one line that has grown over the width.
    fn wrapped(&self, text: &str, layout: &Layout<'_>) -> Result<Option<String>, EditError> {
        let length = |line: &str| layout.column + columns(line);
        let was_long = length(&self.source) > layout.width;
        if self.is_open || was_long || text.contains(['\n', '\r']) || length(text) <= layout.width {
            return Ok(None);
        }
        let list = List::read(text)?;
        Ok(Some(exploded(text, &list.sequence, self.brackets, layout)))
    }

    /// Without the parentheses that a tuple had for the time of the work, unless its lines need them now.
    fn unwrapped(&self, text: String) -> String {
        if !self.is_open || is_broken(&text, 0, text.len()) || text == "()" {
            return text;
        }
        text[1..text.len() - 1].to_owned()
    }
}

/// The renamed elements of a sorted list of strings that would break its order.
fn misplaced_names(entries: &[ListEntry], names: &[Option<String>]) -> Vec<usize> {
    let Some(before) = names.iter().map(Option::as_deref).collect::<Option<Vec<&str>>>() else {
        return Vec::new();
    };
    let reads = entries.iter().zip(&before).map(|(entry, &name)| match entry {
        ListEntry::Keep => Some(name),
        ListEntry::Rename(new) => Some(new.as_str()),
        ListEntry::Drop => None,
    });
    let after: Vec<Option<&str>> = reads.collect();
    misplaced(&before, &after)
}
