//! Sessions with `apply --branch`, `--split`, `--verify` and `--bisect`.

use std::os::unix::process::CommandExt;
use std::time::{Duration, Instant};

use super::*;

/// What git says in the place.
fn git_says(place: &Place, arguments: &[&str]) -> String {
    let output = Command::new("git").args(arguments).current_dir(place.path()).output().expect("git is there");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn committed_shop() -> Place {
    let place = shop();
    place.git(&["init", "-q"]);
    place.git(&["config", "user.name", "Ada"]);
    place.git(&["config", "user.email", "ada@x"]);
    place.commit();
    place
}

#[test]
fn a_branch_gets_the_change_and_the_work_tree_keeps_its_own() {
    let place = committed_shop();
    place.write("shop/api.py", "edited, and not committed\n");
    place.write("shop/new.py", "from shop.legacy import UserService\n");
    let before = git_says(&place, &["status", "--porcelain"]);
    let mut shown = vec![place.session("apply --branch unshim/users")];
    assert_eq!(git_says(&place, &["status", "--porcelain"]), before);
    shown.push(git_says(&place, &["log", "--format=%an <%ae>%n%B", "-p", "main..unshim/users"]));
    shown.push(place.session("apply --branch unshim/users"));
    shown.push(place.session("apply --branch unshim"));
    shown.push(place.session("apply --branch a..b"));
    shown.push(place.session("log"));
    shown.push(place.session("undo"));
    assert_eq!(git_says(&place, &["branch", "--format=%(refname:short)"]), "main\n");
    assert_session("branch", &without_blobs(&shown.join("\n")));
    assert_eq!(git_says(&place, &["fsck", "--no-dangling"]), "");
}

/// The text without the names of blobs.
fn without_blobs(shown: &str) -> String {
    let lines = shown.lines().filter(|line| !line.starts_with("index ")).map(|line| line.to_owned() + "\n");
    lines.collect()
}

#[test]
fn a_branch_that_went_on_or_is_checked_out_is_not_deleted() {
    let place = committed_shop();
    place.session("apply --branch users");
    place.git(&["checkout", "-q", "users"]);
    assert!(place.session("undo").contains("users  (the branch is checked out)"));
    place.git(&["commit", "-q", "--allow-empty", "-m", "more"]);
    place.git(&["checkout", "-q", "main"]);
    assert!(place.session("undo").contains("users  (the branch is another now)"));
    place.git(&["branch", "-f", "users", "users~1"]);
    assert!(place.session("undo").contains("branch users is deleted"));
    let log = place.command("log").output().expect("the program runs").stdout;
    let id = String::from_utf8_lossy(&log)[..8].to_owned();
    assert!(place.session(&format!("undo {id}")).contains("branch users is there again"));
    assert_eq!(git_says(&place, &["rev-list", "--count", "main..users"]), "1\n");
}

#[test]
fn no_filter_hook_or_line_end_of_the_repository_leaks_in() {
    let place = committed_shop();
    let program = format!("touch {}; cat", place.path().join("ran").display());
    for key in ["core.fsmonitor", "filter.x.clean", "filter.x.smudge", "filter.x.process", "gpg.program"] {
        place.git(&["config", key, &program]);
    }
    for (key, value) in [("filter.x.required", "true"), ("commit.gpgSign", "true"), ("core.autocrlf", "true")] {
        place.git(&["config", key, value]);
    }
    place.write(".git/info/attributes", "*.py filter=x text eol=crlf\n");
    for hook in ["reference-transaction", "post-checkout", "post-index-change", "pre-commit", "post-commit"] {
        place.write(&format!(".git/hooks/{hook}"), &format!("#!/bin/sh\n{program}\n"));
        let path = place.path().join(".git/hooks").join(hook);
        fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("it is ours");
    }
    let said = place.session("apply --branch users --verify true");
    assert!(said.contains("1 commit on users"), "{said}");
    assert!(!place.path().join("ran").exists());
    let text = git_says(&place, &["cat-file", "blob", "users:shop/api.py"]);
    assert_eq!(text, "from shop.users import UserService  # the service\n\nservice = UserService()\n");
    assert_eq!(git_says(&place, &["worktree", "list", "--porcelain"]).matches("worktree ").count(), 1);
}

fn two_packages() -> Place {
    let place = committed_shop();
    place.write("tools/__init__.py", "");
    place.write("tools/run.py", "from shop.legacy import UserService\n\nprint(UserService)\n");
    place.write("CODEOWNERS", "/tools/ @tools\n/shop/ @shop\n");
    let second = "\n[[rule]]\nid = \"cart\"\nwhy = \"one cart\"\ncanonical = \"shop.users:Cart\"\naliases = [\"shop.baskets:Basket\"]\n";
    place.write("rules/shop.toml", &(RULES.to_owned() + second));
    place.write("shop/users.py", "class UserService:\n    pass\n\n\nclass Cart:\n    pass\n");
    place.write("shop/baskets.py", "from shop.users import Cart as Basket\n");
    place.write("tools/cart.py", "from shop.baskets import Basket\n\nprint(Basket)\n");
    place.git(&["add", "-A"]);
    place.git(&["commit", "-qm", "more"]);
    place
}

#[test]
fn every_commit_of_a_split_change_stands_by_itself_and_together_they_are_the_whole() {
    let place = two_packages();
    assert!(place.session("apply --branch whole").contains("1 commit on whole"));
    for (split, commits) in [("rule", 2), ("package", 3), ("codeowners", 3)] {
        let said = place.session(&format!("apply --branch {split} --split {split}"));
        assert!(said.contains(&format!("{commits} commits on {split}")), "{said}");
        assert_eq!(git_says(&place, &["diff", "--stat", "whole", split]), "");
        let list = git_says(&place, &["rev-list", "--reverse", &format!("main..{split}")]);
        for commit in list.lines() {
            let folder = tempfile::tempdir().expect("a folder");
            let tree = folder.path().join("tree");
            let tree = tree.to_str().expect("text");
            place.git(&["worktree", "add", "-q", "--detach", tree, commit]);
            let python = "import tools.run, tools.cart, shop.api";
            let run = Command::new("python3").args(["-B", "-c", python]).current_dir(tree).output().expect("python");
            assert!(run.status.success(), "{split} {commit}: {}", String::from_utf8_lossy(&run.stderr));
            place.git(&["worktree", "remove", "--force", tree]);
        }
    }
    assert_session("split", &git_says(&place, &["log", "--reverse", "--format=%s", "main..codeowners"]));
}

/// The files of a place, without those of git.
fn files(place: &Place) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut files = std::collections::BTreeMap::new();
    let mut folders = vec![place.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.ends_with(".git") {
            } else if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(path.display().to_string(), fs::read(&path).expect("a file"));
            }
        }
    }
    files
}

