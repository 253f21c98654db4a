//! The laws of the contract that hold whatever the rule and the tree.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use unshim::document::{Document, Format};
use unshim::plan::{Action, Plan, findings};
use unshim::python::parse;
use unshim::rule::{Day, RuleSet};

use crate::STACK;
use crate::case::{Case, Tree, read_tree, write_tree};
use crate::difference::tree_differences;
use crate::pipeline::{Run, read_rules};

/// A rule whose names are in no tree.
const NO_MATCH: &[u8] =
    b"[[rule]]\nid = \"none\"\ncanonical = \"nowhere.at:All\"\naliases = [\"nor.here:Either\"]\nexternal = true\n";

/// Which laws do not hold, and where.
pub(crate) fn broken(case: &Case, run: &Run, changed: &Tree) -> Vec<String> {
    let mut broken = broken_in_memory(case, run, changed);
    broken.extend(git_disagrees(case, run, changed));
    broken
}

/// Those for which nothing but memory is needed.
pub(crate) fn broken_in_memory(case: &Case, run: &Run, changed: &Tree) -> Vec<String> {
    let mut broken = Vec::new();
    broken.extend(changes_without_a_match(case));
    broken.extend(edits_beside_the_text(run));
    broken.extend(files_that_no_longer_parse(case, run, changed));
    broken.extend(second_run(case, run, changed));
    broken.extend(one_thread(case, run));
    broken.extend(notebooks_beside_their_code(case, changed));
    broken
}

/// Law 1: no rule, no change; and neither with a rule that matches nothing.
fn changes_without_a_match(case: &Case) -> Option<String> {
    for rules in [RuleSet::default(), read_rules(NO_MATCH).unwrap()] {
        match Run::new(&case.before, rules) {
            Ok(run) if run.verified.plan().changes.is_empty() && run.verified.plan().refusals.is_empty() => {}
            Ok(run) => return Some(format!("law 1: changes without a rule:\n{:?}", run.verified.plan())),
            Err(told) => return Some(format!("law 1: {told}")),
        }
    }
    None
}

/// Law 2: edits are of the text that was read, and each changes something.
pub(crate) fn edits_beside_the_text(run: &Run) -> Vec<String> {
    let project = &run.world.project;
    let mut broken = Vec::new();
    for change in &run.verified.plan().changes {
        if matches!(change.action, Action::Create { .. }) {
            continue;
        }
        let text = match project.file_by_path(&change.path) {
            Some(file) => project.text(file),
            None => project.other_by_path(&change.path).and_then(|other| other.text()),
        };
        if text != Some(change.before.as_str()) {
            broken.push(format!("law 2: {} was planned on another text", change.path));
            continue;
        }
        let Action::Edit { edits, notes } = &change.action else { continue };
        if edits.as_slice().len() != notes.len() {
            broken.push(format!("law 2: {} has edits without a note", change.path));
        }
        let idle = edits.as_slice().iter().filter(|edit| edit.span.of(&change.before) == edit.text);
        broken.extend(idle.map(|edit| format!("law 2: {} writes {:?} again", change.path, edit.text)));
    }
    broken
}

/// Law 3: a file that parsed still parses, and one that does not parse is never edited.
pub(crate) fn files_that_no_longer_parse(case: &Case, run: &Run, changed: &Tree) -> Vec<String> {
    let mut broken = Vec::new();
    let files = run.verified.plan().changes.iter().filter(|change| changed.contains_key(&change.path));
    for change in files {
        let Action::Edit { edits, .. } = &change.action else { continue };
        if let Err(error) = read_as_its_kind(&change.path, &change.before) {
            broken.push(format!("law 3: {} is edited and did not parse: {error}", change.path));
        } else if let Err(error) = read_as_its_kind(&change.path, &edits.apply(&change.before)) {
            broken.push(format!("law 3: {} no longer parses: {error}", change.path));
        }
    }
    let created = run.verified.plan().changes.iter().filter(|change| matches!(change.action, Action::Create { .. }));
    let created: Vec<&String> = created.map(|change| &change.path).collect();
    let new = changed.keys().filter(|path| !case.before.contains_key(*path) && !created.contains(path));
    broken.extend(new.map(|path| format!("law 3: {path} is new")));
    broken
}

/// Reads a text as Python, or as the document that its ending says; prose is always right.
fn read_as_its_kind(path: &str, text: &str) -> Result<(), String> {
    let ending = path.rsplit('.').next().unwrap_or_default();
    match (ending, Format::of(ending)) {
        ("py" | "pyi", _) => parse(text).map(drop).map_err(|error| format!("{error:?}")),
        (_, Some(format)) => Document::read(format, text).map(drop).map_err(|broken| broken.0),
        (_, None) => Ok(()),
    }
}

