//! The harness: a source with marked statements, what happens to them, and the source that must come out.

use std::collections::BTreeMap;

use ruff_python_ast::{ExceptHandler, Stmt};
use ruff_text_size::Ranged;

use super::super::{Change, Entry, ImportChange, NewEntry, NewImport, Own, Suite, change_suite};
use crate::python::syntax::BlockKind;
use crate::text::{Edits, Span};

/// A source whose statements to be changed are marked by `»`.
pub(super) struct Case {
    pub(super) text: String,
    marks: Vec<usize>,
    changes: Vec<Change>,
    width: usize,
}

/// Begins a case; the marked statements must be of one suite.
pub(super) fn case(source: &str) -> Case {
    let mut text = String::new();
    let mut marks = Vec::new();
    for piece in source.split('»') {
        text.push_str(piece);
        marks.push(text.len());
    }
    marks.pop();
    let changes = vec![Change::default(); marks.len()];
    Case { text, marks, changes, width: 88 }
}

impl Case {
    pub(super) fn width(self, width: usize) -> Self {
        Self { width, ..self }
    }

    /// Entries between `|`: `-` keeps, `x` drops, `>` moves, anything else is the new text.
    /// Then, behind `;`: `module M`, `add E, E`, `before S`, `after S`.
    pub(super) fn import(self, wish: &str) -> Self {
        self.import_at(0, wish)
    }

    pub(super) fn import_at(mut self, mark: usize, wish: &str) -> Self {
        let spans = self.spans();
        let mut import = ImportChange::default();
        let mut pieces = wish.split(';').map(str::trim);
        let entries = pieces.next().unwrap_or_default();
        import.entries = entries.split('|').map(str::trim).filter(|entry| !entry.is_empty()).map(entry).collect();
        let change = &mut self.changes[mark];
        for piece in pieces {
            let (key, value) = piece.split_once(' ').unwrap();
            match key {
                "module" => import.module = Some(value.to_owned()),
                "add" => import.add = new_entries(value, &spans),
                "before" => change.before.push(new_import(value, &spans)),
                "after" => change.after.push(new_import(value, &spans)),
                _ => panic!("unknown wish `{key}`"),
            }
        }
        change.own = Own::Import(import);
        self
    }

    pub(super) fn own(mut self, own: Own) -> Self {
        for change in &mut self.changes {
            change.own = own.clone();
        }
        self
    }

    pub(super) fn remove(self) -> Self {
        self.own(Own::Remove)
    }

    pub(super) fn beside(mut self, before: &[&str], after: &[&str]) -> Self {
        let spans = self.spans();
        let change = &mut self.changes[0];
        change.before = before.iter().map(|text| new_import(text, &spans)).collect();
        change.after = after.iter().map(|text| new_import(text, &spans)).collect();
        self
    }

    /// The marked statements.
    pub(super) fn spans(&self) -> Vec<Span> {
        let suites = suites(&self.text);
        let found = |mark: &usize| {
            let spans = suites.iter().flat_map(|suite| &suite.statements);
            *spans.clone().find(|span| span.start() == *mark).expect("a statement begins at the mark")
        };
        self.marks.iter().map(found).collect()
    }

    pub(super) fn result(&self) -> Result<String, String> {
        let spans = self.spans();
        let suites = suites(&self.text);
        let mut suite = suites.into_iter().find(|suite| suite.statements.contains(&spans[0])).unwrap();
        suite.width = self.width;
        let place = |span: &Span| suite.statements.iter().position(|other| other == span).expect("one suite");
        let changes: BTreeMap<usize, Change> = spans.iter().map(place).zip(self.changes.iter().cloned()).collect();
        let edits = change_suite(&suite, &changes).map_err(|refused| refused.to_string())?;
        let edits = Edits::new(edits).expect("the edits are disjoint");
        Ok(edits.apply(&self.text))
    }

    /// The text must read `expected` then, with `\n`, `\r\n` and `\r` as line ends alike.
    pub(super) fn gives(self, expected: &str) {
        for newline in ["\n", "\r\n", "\r"] {
            let marked = self.marks.iter().rev().fold(self.text.clone(), |mut text, &mark| {
                text.insert(mark, '»');
                text
            });
            let mut other = case(&marked.replace('\n', newline));
            (other.changes, other.width) = (self.changes.clone(), self.width);
            moved_sources(&mut other, &self.spans());
            let found = other.result().unwrap();
            assert_eq!(found.replace(newline, "\n"), expected, "with {newline:?}");
            let mixes = newline != "\n" && found.replace(newline, "").contains(['\n', '\r']);
            assert!(!mixes || !self.text.contains('\n'), "{found:?} mixes line ends");
            assert!(ruff_python_parser::parse_module(&found).is_ok(), "no valid Python:\n{found}");
        }
    }

