//! Our scopes against CPython's: the whole standard library and installed packages, scope by scope and name by name.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use serde::Deserialize;
use unshim::python::syntax::{BindKind, Event, Form, ScopeId, ScopeKind};
use unshim::python::{Identifier, parse};
use unshim::semantics::{Facts, collect};
use unshim::text::LineIndex;

/// A scope as CPython and we both can tell it. Its text is compared.
#[derive(Deserialize)]
struct Dumped(String, String, u32, BTreeMap<String, String>, Vec<Dumped>);

/// Names that only one side knows, each with its reason.
const NOT_COMPARED: [(&str, &str); 8] = [
    (".0", "the parameter by which CPython hands a comprehension its first iterable"),
    ("__class__", "the cell of `super()`: read without being written, bound by the compiler"),
    ("__classdict__", "the cell by which type parameters see the names of a class"),
    (".type_params", "how the compiler hands type parameters to a definition"),
    (".defaults", "how the compiler hands defaults through the scope of type parameters"),
    (".kwdefaults", "the same"),
    (".generic_base", "the base `Generic[…]` that the compiler adds"),
    ("__conditional_annotations__", "how the compiler keeps track of annotations in branches"),
];

const COMPREHENSIONS: [&str; 4] = ["listcomp", "setcomp", "dictcomp", "genexpr"];

#[test]
fn scopes_are_those_of_cpython() {
    let worker = std::thread::Builder::new().stack_size(64 << 20).spawn(compare);
    let (files, different) = worker.unwrap().join().unwrap();
    assert!(files > 500, "CPython has compiled only {files} files of its standard library");
    assert!(
        different.is_empty(),
        "{} of {files} files differ:\n{}",
        different.len(),
        different[..different.len().min(5)].join("\n")
    );
}

/// Compares all files that the dump tells of.
fn compare() -> (usize, Vec<String>) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/symtable_dump.py");
    let mut command = Command::new("python3");
    command.arg(script).stdout(Stdio::piped());
    let mut child = command.spawn().expect("this test asks CPython: `python3` must be on the PATH");
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let (mut files, mut different) = (0, Vec::new());
    for line in lines {
        let (path, theirs): (String, Dumped) = serde_json::from_str(&line.unwrap()).unwrap();
        files += 1;
        different.extend(difference(&path, &theirs));
    }
    assert!(child.wait().unwrap().success(), "the dump of CPython's tables has failed");
    (files, different)
}

/// The lines of the two tables that differ in one file.
fn difference(path: &str, theirs: &Dumped) -> Option<String> {
    let text = String::from_utf8(std::fs::read(path).unwrap()).unwrap();
    let text = text.trim_start_matches('\u{feff}');
    let ours = match parse(text) {
        Ok(syntax) => our_table(&collect(syntax, text), text),
        Err(error) => return Some(format!("{path}: {error} at {}", error.offset())),
    };
    let theirs = their_table(theirs, "");
    if ours == theirs {
        return None;
    }
    let (ours, theirs): (BTreeSet<_>, BTreeSet<_>) = (ours.lines().collect(), theirs.lines().collect());
    let mut shown = format!("{path}:\n");
    for (mark, lines) in [('-', theirs.difference(&ours)), ('+', ours.difference(&theirs))] {
        lines.take(8).for_each(|line| writeln!(shown, "{mark} {line}").unwrap());
    }
    Some(shown)
}

/// A scope and all in it; scopes side by side are sorted, as CPython visits decorators and defaults in another order.
fn their_table(Dumped(kind, name, line, names, inner): &Dumped, around: &str) -> String {
    let here = scope_line(around, kind, name, *line);
    let mut table = here.clone() + "\n";
    for (name, letters) in names {
        // A name that only inner scopes use is noted here as well: a free one, or at the module a declared one.
        let is_passed_on = letters == "f" || letters == "g";
        if is_compared(name) && !is_passed_on {
            writeln!(table, "{here} {name}: {letters}").unwrap();
        }
    }
    table + &sorted(inner.iter().map(|inner| their_table(inner, &here)).collect())
}

fn sorted(mut tables: Vec<String>) -> String {
    tables.sort();
    tables.concat()
}

fn is_compared(name: &str) -> bool {
    NOT_COMPARED.iter().all(|(other, _)| *other != name)
}

fn scope_line(around: &str, kind: &str, name: &str, line: u32) -> String {
    match kind {
        "module" => String::from("module"),
        // Where a generator begins that is the only argument of a call is told in two ways, and we do not tell the kinds apart.
        _ if COMPREHENSIONS.contains(&name) => format!("{around}/comprehension"),
        _ => format!("{around}/{kind} {name}:{line}"),
    }
}

fn our_table(facts: &Facts, text: &str) -> String {
    Ours::new(facts, text).table(ScopeId::MODULE, "")
}

/// What we know of each name of each scope, in CPython's letters.
struct Ours<'a> {
    facts: &'a Facts,
    lines: LineIndex,
    inner: Vec<Vec<ScopeId>>,
    letters: Vec<BTreeMap<String, BTreeSet<char>>>,
}

impl<'a> Ours<'a> {
    fn new(facts: &'a Facts, text: &'a str) -> Self {
        let mut inner = vec![Vec::new(); facts.scopes.len()];
        for (number, scope) in facts.scopes.iter().enumerate() {
            if let Some(parent) = scope.parent {
                inner[parent.index()].push(ScopeId(number as u32));
            }
        }
        let letters = vec![BTreeMap::new(); facts.scopes.len()];
        let mut ours = Self { facts, lines: LineIndex::new(text), inner, letters };
        ours.note_bindings();
        ours.note_walruses();
        ours.note_declared();
        ours.note_references();
        ours
    }