/// Law 5: running again changes nothing, and what was left alone still is, for the same reason.
fn second_run(case: &Case, run: &Run, changed: &Tree) -> Vec<String> {
    let again = match Run::new(changed, read_rules(&case.rules).unwrap()) {
        Ok(again) => again,
        Err(told) => return vec![format!("law 5: the second run ends: {told}")],
    };
    let differences = tree_differences(changed, &again.changed(changed));
    let mut broken: Vec<String> = differences.into_iter().map(|text| format!("law 5: a second run: {text}")).collect();
    broken.extend(findings_left(&again));
    let (first, second) = (reasons(run), reasons(&again));
    if first != second {
        broken.push(format!("law 5: left alone at first {first:?}, then {second:?}"));
    }
    broken
}

/// Law 9: what `check` still finds is what was refused; a shim that no rule declares is another matter.
fn findings_left(again: &Run) -> Vec<String> {
    let refused: Vec<(&str, u32)> =
        again.verified.plan().refusals.iter().map(|refusal| (refusal.path.as_str(), refusal.position.line)).collect();
    let found =
        findings(&again.world, &again.rules, Day::after_epoch(0)).expect("the plan was made from the same rules");
    let left = found.iter().filter(|finding| !finding.code.is_new() && finding.code.can_be_ignored());
    let left = left.filter(|finding| !refused.contains(&(finding.path.as_str(), finding.position.line)));
    left.map(|finding| {
        format!("law 9: {}:{} is left and not refused: {}", finding.path, finding.position.line, finding.message)
    })
    .collect()
}

/// File and reason of each refusal; lines move with the edits.
fn reasons(run: &Run) -> Vec<String> {
    let mut reasons: Vec<String> =
        run.verified.plan().refusals.iter().map(|refusal| format!("{} {:?}", refusal.path, refusal.reason)).collect();
    reasons.sort();
    reasons
}

/// Law 5: the plan does not depend on the number of threads.
fn one_thread(case: &Case, run: &Run) -> Option<String> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(STACK).build().unwrap();
    let single = pool.install(|| Run::new(&case.before, read_rules(&case.rules).unwrap())).unwrap();
    let written = |plan: &Plan| format!("{plan:?}");
    let is_equal = written(single.verified.plan()) == written(run.verified.plan());
    (!is_equal).then(|| "law 5: one thread and two make different plans".to_owned())
}

/// `git apply` of the preview makes the same tree.
pub(crate) fn git_disagrees(case: &Case, run: &Run, changed: &Tree) -> Vec<String> {
    if run.verified.plan().changes.is_empty() {
        return Vec::new();
    }
    let folder = tempfile::tempdir().unwrap();
    let tree = folder.path().join("tree");
    fs::create_dir(&tree).unwrap();
    write_tree(&tree, &case.before);
    let mut git = Command::new("git")
        .args(["apply", "--whitespace=nowarn"])
        .env("GIT_CEILING_DIRECTORIES", folder.path())
        .current_dir(&tree)
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    git.stdin.take().unwrap().write_all(&run.preview()).unwrap();
    let output = git.wait_with_output().unwrap();
    if !output.status.success() {
        return vec![format!("`git apply` refuses the preview: {}", String::from_utf8_lossy(&output.stderr))];
    }
    let differences = tree_differences(changed, &read_tree(&tree));
    differences.into_iter().map(|text| format!("`git apply` makes something else: {text}")).collect()
}

/// Law 2 in notebooks: as Python reads them, nothing changes but the source of code cells.
fn notebooks_beside_their_code(case: &Case, changed: &Tree) -> Vec<String> {
    let notebooks = changed.iter().filter(|(path, bytes)| path.ends_with(".ipynb") && case.before[*path] != **bytes);
    let differs = notebooks.filter(|(path, bytes)| {
        let before = without_code(&case.before[*path]);
        before.is_none() || before != without_code(bytes)
    });
    differs.map(|(path, _)| format!("law 2: {path} changes beside its code")).collect()
}

/// A notebook with no code in its cells.
fn without_code(bytes: &[u8]) -> Option<serde_json::Value> {
    let text = std::str::from_utf8(bytes).ok()?.replace("NaN", "null");
    let mut notebook: serde_json::Value = serde_json::from_str(&text).ok()?;
    let mut lists = vec![notebook["cells"].take()];
    lists.extend(notebook["worksheets"].as_array_mut().into_iter().flatten().map(|sheet| sheet["cells"].take()));
    for cell in lists.iter_mut().filter_map(|cells| cells.as_array_mut()).flatten() {
        if cell["cell_type"] == "code" {
            cell["source"].take();
            cell["input"].take();
        }
    }
    notebook["taken"] = lists.into();
    Some(notebook)
}
