//! `unshim test`: runs the examples in the rule files, and writes down what was found if asked to.

use std::path::Path;

use rayon::prelude::*;

use super::arguments::{OutputFormat, Test};
use super::failure::Failure;
use super::rules;
use super::session::{Outcome, Session};
use crate::disk::{self, Tree};
use crate::plan::{Safety, try_example};
use crate::report::examples::{self, Tried};
use crate::rule::{self, Found, RuleSet, RuleText};

pub(super) fn run(test: &Test, session: &mut Session) -> Result<Outcome, Failure> {
    let tree = Tree::around(&session.folder)?;
    let named = &session.global.rules;
    let texts = rules::texts(named, &tree)?;
    let rules = rules::checked(&texts, named, &tree)?;
    let mut tried = try_all(&rules, session);
    if test.update {
        let folder = if named.is_empty() { &tree.top } else { &session.folder };
        texts.iter().try_for_each(|text| update(folder, text, &mut tried))?;
    }
    let (out, screen) = session.result();
    match test.output_format {
        OutputFormat::Json => examples::write_json(&tried, out)?,
        OutputFormat::Text => examples::write(&tried, &rules.rules, &screen, out)?,
    }
    let holds = tried.iter().all(|one| one.holds() || one.is_updated);
    Ok(if holds { Outcome::Done } else { Outcome::Findings })
}

fn try_all<'r>(rules: &'r RuleSet, session: &Session) -> Vec<Tried<'r>> {
    let safety = session.global.safety.map(Safety::from);
    let numbered = rules.rules.iter().flat_map(|rule| rule.examples.iter().enumerate().map(move |each| (rule, each)));
    let all: Vec<_> = numbered.collect();
    let tried = all.into_par_iter().map(|(rule, (index, example))| {
        let outcome = try_example(rule, example, safety);
        Tried { rule, number: index + 1, example, outcome, is_updated: false }
    });
    tried.collect()
}

/// Writes what the failing examples of one file gave; those whose rule does not fit, or that do not settle, still fail.
fn update(folder: &Path, text: &RuleText, tried: &mut [Tried]) -> Result<(), Failure> {
    let is_here = |one: &&mut Tried| one.rule.declared.0 == text.name && !one.holds() && one.found().is_some();
    let mut failed: Vec<_> = tried.iter_mut().filter(is_here).collect();
    if failed.is_empty() {
        return Ok(());
    }
    let found: Vec<Found> = failed.iter().filter_map(|one| one.found()).collect();
    let old = String::from_utf8_lossy(&text.bytes);
    let new = rule::update(&old, &found).expect("the rules were read from this text");
    disk::rewrite(&folder.join(&text.name), &text.bytes, new.as_bytes())
        .map_err(|cause| Failure::RuleFile { path: text.name.clone(), cause })?;
    failed.iter_mut().for_each(|one| one.is_updated = true);
    Ok(())
}
