//! `unshim apply --branch`: the change of what is committed, as commits on a new branch; the work tree stays untouched.

use std::collections::BTreeSet;

use super::arguments::Apply;
use super::base::Base;
use super::bisect;
use super::failure::Failure;
use super::flow::{self, Proven};
use super::session::{Outcome, Session};
use super::{review, split};
use crate::disk::{self, Check, Draft, Ledger, NewBranch};
use crate::report;

pub(super) fn run(apply: &Apply, name: &str, ledger: &Ledger, session: &mut Session) -> Result<Outcome, Failure> {
    let (mut base, commit) = Base::of_commit(&apply.path, session)?;
    let mut whole = base.prove_all(session)?;
    if apply.interactive {
        // Better now than when all is decided.
        disk::refuse_branch(ledger, name)?;
        whole = match review::run_unkept(whole, session)? {
            Some(reviewed) => reviewed,
            None => return Ok(Outcome::Done),
        };
    }
    let check = apply.verify.clone().map(|command| Check { command });
    let mut left_out = BTreeSet::new();
    if let Some(check) = check.as_ref().filter(|_| apply.bisect) {
        let try_out = |proven: &Proven| {
            let draft = Draft::new(&proven.verified, &proven.input.world.project, "a trial".to_owned());
            Ok(disk::try_draft(ledger, &commit, &draft, check)?)
        };
        if !whole.is_empty() && !try_out(&whole)? {
            left_out = bisect::culprits(&base, &whole, &try_out, session)?;
            whole = bisect::rest(&mut base, &whole, &left_out, session)?;
        }
    }
    let mut done = report::apply::Done::default();
    if !whole.is_empty() {
        let drafts = split::drafts(&mut base, &whole, (apply.split, &commit), session)?;
        session.progress.stage("write", report::counted(drafts.len(), "commit"));
        let branch = NewBranch { name, base: &commit, rules: flow::rule_shares(&whole), check };
        let receipt = disk::make_branch(ledger, &branch, &drafts)?;
        done = report::apply::Done { branch: Some((name.to_owned(), drafts.len())), ..flow::done(&receipt) };
    }
    bisect::tell(&whole, &done, &left_out, session)
}
