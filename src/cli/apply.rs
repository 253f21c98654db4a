//! `unshim apply`: makes the proven change, all files or none.

use super::arguments::Apply;
use super::failure::Failure;
use super::flow;
use super::saved_plan;
use super::session::{Outcome, Session};
use crate::disk::{self, ApplyOptions};
use crate::report::{self, Detail};

pub(super) fn run(apply: &Apply, session: &mut Session) -> Result<Outcome, Failure> {
    let (ledger, _) = flow::lock(&flow::tree(&apply.path, session)?, session)?;
    let proven = match &apply.plan {
        None => flow::prove(&apply.path, session)?,
        Some(file) => saved_plan::load(file, session)?,
    };
    session.progress.stage("write", report::counted(proven.verified.plan().changes.len(), "file"));
    let options = ApplyOptions {
        allow_dirty: apply.allow_dirty,
        allow_no_vcs: apply.allow_no_vcs,
        rules: flow::rule_shares(&proven),
    };
    let receipt = disk::apply(&proven.verified, &proven.input.world.project, &ledger, &options)?;
    session.warn(
        receipt
            .left_behind
            .iter()
            .map(|path| (path.as_str(), "an old file under a temporary name could not be removed")),
    );
    let (out, screen) = session.result();
    if screen.detail > Detail::Quiet {
        report::apply::write(&proven.view(), &flow::done(&receipt), &screen, out)?;
    }
    Ok(Outcome::Done)
}
