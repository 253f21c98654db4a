//! Examples of rules, tried in memory: the whole way from a tree to a proven plan, and a second time.

use std::collections::BTreeMap;

use super::{Plan, Safety, plan};
use crate::project::{Loaded, Project, RootConfig};
use crate::rule::{Example, Rule, RuleSet};
use crate::semantics::World;
use crate::site::Mismatch;

/// What came of an example.
#[derive(Debug, PartialEq, Eq)]
pub struct Trial {
    /// Texts by path.
    pub after: BTreeMap<String, String>,
    /// `path:line reason`, sorted, each once.
    pub refusals: Vec<String>,
    /// What is wrong with a second run, which should change nothing; empty if it does not.
    pub again: Vec<String>,
}

impl Trial {
    /// Whether all is as the example says.
    pub fn holds(&self, example: &Example) -> bool {
        self.after == example.after && self.refusals == example.refusals && self.again.is_empty()
    }
}

/// Runs the rule alone on the tree of the example.
///
/// # Errors
/// What the tree says against the rule.
pub fn try_example(rule: &Rule, example: &Example, safety: Option<Safety>) -> Result<Trial, Vec<Mismatch>> {
    let rules = RuleSet { rules: vec![rule.clone()] };
    let (after, refusals) = run(&example.before, &rules, safety)?;
    let again = match run(&after, &rules, safety) {
        Ok((second, _)) => changed_paths(&after, &second).map(|path| format!("changes {path} again")).collect(),
        Err(mismatches) => mismatches.into_iter().map(|mismatch| mismatch.message).collect(),
    };
    Ok(Trial { after, refusals, again })
}

type Ran = (BTreeMap<String, String>, Vec<String>);

fn run(tree: &BTreeMap<String, String>, rules: &RuleSet, safety: Option<Safety>) -> Result<Ran, Vec<Mismatch>> {
    let files = tree.iter().map(|(path, text)| Loaded::in_memory(path, text.clone().into_bytes()));
    let world = World::new(Project::new(files.collect(), &RootConfig::default()));
    let verified = plan(&world, rules, safety)?;
    Ok((changed(tree, verified.plan(), &world.project), refusals(verified.plan())))
}

/// The tree after the change.
fn changed(tree: &BTreeMap<String, String>, plan: &Plan, project: &Project) -> BTreeMap<String, String> {
    let mut after = tree.clone();
    for change in &plan.changes {
        match change.after() {
            None => drop(after.remove(&change.path)),
            Some(text) => {
                let bytes = project.shape(&change.path).unwrap_or_default().encode(&text);
                let bytes = bytes.expect("the proof refuses text that the file's encoding cannot hold");
                after.insert(change.path.clone(), String::from_utf8_lossy(&bytes).into_owned());
            }
        }
    }
    after
}

fn refusals(plan: &Plan) -> Vec<String> {
    let refusals = plan.refusals.iter();
    let lines = refusals.map(|refusal| format!("{}:{} {}", refusal.path, refusal.position.line, refusal.reason));
    let mut lines: Vec<String> = lines.collect();
    lines.sort();
    lines.dedup();
    lines
}

fn changed_paths<'a>(
    before: &'a BTreeMap<String, String>,
    after: &'a BTreeMap<String, String>,
) -> impl Iterator<Item = &'a String> {
    let gone = before.keys().filter(|path| !after.contains_key(*path));
    gone.chain(after.iter().filter(|(path, text)| before.get(*path) != Some(text)).map(|(path, _)| path))
}
