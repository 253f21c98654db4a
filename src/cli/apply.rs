//! `unshim apply`: makes the proven change, all files or none.

use super::arguments::Apply;
use super::failure::Failure;
use super::flow;
use super::session::{Outcome, Session};
use crate::disk::{self, ApplyOptions};
use crate::report::{self, Detail};

pub(super) fn run(apply: &Apply, session: &mut Session) -> Result<Outcome, Failure> {
    let proven = flow::prove(&apply.path, session)?;
    session.progress.stage("write", report::counted(proven.verified.plan().changes.len(), "file"));
    let options = ApplyOptions { allow_dirty: apply.allow_dirty, allow_no_vcs: apply.allow_no_vcs };
    let input = &proven.input;
    let receipt = disk::apply(&proven.verified, &input.world.project, &input.tree, &options)?;
    session.warn(
        receipt
            .left_behind
            .iter()
            .map(|path| (path.as_str(), "an old file under a temporary name could not be removed")),
    );
    let (out, screen) = session.result();
    if screen.detail > Detail::Quiet {
        let done = report::apply::Done { edited: receipt.edited, deleted: receipt.deleted, folders: receipt.folders };
        report::apply::write(&proven.view(), done, &screen, out)?;
    }
    Ok(Outcome::Done)
}
