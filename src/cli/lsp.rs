//! `unshim lsp`: serves an editor over standard input and output.

use std::io::{self, BufReader};
use std::path::Path;

use super::failure::Failure;
use super::session::{Outcome, Session};
use super::{flow, rules};
use crate::disk::{self, Tree};
use crate::lsp::{self, Ended, Ground, Reading, Trouble};
use crate::plan::Safety;
use crate::project::RootConfig;

pub(super) fn run(session: &mut Session) -> Result<Outcome, Failure> {
    let folder = session.folder.clone();
    let mut read = |asked: &Path| reading(asked, session).map_err(|failure| told(&failure));
    let input = BufReader::new(io::stdin());
    match lsp::serve(input, &mut io::stdout(), &folder, &mut read)? {
        Ended::Orderly => Ok(Outcome::Done),
        Ended::CutOff => Err(Failure::CutOff),
    }
}

/// What lies on the disk around the editor's folder.
fn reading(asked: &Path, session: &Session) -> Result<Reading, Failure> {
    let tree = flow::tree(asked, session)?;
    let named = &session.global.rules;
    let rule_folder = if named.is_empty() { tree.top.clone() } else { session.folder.clone() };
    let ground = ground(&tree, session).map_err(|failure| match failure {
        Failure::Rules(problems) => Trouble::Rules(problems),
        Failure::NoRules { .. } => Trouble::NoRules,
        other => Trouble::Other(told(&other)),
    });
    Ok(Reading { top: tree.top, inside: tree.inside, rule_folder, ground })
}

fn ground(tree: &Tree, session: &Session) -> Result<Ground, Failure> {
    if let Some(id) = disk::open_change(tree) {
        return Err(Failure::OpenChange { id });
    }
    let rules = rules::read(&session.global.rules, tree)?;
    let mut reading = disk::read(tree, &flow::read_options(&rules, session))?;
    flow::leave_out(&mut reading);
    Ok(Ground {
        rules,
        files: reading.files,
        roots: RootConfig { roots: session.global.root.clone() },
        safety: session.global.safety.map(Safety::from),
        today: flow::today(),
        shelf: disk::shelf(tree)?,
    })
}

/// The failure in one sentence, with what to do about it.
fn told(failure: &Failure) -> String {
    let (_, hint) = failure.verdict();
    if hint.is_empty() { failure.to_string() } else { format!("{failure}: {hint}") }
}
