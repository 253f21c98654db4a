//! What `audit --propose` writes for the tree of a case, run as it is: every law holds.

use std::sync::LazyLock;

use jsonschema::Validator;
use unshim::audit::{Answers, Audit, Holdings, Wish};
use unshim::project::{Project, RootConfig};
use unshim::report::audit_json;
use unshim::report::proposal::proposals;
use unshim::semantics::World;

use crate::case::{Case, Tree};
use crate::laws;
use crate::pipeline::{Run, load, read_rules};
use crate::published;

/// Which laws do not hold for the proposals; `None` if nothing is proposed that is a rule.
pub(crate) fn broken(case: &Case) -> Option<Vec<String>> {
    let rules = proposed(&case.before)?;
    let text = String::from_utf8_lossy(&rules).into_owned();
    let told = |what: String| Some(vec![format!("{what}\n{text}")]);
    let run = match read_rules(&rules).and_then(|set| Run::new(&case.before, set)) {
        Ok(run) => run,
        Err(what) => return told(what),
    };
    let changed = run.changed(&case.before);
    let Case { name, before, .. } = case;
    let own = Case {
        name: name.clone(),
        rules,
        before: before.clone(),
        after: changed.clone(),
        refusals: Vec::new(),
        findings: Default::default(),
    };
    let broken = laws::broken(&own, &run, &changed);
    if broken.is_empty() { Some(Vec::new()) } else { told(broken.join("\n")) }
}

/// The rule files of all families as one text.
fn proposed(tree: &Tree) -> Option<Vec<u8>> {
    let world = World::new(Project::new(tree.iter().map(load).collect(), &RootConfig::default())).fingerprinted();
    let answers = Answers::default();
    let audit = Holdings::new(&world, &answers, &Wish::default()).told_of(&world);
    assert_published(&audit);
    let proposals = proposals(&world.project, audit.families.iter(), &[]);
    let is_rule = proposals.iter().any(|proposal| proposal.is_rule);
    let texts: Vec<String> = proposals.into_iter().map(|proposal| proposal.text).collect();
    is_rule.then(|| texts.concat().into_bytes())
}

/// What the machine is told of an audit fits the published schema.
fn assert_published(audit: &Audit) {
    static SCHEMA: LazyLock<Validator> = LazyLock::new(|| published::validator("AuditOutput"));
    let mut output = Vec::new();
    audit_json::write(audit, &mut output).expect("memory takes all");
    let value = serde_json::from_slice(&output).expect("JSON");
    assert!(SCHEMA.is_valid(&value), "does not fit the schema: {}", String::from_utf8_lossy(&output));
}
