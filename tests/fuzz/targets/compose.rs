//! A tree and rules: the plan is composed and proven, and the laws hold.

use super::super::input;
use crate::case::Case;
use crate::laws;
use crate::pipeline::{Run, read_rules};

pub(crate) fn broken(bytes: &[u8]) -> Vec<String> {
    let (rules, before) = input::read(bytes);
    // Rules that do not fit the tree are an error, and that is right.
    let Ok(run) = read_rules(rules).and_then(|rules| Run::new(&before, rules)) else { return Vec::new() };
    let changed = run.changed(&before);
    let after = before.clone();
    let case = Case { name: String::new(), rules: rules.to_vec(), before, after, refusals: Vec::new(), findings: None };
    laws::broken_in_memory(&case, &run, &changed)
}
