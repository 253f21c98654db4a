//! Every case directory under `tests/cases`, and on each the laws of the contract.
//!
//! A case is `<area>/<behaviour>/`: `rule.toml`, the tree `before/`, the tree `after/` (absent: nothing changes), and
//! `refusals.txt` with a line `path:line reason` for each site that is left alone (absent: none), and in cases about `check`
//! `findings.txt` with a line `path:line code` for each finding in the tree before. `CASE=uses/del` in the
//! environment runs the cases whose name holds these words only.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "harness/case.rs"]
mod case;
#[path = "harness/difference.rs"]
mod difference;
#[path = "fuzz/mod.rs"]
mod fuzz;
#[path = "harness/judge.rs"]
mod judge;
#[path = "harness/laws.rs"]
mod laws;
#[path = "harness/left.rs"]
mod left;
#[path = "harness/pipeline.rs"]
mod pipeline;
#[path = "harness/proposed.rs"]
mod proposed;
#[path = "harness/published.rs"]
mod published;
#[path = "harness/remembered.rs"]
mod remembered;
#[path = "harness/undo.rs"]
mod undo;

use std::panic;

use case::Case;
use rayon::prelude::*;

/// Room for the deepest source that the parser is given, as in the program.
const STACK: usize = 64 << 20;

/// The fewest cases that the repository ever held; a walk that finds less is broken.
const FEWEST: usize = 280;

/// How many choices of what is left are tried on each case; `LEFT=1000` tries all.
const CHOICES: usize = 1;

/// Runs all cases of an area and names each that fails, with what is wrong.
fn run_area(area: &str) {
    let wanted = std::env::var("CASE").unwrap_or_default();
    let cases: Vec<Case> = case::all_of(area).into_iter().filter(|case| case.name.contains(&wanted)).collect();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).stack_size(STACK).build().unwrap();
    let failed: Vec<String> = cases.iter().filter_map(|case| pool.install(|| failure(case))).collect();
    let count = failed.len();
    assert!(failed.is_empty(), "{count} of {} cases of `{area}` fail\n\n{}", cases.len(), failed.join("\n"));
}

/// What is wrong with the case, under its name; `None` if it is as it should be.
fn failure(case: &Case) -> Option<String> {
    let problems = panic::catch_unwind(|| judge::problems(case)).unwrap_or_else(|cause| {
        let text = cause.downcast_ref::<String>().cloned();
        vec![format!(
            "panics: {}",
            text.or_else(|| cause.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
        )]
    });
    (!problems.is_empty()).then(|| format!("-- {}\n{}\n", case.name, problems.join("\n")))
}

macro_rules! areas {
    ($($area:ident)*) => {
        const AREAS: &[&str] = &[$(stringify!($area)),*];
        $(#[test]
        fn $area() {
            run_area(stringify!($area));
        })*
    };
}

areas! {
    calls check clash config copies cycles deprecate docs dual_roots exports forwards getattr holds identity imports members merge
    modules moves notebooks patches probes rules shims strings stubs swaps text uses
}

#[test]
fn every_area_is_run() {
    assert_eq!(case::areas(), AREAS);
    let count: usize = AREAS.iter().map(|area| case::all_of(area).len()).sum();
    assert!(count >= FEWEST, "only {count} cases are left");
}

#[test]
fn what_the_audit_proposes_holds_the_laws() {
    let wanted = std::env::var("CASE").ok();
    let all = AREAS.iter().flat_map(|area| case::all_of(area));
    let asked = all.filter(|case| wanted.as_ref().is_none_or(|wanted| case.name.contains(wanted.as_str())));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).stack_size(STACK).build().unwrap();
    let judged = asked.filter_map(|case| Some((pool.install(|| proposed::broken(&case))?, case.name)));
    let failed = judged.filter(|(broken, _)| !broken.is_empty());
    let failed: Vec<String> = failed.map(|(broken, name)| format!("-- {name}\n{}\n", broken.join("\n"))).collect();
    assert!(failed.is_empty(), "{} proposals fail\n\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn what_a_review_leaves_holds_the_laws() {
    let wanted = std::env::var("CASE").ok();
    let choices = std::env::var("LEFT").map_or(CHOICES, |set| set.parse().unwrap());
    let all = AREAS.iter().flat_map(|area| case::all_of(area));
    let asked = all.filter(|case| wanted.as_ref().is_none_or(|wanted| case.name.contains(wanted.as_str())));
    let cases: Vec<(usize, Case)> = asked.enumerate().collect();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).stack_size(STACK).build().unwrap();
    let judged = |(seed, case): &(usize, Case)| (case.name.clone(), left::problems(case, (choices, *seed as u64)));
    let judged: Vec<(String, Vec<String>)> = pool.install(|| cases.par_iter().with_max_len(1).map(judged).collect());
    let failed = judged.iter().filter(|(_, broken)| !broken.is_empty());
    let failed: Vec<String> = failed.map(|(name, broken)| format!("-- {name}\n{}\n", broken.join("\n"))).collect();
    assert!(failed.is_empty(), "{} reviews fail\n\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn what_a_check_remembers_is_what_it_would_find() {
    assert_remembered(remembered::differences);
}

#[test]
fn what_an_audit_remembers_is_what_it_would_find() {
    assert_remembered(remembered::audit_differences);
}

/// Asserts that no case differs, and that something of what was remembered held.
fn assert_remembered(differences: fn(&Case) -> (Vec<String>, usize)) {
    let wanted = std::env::var("CASE").ok();
    let all = AREAS.iter().flat_map(|area| case::all_of(area));
    let asked = all.filter(|case| wanted.as_ref().is_none_or(|wanted| case.name.contains(wanted.as_str())));
    let cases: Vec<Case> = asked.collect();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).stack_size(STACK).build().unwrap();
    let judged = |case: &Case| (case.name.clone(), differences(case));
    let judged: Vec<_> = pool.install(|| cases.par_iter().with_max_len(1).map(judged).collect());
    let failed = judged.iter().filter(|(_, (differences, _))| !differences.is_empty());
    let failed: Vec<String> = failed.map(|(name, (found, _))| format!("-- {name}\n{}\n", found.join("\n"))).collect();
    assert!(failed.is_empty(), "{} cases fail\n\n{}", failed.len(), failed.join("\n"));
    let held: usize = judged.iter().map(|(_, (_, held))| held).sum();
    assert!(wanted.is_some() || held > 1_000, "only {held} times something held");
}

#[test]
fn a_wrong_case_is_found() {
    let mut case = case::all_of("uses").remove(0);
    assert_eq!(failure(&case), None);
    case.after.insert("use.py".to_owned(), Vec::new());
    case.refusals.push("use.py:1 form".to_owned());
    let said = failure(&case).unwrap();
    assert!(said.contains("+++ found") && said.contains("not refused: use.py:1 form"), "{said}");
}
