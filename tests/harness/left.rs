//! A review that leaves some hunks of a case: what comes out holds the laws all the same.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use unshim::plan::{Action, FileChange, Left, Reason, Stretch, findings, plan_without};
use unshim::project::{Project, RootConfig};
use unshim::report::review::{self, Hunk};
use unshim::report::{Screen, View};
use unshim::rule::Day;
use unshim::semantics::World;
use unshim::text::Span;

use crate::case::{Case, Tree};
use crate::difference::tree_differences;
use crate::laws;
use crate::pipeline::{Run, load, read_rules};

/// Which hunks of a change are left.
type Choice = Vec<usize>;

/// All that is wrong when hunks of the case are left, for so many choices of them.
pub(crate) fn problems(case: &Case, (choices, seed): (usize, u64)) -> Vec<String> {
    let run = read_rules(&case.rules).and_then(|rules| Run::new(&case.before, rules)).expect("the case holds");
    let hunks = hunks(&run);
    let mut problems = Vec::new();
    for choice in sample(hunks.len(), choices, seed) {
        let stretches: Vec<Stretch> = choice.iter().flat_map(|index| hunks[*index].stretches.iter().cloned()).collect();
        let found = catch_unwind(AssertUnwindSafe(|| broken(case, &stretches))).unwrap_or_else(|cause| {
            let text = cause.downcast_ref::<String>().cloned();
            vec![format!(
                "panics: {}",
                text.or_else(|| cause.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
            )]
        });
        let titles: Vec<&str> = choice.iter().map(|index| hunks[*index].title.as_str()).collect();
        problems.extend(found.into_iter().map(|text| format!("without {titles:?}: {text}")));
    }
    problems
}

/// The hunks in their smallest parts.
fn hunks(run: &Run) -> Vec<Hunk> {
    let whole = review::hunks(&View::new(&run.world.project, &run.rules, &run.verified), &Screen::plain());
    whole.into_iter().flat_map(|hunk| if hunk.parts.is_empty() { vec![hunk] } else { hunk.parts }).collect()
}

/// Each hunk alone, all but each, and mixtures; at most so many, taken evenly from a place that the seed says.
fn sample(hunks: usize, most: usize, seed: u64) -> Vec<Choice> {
    let mut all: Vec<Choice> = (0..hunks).map(|index| vec![index]).collect();
    if hunks > 1 {
        all.push((0..hunks).collect());
    }
    if hunks > 2 {
        all.extend((0..hunks).map(|index| (0..hunks).filter(|other| *other != index).collect()));
    }
    if hunks > 3 {
        let mut state = seed;
        for _ in 0..hunks {
            let is_left = |_: &usize| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                state >> 63 == 1
            };
            all.push((0..hunks).filter(is_left).collect());
        }
    }
    let step = all.len().div_ceil(most.max(1)).max(1);
    let first = usize::try_from(seed).unwrap_or_default() % step;
    all.into_iter().skip(first).step_by(step).collect()
}

/// Which laws do not hold when these stretches are left.
fn broken(case: &Case, left: &[Stretch]) -> Vec<String> {
    let run = match without(case, &case.before, left) {
        Ok(run) => run,
        Err(told) => return vec![told],
    };
    let changed = run.changed(&case.before);
    let mut broken = touched(&run, left);
    broken.extend(laws::edits_beside_the_text(&run));
    broken.extend(laws::files_that_no_longer_parse(case, &run, &changed));
    broken.extend(second_run(case, (&run, &changed), left));
    broken
}

fn without(case: &Case, tree: &Tree, left: &[Stretch]) -> Result<Run, String> {
    let world = World::new(Project::new(tree.iter().map(load).collect(), &RootConfig::default()));
    let rules = read_rules(&case.rules)?;
    let left: Left = left.iter().collect();
    let verified = plan_without(&world, &rules, None, &left).map_err(|told| format!("does not fit: {told:?}"))?;
    Ok(Run { world, rules, verified })
}

/// What changes although it is left.
fn touched(run: &Run, left: &[Stretch]) -> Vec<String> {
    let now: Vec<Stretch> = hunks(run).into_iter().flat_map(|hunk| hunk.stretches).collect();
    let meets = |one: &Stretch, other: &Stretch| {
        let both_start = one.span.is_empty() && one.span.start() == other.span.start();
        one.path == other.path && (one.span.overlaps(other.span) || both_start && one.becomes == other.becomes)
    };
    let wrong = now.iter().filter(|one| left.iter().any(|other| meets(one, other)));
    wrong.map(|one| format!("{} is left and changes into {:?}", one.path, one.becomes)).collect()
}

/// Laws 5 and 9: the same decisions on the changed tree change nothing, and what is there still is told.
fn second_run(case: &Case, (run, changed): (&Run, &Tree), left: &[Stretch]) -> Vec<String> {
    let moved: Vec<Stretch> = left.iter().map(|stretch| landed(run, stretch)).collect();
    let again = match without(case, changed, &moved) {
        Ok(again) => again,
        Err(told) => return vec![format!("law 5: the second run ends: {told}")],
    };
    let differences = tree_differences(changed, &again.changed(changed));
    let mut broken: Vec<String> = differences.into_iter().map(|text| format!("law 5: a second run: {text}")).collect();
    let told = |run: &Run| {
        let refusals = run.verified.plan().refusals.iter();
        refusals.map(|one| (one.path.clone(), one.reason)).collect::<BTreeSet<(String, Reason)>>()
    };
    let (first, second) = (told(run), told(&again));
    // What was left may be no alias any more, now that another place has changed.
    let is_gone = |one: &&(String, Reason)| !second.contains(*one) && one.1 != Reason::LeftByReviewer;
    let other: Vec<_> = first.iter().filter(is_gone).chain(second.difference(&first)).collect();
    if !other.is_empty() {
        broken.push(format!("law 5: only one run tells {other:?}"));
    }
    let refused: Vec<(&str, u32)> =
        again.verified.plan().refusals.iter().map(|refusal| (refusal.path.as_str(), refusal.position.line)).collect();
    let found = findings(&again.world, &again.rules, Day::after_epoch(0)).expect("the plan was made from these rules");
    let silent = found.iter().filter(|finding| !finding.code.is_new() && finding.code.can_be_ignored());
    let silent = silent.filter(|finding| !refused.contains(&(finding.path.as_str(), finding.position.line)));
    broken.extend(silent.map(|finding| {
        format!("law 9: {}:{} is left and not told: {}", finding.path, finding.position.line, finding.message)
    }));
    broken
}

/// The same stretch in the changed tree.
fn landed(run: &Run, stretch: &Stretch) -> Stretch {
    let change = run.verified.plan().changes.iter().find(|change| change.path == stretch.path);
    let Some(FileChange { action: Action::Edit { edits, .. }, .. }) = change else { return stretch.clone() };
    let before = edits.as_slice().iter().filter(|edit| edit.span.end() <= stretch.span.start());
    let (gone, new) = before.fold((0, 0), |(gone, new), edit| (gone + edit.span.len(), new + edit.text.len()));
    let start = stretch.span.start() - gone + new;
    Stretch { span: Span::new(start, start + stretch.span.len()), ..stretch.clone() }
}
