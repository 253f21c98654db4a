//! The message of a commit: what was done for which rule, and what was shown of it.

use std::fmt::Write;

use super::totals::{Totals, rule_shares};
use super::view::View;
use super::visible::shown_text;
use super::words::{counted, number};

/// Rules named in the first line.
const MOST_NAMED: usize = 2;

/// The message for the change of `view`. `part` says which part of a larger change it is.
pub fn message(view: &View, part: Option<&str>) -> String {
    let shares = rule_shares(view);
    let totals = Totals::of(view.plan);
    let named: Vec<_> = shares.iter().take(MOST_NAMED).map(|(rule, _)| shown_text(rule)).collect();
    let more = shares.len().saturating_sub(MOST_NAMED);
    let mut text = format!("unshim: {}", named.join(", "));
    if more > 0 {
        write!(text, " and {} more", number(more)).expect("a string takes all text");
    }
    if let Some(part) = part {
        write!(text, ", {}", shown_text(part)).expect("a string takes all text");
    }
    text += "\n\n";
    for (rule, edits) in &shares {
        let rule_of = view.rules.rules.iter().find(|known| known.id == *rule);
        let canonical = rule_of.map(|rule| rule.canonical.to_string()).unwrap_or_default();
        text += &format!("{}: {} to {}\n", shown_text(rule), counted(*edits, "edit"), shown_text(&canonical));
    }
    let proof = view.proof;
    text += &format!(
        "\n{} changed, {} deleted, {} removed.\n",
        counted(totals.edited, "file"),
        number(totals.deleted),
        counted(totals.shims_removed, "shim")
    );
    text += &format!(
        "Proven by resolving the changed tree again: {} at the canonical\norigin, {} where they ended before, {} left alone.\n",
        counted(proof.proven, "reference"),
        counted(proof.unchanged, "other"),
        number(proof.refused)
    );
    text
}
