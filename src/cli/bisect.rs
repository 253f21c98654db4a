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

/// Whether the command succeeds on the tree as a plan would change it. The tree is as it was afterwards.
pub(super) type Try<'t> = &'t dyn Fn(&Proven) -> Result<bool, Failure>;

pub(super) fn run(
    apply: &Apply,
    options: &ApplyOptions,
    ledger: &Ledger,
    session: &mut Session,
) -> Result<Outcome, Failure> {
    let mut base = Base::of_tree(&apply.path, session)?;
    let whole = base.prove_all(session)?;
    let make = |proven: &Proven| -> Result<disk::Receipt, Failure> {
        let options = ApplyOptions { rules: flow::rule_shares(proven), ..options.clone() };
        Ok(disk::apply(&proven.verified, &proven.input.world.project, ledger, &options)?)
    };
    match make(&whole) {
        Err(Failure::Apply(ApplyError::CheckFailed { .. })) => {}
        made => return tell(&whole, &flow::done(&made?), &BTreeSet::new(), session),
    }
    let try_out = |proven: &Proven| Ok(disk::try_out(&proven.verified, &proven.input.world.project, ledger, options)?);
    let left_out = culprits(&base, &whole, &try_out, session)?;
    let landing = rest(&mut base, &whole, &left_out, session)?;
    let done = flow::done(&make(&landing)?);
    tell(&landing, &done, &left_out, session)
}

/// The files of a change that have to stay as they are, as few as can be, so that the command succeeds on the rest.
pub(super) fn culprits(
    base: &Base,
    whole: &Proven,
    try_out: Try<'_>,
    session: &Session,
) -> Result<BTreeSet<String>, Failure> {
    let _idle = Idle::new().map_err(Failure::Signals)?;
    let mut changes: Vec<_> = whole.verified.plan().changes.iter().collect();
    changes.sort_by_key(|change| matches!(change.action, Action::Delete { .. }));
    let all: Vec<String> = changes.iter().map(|change| change.path.clone()).collect();
    let nothing = BTreeSet::new();
    // Every trial is a plan of its own, proven for the files that it may edit: what depends on the others stays.
    let fails = |paths: &[String], left_out: &BTreeSet<String>| -> Result<bool, Failure> {
        let may_edit = |path: &str| !left_out.contains(path) && paths.iter().any(|other| other == path);
        let proven = base.prove(base.all_rules(), may_edit, session)?;
        session.progress.stage("try", report::counted(proven.verified.plan().changes.len(), "file"));
        Ok(!try_out(&proven)?)
    };
    if fails(&[], &nothing)? {
        return Err(Failure::FailsAnyway);
    }
    let mut left_out = BTreeSet::new();
    while fails(&all, &left_out)? {
        let rest: Vec<String> = all.iter().filter(|path| !left_out.contains(*path)).cloned().collect();
        left_out.extend(smallest(rest, |part| fails(part, &nothing))?);
    }
    // Of files that fail only together one may be enough; a file that stays is better than all who would use it.
    for path in &all {
        let fewer: BTreeSet<String> = left_out.iter().filter(|other| *other != path).cloned().collect();
        if fewer.len() < left_out.len() && !fewer.is_empty() && !fails(&all, &fewer)? {
            left_out = fewer;
        }
    }
    Ok(left_out)
}

/// What of a change is left without these files, and all that depends on them.
pub(super) fn rest(
    base: &mut Base,
    whole: &Proven,
    left_out: &BTreeSet<String>,
    session: &Session,
) -> Result<Proven, Failure> {
    let paths = whole.verified.plan().changes.iter().map(|change| change.path.as_str());
    base.edit_only(&paths.filter(|path| !left_out.contains(*path)).collect());
    base.prove_all(session)
}

/// Says what was left out, and what was done.
pub(super) fn tell(
    proven: &Proven,
    done: &report::apply::Done,
    left_out: &BTreeSet<String>,
    session: &mut Session,
) -> Result<Outcome, Failure> {
    let left_out: Vec<String> = left_out.iter().cloned().collect();
    let (out, screen) = session.result();
    if screen.detail > Detail::Quiet {
        report::apply::write_left_out(&left_out, &screen, out)?;
        report::apply::write(&proven.view(), done, &screen, out)?;
    }
    Ok(Outcome::Done)
}
