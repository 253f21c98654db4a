//! `try`: the body may stop anywhere; handlers, `else` and `finally` follow.

use super::{Flow, Fork, Frame, Writes};

pub(super) struct Try {
    /// Where the bindings of the statement begin in the log, and where those of its body end.
    start: usize,
    end: usize,
    /// The body, then with its `else`.
    body: Frame,
    /// The handlers so far whose end is reached.
    handlers: Vec<Writes>,
    /// Body and handlers as one, once a `finally` has been reached, which does not see them so.
    merged: Option<Writes>,
}

impl Try {
    fn arms(self) -> Vec<Writes> {
        let mut arms = self.handlers;
        if !self.body.ended {
            arms.push(self.body.writes);
        }
        arms
    }
}

impl Flow {
    pub(in super::super) fn fork_try(&mut self) {
        let start = self.log.len();
        let (body, handlers) = (Frame::default(), Vec::new());
        self.push_fork(Fork::Try(Try { start, end: start, body, handlers, merged: None }));
    }

    pub(in super::super) fn leave_try_body(&mut self) {
        let body = self.pop();
        let end = self.log.len();
        if let Some(open) = self.open_try() {
            (open.body, open.end) = (body, end);
        }
    }

    /// A handler sees what was before the statement, and all that the body may have written until it stopped.
    pub(in super::super) fn enter_handler(&mut self) {
        let body = self.open_try().map_or(0..0, |open| open.start..open.end);
        let mut writes = Writes::default();
        writes.then_perhaps(&self.log[body]);
        self.push(writes);
    }

    pub(in super::super) fn leave_handler(&mut self) {
        let handler = self.pop();
        if let Some(open) = self.open_try().filter(|_| !handler.ended) {
            open.handlers.push(handler.writes);
        }
    }

    /// `else` goes on where the body has ended.
    pub(in super::super) fn enter_try_else(&mut self) {
        let body = self.open_try().map(|open| std::mem::take(&mut open.body)).unwrap_or_default();
        self.frames.push(body);
    }

    pub(in super::super) fn leave_try_else(&mut self) {
        let body = self.pop();
        if let Some(open) = self.open_try() {
            open.body = body;
        }
    }

    /// `finally` also runs after each way of stopping: it sees all that may have been written.
    pub(in super::super) fn enter_finally(&mut self) {
        let mut statement = self.pop();
        let Some(Fork::Try(open)) = statement.fork.take().map(|fork| *fork) else { return };
        let start = open.start;
        let arms = open.arms();
        statement.ended = arms.is_empty();
        let (body, handlers, merged) = (Frame::default(), Vec::new(), Some(Writes::either(arms, true)));
        statement.fork = Some(Box::new(Fork::Try(Try { start, end: start, body, handlers, merged })));
        self.frames.push(statement);
        let mut stopped = Writes::default();
        stopped.then_perhaps(&self.log[start..]);
        self.push(stopped);
        self.push(Writes::default());
    }

    pub(in super::super) fn leave_finally(&mut self) {
        let finally = self.pop();
        self.pop();
        let statement = self.top();
        statement.writes.then(finally.writes);
        statement.ended |= finally.ended;
    }

    pub(super) fn close_try(&mut self, statement: Frame, open: Try) {
        match open.merged {
            Some(merged) => {
                let outer = self.top();
                outer.writes.then(merged);
                outer.writes.then(statement.writes);
                outer.ended |= statement.ended;
            }
            None => self.close(statement, open.arms(), true),
        }
    }

    fn open_try(&mut self) -> Option<&mut Try> {
        match self.top().fork.as_deref_mut() {
            Some(Fork::Try(open)) => Some(open),
            _ => None,
        }
    }
}
