//! Merges that only the user may risk, and rules whose merges do not fit the tree.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use unshim::plan::{Action, Plan, Reason, Safety, Verified, plan};
use unshim::project::{Loaded, Project, RootConfig};
use unshim::rule::{Asked, RuleSet, RuleText, read};
use unshim::semantics::World;

const RULE: &str = "[[rule]]\nid = \"new\"\ncanonical = \"new:New\"\nmerge = [\"legacy:Manager\"]\n";
const MEMBERS: &str = "[rule.members]\ncreate = \"connect\"\n";

const TREE: [(&str, &str); 3] = [
    ("legacy.py", "class Manager:\n    def create(self): ...\n\nclass Other: ...\n"),
    ("new.py", "class New:\n    def connect(self): ...\n"),
    ("use.py", "from legacy import Manager\n\nmade = Manager()\nmade.create()\nfind().create()\n"),
];

fn rules(text: &str) -> RuleSet {
    read(&[RuleText { name: "rule.toml".to_owned(), bytes: text.into(), asked: Asked::ByName }]).unwrap()
}

fn planned(rule: &str, tree: &[(&str, &str)], safety: Safety) -> Result<Verified, Vec<String>> {
    let files = tree.iter().map(|(path, text)| Loaded::text(path, text)).collect();
    let world = World::new(Project::new(files, &RootConfig::default()));
    let rules = rules(rule);
    plan(&world, &rules, safety).map_err(|mismatches| mismatches.into_iter().map(|mismatch| mismatch.message).collect())
}

fn after(plan: &Plan, path: &str) -> String {
    let change = plan.changes.iter().find(|change| change.path == path).unwrap();
    match &change.action {
        Action::Edit { edits, notes } => {
            assert!(notes.iter().all(|note| note.safety == Safety::Risky), "{notes:?}");
            edits.apply(&change.before)
        }
        Action::Delete { .. } | Action::Create { .. } => String::new(),
    }
}

#[test]
fn a_member_that_was_not_followed_makes_a_merge_risky() {
    let rule = format!("{RULE}{MEMBERS}");
    let safe = planned(&rule, &TREE, Safety::Safe).unwrap();
    assert!(safe.plan().changes.is_empty());
    let risky = planned(&rule, &TREE, Safety::Risky).unwrap();
    let found = after(risky.plan(), "use.py");
    assert_eq!(found, "from new import New\n\nmade = New()\nmade.connect()\nfind().create()\n");
    for verified in [safe, risky] {
        let mut listed = verified.plan().refusals.iter().filter(|one| one.reason == Reason::MemberNotFollowed);
        assert_eq!(listed.next().map(|refusal| refusal.position.line), Some(5));
        assert!(listed.next().is_none());
    }
}

#[test]
fn a_member_that_the_canonical_class_lacks_does_not_fit() {
    let rule = format!("{RULE}[rule.members]\ncreate = \"dial\"\n");
    let told = planned(&rule, &TREE, Safety::Safe).unwrap_err();
    assert_eq!(told, ["`members` sends `create` to `dial`, and `new:New` has no `dial`"]);
    let base = [TREE[0], ("new.py", "from far import Base\nclass New(Base):\n    def connect(self): ...\n"), TREE[2]];
    assert!(planned(&rule, &base, Safety::Safe).is_ok(), "what cannot be seen may have it");
}

#[test]
fn one_class_is_merged_by_one_rule() {
    let other = "[[rule]]\nid = \"other\"\ncanonical = \"third:Third\"\nmerge = [\"shop:Manager\"]\n";
    let tree =
        [TREE[0], TREE[1], TREE[2], ("shop.py", "from legacy import Manager\n"), ("third.py", "class Third: ...\n")];
    let told = planned(&format!("{RULE}{other}"), &tree, Safety::Safe).unwrap_err();
    assert_eq!(told, ["`shop:Manager` and `legacy:Manager` are one class, and two rules merge it"]);
    let apart = [tree[0], tree[1], tree[2], ("shop.py", "class Manager: ...\n"), tree[4]];
    assert!(planned(&format!("{RULE}{other}"), &apart, Safety::Safe).is_ok());
}
