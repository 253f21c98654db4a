//! `unshim apply`: makes the proven change, all files or none.

use super::arguments::Apply;
use super::failure::Failure;
use super::flow;
use super::saved_plan;
use super::session::{Outcome, Session};
use super::{bisect, branch, review};
use crate::disk::{self, ApplyOptions, Check, Idle};
use crate::report::apply::Done;
use crate::report::{self, Detail};

pub(super) fn run(apply: &Apply, session: &mut Session) -> Result<Outcome, Failure> {
    if apply.interactive {
        review::refuse_blind()?;
    }
    // Between two keys a signal ends the program at once, as it does without a review.
    let _idle = apply.interactive.then(Idle::new).transpose().map_err(Failure::Signals)?;
    let tree = flow::tree(&apply.path, session)?;
    let (ledger, _) = flow::lock(&tree, session)?;
    if let Some(name) = &apply.branch {
        return branch::run(apply, name, &ledger, session);
    }
    let mut options = ApplyOptions {
        allow_dirty: apply.allow_dirty,
        allow_no_vcs: apply.allow_no_vcs,
        check: apply.verify.clone().map(|command| Check { command }),
        rules: Vec::new(),
    };
    if apply.bisect {
        return bisect::run(apply, &options, &ledger, session);
    }
    let proven = match &apply.plan {
        _ if apply.interactive => match review::run(apply, (&ledger, &options), session)? {
            Some(proven) => proven,
            None => return Ok(Outcome::Done),
        },
        None => flow::prove(&apply.path, session)?,
        Some(file) => review::reviewed(saved_plan::load(file, session)?, session)?,
    };
    session.progress.stage("write", report::counted(proven.verified.plan().changes.len(), "file"));
    options.rules = flow::rule_shares(&proven);
    let receipt = disk::apply(&proven.verified, &proven.input.world.project, &ledger, &options)?;
    session.warn(
        receipt
            .left_behind
            .iter()
            .map(|path| (path.as_str(), "an old file under a temporary name could not be removed")),
    );
    let (out, screen) = session.result();
    if screen.detail > Detail::Quiet {
        let done = Done { without_git: !tree.is_repository, ..flow::done(&receipt) };
        report::apply::write(&proven.view(), &done, &screen, out)?;
    }
    Ok(Outcome::Done)
}
