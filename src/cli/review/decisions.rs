//! What has been decided in a review, in the order in which it was, so that it can be taken back.

use std::path::PathBuf;

use crate::cli::failure::Failure;
use crate::disk::{SavedPlan, Verdicts};
use crate::plan::{Left, Stretch, Verdict};
use crate::report::review::Hunk;

#[derive(Default)]
pub(super) struct Decisions {
    verdicts: Verdicts,
    /// What each decision has changed, with what was decided before.
    past: Vec<Vec<(Stretch, Option<Verdict>)>>,
    /// The saved plan that keeps them.
    file: Option<PathBuf>,
}

impl Decisions {
    pub(super) fn new(verdicts: Verdicts, file: Option<PathBuf>) -> Self {
        Self { verdicts, past: Vec::new(), file }
    }

    /// Decides on these stretches, and keeps it.
    pub(super) fn decide(&mut self, stretches: Vec<Stretch>, verdict: Verdict) -> Result<(), Failure> {
        let new = stretches.into_iter().map(|stretch| (stretch, Some(verdict))).collect();
        let before = self.set(new)?;
        self.past.push(before);
        Ok(())
    }

    /// Takes the last decision back; the stretches that it was on.
    pub(super) fn undo(&mut self) -> Result<Option<Vec<Stretch>>, Failure> {
        let Some(last) = self.past.pop() else { return Ok(None) };
        let stretches = last.iter().map(|(stretch, _)| stretch.clone()).collect();
        self.set(last)?;
        Ok(Some(stretches))
    }

    /// What was decided before.
    fn set(&mut self, new: Vec<(Stretch, Option<Verdict>)>) -> Result<Vec<(Stretch, Option<Verdict>)>, Failure> {
        if let Some(file) = &self.file {
            let lines: Vec<_> = new.iter().map(|(stretch, verdict)| (stretch, *verdict)).collect();
            SavedPlan::append(file, &lines)?;
        }
        let set = |(stretch, verdict): (Stretch, Option<Verdict>)| {
            let before = match verdict {
                Some(verdict) => self.verdicts.insert(stretch.clone(), verdict),
                None => self.verdicts.remove(&stretch),
            };
            (stretch, before)
        };
        Ok(new.into_iter().map(set).collect())
    }

    /// The verdict on a hunk, if all of it is decided; it is left if some of it is.
    pub(super) fn on(&self, hunk: &Hunk) -> Option<Verdict> {
        let verdicts = hunk.stretches.iter().map(|stretch| self.verdicts.get(stretch).copied());
        let verdicts: Option<Vec<Verdict>> = verdicts.collect();
        Some(if verdicts?.contains(&Verdict::Leave) { Verdict::Leave } else { Verdict::Accept })
    }

    /// Whether the parts of a hunk have different verdicts, or some have none.
    pub(super) fn is_mixed(&self, hunk: &Hunk) -> bool {
        let mut verdicts = hunk.parts.iter().map(|part| self.on(part));
        let first = verdicts.next();
        verdicts.any(|verdict| Some(verdict) != first)
    }

    /// What is left as it is.
    pub(super) fn left(&self) -> Left {
        let left = self.verdicts.iter().filter(|(_, verdict)| **verdict == Verdict::Leave);
        left.map(|(stretch, _)| stretch).collect()
    }

    /// Whether anything is left as it is.
    pub(super) fn leaves_something(&self) -> bool {
        self.verdicts.values().any(|verdict| *verdict == Verdict::Leave)
    }

    /// How many of these hunks have this verdict.
    pub(super) fn count(&self, hunks: &[Hunk], verdict: Option<Verdict>) -> usize {
        hunks.iter().filter(|hunk| self.on(hunk) == verdict).count()
    }

    pub(super) fn file(&self) -> Option<&PathBuf> {
        self.file.as_ref()
    }
}
