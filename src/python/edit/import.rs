//! One import statement: which of its names stay, leave or read differently, and what joins them.

use rustc_hash::FxHashSet;

use super::comments::{is_lint, join, lint_of, segments};
use super::drop::drop_edits;
use super::insert::{Element, Layout, exploded, insert_edits, vertical, words};
use super::lines::columns;
use super::order::{misplaced, place};
use super::parts::{Part, parse, parts, span, statement};
use super::sequence::Sequence;
use super::{EditError, Entry, ImportChange};
use crate::text::{Edit, Edits, Span};

/// What becomes of a statement.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// Every name leaves and none joins.
    Gone,
    /// Single tokens differ; the edits are at offsets of the statement.
    Tokens(Vec<Edit>),
    /// The whole new text, and what its trailing comment has to say besides.
    Text { text: String, tail: Option<String> },
    /// The whole new text, its trailing comment included.
    Zone(String),
}

/// Where and how a statement stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page<'a> {
    pub(super) layout: Layout<'a>,
    /// The comment behind the statement, if the line is its own.
    pub(super) tail: Option<&'a str>,
    /// The statement shares its line with others: it gets no trailing comment and is not wrapped.
    pub(super) shared: bool,
}

/// An import statement taken apart.
pub(super) struct Import<'a> {
    pub(super) source: &'a str,
    /// Dots and module name; `None` in `import a`.
    module: Option<Span>,
    pub(super) sequence: Sequence,
    /// For each entry the imported name and the local one.
    names: Vec<(Span, Option<Span>)>,
}

impl<'a> Import<'a> {
    /// Reads the text of one import statement.
    pub(super) fn read(source: &'a str) -> Result<Self, EditError> {
        let tree = parse(source)?;
        let node = statement(&tree)?;
        if !matches!(node.kind(), "import_statement" | "import_from_statement" | "future_import_statement") {
            return Err(EditError::Shape);
        }
        let parts = parts(node);
        let keyword = parts.iter().position(|part| part.kind == "import").ok_or(EditError::Shape)?;
        let module = parts[..keyword].iter().rfind(|part| !matches!(part.kind, "from" | "comment"));
        let mut cursor = node.walk();
        let entries =
            node.children(&mut cursor).filter(|child| is_entry(child.kind(), child.start_byte(), &parts[keyword]));
        let names = entries.map(|entry| {
            let field = |name| entry.child_by_field_name(name).map(span);
            (field("name").unwrap_or(span(entry)), field("alias"))
        });
        // A comment inside an entry has no place once the entry is written on one line.
        if names_hold_comments(source, &parts[keyword..]) {
            return Err(EditError::Shape);
        }
        Ok(Self {
            source,
            module: module.map(|part| part.span),
            names: names.collect(),
            sequence: Sequence::read(source, &parts[keyword + 1..]),
        })
    }

    /// The entries as they are spelled, each on one line.
    pub(super) fn entries(&self) -> Vec<String> {
        self.sequence.items.iter().map(|item| words(item.span.of(self.source))).collect()
    }

    /// The comments that go with entry `index` when it leaves: its own, and those of the statement that linters read.
    /// Those of the statement go as a whole with its only entry.
    pub(super) fn carried(&self, index: usize, tail: Option<&str>) -> Element {
        let group = self.sequence.group_of(index);
        let mut element = self.sequence.own(self.source, index, words(self.sequence.items[index].span.of(self.source)));
        if let Some(shared) = group.comment.filter(|_| group.items.len() > 1) {
            element.trailing = lint_of(shared.of(self.source));
        }
        let is_only = self.sequence.items.len() == 1;
        for comment in self.sequence.head.map(|head| head.of(self.source)).into_iter().chain(tail) {
            let said = if is_only { Some(comment.to_owned()) } else { lint_of(comment) };
            if let Some(said) = said {
                join(&mut element.trailing, &said);
            }
        }
        element
    }

    /// The edits inside entry `index` that make it read `text`.
    fn rewrite(&self, index: usize, text: &str) -> Vec<Edit> {
        let (name, alias) = self.names[index];
        let (new_name, new_alias) = match text.split_once(" as ") {
            Some((name, alias)) => (name.trim(), Some(alias.trim())),
            None => (text, None),
        };
        let mut edits = vec![self.token(name, new_name)];
        match (alias, new_alias) {
            (Some(alias), Some(new)) => edits.push(Edit::new(alias, new)),
            (Some(alias), None) => edits.push(Edit::delete(Span::new(name.end(), alias.end()))),
            (None, Some(new)) => edits = vec![self.token(name, &format!("{new_name} as {new}"))],
            (None, None) => {}
        }
        edits.retain(|edit| edit.span.of(self.source) != edit.text);
        edits
    }

