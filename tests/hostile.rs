//! Hostile input: whatever lies in the tree, the run ends soon, says a clear line about it, and does the rest.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use tempfile::TempDir;

/// Of the processor for each input. The tests of every day compile the library without optimisation; what a release takes is
/// told by `cargo test --release --test hostile -- --nocapture`.
const LONGEST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 });
/// Peak memory in KiB.
const MOST_MEMORY: u64 = 200 << 10;

const RULES: &str = "[[rule]]\nid = \"service\"\nwhy = \"one\"\ncanonical = \"shop.users:Service\"\naliases = [\"shop.legacy:Service\"]\n";
/// What makes a file one that the rule is about.
const SITE: &str = "from shop.legacy import Service\n";

/// A tree with one ordinary site, and room for what is hostile.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        place.write("tree/rules/shop.toml", RULES.as_bytes());
        place.write("tree/shop/__init__.py", b"");
        place.write("tree/shop/users.py", b"class Service:\n    pass\n");
        place.write("tree/shop/legacy.py", b"from shop.users import Service\n");
        place.write("tree/shop/api.py", b"from shop.legacy import Service\n\nprint(Service)\n");
        place
    }

    fn top(&self) -> PathBuf {
        self.0.path().join("tree")
    }

    fn write(&self, path: impl AsRef<Path>, bytes: &[u8]) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// What comes of a command, how much of the processor's time it took, and its peak memory in KiB.
    fn run(&self, words: &[&str]) -> (Output, Duration, u64) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_unshim"));
        command.args(words).current_dir(self.top()).env("XDG_STATE_HOME", self.0.path());
        command.env_remove("RUST_BACKTRACE").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.spawn().unwrap();
        let process = PathBuf::from(format!("/proc/{}", child.id()));
        let watcher = std::thread::spawn(move || {
            let mut most = (Duration::ZERO, 0);
            while let Some(now) = consumed(&process) {
                most = now;
                std::thread::sleep(Duration::from_millis(3));
            }
            most
        });
        let output = child.wait_with_output().unwrap();
        let (time, memory) = watcher.join().unwrap();
        (output, time, memory)
    }
}

/// What a living process has used so far. proc_pid_stat(5), proc_pid_status(5); a tick is a hundredth of a second.
fn consumed(process: &Path) -> Option<(Duration, u64)> {
    let status = fs::read_to_string(process.join("status")).ok()?;
    let peak =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().trim_end_matches(" kB").parse().ok()?;
    let stat = fs::read_to_string(process.join("stat")).ok()?;
    let ticks = stat.rsplit_once(')')?.1.split_whitespace().skip(11).take(2);
    let ticks: u64 = ticks.filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    Some((Duration::from_millis(ticks * 10), peak))
}

/// What must not be: a panic, a run that takes too long, or text that a terminal or a build log obeys.
fn assert_sound(name: &str, (output, time, memory): &(Output, Duration, u64)) -> String {
    println!("{name:40} {:>6} ms {:>4} MiB", time.as_millis(), memory >> 10);
    let said = [output.stdout.as_slice(), &output.stderr].concat();
    let shown = String::from_utf8_lossy(&said).into_owned();
    let end: String = shown.chars().take(2_000).collect();
    assert!(matches!(output.status.code(), Some(0..=3)), "{name} ends with {:?}: {end}", output.status);
    assert!(!shown.contains("panicked") && !shown.contains("a law of the program"), "{name}: {end}");
    assert!(*time < LONGEST, "{name} takes {time:?}");
    assert!(*memory < MOST_MEMORY, "{name} takes {memory} KiB");
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!errors.chars().any(|c| c.is_control() && c != '\n'), "{name}: {errors:?}");
    assert!(!shown.lines().any(|line| line.starts_with("::")), "{name}: {end}");
    shown
}

/// A file of these bytes is told of, or is edited, and the ordinary site is rewritten all the same.
fn assert_rest_goes_on(name: &str, bytes: &[u8]) {
    let place = Place::new();
    place.write("tree/shop/hostile.py", bytes);
    let shown = assert_sound(name, &place.run(&["diff", "-j", "1"]));
    assert!(shown.contains("+from shop.users import Service"), "{name}: {shown:.2000}");
    let speaks = bytes.windows(7).any(|word| word == b"Service");
    assert!(!speaks || shown.contains("shop/hostile.py"), "{name} is not told of: {shown:.2000}");
}

fn repeated(head: &str, part: &str, count: usize, tail: &str) -> Vec<u8> {
    (SITE.to_owned() + head + &part.repeat(count) + tail).into_bytes()
}

