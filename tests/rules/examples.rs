//! Examples in rule files: what is said of each kind, and what `--update` makes of it.

use std::fs;
use std::path::Path;

use similar::TextDiff;
use unshim::plan::try_example;
use unshim::report::Screen;
use unshim::report::examples::{Tried, write};
use unshim::rule::{Found, RuleSet, update};

use crate::{files, named, read, stem};

/// Room for the deepest source that the parser is given, as in the program.
const STACK: usize = 64 << 20;

fn tried(rules: &RuleSet) -> Vec<Tried<'_>> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).stack_size(STACK).build().unwrap();
    let each = rules.rules.iter().flat_map(|rule| rule.examples.iter().enumerate().map(move |each| (rule, each)));
    let tried = each.map(|(rule, (index, example))| Tried {
        rule,
        number: index + 1,
        example,
        outcome: pool.install(|| try_example(rule, example, None)),
        is_updated: false,
    });
    tried.collect()
}

fn report(rules: &RuleSet, tried: &[Tried]) -> String {
    let mut out = Vec::new();
    write(tried, &rules.rules, &Screen::plain(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The text of the rule file with what was found.
fn updated(text: &str, rules: &RuleSet) -> String {
    let found: Vec<Found> = tried(rules).iter().filter(|one| !one.holds()).filter_map(Tried::found).collect();
    update(text, &found).unwrap()
}

#[test]
fn every_kind_of_example_is_tried_and_updated() {
    let files = files("tests/rules/examples").into_iter().filter(|path| path.extension().unwrap() == "toml");
    let files: Vec<_> = files.collect();
    assert!(files.len() >= 20);
    for path in files {
        let name = stem(&path);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("# "), "{name} does not say what it shows");
        let rules = read(&[named(&format!("{name}.toml"), &*text)]).unwrap_or_else(|problems| panic!("{problems}"));
        let new = updated(&text, &rules);
        let again = read(&[named(&name, &*new)]).unwrap_or_else(|problems| panic!("{name}: {problems}"));
        for one in tried(&again) {
            assert_eq!(one.holds(), one.outcome.is_ok(), "{name}: an updated example holds\n{new}");
        }
        assert_eq!(updated(&new, &again), new, "{name}: what holds is not updated");
        let diff = TextDiff::from_lines(&text, &new).unified_diff().header("written", "updated").to_string();
        snapshot(&name, &format!("{}{diff}", report(&rules, &tried(&rules))));
    }
}

#[test]
fn every_shipped_rule_has_examples_and_they_hold() {
    for path in files("rules") {
        let text = named(path.to_str().unwrap(), fs::read(&path).unwrap());
        let rules = read(&[text]).unwrap_or_else(|problems| panic!("{problems}"));
        assert!(rules.rules.iter().all(|rule| !rule.examples.is_empty()), "{} has a rule without one", path.display());
        let tried = tried(&rules);
        assert!(tried.iter().all(Tried::holds), "{}", report(&rules, &tried));
    }
}

#[test]
fn what_holds_no_such_example_is_not_updated() {
    let found = Found { rule: "cake".to_owned(), example: 0, after: None, refusals: Vec::new() };
    for text in ["not = toml = at all", "", "[[rule]]\nid = \"tart\"\n", "[[rule]]\nid = \"cake\"\n"] {
        assert_eq!(update(text, std::slice::from_ref(&found)), None, "{text}");
    }
}

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => Path::new("../../snapshots/examples"),
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name.to_owned(), text);
    });
}
