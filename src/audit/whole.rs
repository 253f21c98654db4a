//! What is wrong in the tree as a whole: modules of nothing but shims, files with two module names, names with several
//! definitions, imports in a circle.

use std::collections::BTreeMap;

use super::cycle::cycles;
use super::family::{Family, What};
use super::look::Standing;
use super::survey::Survey;
use super::trouble::{Trouble, TroubleKind};
use crate::project::FileId;

/// All that is wrong beside the families, sorted by kind and place.
pub(super) fn troubles(survey: &Survey, families: &[Family]) -> Vec<Trouble> {
    let mut found = survey.troubles.clone();
    found.extend(only_shims(survey));
    found.extend(dual_roots(survey));
    found.extend(families.iter().filter_map(|family| several_definitions(survey, family)));
    found.extend(cycles(survey));
    found.sort_by(|a, b| a.kind.cmp(&b.kind).then_with(|| a.cmp(b)));
    found.dedup();
    found
}

fn trouble(survey: &Survey, file: FileId, kind: TroubleKind, what: String) -> Trouble {
    Trouble { path: survey.world.project.file(file).path.clone(), line: 1, kind, what }
}

/// Modules that hold nothing but names of what stands elsewhere, and that somebody reads.
fn only_shims(survey: &Survey) -> Vec<Trouble> {
    let mut shims: BTreeMap<FileId, usize> = BTreeMap::new();
    for name in survey.names.iter().filter(|name| survey.hollow.contains(&name.file) && survey.is_seen(name)) {
        if matches!(name.standing, Standing::Shim | Standing::Import) {
            *shims.entry(name.file).or_default() += 1;
        }
    }
    shims.retain(|file, _| !survey.world.project.file(*file).path.ends_with("__init__.py"));
    let told = |(file, count): (FileId, usize)| {
        let names = if count == 1 { "1 name".to_owned() } else { format!("{count} names") };
        trouble(survey, file, TroubleKind::OnlyShims, format!("holds nothing but shims: {names}"))
    };
    shims.into_iter().map(told).collect()
}

/// Files that imports name in two ways.
fn dual_roots(survey: &Survey) -> Vec<Trouble> {
    let project = &survey.world.project;
    let files = (0..project.files.len() as u32).map(FileId);
    let found = files.filter_map(|file| {
        let modules = project.modules_of(file).iter().filter(|module| survey.imported.contains(*module));
        let names: Vec<String> = modules.map(|module| format!("`{}`", project.modules[module.index()].name)).collect();
        let what = format!("is imported as {}: at run time these are different modules", names.join(" and as "));
        (names.len() > 1).then(|| trouble(survey, file, TroubleKind::DualRoot, what))
    });
    found.collect()
}

/// A class whose name others have too.
fn several_definitions(survey: &Survey, family: &Family) -> Option<Trouble> {
    let name = family.origin.symbol.name.last();
    let namesakes = family.definitions.iter().filter(|other| other.symbol.name.last() == name);
    let others: Vec<_> = namesakes.filter_map(|other| survey.print(&other.definition)).collect();
    if others.is_empty() || family.what != What::Class {
        return None;
    }
    let mut bodies: Vec<u64> = others.iter().chain(&survey.print(&family.origin)).map(|print| print.of.whole).collect();
    bodies.sort_unstable();
    let count = bodies.len();
    bodies.dedup();
    let bodies =
        if bodies.len() == 1 { "the same code".to_owned() } else { format!("{} different bodies", bodies.len()) };
    let what = format!("`{name}` is defined in {count} modules, with {bodies}");
    let line = survey.world.project.line(family.place.file, family.place.span.start());
    Some(Trouble { line, ..trouble(survey, family.place.file, TroubleKind::SeveralDefinitions, what) })
}
