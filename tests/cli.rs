//! Sessions at the command line, each kept as a snapshot in `snapshots/`: what was typed, both streams, the exit code.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

#[path = "sessions/audit.rs"]
mod audit;
#[path = "sessions/branch.rs"]
mod branch;
#[path = "sessions/gate.rs"]
mod gate;
#[path = "sessions/outputs.rs"]
mod outputs;
#[path = "harness/published.rs"]
mod published;
#[path = "sessions/recall.rs"]
mod recall;
#[path = "sessions/set_up.rs"]
mod set_up;
#[path = "sessions/shells.rs"]
mod shells;
#[path = "sessions/terminal.rs"]
mod terminal;

/// A folder in which nothing of the machine is seen.
struct Place {
    tree: TempDir,
    /// What the user's state folder is.
    state: TempDir,
}

impl Place {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = || tempfile::tempdir().expect("a temporary folder");
        let place = Self { tree: folder(), state: folder() };
        files.iter().for_each(|(path, text)| place.write(path, text));
        place
    }

    fn path(&self) -> &Path {
        self.tree.path()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }

    fn git(&self, arguments: &[&str]) {
        let person = ["-c", "user.name=n", "-c", "user.email=e@x", "-c", "init.defaultBranch=main"];
        let mut command = Command::new("git");
        command.args(person).args(arguments).current_dir(self.path());
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
        assert!(command.status().expect("git is there").success(), "{arguments:?}");
    }

    fn commit(&self) {
        self.git(&["init", "-q"]);
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", "start"]);
    }

    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_unshim"));
        command.args(line.split_whitespace()).current_dir(self.path()).stdin(Stdio::null());
        for variable in ["NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "RUST_BACKTRACE"] {
            command.env_remove(variable);
        }
        command.env("XDG_STATE_HOME", self.state.path()).env("XDG_CACHE_HOME", self.state.path().join("cache"));
        command
    }

    /// What is seen of `unshim` with these arguments.
    fn session(&self, line: &str) -> String {
        let output = self.command(line).output().expect("the program runs");
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        let code = output.status.code().expect("the program ends by itself");
        let mut shown = format!("$ unshim {line}").trim_end().to_owned() + "\n" + &out;
        if !err.is_empty() {
            shown += &format!("── standard error ──\n{err}");
        }
        if code != 0 {
            shown += &format!("── exit code {code} ──\n");
        }
        let name = self.path().file_name().expect("the folder has a name").to_string_lossy().into_owned();
        let shown = shown.replace(&*self.path().to_string_lossy(), "<place>").replace(&name, "<place>");
        without_chance(&shown)
    }
}

/// The text with ids of changes and times replaced: a word of eight hexadecimal digits, and what looks like a date.
fn without_chance(shown: &str) -> String {
    let is_id = |word: &str| word.len() == 8 && word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let shape = |word: &str| word.replace(|c: char| c.is_ascii_digit(), "0");
    let mut told = String::with_capacity(shown.len());
    for word in shown.split_inclusive(|c: char| !c.is_alphanumeric() && c != '-' && c != ':') {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '-');
        let new = match shape(bare).as_str() {
            _ if is_id(bare) => "<id>",
            "0000-00-00" => "<day>",
            "00:00" => "<time>",
            _ => bare,
        };
        told += &(new.to_owned() + &word[bare.len()..]);
    }
    told
}

fn assert_session(name: &str, shown: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(format!("session_{name}"), shown));
}

const RULES: &str = "[[rule]]\nid = \"user-service\"\nwhy = \"one service\"\ncanonical = \"shop.users:UserService\"\n\
                     aliases = [\"shop.legacy:UserService\"]\n";

fn shop() -> Place {
    Place::new(&[
        ("rules/shop.toml", RULES),
        ("shop/__init__.py", ""),
        ("shop/users.py", "class UserService:\n    pass\n"),
        ("shop/legacy.py", "from shop.users import UserService\n"),
        ("shop/api.py", "from shop.legacy import UserService  # the service\n\nservice = UserService()\n"),
    ])
}

