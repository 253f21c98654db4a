//! `unshim apply --verify CMD --bisect`: the files whose change makes CMD fail are left out with all that depends on them,
//! and the rest is made.

use std::collections::BTreeSet;

use super::arguments::Apply;
use super::base::Base;
use super::failure::Failure;
use super::flow::{self, Proven};
use super::session::{Outcome, Session};
use super::smallest::smallest;
use crate::disk::{self, ApplyError, ApplyOptions, Idle, Ledger};
use crate::plan::Action;
use crate::report::{self, Detail};

/// Every trial is a plan of its own, proven for the files that it may edit: what depends on the others stays.
struct Trials<'t> {
    base: Base,
    ledger: &'t Ledger,
    options: ApplyOptions,
}

pub(super) fn run(
    apply: &Apply,
    options: ApplyOptions,
    ledger: &Ledger,
    session: &mut Session,
) -> Result<Outcome, Failure> {
    let trials = Trials { base: Base::of_tree(&apply.path, session)?, ledger, options };
    let whole = trials.base.prove_all(session)?;
    let mut changes: Vec<_> = whole.verified.plan().changes.iter().collect();
    changes.sort_by_key(|change| matches!(change.action, Action::Delete { .. }));
    let all: Vec<String> = changes.iter().map(|change| change.path.clone()).collect();
    let left_out = match trials.make(&whole) {
        Err(Failure::Apply(ApplyError::CheckFailed { .. })) => trials.culprits(&all, session)?,
        made => {
            let done = flow::done(&made?);
            return tell(&whole, &done, &[], session);
        }
    };
    let landing = trials.plan(&all, &left_out, session)?;
    let done = flow::done(&trials.make(&landing)?);
    tell(&landing, &done, &left_out.into_iter().collect::<Vec<_>>(), session)
}

impl Trials<'_> {
    fn make(&self, proven: &Proven) -> Result<disk::Receipt, Failure> {
        let options = ApplyOptions { rules: flow::rule_shares(proven), ..self.options.clone() };
        Ok(disk::apply(&proven.verified, &proven.input.world.project, self.ledger, &options)?)
    }

    /// What is planned if only `paths` without `left_out` may be edited.
    fn plan(&self, paths: &[String], left_out: &BTreeSet<String>, session: &Session) -> Result<Proven, Failure> {
        let may_edit = |path: &str| !left_out.contains(path) && paths.iter().any(|other| other == path);
        self.base.prove(self.base.all_rules(), may_edit, session)
    }

    fn fails(&self, paths: &[String], left_out: &BTreeSet<String>, session: &Session) -> Result<bool, Failure> {
        let proven = self.plan(paths, left_out, session)?;
        session.progress.stage("try", report::counted(proven.verified.plan().changes.len(), "file"));
        Ok(!disk::try_out(&proven.verified, &proven.input.world.project, self.ledger, &self.options)?)
    }

    /// The files that have to stay as they are, as few as can be, so that the command succeeds on the rest.
    fn culprits(&self, all: &[String], session: &Session) -> Result<BTreeSet<String>, Failure> {
        let _idle = Idle::new().map_err(Failure::Signals)?;
        let nothing = BTreeSet::new();
        if self.fails(&[], &nothing, session)? {
            return Err(Failure::FailsAnyway);
        }
        let mut left_out = BTreeSet::new();
        while self.fails(all, &left_out, session)? {
            let rest: Vec<String> = all.iter().filter(|path| !left_out.contains(*path)).cloned().collect();
            left_out.extend(smallest(rest, |part| self.fails(part, &nothing, session))?);
        }
        // Of files that fail only together one may be enough; a file that stays is better than all who would use it.
        for path in all {
            let fewer: BTreeSet<String> = left_out.iter().filter(|other| *other != path).cloned().collect();
            if fewer.len() == left_out.len() {
                continue;
            }
            if !fewer.is_empty() && !self.fails(all, &fewer, session)? {
                left_out = fewer;
            }
        }
        Ok(left_out)
    }
}

fn tell(
    proven: &Proven,
    done: &report::apply::Done,
    left_out: &[String],
    session: &mut Session,
) -> Result<Outcome, Failure> {
    let (out, screen) = session.result();
    if screen.detail > Detail::Quiet {
        report::apply::write_left_out(left_out, &screen, out)?;
        report::apply::write(&proven.view(), done, &screen, out)?;
    }
    Ok(Outcome::Done)
}
