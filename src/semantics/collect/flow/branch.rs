//! `if` and `match`: one arm runs, or none. And `with` blocks that swallow exceptions.

use super::{Flow, Fork, Writes};

pub(super) struct Choice {
    /// There is an `else`, or a case that always matches.
    pub(super) exhaustive: bool,
    /// The arms so far whose end is reached.
    pub(super) arms: Vec<Writes>,
    has_arm: bool,
}

impl Flow {
    pub(in super::super) fn fork_choice(&mut self, exhaustive: bool) {
        self.push_fork(Fork::Choice(Choice { exhaustive, arms: Vec::new(), has_arm: false }));
    }

    pub(in super::super) fn enter_arm(&mut self) {
        self.push();
    }

    pub(in super::super) fn leave_arm(&mut self) {
        let arm = self.pop();
        if let Some(Fork::Choice(choice)) = self.top().fork.as_deref_mut() {
            choice.has_arm = true;
            if !arm.ended {
                choice.arms.push(arm.writes);
            }
        }
    }

    /// Whether what is bound now stands in the test of an `elif`, which runs only if the tests before it failed.
    pub(in super::super) fn is_between_arms(&mut self) -> bool {
        matches!(self.top().fork.as_deref(), Some(Fork::Choice(choice)) if choice.has_arm)
    }

    /// Enters the body of a `with` that swallows exceptions; gives the mark with which to leave it.
    pub(in super::super) fn enter_swallowed(&mut self) -> usize {
        self.push();
        self.log.len()
    }

    /// Any part of the body may have run.
    pub(in super::super) fn leave_swallowed(&mut self, mark: usize) {
        self.pop();
        let body = self.written_since(mark);
        self.top().writes.then(body);
    }
}