#[test]
fn help_of_every_command() {
    let place = Place::new(&[]);
    assert_session("help", &place.session("--help"));
    let commands = "init audit explain diff apply undo log check test rules lsp demo schema completions man";
    for command in commands.split(' ') {
        assert_session(&format!("help_{command}"), &place.session(&format!("{command} --help")));
    }
}

#[test]
fn the_start_screen_says_what_it_sees() {
    assert_session("start_without_rules", &Place::new(&[("shop/a.py", ""), ("b.py", "")]).session(""));
    let shop = shop();
    shop.commit();
    assert_session("start", &shop.session(""));
    let empty = Place::new(&[]);
    assert_session("start_empty", &["", "audit"].map(|line| empty.session(line)).join("\n"));
}

#[test]
fn failures_name_their_cause_and_what_helps() {
    let place = Place::new(&[("a.py", "")]);
    assert_session("no_rules", &place.session("diff"));
    assert_session("missing_rules", &place.session("diff --rules missing.toml"));
    place.write("rules/x.toml", "[[rule]]\nid = \"x\"\ncanonical = \"a\"\nalias = []\n");
    assert_session("wrong_rules", &place.session("diff"));
    let shop = shop();
    assert_session("missing_path", &shop.session("diff missing/folder"));
    assert_session("wrong_option", &shop.session("diff --colour never"));
    assert_session("wrong_glob", &shop.session("diff --exclude a[b"));
    assert_session("wrong_root", &["diff --root src", "check --root ../x"].map(|line| shop.session(line)).join("\n"));
    let lines = ["diff --html no/page.html", "diff --save-plan no/plan", "diff -j 0", "deff"];
    assert_session("wrong_output", &lines.map(|line| shop.session(line)).join("\n"));
}

#[test]
fn a_change_is_shown_made_and_then_done() {
    let place = shop();
    place.commit();
    let lines = ["check", "diff", "diff --stat -q", "diff --exit-code -q", "apply", "diff --exit-code", "check"];
    let shown: Vec<_> = lines.map(|line| place.session(line)).into();
    assert_session("first_minutes", &shown.join("\n"));
    assert!(!place.path().join("shop/legacy.py").exists());
}

#[test]
fn both_versions_stand_side_by_side() {
    let place = shop();
    let wide = "# 日本語の長いコメントがここにあります。とても長いので次の行に続くはずです。\n";
    let text = format!("from shop.legacy import UserService\nescaped = '\u{1b}[31m\t'\n{wide}last = UserService");
    place.write("wide.py", &text);
    assert_session("side_by_side", &place.session("diff --side-by-side -q"));
}

#[test]
fn machines_get_one_line_of_json() {
    let place = shop();
    assert_session(
        "json",
        &["diff", "check"].map(|line| place.session(&format!("{line} --output-format json"))).join("\n"),
    );
}

#[test]
fn examples_are_run_shown_and_updated() {
    let place = shop();
    assert_session("test_none", &place.session("test"));
    let example = "[[rule.example]]\nwhy = \"the shim goes\"\nbefore.\"shop/users.py\" = \"class UserService: ...\\n\"\n\
                   before.\"shop/legacy.py\" = \"from shop.users import UserService\\n\" # the shim\n";
    place.write("rules/shop.toml", &format!("{RULES}{example}"));
    let lines = ["test", "test --output-format json", "test --update", "test", "test -q"];
    let mut shown: Vec<_> = lines.map(|line| place.session(line)).into();
    shown.push(fs::read_to_string(place.path().join("rules/shop.toml")).expect("text"));
    assert_session("test", &shown.join("\n"));
    place.write("rules/shop.toml", &format!("{RULES}{}", example.replace("legacy.py", "../legacy.py")));
    assert_session("test_wrong", &place.session("test"));
}

