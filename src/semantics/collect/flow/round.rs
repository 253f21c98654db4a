//! `for` and `while`: the body runs any number of times, and each round sees what the one before has bound.

use super::{Exit, Flow, Fork, Frame, Writes};
use crate::python::Identifier;
use crate::python::syntax::ChainId;
use crate::semantics::facts::Bindings;

pub(super) struct Loop {
    /// `while True`: only `break` leaves it.
    endless: bool,
    /// The body has not ended yet.
    is_open: bool,
    /// Where its bindings begin in the log.
    start: usize,
    /// Reads that can see bindings of an earlier round.
    waiting: Vec<(ChainId, Identifier)>,
    /// What was written up to each `break` and each `continue`.
    breaks: Vec<Writes>,
    continues: Vec<Writes>,
    /// More jumps than [`JUMPS`]: each of them may carry anything that the body has bound.
    is_tangled: bool,
    orelse: Option<Frame>,
}

/// How many jumps of a loop are followed one by one, so that long loops take linear time.
const JUMPS: usize = 32;

/// A read in a loop, and what an earlier round can have bound its name by.
pub(in super::super) struct Late {
    pub(in super::super) chain: ChainId,
    pub(in super::super) bindings: Bindings,
    pub(in super::super) stars: Bindings,
}

impl Loop {
    pub(super) fn wait(&mut self, chain: ChainId, name: &Identifier) {
        if self.is_open {
            self.waiting.push((chain, name.clone()));
        }
    }

    /// The ways out: its condition fails, then `else`; or a `break`.
    pub(super) fn exits(self) -> Vec<Writes> {
        let mut exits = self.breaks;
        match self.orelse {
            _ if self.endless => {}
            Some(orelse) if orelse.ended => {}
            Some(orelse) => exits.push(orelse.writes),
            None => exits.push(Writes::default()),
        }
        exits
    }
}

impl Flow {
    pub(in super::super) fn fork_loop(&mut self, endless: bool) {
        self.push_fork(Fork::Loop(Loop {
            endless,
            is_open: true,
            waiting: Vec::new(),
            start: self.log.len(),
            breaks: Vec::new(),
            continues: Vec::new(),
            is_tangled: false,
            orelse: None,
        }));
    }

    /// The end of the body: what it has written is seen by the next round, and after the loop.
    pub(in super::super) fn leave_loop_body(&mut self) -> Vec<Late> {
        let body = self.pop();
        let Some(Fork::Loop(open)) = self.top().fork.as_deref_mut() else { return Vec::new() };
        open.is_open = false;
        let (start, is_tangled) = (open.start, open.is_tangled);
        let (waiting, mut rounds) = (std::mem::take(&mut open.waiting), std::mem::take(&mut open.continues));
        if !body.ended {
            rounds.push(body.writes);
        }
        if is_tangled {
            let any = self.written_since(start);
            rounds.push(any.clone());
            self.add_exit(any);
        }
        let round = Writes::either(rounds, false);
        let bindings = |name: &Identifier| round.get(name).map_or(Bindings::new(), |write| write.bindings.clone());
        let late = |(chain, name)| Late { chain, bindings: bindings(&name), stars: bindings(&self.star) };
        let late = waiting.into_iter().map(late).filter(|late| !late.bindings.is_empty() || !late.stars.is_empty());
        let late = late.collect();
        self.top().writes.then(round);
        late
    }

    pub(in super::super) fn leave_loop_else(&mut self) {
        let orelse = self.pop();
        if let Some(Fork::Loop(open)) = self.top().fork.as_deref_mut() {
            open.orelse = Some(orelse);
        }
    }

    /// Notes at a `break` or `continue` what the innermost open loop has written up to here.
    pub(super) fn jump(&mut self, exit: Exit) {
        let is_open_loop = |frame: &Frame| matches!(frame.fork.as_deref(), Some(Fork::Loop(open)) if open.is_open);
        let Some(position) = self.frames.iter().rposition(is_open_loop).filter(|_| exit != Exit::Away) else { return };
        let Some(Fork::Loop(open)) = self.frames[position].fork.as_deref_mut() else { return };
        if open.breaks.len() + open.continues.len() == JUMPS {
            open.is_tangled = true;
            return;
        }
        let writes = self.written_above(position);
        let Some(Fork::Loop(open)) = self.frames[position].fork.as_deref_mut() else { return };
        match exit {
            Exit::Break => open.breaks.push(writes),
            Exit::Continue => open.continues.push(writes),
            Exit::Away => {}
        }
    }

    /// What the frames above `position` have written, one after the other.
    fn written_above(&self, position: usize) -> Writes {
        let mut writes = Writes::default();
        for frame in &self.frames[position + 1..] {
            if let Some(before) = &frame.before {
                writes.then((**before).clone());
            }
            writes.then(frame.writes.clone());
        }
        writes
    }

    fn add_exit(&mut self, writes: Writes) {
        if let Some(Fork::Loop(open)) = self.top().fork.as_deref_mut() {
            open.breaks.push(writes);
        }
    }
}