fn nested(open: &str, close: &str, count: usize) -> Vec<u8> {
    (SITE.to_owned() + "x = " + &open.repeat(count) + "1" + &close.repeat(count) + "\n").into_bytes()
}

fn stairs(line: &str, count: usize) -> Vec<u8> {
    let lines: String = (0..count).map(|depth| " ".repeat(depth) + line + "\n").collect();
    (SITE.to_owned() + &lines).into_bytes()
}

/// Sources that are deep, long, or go on for ever.
fn deep_and_long() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("chained attributes", repeated("x = a", ".b", 50_000, "\n")),
        ("chained calls", repeated("x = a", "()", 50_000, "\n")),
        ("chained subscripts", repeated("x = a", "[0]", 50_000, "\n")),
        ("chained comparisons", repeated("x = 1", " < 1", 50_000, "\n")),
        ("a long sum", repeated("x = 1", " + 1", 100_000, "\n")),
        ("a long power", repeated("x = 1", " ** 1", 50_000, "\n")),
        ("many not", repeated("x = ", "not ", 50_000, "1\n")),
        ("many minus", repeated("x = ", "-", 50_000, "1\n")),
        ("many lambda", repeated("x = ", "lambda: ", 50_000, "1\n")),
        ("many await", repeated("async def f():\n    ", "await ", 50_000, "x\n")),
        ("conditional expressions", repeated("x = ", "1 if 1 else ", 50_000, "1\n")),
        ("many elif", repeated("if 0:\n    pass\n", "elif 0:\n    pass\n", 50_000, "")),
        ("many except", repeated("try:\n    pass\n", "except E:\n    pass\n", 20_000, "")),
        ("many decorators", repeated("", "@d\n", 50_000, "def f(): pass\n")),
        ("string parts", repeated("x = (", "'a' ", 50_000, ")\n")),
        ("a long list", repeated("x = [", "1,", 200_000, "]\n")),
        ("a long target list", repeated("", "a = ", 50_000, "1\n")),
        ("semicolons", repeated("", "x;", 100_000, "\n")),
        ("comment lines", repeated("", "# a comment\n", 100_000, "")),
        ("blank lines", repeated("", "\n", 500_000, "")),
        ("backslashes", repeated("x = 1", " \\\n", 50_000, "+ 1\n")),
        ("parentheses", nested("(", ")", 50_000)),
        ("brackets", nested("[", "]", 50_000)),
        ("braces", nested("{", "}", 50_000)),
        ("f-strings in f-strings", nested("f'{", "}'", 5_000)),
        ("open parentheses", nested("(", "", 50_000)),
        ("closed parentheses", nested("", ")", 50_000)),
        ("nested ifs", stairs("if 1:", 2_000)),
        ("nested functions", stairs("def f():", 2_000)),
        ("nested classes", stairs("class A:", 2_000)),
        ("one long line", repeated("x = '", "a", 50_000_000, "'\n")),
        ("one long name", repeated("x = ", "a", 5_000_000, "\n")),
        ("a long comment", repeated("# ", "a", 7_000_000, "\n")),
    ]
}

/// Sources that end too early, or are no Python.
fn unfinished() -> Vec<(&'static str, Vec<u8>)> {
    let tails = [
        "'",
        "\"",
        "'''",
        "\"\"\"",
        "f'",
        "f'{",
        "f'{x:",
        "f'{x!",
        "f'''{",
        "(",
        "[",
        "{",
        "{1:",
        "x = ",
        "def",
        "def f(",
        "class A(",
        "class A:",
        "if 1:",
        "@",
        "lambda",
        "x.",
        "from a import (",
        "import",
        "\\",
        "match x:\n  case",
        "try:",
        "async",
        "x = b'\\x",
        "r'\\",
        "print 'x'",
        "exec x",
        "<<<<<<< HEAD",
        "`x`",
        "x = 0777",
        "\t\tx\n  y",
        "1 = 2",
        "return",
        "\u{feff}",
        "\u{2028}x",
        "x\u{a0}= 1",
        "x = \u{201c}a\u{201d}",
        "\0",
        "x = 1\0\n",
        "type = type = 1 ::",
    ];
    tails.iter().map(|tail| (*tail, (SITE.to_owned() + tail).into_bytes())).collect()
}