#[test]
fn apply_refuses_what_git_could_not_give_back() {
    let place = shop();
    assert_session("no_repository", &place.session("apply"));
    place.commit();
    place.write("shop/users.py", "class UserService:\n    pass  # edited\n");
    assert_session("dirty", &place.session("apply"));
    place.write("shop/users.py", "class UserService:\n    pass\n");
    place.write("shop/new.py", "from shop.legacy import UserService\n\nprint(UserService)\n");
    assert_session("untracked", &place.session("apply"));
    assert!(place.session("apply --allow-dirty").contains("2 files changed, 1 deleted"));
}

#[test]
fn what_was_applied_is_taken_back_and_made_again() {
    let place = shop();
    place.commit();
    let id = |line: usize| {
        let log = place.command("log").output().expect("the program runs").stdout;
        String::from_utf8_lossy(&log).lines().nth(line).expect("an apply")[..8].to_owned()
    };
    let mut shown = vec![place.session("log"), place.session("undo"), place.session("apply"), place.session("")];
    shown.push(place.session("undo"));
    assert!(place.path().join("shop/legacy.py").exists());
    shown.push(place.session("log"));
    shown.push(place.session(&format!("undo {}", id(1))));
    shown.push(place.session(&format!("undo {}", id(0))));
    assert!(!place.path().join("shop/legacy.py").exists());
    shown.push(place.session("log"));
    place.write("shop/api.py", "edited\n");
    shown.push(place.session("undo"));
    shown.push(place.session("undo no"));
    assert_session("undo", &shown.join("\n"));
}

#[test]
fn a_saved_plan_is_made_as_it_was_shown_or_not_at_all() {
    let place = shop();
    place.commit();
    let mut shown = vec![place.session("diff -q --save-plan shop.plan")];
    place.write("shop/new.py", "from shop.legacy import UserService\n");
    shown.push(place.session("apply --plan shop.plan"));
    fs::remove_file(place.path().join("shop/new.py")).expect("it is there");
    place.write("rules/shop.toml", &RULES.replace("one service", "the one service"));
    shown.push(place.session("apply --plan shop.plan --allow-dirty"));
    place.write("rules/shop.toml", RULES);
    shown.push(place.session("diff --save-plan shop/api.py"));
    shown.push(place.session("apply --plan rules/shop.toml"));
    shown.push(place.session("apply --plan shop.plan"));
    assert_session("saved_plan", &shown.join("\n"));
    assert!(!place.path().join("shop/legacy.py").exists());
}

#[test]
fn a_page_takes_the_place_of_the_lines_and_of_nothing_else() {
    let place = shop();
    let mut shown = vec![place.session("diff --html review.html"), place.session("diff -q --html review.html")];
    shown.push(place.session("diff --html shop/api.py"));
    shown.push(place.session("diff --html no/review.html"));
    assert_session("page", &shown.join("\n"));
    assert!(fs::read_to_string(place.path().join("review.html")).expect("it is there").starts_with("<!doctype html>"));
}

#[test]
fn a_saved_plan_keeps_its_options() {
    let place = shop();
    fs::rename(place.path().join("rules"), place.path().join("elsewhere")).expect("it can be renamed");
    place.write("shop/kept.py", "from shop.legacy import UserService\n\nprint(UserService)\n");
    place.commit();
    place.session("diff --save-plan a.plan --rules elsewhere --exclude shop/kept.py shop");
    assert!(place.session("apply --plan a.plan").contains("1 file changed."), "the excluded file holds the shim");
}

#[test]
fn a_tree_without_git_keeps_its_journals_in_the_state_folder() {
    let place = shop();
    let before = fs::read_dir(place.path()).expect("the tree").count();
    assert!(place.session("apply --allow-no-vcs").contains("1 file changed, 1 deleted"));
    assert!(place.session("undo").contains("is taken back: 1 file changed, 1 created"));
    assert_eq!(fs::read_dir(place.path()).expect("the tree").count(), before);
    assert_eq!(fs::read_dir(place.state.path().join("unshim")).expect("the state").count(), 1);
}

