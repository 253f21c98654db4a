//! The order of writes in one scope: a stack of frames that follows branches, loops and `try`.

mod branch;
mod interrupted;
mod round;
mod writes;

use std::ops::Range;
use std::rc::Rc;

use crate::python::Identifier;
use crate::python::syntax::{BindingId, ChainId};
use crate::semantics::facts::Bindings;
use branch::Choice;
use interrupted::Try;
pub(super) use round::Late;
use round::Loop;
use writes::Writes;
pub(super) use writes::add;

/// What can be seen of a name at one place.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) bindings: Bindings,
    pub(super) stars: Bindings,
    /// One of the bindings has always run.
    pub(super) covered: bool,
}

impl Seen {
    pub(super) fn clear(&mut self) {
        self.bindings.clear();
        self.stars.clear();
        self.covered = false;
    }
}

/// How control leaves a block other than at its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Exit {
    /// `return`, `raise`
    Away,
    Break,
    Continue,
}

/// A stretch of code whose writes are not yet part of what is around it.
#[derive(Default)]
struct Frame {
    writes: Writes,
    /// What may have been written just before it.
    before: Option<Rc<Writes>>,
    /// Control does not reach the end.
    ended: bool,
    /// The statement that the arms on top of this frame belong to.
    fork: Option<Box<Fork>>,
}

enum Fork {
    Choice(Choice),
    Loop(Loop),
    Try(Try),
}

/// The flow of one scope.
pub(super) struct Flow {
    frames: Vec<Frame>,
    /// All bindings so far, in the order of execution.
    log: Vec<(Identifier, BindingId)>,
    /// The name under which star imports are kept.
    star: Identifier,
}

impl Flow {
    pub(super) fn new(star: Identifier) -> Self {
        Self { frames: vec![Frame::default()], log: Vec::new(), star }
    }

    /// The name has this value from here on; bindings in `beside` stay visible.
    pub(super) fn bind(&mut self, name: &Identifier, binding: BindingId, mut beside: Bindings) {
        self.log.push((name.clone(), binding));
        add(&mut beside, &[binding]);
        self.top().writes.set(name, beside);
    }

    /// The name has this value from here on, or keeps what it had.
    pub(super) fn may_bind(&mut self, name: &Identifier, binding: BindingId) {
        self.log.push((name.clone(), binding));
        self.top().writes.may(name, &[binding]);
    }

    /// What `name` can be here. A read by `chain` in an open loop is kept, as an earlier round may have bound the name later on.
    pub(super) fn read(&mut self, name: &Identifier, chain: Option<ChainId>, seen: &mut Seen) {
        for frame in self.frames.iter_mut().rev() {
            if let Some(write) = frame.writes.get(&self.star) {
                add(&mut seen.stars, &write.bindings);
            }
            if let Some(write) = frame.writes.get(name) {
                add(&mut seen.bindings, &write.bindings);
                seen.covered |= write.covers;
            }
            if seen.covered {
                break;
            }
            if let Some(before) = &frame.before {
                before.get(&self.star).into_iter().for_each(|write| add(&mut seen.stars, &write.bindings));
                before.get(name).into_iter().for_each(|write| add(&mut seen.bindings, &write.bindings));
            }
            if let (Some(Fork::Loop(open)), Some(chain)) = (frame.fork.as_deref_mut(), chain) {
                open.wait(chain, name);
            }
        }
        if let (true, Some(&first)) = (seen.covered, seen.bindings.first()) {
            seen.stars.retain(|star| *star > first);
        }
    }

    /// Control leaves the block that is open.
    pub(super) fn exit(&mut self, exit: Exit) {
        if !self.top().ended {
            self.jump(exit);
        }
        self.top().ended = true;
    }

    fn top(&mut self) -> &mut Frame {
        self.frames.last_mut().expect("the frame of the scope stays")
    }

    fn push(&mut self) {
        self.frames.push(Frame::default());
    }

    /// What has been bound since the log was as long as `start`, in whatever order and whether or not it ran.
    fn written_since(&self, start: usize) -> Writes {
        self.written_in(start..self.log.len())
    }

    fn written_in(&self, range: Range<usize>) -> Writes {
        let mut writes = Writes::default();
        for (name, binding) in &self.log[range] {
            writes.may(name, &[*binding]);
        }
        writes
    }

    fn pop(&mut self) -> Frame {
        self.frames.pop().expect("a block is left after it is entered")
    }

    /// A frame for a statement whose arms follow.
    fn push_fork(&mut self, fork: Fork) {
        self.frames.push(Frame { fork: Some(Box::new(fork)), ..Frame::default() });
    }

    /// Ends a statement: one of `arms` has run, on top of what the statement itself has written.
    fn close(&mut self, mut statement: Frame, arms: Vec<Writes>, exhaustive: bool) {
        let ended = exhaustive && arms.is_empty();
        statement.writes.then(Writes::either(arms, exhaustive));
        let outer = self.top();
        outer.writes.then(statement.writes);
        outer.ended |= ended || statement.ended;
    }

    /// Ends the statement that is open.
    pub(super) fn join(&mut self) {
        let mut statement = self.pop();
        match statement.fork.take().map(|fork| *fork) {
            Some(Fork::Choice(choice)) => self.close(statement, choice.arms, choice.exhaustive),
            Some(Fork::Loop(done)) => self.close(statement, done.exits(), true),
            Some(Fork::Try(done)) => self.close_try(statement, done),
            None => unreachable!("a join follows its fork"),
        }
    }
}
