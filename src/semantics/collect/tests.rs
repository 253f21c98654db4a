//! Python in, references and their bindings out, as lines of text.

use super::*;
use crate::python::parse;
use crate::python::syntax::BindKind;
use crate::semantics::facts::Reach;
use crate::text::LineIndex;

/// Each reference on a line: its own line and text, then the lines that bind its root.
///
/// `?` can be unbound, `builtin` bound by nothing, `*2` a star import on line 2, `-3` deleted on line 3.
fn table(text: &str) -> String {
    let facts = collect(parse(text).unwrap(), text);
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
    let line = |binding: &crate::semantics::BindingId| {
        let binding = &facts.bindings[binding.index()];
        let mark = match binding.kind {
            BindKind::Delete => "-",
            BindKind::Star => "*",
            _ => "",
        };
        format!("{mark}{}", lines.line(binding.span.start()))
    };
    let mut parts: Vec<String> = reach.bindings.iter().chain(&reach.stars).map(line).collect();
    if reach.scope.is_none() {
        parts.insert(0, "builtin".into());
    } else if reach.partial {
        parts.push("?".into());
    }
    parts.join(" ")
}

/// Checks the references to the names that `expected` mentions.
#[track_caller]
fn check(text: &str, expected: &str) {
    let names: Vec<&str> = expected.lines().filter_map(|line| line.split([' ', ':']).nth(1)).collect();
    let found = table(text);
    let found: Vec<&str> =
        found.lines().filter(|line| names.contains(&line.split([' ', ':']).nth(1).unwrap())).collect();
    assert_eq!(found.join("\n"), expected.trim_end(), "\n{text}");
}

#[test]
fn later_bindings_cover_earlier_ones() {
    check("x = 1\nx\nx = 2\nx\n", "2 x: 1\n4 x: 3");
    check("x\nx = 1\n", "1 x: builtin");
    check("x = 1\ndel x\nx\n", "3 x: -2 ?");
}