#[test]
fn only_apply_and_undo_end_what_was_cut_off() {
    let place = shop();
    place.commit();
    place.session("apply");
    let journals = place.path().join(".git/unshim");
    let of_stage = |stage: &str| {
        let names = fs::read_dir(&journals).expect("journals").map(|entry| entry.expect("a journal").path());
        names.into_iter().find(|path| path.to_string_lossy().contains(stage)).expect("a journal")
    };
    let done = of_stage(".done.");
    fs::rename(&done, done.to_string_lossy().replace(".done.", ".open.")).expect("it can be renamed");
    let mut shown = vec![place.session("diff"), place.session("check -q"), place.session("log"), place.session("")];
    place.write("shop/api.py", "mine\n");
    shown.push(
        place
            .session("apply")
            .replace(of_stage(".open.").file_name().expect("a name").to_str().expect("text"), "<journal>"),
    );
    place.write("shop/api.py", "from shop.users import UserService  # the service\n\nservice = UserService()\n");
    shown.push(place.session("undo"));
    assert_session("cut_off", &shown.join("\n"));
    assert!(place.path().join("shop/legacy.py").exists());
}

#[test]
fn rules_must_fit_the_tree() {
    let place = shop();
    place.write("rules/shop.toml", &RULES.replace("shop.users:UserService", "shop.users:Missing"));
    assert_session("mismatch", &place.session("diff"));
}

#[test]
fn only_what_path_names_is_edited() {
    let place = shop();
    place.write("other/use.py", "from shop.legacy import UserService\n\nprint(UserService)\n");
    place.commit();
    assert_session("path", &place.session("diff other"));
}

#[test]
fn the_output_does_not_depend_on_the_threads() {
    let place = shop();
    for number in 0..60 {
        place.write(&format!("shop/use{number}.py"), "from shop.legacy import UserService\n\nUserService()\n");
    }
    for line in ["diff", "check --output-format json", "audit --output-format json"] {
        let output = |threads| place.command(&format!("{line} -j {threads}")).output().expect("it runs").stdout;
        let alone = output(1);
        assert!(!alone.is_empty() && [2, 3, 8].into_iter().all(|threads| output(threads) == alone), "{line}");
    }
}

#[test]
fn the_demo_walks_through_all_commands() {
    let place = Place::new(&[]);
    let shown = place.session("demo walk");
    assert_session("demo", &shown);
    assert_session("demo_again", &place.session("demo walk"));
    let lists =
        |line: &str| place.command(line).current_dir(place.path().join("walk")).output().expect("it runs").stdout;
    assert!(lists("diff -q").is_empty(), "a second diff is empty");
}

#[test]
fn colour_follows_the_option_and_then_the_environment() {
    let place = shop();
    let is_coloured = |line: &str, environment: &[(&str, &str)]| {
        let output = place.command(line).envs(environment.iter().copied()).output().expect("the program runs");
        output.stdout.contains(&0x1b)
    };
    assert!(!is_coloured("", &[]));
    assert!(is_coloured("", &[("FORCE_COLOR", "1")]));
    assert!(is_coloured("", &[("CLICOLOR_FORCE", "1")]));
    assert!(!is_coloured("", &[("FORCE_COLOR", "0")]));
    assert!(!is_coloured("", &[("FORCE_COLOR", "1"), ("NO_COLOR", "1")]));
    assert!(is_coloured("--color always", &[("NO_COLOR", "1")]));
    assert!(!is_coloured("--color never", &[("FORCE_COLOR", "1")]));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let place = shop();
    for line in ["schema", "schema output", ""] {
        let mut child = place.command(line).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        drop(child.stdout.take());
        let mut errors = String::new();
        child.stderr.take().expect("a pipe").read_to_string(&mut errors).expect("text");
        assert!(child.wait().expect("it ends").success(), "{line}: {errors}");
        assert_eq!(errors, "", "{line}");
    }
}

#[test]
fn the_schemas_are_schemas() {
    let place = Place::new(&[]);
    for line in ["schema", "schema output"] {
        let output = place.command(line).output().expect("the program runs");
        let schema: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        jsonschema::validator_for(&schema).expect("a schema");
    }
}