fn verified(place: &Place, options: &[&str]) -> (String, i32) {
    let output = place.command("apply").args(options).output().expect("the program runs");
    let both = [output.stdout, output.stderr].concat();
    (String::from_utf8_lossy(&both).into_owned(), output.status.code().expect("an exit code"))
}

#[test]
fn a_command_that_fails_takes_the_change_back() {
    let place = committed_shop();
    let before = files(&place);
    let (said, code) = verified(&place, &["--verify", "test -e shop/legacy.py"]);
    assert_eq!((code, files(&place) == before), (4, true), "{said}");
    assert!(said.contains("failed on the changed tree, with exit code 1"), "{said}");
    let (said, code) = verified(&place, &["--branch", "users", "--verify", "test -e shop/legacy.py"]);
    assert_eq!(code, 4, "{said}");
    assert_eq!(git_says(&place, &["branch", "--format=%(refname:short)"]), "main\n");
    let (said, code) = verified(&place, &["--verify", "test ! -e shop/legacy.py"]);
    assert_eq!(code, 0, "{said}");
    assert_ne!(files(&place), before);
}

#[test]
fn the_files_that_fail_are_left_out_with_what_depends_on_them() {
    let place = two_packages();
    // The shim has to stay; who uses it does not matter.
    let (said, code) = verified(&place, &["--bisect", "--verify", "test -e shop/legacy.py"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("left out") && said.contains("  shop/legacy.py\n"), "{said}");
    assert!(place.path().join("shop/legacy.py").exists() && !place.path().join("shop/baskets.py").exists());
    assert!(files(&place).values().all(|bytes| !bytes.starts_with(b"from shop.legacy")), "{said}");
}

#[test]
fn a_command_that_fails_without_the_change_finds_nothing() {
    let place = committed_shop();
    let before = files(&place);
    let (said, code) = verified(&place, &["--bisect", "--verify", "false"]);
    assert_eq!((code, files(&place) == before), (4, true), "{said}");
    assert!(said.contains("the command fails without the change too"), "{said}");
}

#[test]
fn a_branch_leaves_out_what_fails_and_is_made_of_the_rest() {
    let place = two_packages();
    let before = files(&place);
    let options = ["--branch", "fewer", "--split", "package", "--bisect", "--verify", "test -e shop/legacy.py"];
    let (said, code) = verified(&place, &options);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("left out") && said.contains("  shop/legacy.py\n"), "{said}");
    let listed = git_says(&place, &["ls-tree", "-r", "--name-only", "fewer"]);
    assert!(listed.contains("shop/legacy.py") && !listed.contains("shop/baskets.py"), "{listed}");
    let text = git_says(&place, &["grep", "-h", "from shop.legacy", "fewer", "--", "*.py"]);
    assert_eq!((text.as_str(), files(&place) == before), ("", true));
    let (said, code) = verified(&place, &["--branch", "none", "--bisect", "--verify", "false"]);
    assert_eq!(code, 4, "{said}");
    assert_eq!(git_says(&place, &["branch", "--format=%(refname:short)"]), "fewer\nmain\n");
    assert_eq!(git_says(&place, &["worktree", "list", "--porcelain"]).matches("worktree ").count(), 1);
}

