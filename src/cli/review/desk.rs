//! The hunks of a change as they lie before the reviewer: which one is looked at, and what a key does.

use super::decisions::Decisions;
use crate::cli::failure::Failure;
use crate::plan::{Stretch, Verdict};
use crate::report::review::{Hunk, Needle};

pub(super) struct Desk<'h> {
    pub(super) hunks: Vec<&'h Hunk>,
    /// The one that is looked at.
    pub(super) at: usize,
}

/// What comes after a key.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The hunk that is looked at now is another.
    Show,
    /// The same hunk, with all its lines.
    ShowAll,
    /// The next lines of a long hunk.
    More,
    Help,
    /// A word is asked for first.
    Search,
    Goto,
    /// Nothing happens, and why.
    Say(&'static str),
    /// Everything is decided.
    Done,
    /// The last decision was on lines that only the whole change has.
    Whole,
    Quit,
}

impl<'h> Desk<'h> {
    /// The first hunk that is undecided is looked at; `None` if all are decided. One that is decided in part is split.
    pub(super) fn new(hunks: &'h [Hunk], decisions: &Decisions) -> Option<Self> {
        let hunks: Vec<&Hunk> = hunks.iter().flat_map(|hunk| parts(hunk, decisions.is_mixed(hunk))).collect();
        let at = hunks.iter().position(|hunk| decisions.on(hunk).is_none())?;
        Some(Self { hunks, at })
    }

    pub(super) fn hunk(&self) -> &'h Hunk {
        self.hunks[self.at]
    }

    pub(super) fn press(&mut self, key: char, decisions: &mut Decisions) -> Result<Step, Failure> {
        let (hunk, at) = (self.hunk(), self.at);
        let is_later = |index: usize, other: &Hunk| index >= at && other.path == hunk.path;
        match key {
            'y' => self.decide(Verdict::Accept, |index, _| index == at, decisions),
            'n' => self.decide(Verdict::Leave, |index, _| index == at, decisions),
            'a' => self.decide(Verdict::Accept, is_later, decisions),
            'd' => self.decide(Verdict::Leave, is_later, decisions),
            'r' => self.decide(Verdict::Accept, |_, other| is_part(&other.rules, &hunk.rules), decisions),
            'R' => self.decide(Verdict::Leave, |_, other| has_some(&other.rules, &hunk.rules), decisions),
            'A' | 'D' => {
                let open: Vec<bool> = self.hunks.iter().map(|hunk| decisions.on(hunk).is_none()).collect();
                let verdict = if key == 'A' { Verdict::Accept } else { Verdict::Leave };
                self.decide(verdict, |index, _| open[index], decisions)
            }
            'u' => self.undo(decisions),
            'j' => Ok(self.go(|index, hunk| index > at && decisions.on(hunk).is_none(), "no later hunk is undecided")),
            'J' => Ok(self.go(|index, _| index > at, "this is the last hunk")),
            'k' => {
                let open = (0..at).rev().find(|index| decisions.on(self.hunks[*index]).is_none());
                Ok(self.go(|index, _| Some(index) == open, "no earlier hunk is undecided"))
            }
            'K' => Ok(self.go(|index, _| index + 1 == at, "this is the first hunk")),
            's' => Ok(self.split()),
            'g' => Ok(Step::Goto),
            '/' => Ok(Step::Search),
            'p' => Ok(Step::ShowAll),
            ' ' => Ok(Step::More),
            '?' => Ok(Step::Help),
            'q' => Ok(Step::Quit),
            _ => Ok(Step::Say("`?` lists the keys")),
        }
    }

    /// Goes to the next hunk that a text stands in, behind this one and then from the beginning.
    pub(super) fn search(&mut self, text: &str) -> Step {
        let needle = Needle::new(text);
        let order = (self.at + 1..self.hunks.len()).chain(0..=self.at);
        let found = order.into_iter().find(|index| self.hunks[*index].mentions(&needle));
        self.go(|index, _| Some(index) == found, "it stands in no hunk")
    }

    /// Goes to a hunk by its number from 1, or to the first of a file by a part of its path.
    pub(super) fn goto(&mut self, place: &str) -> Step {
        match place.parse::<usize>() {
            Ok(number) => self.go(|index, _| index + 1 == number, "there is no such hunk"),
            Err(_) => self.go(|_, hunk| hunk.path.contains(place), "no file has such a path"),
        }
    }

    fn go(&mut self, is_wanted: impl Fn(usize, &Hunk) -> bool, otherwise: &'static str) -> Step {
        match self.hunks.iter().enumerate().position(|(index, hunk)| is_wanted(index, hunk)) {
            Some(index) => {
                self.at = index;
                Step::Show
            }
            None => Step::Say(otherwise),
        }
    }

    /// Decides on all hunks that are meant, and goes to the next that is undecided.
    fn decide(
        &mut self,
        verdict: Verdict,
        is_meant: impl Fn(usize, &Hunk) -> bool,
        decisions: &mut Decisions,
    ) -> Result<Step, Failure> {
        let meant = self.hunks.iter().enumerate().filter(|(index, hunk)| is_meant(*index, hunk));
        let stretches: Vec<Stretch> = meant.flat_map(|(_, hunk)| hunk.stretches.iter().cloned()).collect();
        decisions.decide(stretches, verdict)?;
        let is_open = |index: &usize| decisions.on(self.hunks[*index]).is_none();
        let next = (self.at..self.hunks.len()).chain(0..self.at).find(is_open);
        self.at = next.unwrap_or(self.at);
        Ok(if next.is_some() { Step::Show } else { Step::Done })
    }

    /// Puts the parts of the hunk into its place.
    fn split(&mut self) -> Step {
        let hunk = self.hunk();
        if hunk.parts.is_empty() {
            return Step::Say("its lines belong together");
        }
        self.hunks.splice(self.at..=self.at, &hunk.parts);
        Step::Show
    }

    fn undo(&mut self, decisions: &mut Decisions) -> Result<Step, Failure> {
        let Some(stretches) = decisions.undo()? else { return Ok(Step::Say("nothing was decided in this session")) };
        let has_one = |hunk: &Hunk| hunk.stretches.iter().any(|stretch| stretches.contains(stretch));
        match self.go(|_, hunk| has_one(hunk), "") {
            Step::Show => Ok(Step::Show),
            _ => Ok(Step::Whole),
        }
    }
}

/// What a hunk is to be decided on by.
fn parts(hunk: &Hunk, is_split: bool) -> Vec<&Hunk> {
    if is_split { hunk.parts.iter().collect() } else { vec![hunk] }
}

/// Whether all of some rules are among others.
fn is_part(some: &[usize], others: &[usize]) -> bool {
    some.iter().all(|rule| others.contains(rule))
}

fn has_some(some: &[usize], others: &[usize]) -> bool {
    some.iter().any(|rule| others.contains(rule))
}