    fn note(&mut self, scope: ScopeId, name: &str, letter: char) {
        self.letters[scope.index()].entry(name.to_owned()).or_default().insert(letter);
    }

    fn note_bindings(&mut self) {
        for binding in &self.facts.bindings {
            let letter = match binding.kind {
                BindKind::Star => continue,
                BindKind::Parameter => 'p',
                BindKind::Import(_) | BindKind::From(_) => 'm',
                _ => 'a',
            };
            self.note(binding.from, binding.name.as_str(), letter);
            self.note(binding.from, binding.name.as_str(), self.place(binding.from, binding.scope));
        }
    }

    /// A walrus binds around its comprehension, where CPython notes it as well (PEP 572).
    fn note_walruses(&mut self) {
        let mut open = vec![ScopeId::MODULE];
        for event in &self.facts.syntax.events {
            match *event {
                Event::OpenScope(scope) => open.push(scope),
                Event::CloseScope => drop(open.pop()),
                Event::Bind(binding) => {
                    let (binding, here) = (&self.facts.bindings[binding.index()], *open.last().unwrap());
                    let place = self.place(here, binding.scope);
                    let letters: &[char] = if place == 'g' { &['a', 'g', 'G'] } else { &['a', place] };
                    for letter in letters.iter().filter(|_| here != binding.from) {
                        self.note(here, binding.name.as_str(), *letter);
                    }
                }
                _ => {}
            }
        }
    }

    fn note_declared(&mut self) {
        for (number, scope) in self.facts.scopes.iter().enumerate() {
            let here = ScopeId(number as u32);
            for (name, meant) in &scope.declared {
                self.note(here, name.as_str(), self.place(here, *meant));
                if *meant == ScopeId::MODULE {
                    self.note(here, name.as_str(), 'G');
                }
            }
        }
    }

    /// Chains in strings and comments are no names to CPython, nor are annotations that are never evaluated,
    /// nor the target of `+=`.
    fn note_references(&mut self) {
        let augmented = self.facts.bindings.iter().filter(|binding| matches!(binding.kind, BindKind::Augment(_)));
        let augmented: BTreeSet<_> = augmented.map(|binding| binding.span).collect();
        for reference in &self.facts.references {
            let chain = &self.facts.syntax.chains[reference.chain.index()];
            let is_name = match chain.form {
                Form::Code => !augmented.contains(&chain.root_span),
                Form::Annotation => !self.facts.syntax.future_annotations,
                Form::Quoted(_) | Form::Unmapped(_) | Form::Comment => false,
            };
            if !is_name {
                continue;
            }
            let name = self.mangled(reference.scope, chain.root.as_str());
            self.note(reference.scope, &name, 'r');
            let place = match reference.reach.scope {
                _ if self.is_bound_in(reference.scope, &name) => 'l',
                Some(scope) => self.place(reference.scope, scope),
                None => 'g',
            };
            self.note(reference.scope, &name, place);
        }
    }

    fn is_bound_in(&self, scope: ScopeId, name: &str) -> bool {
        let bindings = self.facts.scopes[scope.index()].names.get(&Identifier::new(name)).into_iter().flatten();
        bindings.into_iter().any(|binding| self.facts.bindings[binding.index()].from == scope)
    }

    fn place(&self, from: ScopeId, holder: ScopeId) -> char {
        match self.facts.scopes[holder.index()].kind {
            _ if from == holder => 'l',
            ScopeKind::Module => 'g',
            _ => 'f',
        }
    }

    /// Chains keep what is written; CPython tells the mangled name.
    fn mangled(&self, scope: ScopeId, name: &str) -> String {
        let mut scope = Some(&self.facts.scopes[scope.index()]);
        while let Some(around) = scope.filter(|scope| scope.kind != ScopeKind::Class) {
            scope = around.parent.map(|parent| &self.facts.scopes[parent.index()]);
        }
        let class = scope.map_or("", |class| class.name.as_str().trim_start_matches('_'));
        let is_private = name.starts_with("__") && !name.ends_with("__") && !class.is_empty();
        if is_private { format!("_{class}{name}") } else { name.to_owned() }
    }

    fn table(&self, id: ScopeId, around: &str) -> String {
        let scope = &self.facts.scopes[id.index()];
        let (kind, name) = match scope.kind {
            ScopeKind::Module => ("module", "top"),
            ScopeKind::Class => ("class", scope.name.as_str()),
            ScopeKind::Function => ("function", scope.name.as_str()),
            ScopeKind::Lambda => ("function", "lambda"),
            ScopeKind::Comprehension => ("function", COMPREHENSIONS[0]),
            ScopeKind::TypeParameters => ("type parameter", scope.name.as_str()),
            ScopeKind::TypeAlias => ("type alias", scope.name.as_str()),
        };
        let here = scope_line(around, kind, name, self.lines.line(scope.span.start()));
        let mut table = here.clone() + "\n";
        for (name, letters) in &self.letters[id.index()] {
            if is_compared(name) && letters.iter().any(|letter| *letter != 'f') {
                let letters: String = "lgGfpmar".chars().filter(|letter| letters.contains(letter)).collect();
                writeln!(table, "{here} {name}: {letters}").unwrap();
            }
        }
        table + &sorted(self.inner[id.index()].iter().map(|inner| self.table(*inner, &here)).collect())
    }
}
