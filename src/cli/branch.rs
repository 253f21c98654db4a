//! `unshim apply --branch`: the change of what is committed, as commits on a new branch; the work tree stays untouched.

use super::arguments::Apply;
use super::base::Base;
use super::failure::Failure;
use super::flow;
use super::session::{Outcome, Session};
use super::split;
use crate::disk::{self, Check, Ledger, NewBranch};
use crate::report::{self, Detail};

pub(super) fn run(apply: &Apply, name: &str, ledger: &Ledger, session: &mut Session) -> Result<Outcome, Failure> {
    let (mut base, commit) = Base::of_commit(&apply.path, session)?;
    let whole = base.prove_all(session)?;
    let mut done = report::apply::Done::default();
    if !whole.is_empty() {
        let drafts = split::drafts(&mut base, &whole, (apply.split, &commit), session)?;
        session.progress.stage("write", report::counted(drafts.len(), "commit"));
        let check = apply.verify.clone().map(|command| Check { command });
        let branch = NewBranch { name, base: &commit, rules: flow::rule_shares(&whole), check };
        let receipt = disk::make_branch(ledger, &branch, &drafts)?;
        done = report::apply::Done { branch: Some((name.to_owned(), drafts.len())), ..flow::done(&receipt) };
    }
    let (out, screen) = session.result();
    if screen.detail > Detail::Quiet {
        report::apply::write(&whole.view(), &done, &screen, out)?;
    }
    Ok(Outcome::Done)
}
