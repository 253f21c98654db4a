//! Sessions on a terminal: pager, colours, links; and what a review leaves of a plan. tests/terminal presses its keys.

use super::*;

/// Runs a command of the program on a terminal of its own, and returns what that shows.
fn on_terminal(place: &Place, line: &str, variables: &[(&str, &str)]) -> String {
    const SPAWN: &str = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";
    let mut command = Command::new("python3");
    command.args(["-c", SPAWN, env!("CARGO_BIN_EXE_unshim")]).args(line.split(' ')).current_dir(place.path());
    for variable in ["UNSHIM_PAGER", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "CI"] {
        command.env_remove(variable);
    }
    command.envs([("PAGER", ""), ("TERM", "xterm-256color"), ("TMUX", "")]);
    command.envs(variables.iter().copied()).stdin(Stdio::null());
    String::from_utf8(command.output().expect("python3 is there").stdout).expect("UTF-8").replace("\r\n", "\n")
}

#[test]
fn a_review_needs_a_terminal() {
    let shown = ["apply -i", "apply -i --verify true --bisect"].map(|line| shop().session(line));
    assert_session("review_without_terminal", &shown.join("\n"));
}

#[test]
fn a_reviewed_plan_is_made_once_all_is_decided() {
    let place = shop();
    place.commit();
    let plan = place.state.path().join("mine.plan");
    let line = |command: &str| place.session(&format!("{command} {}", plan.display()));
    let decide = |path: &str, becomes: &str, verdict: &str| {
        let end = fs::read_to_string(place.path().join(path)).unwrap().find('\n').unwrap() + 1;
        let mut lines = fs::read_to_string(&plan).unwrap();
        lines += &format!("{{\"line\":\"decided\",\"path\":\"{path}\",\"start\":0,\"end\":{end},");
        lines += &format!("\"becomes\":{becomes},\"verdict\":{verdict}}}\n");
        fs::write(&plan, lines).unwrap();
    };
    let new = "\"from shop.users import UserService  # the service\\n\"";
    let mut shown = vec![line("diff -q --save-plan")];
    decide("shop/legacy.py", "null", "\"leave\"");
    shown.push(line("apply --plan"));
    decide("shop/api.py", new, "\"accept\"");
    shown.push(line("apply --plan"));
    assert!(place.path().join("shop/legacy.py").exists());
    let shown = shown.join("\n").replace(&*place.state.path().to_string_lossy(), "<state>");
    assert_session("reviewed_plan", &shown);
}

/// Whether something sets a colour or a style.
fn has_style(shown: &str) -> bool {
    let is_number = |character: char| character.is_ascii_digit() || character == ';';
    shown.split("\u{1b}[").skip(1).any(|rest| rest.trim_start_matches(is_number).starts_with('m'))
}

#[test]
fn colours_are_those_of_the_terminal_and_its_user_has_the_last_word() {
    let place = shop();
    let commands =
        ["diff", "diff --side-by-side", "diff --stat", "check", "audit", "explain shop.legacy:UserService", "nonsense"];
    for line in commands {
        let coloured = on_terminal(&place, line, &[]);
        let fixed = ["38;5", "38;2", "48;5", "48;2"];
        assert!(has_style(&coloured) && !fixed.iter().any(|fixed| coloured.contains(fixed)), "{line}: {coloured}");
        for variable in [("NO_COLOR", "1"), ("TERM", "dumb")] {
            assert!(!has_style(&on_terminal(&place, line, &[variable])), "{line}: {variable:?}");
        }
    }
    assert!(has_style(&on_terminal(&place, "diff", &[("TERM", "dumb"), ("FORCE_COLOR", "1")])));
}

#[test]
fn paths_are_links_on_a_terminal_that_takes_them_and_nowhere_else() {
    let place = shop();
    let top = place.path().canonicalize().unwrap().display().to_string();
    let always = ("UNSHIM_HYPERLINKS", "always");
    for line in ["diff", "diff --side-by-side", "check", "audit", "explain shop.legacy:UserService"] {
        let linked = on_terminal(&place, line, &[always]);
        assert!(linked.contains("\u{1b}]8;;file://") && linked.contains(&format!("{top}/shop/")), "{line}: {linked}");
        for variable in [("UNSHIM_HYPERLINKS", "never"), ("UNSHIM_HYPERLINKS", "auto"), ("NO_COLOR", "1")] {
            let shown = on_terminal(&place, line, &[always, variable]);
            assert!(!shown.contains("\u{1b}]8"), "{line}: {variable:?}");
        }
        let piped = place.command(line).envs([always, ("FORCE_COLOR", "1")]).output().unwrap();
        assert!(!piped.stdout.windows(3).any(|bytes| bytes == b"\x1b]8"), "{line}");
    }
    let paged = on_terminal(&place, "diff", &[always, ("PAGER", "sed s/^//")]);
    assert!(has_style(&paged) && !paged.contains("\u{1b}]8"), "{paged}");
}

#[test]
fn a_long_result_goes_through_the_pager() {
    let place = shop();
    let marked = |line: &str, variables: &[(&str, &str)]| {
        let shown = on_terminal(&place, line, variables);
        (shown.lines().filter(|line| line.starts_with("P:")).count(), shown.lines().count())
    };
    let (paged, all) = marked("diff --color never", &[("PAGER", "sed s/^/P:/")]);
    assert!(paged > 10 && paged == all, "{paged} of {all}");
    assert_eq!(marked("diff --color never", &[("PAGER", "false"), ("UNSHIM_PAGER", "")]), (0, all));
    assert_eq!(marked("diff --output-format json", &[("PAGER", "sed s/^/P:/")]).0, 0);
    let shown = on_terminal(&place, "diff", &[("PAGER", "no-such-pager")]);
    assert!(shown.contains("no such pager: see `PAGER` and `UNSHIM_PAGER`"), "{shown}");
}