    /// `new` in place of the token at `span`, with the blanks that a word needs where dots or `*` stood without:
    /// `from.old import*`.
    fn token(&self, span: Span, new: &str) -> Edit {
        let touches = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
        let starts_word = !new.starts_with(['.', '*']) && touches(self.source[..span.start()].chars().next_back());
        let ends_word = !new.ends_with(['.', '*']) && touches(self.source[span.end()..].chars().next());
        let [before, after] = [starts_word, ends_word].map(|is_word| if is_word { " " } else { "" });
        Edit::new(span, format!("{before}{new}{after}"))
    }

    /// The text before the names.
    fn head(&self) -> &'a str {
        let end = self.sequence.span().map_or(self.source.len(), Span::start);
        self.source[..end].trim_end_matches([' ', '\t', '\x0c', '\\', '\r', '\n'])
    }
}

fn names_hold_comments(source: &str, parts: &[Part<'_>]) -> bool {
    parts.iter().any(|part| part.kind == "aliased_import" && part.span.of(source).contains('#'))
}

fn is_entry(kind: &str, start: usize, keyword: &Part<'_>) -> bool {
    start >= keyword.span.end() && matches!(kind, "dotted_name" | "aliased_import" | "wildcard_import")
}

/// Carries out `change` on the statement `source`; `added` are the entries that join it, with their comments.
pub(super) fn write(
    source: &str,
    change: &ImportChange,
    added: Vec<Element>,
    page: &Page<'_>,
) -> Result<Written, EditError> {
    let import = Import::read(source)?;
    let given = change.entries.len();
    if given != import.sequence.items.len() {
        return Err(EditError::Count { expected: import.sequence.items.len(), given });
    }
    if change.module.is_some() && import.module.is_none() {
        return Err(EditError::Shape);
    }
    let wishes = Wishes::settle(&import, change, added);
    let stays = wishes.entries.iter().any(|entry| !entry.leaves());
    let mut edits: Vec<Edit> = Vec::new();
    if let (Some(span), Some(module)) = (import.module, change.module.as_deref())
        && span.of(source) != module
    {
        edits.push(import.token(span, module));
    }
    if !stays {
        return Ok(if wishes.added.is_empty() { Written::Gone } else { refilled(&import, edits, &wishes.added, page) });
    }
    let dropped: Vec<bool> = wishes.entries.iter().map(Entry::leaves).collect();
    for (index, entry) in wishes.entries.iter().enumerate() {
        if let Entry::Rewrite(text) = entry {
            edits.extend(import.rewrite(index, text));
        }
    }
    let keeps_shape = !dropped.contains(&true) && wishes.added.is_empty();
    let changed = applied(source, [edits.clone(), drop_edits(source, &import.sequence, &dropped, false)].concat())?;
    let before = import.entries();
    let (grown, tail) = grown(changed, &before, wishes.added, page)?;
    let grown = if dropped.contains(&true) { bare(&import, grown)? } else { grown };
    let wrapped = wrapped(source, &grown, page)?;
    Ok(match wrapped {
        None if keeps_shape => Written::Tokens(edits),
        wrapped => Written::Text { text: wrapped.unwrap_or(grown), tail },
    })
}

fn applied(source: &str, edits: Vec<Edit>) -> Result<String, EditError> {
    Ok(Edits::new(edits).map_err(|_| EditError::Shape)?.apply(source))
}

/// What is asked for once doubles are gone and a name that would break the order has become one that joins.
struct Wishes {
    entries: Vec<Entry>,
    added: Vec<Element>,
}

impl Wishes {
    fn settle(import: &Import<'_>, change: &ImportChange, mut added: Vec<Element>) -> Self {
        let present = import.entries();
        let mut entries = change.entries.clone();
        let kept = entries.iter().zip(&present).filter(|(entry, _)| **entry == Entry::Keep);
        let mut written: FxHashSet<String> = kept.map(|(_, present)| present.clone()).collect();
        for entry in &mut entries {
            if let Entry::Rewrite(text) = entry
                && !written.insert(text.clone())
            {
                *entry = Entry::Drop;
            }
        }
        added.retain(|element| written.insert(element.text.clone()));
        let mut wishes = Self { entries, added };
        wishes.keep_order(import, &present);
        wishes
    }

    /// A renamed entry that no longer stands where the order of the list wants it leaves and joins again.
    fn keep_order(&mut self, import: &Import<'_>, present: &[String]) {
        let before: Vec<&str> = present.iter().map(String::as_str).collect();
        let after: Vec<Option<&str>> =
            self.entries.iter().zip(&before).map(|(entry, &present)| entry.reads(present)).collect();
        for index in misplaced(&before, &after) {
            if let Entry::Rewrite(text) = std::mem::replace(&mut self.entries[index], Entry::Move) {
                self.added.push(import.sequence.own(import.source, index, text));
            }
        }
    }
}

/// None of the old names stays: the new ones take the list over.
fn refilled(import: &Import<'_>, edits: Vec<Edit>, added: &[Element], page: &Page<'_>) -> Written {
    let head = Edits::new(edits).expect("there is one edit at most").apply(import.head());
    let (flat, tail) = flattened(added);
    let text = format!("{head} {flat}");
    let is_remark = |element: &Element| element.above.is_empty() && added.len() == 1;
    let is_plain = added.iter().all(|element| is_plain(element) || is_remark(element));
    let is_plain = is_plain && (!page.shared || tail.is_none());
    let fits = page.layout.column + columns(&text) <= page.layout.width || page.shared;
    if import.module.is_none() || (is_plain && fits) {
        return Written::Text { text, tail };
    }
    let comment = import.sequence.head.map(|comment| comment.of(import.source));
    Written::Text { text: format!("{head} {}", vertical(added, ["(", ")"], comment, &page.layout)), tail: None }
}

/// The elements on one line, and all that their comments say.
pub(super) fn flattened(elements: &[Element]) -> (String, Option<String>) {
    let mut tail = None;
    for comment in elements.iter().filter_map(|element| element.trailing.as_deref()) {
        join(&mut tail, comment);
    }
    let texts: Vec<&str> = elements.iter().map(|element| element.text.as_str()).collect();
    (texts.join(", "), tail)
}

/// Whether all that the comments of `element` say is for linters, so that they may stand behind a whole line.
pub(super) fn is_plain(element: &Element) -> bool {
    element.above.is_empty()
        && element.trailing.as_deref().is_none_or(|comment| segments(comment).into_iter().all(is_lint))
}

/// `source` with the elements put in, and what the statement's trailing comment has to say besides.
fn grown(
    mut source: String,
    before: &[String],
    added: Vec<Element>,
    page: &Page<'_>,
) -> Result<(String, Option<String>), EditError> {
    let mut tail = None;
    for mut element in added {
        let import = Import::read(&source)?;
        let is_single_line = !source.contains(['\n', '\r']);
        if element.has_comments() && !import.sequence.is_vertical() {
            if is_single_line && is_plain(&element) && !page.shared {
                join(&mut tail, element.trailing.take().as_deref().unwrap_or_default());
            } else if import.module.is_some() {
                let text = exploded(&source, &import.sequence, ["(", ")"], &page.layout);
                source = format!("{} {text}", import.head());
            }
        }
        let import = Import::read(&source)?;
        let names = import.entries();
        let list: Vec<&str> = names.iter().map(String::as_str).collect();
        let before: Vec<&str> = before.iter().map(String::as_str).collect();
        let position = place(&before, &list, &element.text);
        source = applied(&source, insert_edits(&source, &import.sequence, position, &element, &page.layout))?;
    }
    Ok((source, tail))
}

/// Takes the parentheses off that stood on one line and hold a single name now.
fn bare(import: &Import<'_>, text: String) -> Result<String, EditError> {
    if import.source.contains(['\n', '\r']) || import.sequence.open.is_none() {
        return Ok(text);
    }
    let left = Import::read(&text)?;
    if left.sequence.items.len() != 1 || left.sequence.trailing_comma().is_some() || text.contains(['\n', '\r']) {
        return Ok(text);
    }
    Ok(format!("{} {}", left.head(), left.sequence.items[0].span.of(&text)))
}

/// The statement with one name a line, if it stands on one line that has grown over the width.
fn wrapped(source: &str, text: &str, page: &Page<'_>) -> Result<Option<String>, EditError> {
    let layout = &page.layout;
    let tail = page.tail.filter(|tail| !segments(tail).into_iter().all(is_lint)).map_or(0, |tail| columns(tail) + 2);
    let length = |line: &str| layout.column + columns(line) + tail;
    let was_long = !source.contains(['\n', '\r']) && length(source) > layout.width;
    if page.shared || was_long || text.contains(['\n', '\r']) || length(text) <= layout.width {
        return Ok(None);
    }
    let import = Import::read(text)?;
    if import.module.is_none() || import.source.ends_with('*') {
        return Ok(None);
    }
    Ok(Some(format!("{} {}", import.head(), exploded(text, &import.sequence, ["(", ")"], layout))))
}
