//! Python in, references and their bindings out, as lines of text.

mod exported;
mod order;
mod scoping;
mod typing;

use super::*;
use crate::python::parse;
use crate::python::syntax::{BindKind, BindingId};
use crate::semantics::facts::Reach;
use crate::text::LineIndex;

fn facts(text: &str) -> Facts {
    collect(parse(text).unwrap(), text)
}

/// Each reference on a line: its own line and root, then the lines that bind the root.
///
/// `?` says that it can be unbound, `builtin` that nothing here binds it, `*2` is a star import on line 2, `-3` a `del` on line 3.
fn table(text: &str) -> String {
    let facts = facts(text);
    let lines = LineIndex::new(text);
    let mut table = String::new();
    for reference in &facts.references {
        let chain = &facts.syntax.chains[reference.chain.index()];
        let line = lines.line(chain.root_span.start());
        table += &format!("{line} {}: {}\n", chain.root, shown(&reference.reach, &facts, &lines));
    }
    table
}

fn shown(reach: &Reach, facts: &Facts, lines: &LineIndex) -> String {
    let line = |binding: &BindingId| {
        let binding = &facts.bindings[binding.index()];
        let mark = match binding.kind {
            BindKind::Delete => "-",
            BindKind::Star => "*",
            _ => "",
        };
        format!("{mark}{}", lines.line(binding.span.start()))
    };
    let mut parts: Vec<String> = reach.bindings.iter().chain(&reach.stars).map(line).collect();
    match reach.scope {
        None => parts.insert(0, "builtin".into()),
        Some(_) if reach.too_many => parts.push("many".into()),
        Some(_) if reach.partial => parts.push("?".into()),
        Some(_) => {}
    }
    parts.join(" ")
}

/// Checks all references to the names that `expected` mentions; its lines are split by `;`.
#[track_caller]
fn check(text: &str, expected: &str) {
    let expected: Vec<&str> = expected.split(';').map(str::trim).collect();
    let name = |line: &str| line.split([' ', ':']).nth(1).unwrap().to_owned();
    let names: Vec<String> = expected.iter().map(|line| name(line)).collect();
    let found = table(text);
    let found: Vec<&str> = found.lines().filter(|line| names.contains(&name(line))).collect();
    assert_eq!(found.join("; "), expected.join("; "), "\n{text}");
}
