//! Whether paths are links: only where the terminal is known to make something of them.

use std::env;
use std::path::Path;

use super::arguments::{Arguments, Command};
use super::pager::Output;
use crate::disk::{self, Tree};
use crate::report::link_base;

/// `auto`, `always` or `never`: without it the terminal decides.
const OVERRIDE: &str = "UNSHIM_HYPERLINKS";
/// The first VTE that takes links without a fault.
const VTE: u32 = 5000;

/// Where the links of this run lead; `None` if its result shall have none.
pub(super) fn base(arguments: &Arguments, out: &Output) -> Option<&'static str> {
    let is_wanted = match env::var(OVERRIDE).as_deref() {
        Ok("never") => false,
        Ok("always") => true,
        _ => is_known(|name| env::var(name).ok()),
    };
    let path: &Path = match arguments.command.as_ref()? {
        Command::Diff(diff) => &diff.path,
        Command::Apply(apply) => &apply.path,
        Command::Check(check) => &check.path,
        Command::Audit(audit) => &audit.path,
        Command::Explain(_) => Path::new("."),
        _ => return None,
    };
    if !is_wanted || !out.takes_links() {
        return None;
    }
    let top = Tree::around(path).ok()?.top;
    // It lives as long as the run.
    Some(link_base(&disk::host_name(), top.as_os_str().as_encoded_bytes()).leak())
}

/// Whether the terminal says of itself that it is one that takes links. One in between may not hand them on.
fn is_known(variable: impl Fn(&str) -> Option<String>) -> bool {
    let term = variable("TERM").unwrap_or_default();
    if variable("TMUX").is_some() || ["dumb", "screen", "tmux"].iter().any(|name| term.starts_with(name)) {
        return false;
    }
    let program = variable("TERM_PROGRAM").unwrap_or_default();
    let vte = variable("VTE_VERSION").and_then(|version| version.parse::<u32>().ok()).unwrap_or_default();
    let programs = ["iTerm.app", "WezTerm", "ghostty", "vscode", "Hyper", "rio", "Tabby"];
    let terms = ["xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm"];
    vte >= VTE
        || programs.contains(&program.as_str())
        || terms.iter().any(|name| term.starts_with(name))
        || ["WT_SESSION", "KITTY_WINDOW_ID", "DOMTERM"].iter().any(|name| variable(name).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_terminals_are_trusted_and_none_inside_of_another() {
        let known = |set: &[(&str, &str)]| {
            is_known(|name| set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
        };
        assert!(!known(&[]) && !known(&[("TERM", "xterm-256color")]) && !known(&[("VTE_VERSION", "4205")]));
        assert!(
            known(&[("VTE_VERSION", "6800")]) && known(&[("TERM", "xterm-kitty")]) && known(&[("WT_SESSION", "x")])
        );
        assert!(!known(&[("TMUX", "x"), ("VTE_VERSION", "6800")]) && !known(&[("TERM", "dumb"), ("WT_SESSION", "x")]));
    }
}