#[test]
fn the_repository_of_a_git_that_calls_is_not_meant() {
    let (place, other) = (committed_shop(), committed_shop());
    let elsewhere = |command: &mut Command| {
        for (variable, path) in
            [("GIT_DIR", ""), ("GIT_COMMON_DIR", ""), ("GIT_INDEX_FILE", "index"), ("GIT_OBJECT_DIRECTORY", "objects")]
        {
            command.env(variable, other.path().join(".git").join(path));
        }
        command.env("GIT_WORK_TREE", other.path()).env("GIT_ICASE_PATHSPECS", "1");
        command.output().expect("the program runs").status.code()
    };
    let before = files(&other);
    assert_eq!(elsewhere(&mut place.command("apply --branch users")), Some(0));
    assert_eq!(elsewhere(&mut place.command("apply")), Some(0));
    assert_eq!(files(&other), before);
    assert_eq!(git_says(&place, &["branch", "--format=%(refname:short)"]), "main\nusers\n");
    assert_eq!(git_says(&other, &["branch", "--format=%(refname:short)"]), "main\n");
    assert_eq!(git_says(&place, &["fsck", "--no-dangling", "--no-progress"]), "");
}

/// Sends a signal to `apply` while its command runs: both end within a second, and with them all that the command has
/// started. The exit code.
fn interrupted(place: &Place, signal: &str, options: &[&str]) -> Option<i32> {
    let marker = place.state.path().join("running");
    let command = format!("sleep 30 & echo $! > {0}.new; mv {0}.new {0}; wait", marker.display());
    let mut process = place.command("apply");
    process.args(["--verify", &command]).args(options).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    let mut child = process.spawn().expect("the program starts");
    while !marker.exists() {
        std::thread::sleep(Duration::from_millis(10));
    }
    let begin = Instant::now();
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-s", signal, &id]).status().expect("kill").success());
    let code = child.wait().expect("it ends").code();
    assert!(begin.elapsed() < Duration::from_secs(1), "{:?}", begin.elapsed());
    let sleeper = fs::read_to_string(marker).expect("it was written");
    let state = fs::read_to_string(format!("/proc/{}/stat", sleeper.trim())).unwrap_or_default();
    let is_over = state.is_empty() || state.rsplit(')').next().is_some_and(|rest| rest.starts_with(" Z"));
    assert!(is_over, "what the command has started goes on: {state}");
    code
}

#[test]
fn a_signal_ends_the_command_and_takes_the_change_back_within_a_second() {
    for (signal, code) in [("INT", 130), ("TERM", 143), ("HUP", 129)] {
        for options in [&[][..], &["--bisect"], &["--branch", "users"]] {
            let place = committed_shop();
            let before = files(&place);
            assert_eq!(interrupted(&place, signal, options), Some(code));
            assert_eq!(files(&place), before);
            assert_eq!(git_says(&place, &["branch", "--format=%(refname:short)"]), "main\n");
            assert_eq!(git_says(&place, &["worktree", "list", "--porcelain"]).matches("worktree ").count(), 1);
        }
    }
}
