//! The modules that are being loaded, each at the step that it has come to.

use super::script::{Script, Step};
use crate::project::ModuleId;

/// A module at one of its steps.
#[derive(Clone, Copy)]
pub(super) struct Frame<'a> {
    pub module: ModuleId,
    pub script: &'a Script,
    /// The next step.
    pub next: usize,
}

/// A module while it runs.
pub(super) struct Running<'a> {
    pub frame: Frame<'a>,
    /// The bodies of `try` that are running: the place of each one's first step.
    pub tries: Vec<usize>,
}

impl Running<'_> {
    /// The innermost handler that takes one of these exceptions, with the number of bodies of `try` around it.
    pub(super) fn handler(&self, raises: &[&str]) -> Option<(usize, usize)> {
        self.tries.iter().enumerate().rev().find_map(|(depth, begin)| match self.frame.script.steps[*begin] {
            Step::Try(statement) => Some((depth, self.frame.script.handler(statement, raises)?)),
            _ => None,
        })
    }
}
