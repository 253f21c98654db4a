//! Many of one thing: what grows with the square of their number does not end in the seconds that these runs are given.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::process::{Command, Output};

use tempfile::TempDir;

/// Seconds of the processor, of a library that is not optimised: each run takes a few.
const SECONDS: u32 = 20;

const RULE: &str = "[[rule]]\nid = \"new\"\nwhy = \"one\"\ncanonical = \"app.new:New\"\nASKED\n";

/// Runs a command on a tree in which `app/old.py` and `app/many.py` hold these texts.
fn run(command: &[&str], asked: &str, (old, many): (&str, &str)) -> Output {
    let place = TempDir::new().unwrap();
    let files = [
        ("app/__init__.py", ""),
        ("app/new.py", "class New:\n    pass\n"),
        ("app/old.py", old),
        ("app/many.py", many),
        ("rules/new.toml", &RULE.replace("ASKED", asked)),
    ];
    fs::create_dir_all(place.path().join("app")).unwrap();
    fs::create_dir_all(place.path().join("rules")).unwrap();
    files.iter().for_each(|(path, text)| fs::write(place.path().join(path), text).unwrap());
    let mut limited = Command::new("sh");
    limited.args(["-c", &format!("ulimit -t {SECONDS}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_unshim"), "-q"]);
    limited
        .args(command)
        .current_dir(place.path())
        .env("XDG_STATE_HOME", place.path())
        .env("XDG_CACHE_HOME", place.path())
        .output()
        .unwrap()
}

fn assert_ends(command: &[&str], asked: &str, texts: (&str, &str)) {
    let output = run(command, asked, texts);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{:?}: {:?}", command, output);
}

fn alias(name: &str) -> String {
    format!("aliases = [\"app.old:{name}\"]")
}

/// So many times the line, with the number of the time for `{n}` and that of the one before for `{m}`.
fn lines(count: usize, line: &str) -> String {
    let one = |number: usize| line.replace("{n}", &number.to_string()).replace("{m}", &(number - 1).to_string());
    (1..=count).map(one).collect()
}

const SHIM: &str = "from app.new import New as Old\n";
const DIFF: &[&str] = &["diff", "--stat"];

#[test]
fn shims_in_a_chain_that_are_asked_from_the_far_end() {
    let old = "from app.new import New as Old0\n".to_owned() + &lines(4_000, "Old{n} = Old{m}\n");
    let uses: String = (1..=4_000).rev().map(|number| format!("app.old.Old{number}()\n")).collect();
    assert_ends(DIFF, &alias("Old0"), (&old, &format!("import app.old\n{uses}")));
}

#[test]
fn names_of_one_object() {
    let many = SHIM.replace("app.new import New", "app.old import Old") + &lines(100_000, "x{n} = ") + "Old\n";
    assert_ends(DIFF, &alias("Old"), (SHIM, &many));
}

#[test]
fn aliases_in_one_import() {
    let many = format!("from app.old import (\n{})\n", lines(50_000, "    Old as Old{n},\n"));
    assert_ends(DIFF, &alias("Old"), (SHIM, &many));
}

#[test]
fn names_that_a_getattr_compares_one_after_the_other() {
    let head = "import app.new\n\ndef __getattr__(name):\n";
    let rest = "    raise AttributeError(name)\n";
    let gives = "        return app.new.New\n";
    let listed = format!("_NAMES = [\n{}]\n", lines(8_000, "    \"Old{n}\",\n"));
    let in_list = format!("{listed}{head}    if name in _NAMES:\n{gives}{rest}");
    let in_test = format!("{head}    if name in (\n{}    ):\n{gives}{rest}", lines(8_000, "        \"Old{n}\",\n"));
    let in_row = head.to_owned() + &lines(8_000, &format!("    if name == \"Old{{n}}\":\n{gives}")) + rest;
    let first = format!("    if name == \"Old\":\n{gives}");
    let in_arms = head.to_owned() + &first + &lines(8_000, &format!("    elif name == \"Old{{n}}\":\n{gives}")) + rest;
    for old in [in_list, in_test, in_row, in_arms] {
        assert_ends(DIFF, &alias("*"), (&old, &lines(8_000, "from app.old import Old{n}\n")));
    }
}

#[test]
fn strings_that_name_a_module_of_many_aliases() {
    let old = "from app.new import New\n".to_owned() + &lines(6_000, "Old{n} = New\n");
    assert_ends(DIFF, &alias("*"), (&old, &lines(6_000, "f(\"app.old\", \"x{n}\")\n")));
}

#[test]
fn shims_that_a_check_finds() {
    let old = "from app.new import New\n".to_owned() + &lines(32_000, "Old{n} = New\n");
    assert_ends(&["check"], &alias("*"), (&old, &lines(32_000, "from app.old import Old{n}\nOld{n}()\n")));
}

#[test]
fn definitions_of_one_name() {
    let many = SHIM.to_owned() + &lines(50_000, "def f(a):\n    return Old(a)\n");
    assert_ends(&["check"], &alias("Old"), (SHIM, &many));
    assert_ends(&["audit"], &alias("Old"), (SHIM, &many));
}

#[test]
fn functions_that_hand_on() {
    let many = SHIM.to_owned() + &lines(4_000, "def f{n}(a):\n    return Old(a)\n");
    assert_ends(&["audit"], &alias("Old"), (SHIM, &many));
}

#[test]
fn functions_that_hand_on_to_the_one_before() {
    let many = "def f0(*a, **k):\n    return 1\n".to_owned()
        + &lines(20_000, "def f{n}(*a, **k):\n    return f{m}(*a, **k)\n");
    assert_ends(&["audit"], &alias("Old"), (SHIM, &many));
}

#[test]
fn subclasses_of_a_merged_class() {
    let class = "class C{n}(Old):\n    def run(self):\n        return super().run() + self.halt()\n";
    let old = "class Old:\n    def run(self):\n        return 1\n\n    def halt(self):\n        return 2\n";
    let many = "from app.old import Old\n".to_owned() + &lines(12_000, class);
    assert_ends(&["check"], "merge = [\"app.old:Old\"]", (old, &many));
    assert_ends(DIFF, "merge = [\"app.old:Old\"]", (old, &many));
}
