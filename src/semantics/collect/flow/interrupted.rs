//! `try`: the body may stop anywhere; handlers, `else` and `finally` follow.

use std::rc::Rc;

use super::{Flow, Fork, Frame, Writes};

pub(super) struct Try {
    /// Where the bindings of the statement begin in the log, and where those of its body end.
    start: usize,
    end: usize,
    /// The body, then with its `else`.
    body: Frame,
    /// What the body may have written until it stopped.
    stopped: Option<Rc<Writes>>,
    /// The handlers so far whose end is reached.
    handlers: Vec<Writes>,
    /// Body and handlers as one, once a `finally` has been reached, which does not see them so.
    merged: Option<Writes>,
}

impl Try {
    fn new(start: usize) -> Self {
        let (body, handlers) = (Frame::default(), Vec::new());
        Self { start, end: start, body, stopped: None, handlers, merged: None }
    }

    /// Body and handlers as one; `None` if none of them reaches its end.
    fn merge(self) -> Option<Writes> {
        let mut merged = Writes::default();
        if let Some(stopped) = self.stopped.filter(|_| !self.handlers.is_empty()) {
            merged.then(Rc::unwrap_or_clone(stopped));
        }
        let mut arms = self.handlers;
        if !self.body.ended {
            arms.push(self.body.writes);
        }
        let is_reached = !arms.is_empty();
        merged.then(Writes::either(arms, true));
        is_reached.then_some(merged)
    }
}

impl Flow {
    pub(in super::super) fn fork_try(&mut self) {
        self.push_fork(Fork::Try(Try::new(self.log.len())));
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
        let known = self.open_try().and_then(|open| open.stopped.clone());
        let stopped = known.unwrap_or_else(|| Rc::new(self.written_in(body)));
        if let Some(open) = self.open_try() {
            open.stopped = Some(stopped.clone());
        }
        self.frames.push(Frame { before: Some(stopped), ..Frame::default() });
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
        let merged = open.merge();
        statement.ended = merged.is_none();
        let merged = Some(merged.unwrap_or_default());
        statement.fork = Some(Box::new(Fork::Try(Try { merged, ..Try::new(start) })));
        self.frames.push(statement);
        let before = Some(Rc::new(self.written_since(start)));
        self.frames.push(Frame { before, ..Frame::default() });
    }

    pub(in super::super) fn leave_finally(&mut self) {
        let finally = self.pop();
        let statement = self.top();
        statement.writes.then(finally.writes);
        statement.ended |= finally.ended;
    }

    pub(super) fn close_try(&mut self, mut statement: Frame, mut open: Try) {
        let before = open.merged.take().or_else(|| {
            let merged = open.merge();
            statement.ended |= merged.is_none();
            merged
        });
        let outer = self.top();
        outer.writes.then(before.unwrap_or_default());
        outer.writes.then(statement.writes);
        outer.ended |= statement.ended;
    }

    fn open_try(&mut self) -> Option<&mut Try> {
        match self.top().fork.as_deref_mut() {
            Some(Fork::Try(open)) => Some(open),
            _ => None,
        }
    }
}
