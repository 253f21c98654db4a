//! What runs at import does not depend on whether bodies of functions were parsed.

use std::collections::BTreeMap;
use std::process::Command;

use super::Script;
use crate::python::{parse, parse_imported};
use crate::semantics::collect;

/// The cases, and the library of CPython without its tests, each text behind its path, with a NUL behind each.
const TEXTS: &str = r#"
import pathlib, sys, sysconfig
for top in sys.argv[1], sysconfig.get_path("stdlib"):
    for path in sorted(pathlib.Path(top).rglob("*.py")):
        if not {"site-packages", "test"} & set(path.parts):
            for part in str(path).encode(), path.read_bytes():
                sys.stdout.buffer.write(part.replace(b"\0", b"") + b"\0")
"#;

#[test]
fn without_bodies_the_same_runs() {
    let cases = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");
    let texts = Command::new("python3").args(["-c", TEXTS, cases]).output();
    let texts = texts.expect("this test asks CPython: `python3` must be on the PATH").stdout;
    let parts: Vec<&[u8]> = texts.split(|byte| *byte == 0).collect();
    let compared = parts.as_chunks().0.iter().filter(|[path, text]| compare(path, text)).count();
    assert!(compared > 2000, "{compared} files");
}

/// Whether the file is UTF-8 and Python, and so was compared.
fn compare(path: &[u8], text: &[u8]) -> bool {
    let path = String::from_utf8_lossy(path);
    let Ok(text) = std::str::from_utf8(text) else { return false };
    let Ok(whole) = parse(text) else { return false };
    let short = parse_imported(text).unwrap_or_else(|error| panic!("{path}: {error}"));
    let [whole, short] = [whole, short].map(|syntax| said(&Script::new(&collect(syntax, text))));
    assert!(whole == short, "{path}");
    true
}

/// What a script says, without the numbers of bindings and statements.
fn said(script: &Script) -> String {
    let handlers: BTreeMap<_, _> = script.handlers.iter().collect();
    let Script { steps, binds, reads, names, listed, is_active, .. } = script;
    let said = format!("{steps:?}{binds:?}{reads:?}{handlers:?}{names:?}{listed:?}{is_active}");
    let mut parts = said.split("Id(");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + part.trim_start_matches(|digit: char| digit.is_ascii_digit()))
}
