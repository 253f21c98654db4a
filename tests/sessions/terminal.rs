//! Sessions on a terminal: a long result goes through the pager that the user names.

use super::*;

/// Runs a command of the program on a terminal of its own, and returns what that shows.
fn on_terminal(place: &Place, line: &str, variables: &[(&str, &str)]) -> String {
    const SPAWN: &str = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";
    let mut command = Command::new("python3");
    command.args(["-c", SPAWN, env!("CARGO_BIN_EXE_unshim")]).args(line.split(' ')).current_dir(place.path());
    command.env_remove("PAGER").env_remove("UNSHIM_PAGER").envs(variables.iter().copied()).stdin(Stdio::null());
    String::from_utf8(command.output().expect("python3 is there").stdout).expect("UTF-8").replace("\r\n", "\n")
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
