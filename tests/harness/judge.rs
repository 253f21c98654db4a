//! One case: what comes out against what should, and what each law says.

use std::sync::LazyLock;

use jsonschema::Validator;
use unshim::plan::{Finding, findings};
use unshim::report::{Found, View, check_json, json};
use unshim::rule::Day;

use crate::case::Case;
use crate::difference::tree_differences;
use crate::laws;
use crate::pipeline::{Run, read_rules};
use crate::published;

/// All that is wrong, in blocks of text; empty if the case holds.
pub(crate) fn problems(case: &Case) -> Vec<String> {
    let run = read_rules(&case.rules).and_then(|rules| Run::new(&case.before, rules));
    let run = match run {
        Ok(run) => run,
        Err(told) => return vec![told],
    };
    let changed = run.changed(&case.before);
    let mut problems = tree_differences(&case.after, &changed);
    problems.extend(refusal_differences(case, &run));
    problems.extend(finding_differences(case, &run));
    problems.extend(outputs_beside_their_schema(&run));
    problems.extend(laws::broken(case, &run, &changed));
    problems
}

/// What `check` finds and should not, or the other way round, if the case is about it.
fn finding_differences(case: &Case, run: &Run) -> Vec<String> {
    let Some(expected) = &case.findings else { return Vec::new() };
    let found = findings(&run.world, &run.rules, Day::after_epoch(0)).expect("the plan was made from the same rules");
    let line = |finding: &Finding| format!("{}:{} {}", finding.path, finding.position.line, finding.code);
    let mut found: Vec<String> = found.iter().map(line).collect();
    found.sort();
    let missing =
        expected.iter().filter(|line| !found.contains(line)).map(|line| format!("check does not find: {line}"));
    let surplus = found.iter().filter(|line| !expected.contains(line)).map(|line| format!("check finds: {line}"));
    missing.chain(surplus).collect()
}

/// What the machine is told of the change and of the findings fits the published schema.
fn outputs_beside_their_schema(run: &Run) -> Vec<String> {
    static SCHEMAS: LazyLock<[Validator; 2]> =
        LazyLock::new(|| ["DiffOutput", "CheckOutput"].map(published::validator));
    let findings =
        findings(&run.world, &run.rules, Day::after_epoch(0)).expect("the plan was made from the same rules");
    let project = &run.world.project;
    let found = Found { findings: &findings, rules: &run.rules, project, compared: false };
    let mut outputs = [Vec::new(), Vec::new()];
    json::write_diff(&View::new(project, &run.rules, &run.verified), &mut outputs[0]).expect("memory takes all");
    check_json::write(&found, &mut outputs[1]).expect("memory takes all");
    let is_wrong = |(schema, output): &(&Validator, &Vec<u8>)| {
        !serde_json::from_slice(output).is_ok_and(|value| schema.is_valid(&value))
    };
    let wrong = SCHEMAS.iter().zip(&outputs).filter(is_wrong);
    wrong.map(|(_, output)| format!("does not fit the schema: {}", String::from_utf8_lossy(output))).collect()
}

fn refusal_differences(case: &Case, run: &Run) -> Vec<String> {
    let found = run.refusals();
    let missing = case.refusals.iter().filter(|line| !found.contains(line)).map(|line| format!("not refused: {line}"));
    let surplus = found.iter().filter(|line| !case.refusals.contains(line)).map(|line| format!("refused: {line}"));
    missing.chain(surplus).collect()
}
