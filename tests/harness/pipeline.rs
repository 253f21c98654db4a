//! The flow of `diff`, from bytes to a proven plan and to the bytes that it makes.

use unshim::plan::{Action, Verified, plan};
use unshim::project::{Loaded, Project, RootConfig};
use unshim::report::{Screen, View, diff};
use unshim::rule::{Asked, RuleSet, RuleText, read};
use unshim::semantics::World;

use crate::case::Tree;

/// A tree, its rules, and the plan for them.
pub(crate) struct Run {
    pub(crate) world: World,
    pub(crate) rules: RuleSet,
    pub(crate) verified: Verified,
}

pub(crate) fn read_rules(bytes: &[u8]) -> Result<RuleSet, String> {
    let text = RuleText { name: "rule.toml".to_owned(), bytes: bytes.to_vec(), asked: Asked::ByName };
    read(&[text]).map_err(|problems| problems.render(false))
}

impl Run {
    /// Plans the change of `tree`; an error is what the user would be told.
    pub(crate) fn new(tree: &Tree, rules: RuleSet) -> Result<Self, String> {
        let world = World::new(Project::new(tree.iter().map(load).collect(), &RootConfig::default()));
        let planned = plan(&world, &rules, None);
        let told = |mismatches: Vec<_>| format!("the rule does not fit the tree: {mismatches:?}");
        let verified = planned.map_err(told)?;
        Ok(Self { world, rules, verified })
    }

    /// The files of `tree` after the change.
    pub(crate) fn changed(&self, tree: &Tree) -> Tree {
        let mut changed = tree.clone();
        for change in &self.verified.plan().changes {
            match &change.action {
                Action::Delete { .. } => drop(changed.remove(&change.path)),
                Action::Create { text, .. } => drop(changed.insert(change.path.clone(), text.clone().into_bytes())),
                Action::Edit { edits, .. } => {
                    let project = &self.world.project;
                    let bytes = project.shape(&change.path).unwrap().encode(&edits.apply(&change.before)).unwrap();
                    changed.insert(change.path.clone(), bytes);
                }
            }
        }
        changed
    }

    /// `path:line reason` for each site that is left alone, sorted, each once.
    pub(crate) fn refusals(&self) -> Vec<String> {
        let written = self.verified.plan().refusals.iter().map(|refusal| {
            let reason = serde_json::to_value(refusal.reason).unwrap();
            format!("{}:{} {}", refusal.path, refusal.position.line, reason.as_str().unwrap())
        });
        let mut refusals: Vec<String> = written.collect();
        refusals.sort();
        refusals.dedup();
        refusals
    }

    /// The preview as `git apply` reads it.
    pub(crate) fn preview(&self) -> Vec<u8> {
        let view = View::new(&self.world.project, &self.rules, &self.verified);
        let mut out = Vec::new();
        diff::write(&view, &Screen::plain(), &mut out).unwrap();
        out
    }
}

pub(crate) fn load((path, bytes): (&String, &Vec<u8>)) -> Loaded {
    Loaded::in_memory(path, bytes.clone())
}
