//! Random changes of random import statements: the result parses, imports the names that were asked for, keeps the
//! comments of the names that stay or move, and leaves every byte around the statement as it was.

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::Stmt;

use super::super::{Change, Entry, ImportChange, NewEntry, NewImport, Own, change_suite};
use super::harness::suites;
use crate::text::{Edits, Span};

/// A small generator of numbers (xorshift); the same seed gives the same cases.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn chance(&mut self, one_in: usize) -> bool {
        self.below(one_in) == 0
    }

    fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

/// A statement with what stands around it. Line ends are `\n`.
struct Sample {
    head: &'static str,
    statement: String,
    tail: &'static str,
    names: Vec<String>,
    /// The comments that belong to each name alone.
    comments: Vec<Vec<String>>,
}

const AROUND: [(&str, &str); 9] = [
    ("", "\n"),
    ("", ""),
    ("x = 'é'\n\n# above\n", "\n\n\ny = 2\n"),
    ("def f():\n    ", "\n    return 1\n"),
    ("class A:\n\tz = 1\n\t", "\n"),
    ("try:\n    ", "  # noqa: F401\nexcept E:\n    pass\n"),
    ("x = 1; ", "; y = 2  # end\n"),
    ("if x: ", "\n"),
    ("if x:\n  y\n  z; ", ";\n"),
];

fn sample(random: &mut Random) -> Sample {
    let (head, tail) = AROUND[random.below(AROUND.len())];
    let letters = ["A", "b", "C_C", "Dd", "e1", "F10", "F9", "_g"];
    let first = random.below(letters.len());
    let names: Vec<String> = (0..=random.below(5))
        .map(|index| {
            let name = letters[(first + index) % letters.len()];
            if random.chance(4) { format!("{name} as x{index}") } else { name.to_owned() }
        })
        .collect();
    let (list, comments) = match random.below(4) {
        0 => (names.join(random.pick(&[", ", ",", " , ", ", \\\n    "])), vec![Vec::new(); names.len()]),
        1 => {
            let close = random.pick(&[")", ",)", " )", ",\n)"]);
            (format!("({}{close}", names.join(random.pick(&[", ", ",\n      ", ",\n"]))), vec![Vec::new(); names.len()])
        }
        _ => vertical(random, &names),
    };
    let statement = format!("from {} import {list}", random.pick(&["m", ".m", "..", "a.b.c"]));
    Sample { head, statement, tail, names, comments }
}

fn vertical(random: &mut Random, names: &[String]) -> (String, Vec<Vec<String>>) {
    let mut list = format!("({}\n", if random.chance(4) { "  # head" } else { "" });
    let mut comments = vec![Vec::new(); names.len()];
    for (index, name) in names.iter().enumerate() {
        if random.chance(4) {
            comments[index].push(format!("# above {index}"));
            list.push_str(&format!("        # above {index}\n"));
        }
        let is_last = index + 1 == names.len();
        let comma = if is_last && random.chance(2) { "" } else { "," };
        list.push_str(&format!("        {name}{comma}"));
        if random.chance(3) {
            comments[index].push(format!("# about {index}"));
            list.push_str(&format!("  # about {index}"));
        } else if is_last && random.chance(3) {
            return (list + ")", comments);
        }
        list.push('\n');
    }
    (list + if random.chance(5) { "    # tail\n)" } else { "    )" }, comments)
}

/// A change, the entries that must be imported then, and the comments that must still be there.
struct Wish {
    change: Change,
    names: BTreeSet<(String, String)>,
    comments: Vec<String>,
}

fn wish(random: &mut Random, sample: &Sample, span: Span, module: &str) -> Wish {
    let mut import = ImportChange::default();
    let mut change = Change::default();
    let mut names = BTreeSet::new();
    let mut comments = Vec::new();
    for (index, name) in sample.names.iter().enumerate() {
        let new = if random.chance(2) { format!("Zz{index}") } else { format!("Aa{index} as y{index}") };
        let (entry, target) = match random.below(5) {
            0 => (Entry::Drop, None),
            1 => (Entry::Rewrite(new.clone()), Some((module, new))),
            2 => (Entry::Move, Some(("n.new", new))),
            _ => (Entry::Keep, Some((module, name.clone()))),
        };
        if let Some((module, text)) = target {
            comments.extend(sample.comments[index].clone());
            if entry == Entry::Move {
                let entry = NewEntry::new(&text).continuing(span, index);
                let new = NewImport { module: Some("n.new".to_owned()), entries: vec![entry] };
                if random.chance(2) { change.before.push(new) } else { change.after.push(new) }
            }
            names.insert((module.to_owned(), text));
        }
        import.entries.push(entry);
    }
    if random.chance(4) {
        let new = random.pick(&["Ab", "zz", "MAX", "Mm as q"]);
        import.add.push(NewEntry::new(new));
        names.insert((module.to_owned(), new.to_owned()));
    }
    change.own = Own::Import(import);
    Wish { change, names, comments }
}

/// All that the source imports, as (module, entry).
fn imported(text: &str) -> BTreeSet<(String, String)> {
    let parsed = ruff_python_parser::parse_module(text).unwrap_or_else(|error| panic!("{error}:\n{text}"));
    let mut bodies = vec![parsed.into_syntax().body];
    let mut found = BTreeSet::new();
    while let Some(body) = bodies.pop() {
        for statement in body {
            match statement {
                Stmt::ImportFrom(from) => {
                    let module = from.module.map_or_else(String::new, |module| module.to_string());
                    let module = ".".repeat(from.level as usize) + &module;
                    found.extend(from.names.into_iter().map(|alias| {
                        let local = alias.asname.map_or_else(String::new, |local| format!(" as {local}"));
                        (module.clone(), format!("{}{local}", alias.name))
                    }));
                }
                Stmt::FunctionDef(def) => bodies.push(def.body),
                Stmt::ClassDef(def) => bodies.push(def.body),
                Stmt::If(test) => bodies.push(test.body),
                Stmt::Try(attempt) => bodies.push(attempt.body),
                _ => {}
            }
        }
    }
    found
}

#[test]
fn random_changes_give_what_was_asked_for() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for round in 0..4000 {
        let sample = sample(&mut random);
        let newline = random.pick(&["\n", "\r\n", "\r"]);
        let [head, statement, tail] =
            [sample.head, &sample.statement, sample.tail].map(|text| text.replace('\n', newline));
        let text = format!("{head}{statement}{tail}");
        let span = Span::new(head.len(), head.len() + statement.len());
        let mut suite = suites(&text).into_iter().find(|suite| suite.statements.contains(&span)).unwrap();
        suite.width = 30 + random.below(60);
        let place = suite.statements.iter().position(|other| *other == span).unwrap();
        let module = statement.split(' ').nth(1).unwrap();
        let wish = wish(&mut random, &sample, span, module);
        let shown = format!("round {round}: {text:?} and {:?}", wish.change);
        let edits = change_suite(&suite, &BTreeMap::from([(place, wish.change)])).expect(&shown);
        let found = Edits::new(edits).expect("the edits are disjoint").apply(&text);
        assert_eq!(imported(&found), wish.names, "{shown}\n{found}");
        let goes = wish.names.is_empty();
        assert!(goes || found.starts_with(&head), "{shown}\n{found}");
        let (comment, rest) = tail.split_at(if tail.starts_with("  #") { "  # noqa: F401".len() } else { 0 });
        assert!(goes || (found.ends_with(rest) && found.contains(comment.trim())), "{shown}\n{found}");
        for comment in wish.comments {
            assert_eq!(found.matches(&comment).count(), 1, "{comment} in {shown}\n{found}");
        }
    }
}
