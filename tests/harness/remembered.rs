//! What a check and an audit find with what they remember of the tree before a file changed: what they find without.

use rustc_hash::FxHashSet;
use unshim::audit::{Answers, Holdings, Wish};
use unshim::plan::{Memory, findings};
use unshim::project::{FileKind, Project, RootConfig};
use unshim::report::audit_json;
use unshim::rule::{Day, RuleSet};
use unshim::semantics::World;

use crate::case::{Case, Tree};
use crate::pipeline::{load, read_rules};

/// Where the two differ, and how many changes were looked at without all other files.
pub(crate) fn differences(case: &Case) -> (Vec<String>, usize) {
    let Ok(rules) = read_rules(&case.rules) else { return (Vec::new(), 0) };
    let Ok(memory) = Memory::new(&world(&case.before), &rules, day()) else { return (Vec::new(), 0) };
    let (mut differences, mut alone) = (Vec::new(), 0);
    for (path, text) in variants(case) {
        let mut tree = case.before.clone();
        tree.insert(path.clone(), text.clone());
        let remembered = remembered(&memory, &rules, &tree, &path);
        alone += usize::from(remembered.is_some());
        if remembered.is_some_and(|found| Some(found) != findings(&world(&tree), &rules, day()).ok()) {
            differences.push(format!("`{path}` as\n{}", String::from_utf8_lossy(&text)));
        }
    }
    (differences, alone)
}

/// The same of an audit: where the two differ, and how many answers held.
pub(crate) fn audit_differences(case: &Case) -> (Vec<String>, usize) {
    let before = world(&case.before);
    let answers = Answers::default().updated(&before, &FxHashSet::default());
    audit(&before, &answers);
    let kept = postcard::to_stdvec(&answers).expect("memory takes all");
    let (mut differences, mut held) = (Vec::new(), 0);
    for (path, text) in variants(case) {
        let mut tree = case.before.clone();
        tree.insert(path.clone(), text.clone());
        let world = world(&tree);
        let changed = FxHashSet::from_iter(world.project.file_by_path(&path));
        let kept: Answers = postcard::from_bytes(&kept).expect("what was written is read");
        let kept = kept.updated(&world, &changed);
        held += kept.count();
        if audit(&world, &kept) != audit(&self::world(&tree), &Answers::default()) {
            differences.push(format!("`{path}` as\n{}", String::from_utf8_lossy(&text)));
        }
    }
    (differences, held)
}

/// What an audit says to programs.
fn audit(world: &World, answers: &Answers) -> Vec<u8> {
    let mut said = Vec::new();
    audit_json::write(&Holdings::new(world, answers, &Wish::default()).told_of(world), &mut said)
        .expect("memory takes all");
    said
}

/// Each source emptied, as it is after the change, and with the text of its neighbour behind its own or in its place.
fn variants(case: &Case) -> Vec<(String, Vec<u8>)> {
    let is_source = |path: &&String| FileKind::of(path) == FileKind::Source || FileKind::of(path) == FileKind::Stub;
    let sources: Vec<&String> = case.before.keys().filter(is_source).collect();
    let mut variants = Vec::new();
    for (path, neighbour) in sources.iter().zip(sources.iter().cycle().skip(1)) {
        let (own, other) = (&case.before[*path], &case.before[*neighbour]);
        let mut texts = vec![Vec::new(), other.clone(), [&own[..], b"\n", other].concat()];
        texts.extend(case.after.get(*path).cloned());
        variants.extend(texts.into_iter().filter(|text| text != own).map(|text| ((*path).clone(), text)));
    }
    variants
}

/// What is found with what is remembered; `None` if that is not enough.
fn remembered(memory: &Memory, rules: &RuleSet, tree: &Tree, path: &str) -> Option<Vec<unshim::plan::Finding>> {
    let world = world(tree);
    let changed = FxHashSet::from_iter(world.project.file_by_path(path));
    memory.clone().updated(&world, (rules, day()), &changed).map(|memory| memory.findings)
}

fn world(tree: &Tree) -> World {
    World::new(Project::new(tree.iter().map(load).collect(), &RootConfig::default()))
}

fn day() -> Day {
    Day::parse("2026-01-01").expect("a day")
}