    pub(super) fn refused(self) {
        assert!(self.result().is_err(), "{:?}", self.result());
    }
}

/// Line ends differ in length: entries that continue others name the statements where they are now.
fn moved_sources(case: &mut Case, old: &[Span]) {
    let new = case.spans();
    let moved = |entry: &mut NewEntry| {
        if let Some((span, _)) = &mut entry.source {
            *span = new[old.iter().position(|old| old == span).unwrap()];
        }
    };
    for change in &mut case.changes {
        let imports = change.before.iter_mut().chain(&mut change.after);
        imports.flat_map(|import| &mut import.entries).for_each(moved);
        if let Own::Import(import) = &mut change.own {
            import.add.iter_mut().for_each(moved);
        }
    }
}

fn entry(wish: &str) -> Entry {
    match wish {
        "-" => Entry::Keep,
        "x" => Entry::Drop,
        ">" => Entry::Move,
        text => Entry::Rewrite(text.to_owned()),
    }
}

/// `New<1` continues entry 1 of the first marked statement, `New<2:1` of the third.
fn new_entries(text: &str, spans: &[Span]) -> Vec<NewEntry> {
    let read = |entry: &str| match entry.trim().split_once('<') {
        None => NewEntry::new(entry.trim()),
        Some((text, source)) => {
            let (mark, index) = source.split_once(':').unwrap_or(("0", source));
            NewEntry::new(text).continuing(spans[mark.parse::<usize>().unwrap()], index.parse().unwrap())
        }
    };
    text.split(',').map(read).collect()
}

fn new_import(text: &str, spans: &[Span]) -> NewImport {
    match text.strip_prefix("from ") {
        Some(rest) => {
            let (module, entries) = rest.split_once(" import ").unwrap();
            NewImport { module: Some(module.to_owned()), entries: new_entries(entries, spans) }
        }
        None => NewImport { module: None, entries: new_entries(text.strip_prefix("import ").unwrap(), spans) },
    }
}

/// All suites of a source.
pub(super) fn suites(text: &str) -> Vec<Suite<'_>> {
    let parsed = ruff_python_parser::parse_module(text).unwrap_or_else(|error| panic!("{error}:\n{text}"));
    let mut suites = Vec::new();
    let mut bodies: Vec<(BlockKind, &[Stmt])> = vec![(BlockKind::Module, &parsed.syntax().body)];
    while let Some((kind, body)) = bodies.pop() {
        let statements: Vec<Span> = body.iter().map(span).collect();
        if let Some(first) = statements.first() {
            let start = text[..first.start()].rfind(['\n', '\r']).map_or(0, |at| at + 1);
            let inline = !text[start..first.start()].trim().is_empty();
            suites.push(Suite { text, statements, kind, inline, width: 88 });
        }
        body.iter().for_each(|statement| bodies.extend(nested(statement)));
    }
    suites
}

fn span(node: &impl Ranged) -> Span {
    Span::new(node.start().to_usize(), node.end().to_usize())
}

fn nested(statement: &Stmt) -> Vec<(BlockKind, &[Stmt])> {
    match statement {
        Stmt::FunctionDef(def) => vec![(BlockKind::Function, &def.body)],
        Stmt::ClassDef(def) => vec![(BlockKind::Class, &def.body)],
        Stmt::If(test) => {
            let arms = test.elif_else_clauses.iter().map(|clause| (BlockKind::Elif, clause.body.as_slice()));
            [(BlockKind::If, test.body.as_slice())].into_iter().chain(arms).collect()
        }
        Stmt::Try(attempt) => {
            let handlers = attempt.handlers.iter().map(|ExceptHandler::ExceptHandler(handler)| &handler.body);
            let arms = [&attempt.body].into_iter().chain(handlers).chain([&attempt.orelse, &attempt.finalbody]);
            arms.map(|body| (BlockKind::Try, body.as_slice())).collect()
        }
        Stmt::For(each) => vec![(BlockKind::Loop, &each.body), (BlockKind::LoopElse, &each.orelse)],
        Stmt::While(each) => vec![(BlockKind::Loop, &each.body), (BlockKind::LoopElse, &each.orelse)],
        Stmt::With(with) => vec![(BlockKind::With, &with.body)],
        Stmt::Match(matched) => matched.cases.iter().map(|case| (BlockKind::Case, case.body.as_slice())).collect(),
        _ => Vec::new(),
    }
}
