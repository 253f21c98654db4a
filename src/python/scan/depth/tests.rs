//! What is too deep is told; what is only long is not; and the answer takes linear time on a small stack.

use super::*;
use crate::python::{ParseError, parse};

/// Runs `check` with the stack that the program gives its workers.
fn on_worker<T: Send + 'static>(check: impl FnOnce() -> T + Send + 'static) -> T {
    std::thread::Builder::new().stack_size(64 << 20).spawn(check).unwrap().join().unwrap()
}

fn nested(open: &str, middle: &str, close: &str, count: usize) -> String {
    format!("{}{middle}{}\n", open.repeat(count), close.repeat(count))
}

fn suites(header: &str, count: usize) -> String {
    let lines = (0..count).map(|depth| format!("{}{header}\n", " ".repeat(depth)));
    lines.chain([format!("{}pass\n", " ".repeat(count))]).collect()
}

#[test]
fn nothing_nested_crashes() {
    let many = 50_000;
    let texts = [
        format!("x{}\n", ".a".repeat(many)),
        format!("x{}\n", "()".repeat(many)),
        format!("x{}\n", "[0]".repeat(many)),
        nested("(", "x", ")", many),
        nested("[", "x", "]", many),
        nested("{1: ", "x", "}", many),
        nested("f(", "x", ")", many),
        nested("(", "x", ").a", many),
        nested("lambda: ", "x", "", many),
        nested("lambda a, b=0: ", "x", "", many),
        nested("lambda a=", "x", ": 0", many),
        nested("x if y else ", "x", "", many),
        nested("not ", "x", "", many),
        nested("-", "x", "", many),
        nested("await ", "x", "", many),
        nested("x ** ", "x", "", many),
        nested("f'{", "x", "}'", many),
        nested("f'''{", "x", "}'''", many),
        nested("f'{x:{", "x", "}}'", many),
        nested("[x for x in ", "x", "]", many),
        nested("x + ", "x", "", 100_000),
        nested("async ", "x", "", many),
        format!("match x:\n case {}", nested("(", "x", "): pass", many)),
        format!("match x:\n case {}", nested("[", "x", "]", many)),
        format!("with {}: pass", nested("(", "x", ")", many)),
        format!("def f(x: {}): pass", nested("a[", "x", "]", many)),
        format!("def f(x: '{}'): pass", nested("a[", "x", "]", many).trim()),
        format!("x = 0 # type: {}", nested("a[", "x", "]", many)),
    ];
    for text in texts {
        on_worker(move || match parse(&text) {
            Ok(_) | Err(ParseError::TooDeep { .. } | ParseError::Syntax { .. }) => {}
        });
    }
}

#[test]
fn suites_are_bounded() {
    for header in ["if x:", "while x:", "def f():", "class C:", "try:", "with x:", "for x in y:"] {
        let text = suites(header, 2_000);
        assert!(matches!(parse(&text), Err(ParseError::TooDeep { .. })), "{header}");
    }
}

#[test]
fn what_is_long_but_flat_is_read() {
    let texts = [
        format!("if x: pass\n{}", "elif x: pass\n".repeat(50_000)),
        format!("x = [{}]\n", "(1 + 2).a, ".repeat(50_000)),
        format!("x = [{}]\n", "lambda a, b=0: a.b, ".repeat(50_000)),
        "x = 1 + 2\n".repeat(50_000),
        format!("x = {}\n", "'a' ".repeat(50_000)),
        format!("x = {}0\n", "y and ".repeat(50_000)),
        format!("x = f'{}'\n", "{a.b:>{c.d}} ".repeat(50_000)),
        format!("x = {}0\n", "y = ".repeat(50_000)),
        format!("match x:\n{}", "  case 0: pass\n".repeat(50_000)),
        format!("try: pass\n{}", "except x: pass\n".repeat(50_000)),
        format!("from x import ({})\n", "a, ".repeat(50_000)),
        suites("if x:", 90),
    ];
    for text in texts {
        on_worker(move || assert!(parse(&text).is_ok(), "{}", &text[..60]));
    }
}

#[test]
fn everything_up_to_the_bound_is_walked() {
    let texts = [
        format!("x{}\n", ".a".repeat(FILE - 10)),
        format!("x{}\n", "()".repeat(FILE - 10)),
        nested("(", "x", ")", FILE - 10),
        nested("f(", "x", ")", FILE - 10),
        nested("lambda: ", "x", "", FILE - 10),
        nested("not ", "x", "", FILE - 10),
        nested("x + ", "x", "", FILE - 10),
        nested("a[", "x", "]", FILE - 10),
        nested("[x for x in ", "y", "]", FILE - 10),
        nested("{1: ", "x", "}", FILE - 10),
        nested("f'{", "x", "}'", FILE / 2 - 10),
        nested("x if y else ", "x", "", FILE - 10),
    ];
    for text in texts {
        on_worker(move || assert!(parse(&text).is_ok(), "{}", &text[..60]));
    }
}

#[test]
fn strings_and_comments_hide_what_they_hold() {
    let dots = ".".repeat(100);
    for text in [
        format!("'{dots}'"),
        format!("'\\'{dots}'"),
        format!("r'\\'{dots}'"),
        format!("'\\\\\\\r\n{dots}'"),
        format!("'''\n'{dots}'''"),
        format!("# {dots}"),
        format!("f'{dots}{{{{{dots}'"),
        format!("f'''\n{dots}'{{x}}{dots}'''"),
        format!("f'\\\r\n{dots}'"),
    ] {
        let mut scan = Scan::new(&text);
        while scan.at < scan.bytes.len() {
            scan.step();
            assert!(scan.stack.depth() < 10, "{text:?}");
        }
    }
}