/// Every encoding with every line end, with bytes that are right in some and wrong in others.
fn encodings() -> Vec<(String, Vec<u8>)> {
    let names = [
        "utf-8",
        "utf-8-sig",
        "latin-1",
        "cp1252",
        "ascii",
        "utf-16",
        "utf-32",
        "shift_jis",
        "gbk",
        "koi8-r",
        "cp1251",
        "iso-8859-15",
        "utf-7",
        "rot13",
        "nonsense",
        "../../etc",
    ];
    let mut inputs = Vec::new();
    for name in names {
        for (shown, end) in [("LF", "\n"), ("CRLF", "\r\n"), ("CR", "\r"), ("mixed", "\r\n\r\n")] {
            let head = format!("# coding: {name}{end}{}x = '", SITE.replace('\n', end));
            inputs.push((format!("{name} {shown}"), [head.as_bytes(), b"\xe9\x80\xff", b"'", end.as_bytes()].concat()));
        }
    }
    let utf16: Vec<u8> = SITE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    inputs.push(("UTF-16 with its mark".to_owned(), [b"\xff\xfe".as_slice(), &utf16].concat()));
    inputs.push(("undecodable".to_owned(), [SITE.as_bytes(), b"\xc3\x28 = 1"].concat()));
    inputs
}

#[test]
fn deep_and_long_sources_end_in_a_line() {
    let inputs = deep_and_long();
    inputs.iter().for_each(|(name, bytes)| assert_rest_goes_on(name, bytes));
}

#[test]
fn unfinished_sources_end_in_a_line() {
    let inputs = unfinished();
    inputs.iter().for_each(|(name, bytes)| assert_rest_goes_on(name, bytes));
}

#[test]
fn every_encoding_and_line_end_is_edited_or_told_of() {
    let inputs = encodings();
    inputs.iter().for_each(|(name, bytes)| assert_rest_goes_on(name, bytes));
    assert!(inputs.len() + deep_and_long().len() + unfinished().len() >= 80);
}

#[test]
fn a_file_of_200_megabytes_is_searched_and_holds() {
    let place = Place::new();
    place.write("tree/shop/hostile.py", SITE.as_bytes());
    fs::File::options().append(true).open(place.top().join("shop/hostile.py")).unwrap().set_len(200 << 20).unwrap();
    let shown = assert_sound("200 MB", &place.run(&["diff", "-j", "1"]));
    let told = ["is larger than 8388608 bytes", "cannot be read as Python and mentions `shop.legacy:Service`"];
    assert!(told.into_iter().chain(["+from shop.users import Service"]).all(|line| shown.contains(line)), "{shown}");
}

#[test]
fn links_pipes_and_devices_are_not_read() {
    let place = Place::new();
    let (top, outside) = (place.top(), place.0.path().join("outside.py"));
    place.write("outside.py", SITE.as_bytes());
    place.write("folder/inner.py", SITE.as_bytes());
    let links = [
        ("shop/out.py", outside.as_path()),
        ("shop/folder", &place.0.path().join("folder")),
        ("shop/loop.py", Path::new("loop.py")),
        ("shop/circle", Path::new(".")),
        ("shop/up", Path::new("..")),
        ("shop/gone.py", Path::new("nowhere")),
        ("shop/zero.py", Path::new("/dev/zero")),
        ("shop/random.py", Path::new("/dev/random")),
        ("rules/link", Path::new("..")),
    ];
    links.iter().for_each(|(name, target)| symlink(target, top.join(name)).unwrap());
    assert!(Command::new("mkfifo").arg(top.join("shop/pipe.py")).status().unwrap().success());
    let shown = assert_sound("links", &place.run(&["diff"]));
    assert!(shown.contains("shop/pipe.py: is not read: a pipe, socket or device"), "{shown}");
    assert!(shown.contains("+from shop.users import Service"), "{shown}");
    assert_sound("links", &place.run(&["apply", "--allow-no-vcs"]));
    assert_eq!(fs::read(&outside).unwrap(), SITE.as_bytes());
    assert_eq!(fs::read(place.0.path().join("folder/inner.py")).unwrap(), SITE.as_bytes());
}

#[test]
fn a_folder_that_becomes_a_link_while_the_program_runs_leads_nowhere() {
    for delay in [0, 5, 20, 60] {
        let place = Place::new();
        place.write("elsewhere/api.py", b"from shop.legacy import Service\n\nprint(Service)\n");
        place.write("elsewhere/legacy.py", b"from shop.users import Service\n");
        place.write("elsewhere/users.py", b"class Service:\n    pass\n");
        let (top, target) = (place.top(), place.0.path().join("elsewhere"));
        let flip = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(delay));
            fs::rename(top.join("shop"), top.join("moved")).and_then(|()| symlink(target, top.join("shop"))).ok();
        });
        let (output, ..) = place.run(&["apply", "--allow-no-vcs"]);
        flip.join().unwrap();
        assert!(output.status.code().is_some());
        let kept = fs::read(place.0.path().join("elsewhere/api.py")).unwrap();
        assert!(kept.starts_with(b"from shop.legacy"), "written through a link after {delay} ms");
    }
}

#[test]
fn names_cannot_speak_to_a_terminal_or_a_build() {
    let names: [&[u8]; 11] = [
        b"\x1b[31mred.py",
        b"a\nb.py",
        b"\n::error::x.py",
        b"::error file=a::b.py",
        b"quote\".py",
        b"'.py",
        b"-rf.py",
        b" .py",
        b"\xff\xfe.py",
        b"\xe2\x80\xaegnp.py",
        b"$(touch x).py",
    ];
    for name in names {
        let place = Place::new();
        let path = Path::new("tree/shop").join(OsStr::from_bytes(name));
        place.write(path, &[SITE.as_bytes(), b"\nprint(Service)\n"].concat());
        let shown = assert_sound(&name.escape_ascii().to_string(), &place.run(&["diff"]));
        assert!(!shown.contains('\x1b') && !shown.contains('\u{202e}'), "{shown}");
        assert_sound("check", &place.run(&["check", "-q"]));
        assert_sound("apply", &place.run(&["apply", "--allow-no-vcs"]));
        assert_sound("undo", &place.run(&["undo"]));
        assert!(!place.top().join("x").exists());
    }
}

#[test]
fn what_cannot_be_read_or_written_is_told_and_loses_nothing() {
    let place = Place::new();
    place.write("tree/shop/secret.py", SITE.as_bytes());
    place.write("tree/shop/fixed.py", b"from shop.legacy import Service\n\nprint(Service)\n");
    let set = |path: &str, mode| fs::set_permissions(place.top().join(path), PermissionsExt::from_mode(mode)).unwrap();
    set("shop/secret.py", 0o000);
    set("shop/fixed.py", 0o444);
    let is_above_permissions = fs::read(place.top().join("shop/secret.py")).is_ok();
    let shown = assert_sound("unreadable", &place.run(&["diff"]));
    assert!(is_above_permissions || shown.contains("shop/secret.py: cannot be read"), "{shown}");
    assert_sound("apply", &place.run(&["apply", "--allow-no-vcs"]));
    let mode = fs::metadata(place.top().join("shop/fixed.py")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o444);
    set("shop", 0o555);
    assert_sound("undo", &place.run(&["undo"]));
    set("shop", 0o755);
}

#[test]
fn rule_files_and_projects_of_a_hostile_repository_are_errors_or_nothing() {
    let deep = "[".repeat(20_000);
    let long = format!("[[rule]]\nid = \"{}\"\n", "a".repeat(1_000_000));
    let many = "[[rule]]\nid = \"x\"\n".repeat(2_000);
    let rules = ["\0", "\u{1b}[31m", "[[rule]]\n", &deep, &long, &many, "rule = 1", "[[rule]]\nverify = \"touch x\"\n"];
    for text in rules {
        let place = Place::new();
        place.write("tree/rules/hostile.toml", format!("[[rule]]\n{text}").as_bytes());
        assert_sound("rules", &place.run(&["diff"]));
        assert!(!place.top().join("x").exists());
    }
    let projects = [
        "[tool.unshim]\nrules = [\"/etc/passwd\"]\n",
        "[tool.unshim]\nrules = [\"../../../etc\"]\n",
        "[tool.unshim]\nrules = 1\nverify = \"touch x\"\ncommand = \"touch x\"\n",
        "[tool.unshim]\nverify = \"touch x\"\n[tool.unshim.apply]\nverify = \"touch x\"\n",
        "[tool\n",
        "\0\0\0",
        "[project.scripts]\nx = \"shop.legacy:Service\"\n",
    ];
    for text in projects {
        let place = Place::new();
        place.write("tree/pyproject.toml", text.as_bytes());
        place.write(
            "tree/.git/config",
            b"[core]\nfsmonitor = \"touch x\"\npager = touch x\n[alias]\nls-files = !touch x\n",
        );
        assert_sound("project", &place.run(&["diff"]));
        assert_sound("project", &place.run(&["apply", "--allow-no-vcs", "--allow-dirty"]));
        assert!(!place.top().join("x").exists(), "{text}");
    }
}
