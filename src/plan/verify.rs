//! The proof: the changed tree is resolved again in memory, and what cannot be shown to be right is refused.

use std::collections::BTreeSet;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::active::keep_active;
use super::added::compare_added;
use super::alone::Start;
use super::compare::{Compared, Pair, changed_text};
use super::compose::{Composed, ComposedFile};
use super::context::{Kept, Run};
use super::cycle::{Loading, keep_cycles};
use super::delete::Asked;
use super::docs::{self, Settled};
use super::flipped::keep_flipped;
use super::left_stars::left_stars;
use super::merges::merges;
use super::others::compare_others;
use super::sides::{compose_sides, sides, whole_plan};
use super::text_proof::prove_texts;
use super::unsure::keep_unsure;
use super::{Action, FileChange, Plan, Proof, Reason, Safety, Verified, configs, moves, twins};
use crate::project::FileId;
use crate::python::DottedName;
use crate::rule::RuleSet;
use crate::semantics::{Facts, Loader, World};
use crate::site::{Families, FileSites, Mismatch, find_in_sides, find_sides};
use crate::text::Span;
use crate::timing::{piece, stage};

/// After this many rounds what still cannot be proven would be a fault of ours.
const MOST_ROUNDS: usize = 50;

/// A composed plan as it has been made in memory.
pub(super) struct Changed<'a> {
    pub run: &'a Run<'a>,
    pub composed: &'a Composed,
    pub new: &'a World,
    pub deleted: &'a [(FileId, usize)],
}

/// The proven plan of `rules` for `world`, or the rules that do not fit the tree.
///
/// `safety` says which sites may be rewritten at all; without it the rules do.
pub fn plan(world: &World, rules: &RuleSet, safety: impl Into<Option<Safety>>) -> Result<Verified, Vec<Mismatch>> {
    let safety = safety.into();
    match rules.rules.iter().any(|rule| rule.moves.is_some()) {
        true => moves::plan(world, rules, safety, &BTreeSet::new()),
        false => {
            let (verified, new) = planned(world, rules, safety, &Start::Whole(Fresh::default()))?;
            // To free a whole tree takes a while: it need not be waited for.
            rayon::spawn(move || drop(new));
            Ok(verified)
        }
    }
}

/// The imports that a file has only since a definition moved out of it.
pub(super) type Fresh = FxHashSet<(FileId, DottedName)>;

/// The proven plan of rules that move nothing, and the tree after it.
pub(super) fn planned(
    world: &World,
    rules: &RuleSet,
    safety: Option<Safety>,
    start: &Start,
) -> Result<(Verified, World), Vec<Mismatch>> {
    let families = Families::of_sides(world, rules)?;
    let sites = stage("find", || find_sides(&families));
    let runs = sides(&families, &sites, safety);
    let mut asked = Vec::new();
    let mut kept = start.kept(&runs);
    for _ in 0..MOST_ROUNDS {
        let mut proven = settle(&runs, kept, &mut asked);
        kept = proven.composed[0].kept.clone();
        let before = kept.size();
        stage("again", || keep_unstable(&runs, &mut proven, start, &mut kept));
        if kept.size() == before {
            return Ok(proven.verified(&runs));
        }
    }
    Ok(settle(&runs, Kept { everything: true, ..Kept::default() }, &mut asked).verified(&runs))
}

/// A composed plan that holds the laws, but perhaps not the one about a second run.
struct Proven {
    /// One for each side.
    composed: Vec<Composed>,
    /// The tree after the change.
    new: World,
    deleted: Vec<(FileId, usize)>,
    proof: Proof,
}

/// Composes until what is composed can be proven.
fn settle(runs: &[Run], mut kept: Kept, asked: &mut Vec<Asked>) -> Proven {
    asked.resize_with(runs.len(), Asked::default);
    for _ in 0..MOST_ROUNDS {
        let composed = stage("compose", || compose_sides(runs, kept));
        match stage("prove", || prove(runs, composed, asked)) {
            Ok(proven) => return proven,
            Err(more) => kept = *more,
        }
    }
    let nothing = Kept { everything: true, ..Kept::default() };
    prove(runs, compose_sides(runs, nothing), asked)
        .unwrap_or_else(|_| panic!("a plan without changes leaves the tree as it is"))
}

/// Proves a composed plan, or says what must be kept besides.
fn prove(runs: &[Run], composed: Vec<Composed>, asked: &mut [Asked]) -> Result<Proven, Box<Kept>> {
    let world = runs[0].world;
    let texts = runs.iter().zip(&composed).flat_map(|(run, composed)| changed_texts(run, composed));
    let texts = texts.chain(configs::changed_texts(&runs[0], &composed[0].kept)).collect();
    let edited = world.changed(world.project.replace(texts));
    let emptied = stage("- emptied", || twins::emptied(runs, &composed, &edited, asked));
    let deleted = emptied.deleted;
    let new = match deleted.is_empty() {
        true => edited,
        false => {
            let gone = deleted.iter().map(|(file, _)| (world.project.file(*file).path.clone(), None));
            edited.changed(edited.project.replace(gone.collect()))
        }
    };
    let mut kept = composed[0].kept.clone();
    let before = kept.size();
    kept.whole.extend(emptied.needed);
    kept.mentions.extend(emptied.refusals);
    let pairs = runs.iter().zip(&composed).zip(new.sides());
    let changes: Vec<_> =
        pairs.map(|((run, composed), new)| Changed { run, composed, new, deleted: &deleted }).collect();
    let mut proof = Proof::default();
    if kept.size() == before {
        stage("- changed", || changes.iter().for_each(|change| compare_changed(change, &mut kept, &mut proof)));
        changes.iter().for_each(|change| keep_flipped(change, &mut kept));
        changes.iter().for_each(|change| compare_added(change, &mut kept));
    }
    if kept.size() == before {
        let others = || changes.iter().map(|change| compare_others(change, &mut kept)).sum::<usize>();
        proof.unchanged += stage("- others", others);
        proof.proven += configs::compare(&changes[0], &mut kept);
    }
    if kept.size() == before {
        proof.proven += changes.iter().map(|change| prove_texts(change, &mut kept)).sum::<usize>();
    }
    if kept.size() == before {
        let (old, new, composed) = (Loader::new(world), Loader::new(&new), &composed[0]);
        let loading = Loading { run: runs[0], old, new, kept: &composed.kept };
        stage("- unsure", || keep_unsure(&loading, &mut kept));
        stage("- cycles", || keep_cycles(&loading, composed, &mut kept));
        stage("- active", || keep_active(&loading, composed, &mut kept));
    }
    if kept.size() > before {
        return Err(Box::new(kept));
    }
    Ok(Proven { composed, new, deleted, proof })
}

/// The files that change on one side, with their new texts.
fn changed_texts(run: &Run, composed: &Composed) -> Vec<(String, Option<String>)> {
    let edited = composed.files.par_iter().with_max_len(1).filter(|file| !file.written.edits.is_empty());
    let texts = edited.map(|file| {
        let path = run.world.project.file(file.file).path.clone();
        (path, Some(piece(|| changed_text(run, file.file, &file.written))))
    });
    texts.collect()
}

impl Proven {
    fn verified(self, runs: &[Run]) -> (Verified, World) {
        let mut plan = whole_plan(runs, &self.composed);
        plan.merges = merges(&runs[0], &self.composed[0].kept);
        for (file, rule) in &self.deleted {
            delete_file(&runs[0], &mut plan, *file, *rule);
        }
        docs::add(Settled { run: &runs[0], composed: &self.composed[0], new: &self.new }, &mut plan);
        plan.refusals.extend(left_stars(&runs[0], &self.composed[0], &self.new));
        plan.refusals.sort();
        let refused = plan.refusals.len();
        let proof = Proof { refused, references: self.proof.proven + refused, ..self.proof };
        (Verified { plan, proof }, self.new)
    }

    /// The files that are edited, on all sides.
    fn edited(&self) -> impl Iterator<Item = FileId> + '_ {
        let files = self.composed.iter().flat_map(|side| &side.files);
        files.filter(|file| !file.written.edits.is_empty()).map(|file| file.file)
    }
}

/// Law 5: what a second run would change again is not changed now, and what has no alias in it any more is not told.
fn keep_unstable(runs: &[Run], proven: &mut Proven, start: &Start, kept: &mut Kept) {
    let new = &proven.new;
    let Ok(families) = Families::of_sides(new, runs[0].rules()) else {
        kept.everything = true;
        return;
    };
    let project = &runs[0].world.project;
    let renumbered = |file: FileId| new.project.file_by_path(&project.file(file).path);
    let with_sites = runs.iter().flat_map(|run| run.sites.files.iter().map(|sites| sites.file));
    let changed = proven.edited().chain(with_sites).chain(proven.deleted.iter().map(|(file, _)| *file));
    let changed: FxHashMap<_, _> = changed.map(|file| (file, renumbered(file))).collect();
    let mut sites = find_in_sides(&families, &changed, runs.iter().map(|run| run.sites));
    let unchanged = |file: FileId| if changed.contains_key(&file) { None } else { renumbered(file) };
    sites.iter_mut().zip(runs).for_each(|(sites, run)| sites.take_runtime(run.sites, unchanged));
    let second = sides(&families, &sites, runs[0].safety);
    let is_unchanged = |composed: &Composed| composed.files.iter().all(|file| file.written.edits.is_empty());
    let again = start.again(&second, (runs, &proven.composed));
    if compose_sides(&second, again.clone()).iter().all(is_unchanged) {
        let has_sites =
            |file: FileId| renumbered(file).is_some_and(|file| sites.iter().any(|sites| sites.of(file).is_some()));
        let files = proven.composed.iter_mut().flat_map(|side| &mut side.files);
        // A member that was not followed is no site.
        files
            .filter(|file| !has_sites(file.file))
            .for_each(|file| file.refusals.retain(|refusal| refusal.reason == Reason::MemberNotFollowed));
        return;
    }
    let before = kept.size();
    let why = (Reason::Unproven, "a second run would change it again".to_owned());
    let again = settle(&second, again, &mut Vec::new());
    for file in again.edited() {
        let old = project.file_by_path(&new.project.file(file).path).expect("no file is new");
        runs.iter().for_each(|run| keep_all(run, old, why.clone(), kept));
    }
    let edits = again.composed.iter().flat_map(|side| &side.files).flat_map(|file| &file.written.notes);
    let rules: FxHashSet<usize> = edits.map(|note| note.rule).collect();
    if kept.size() == before && !rules.is_empty() {
        runs.iter().for_each(|run| keep_rules(run, &rules, &why, kept));
    }
}

/// Keeps all sites of the files that have a site of one of these rules.
fn keep_rules(run: &Run, rules: &FxHashSet<usize>, why: &(Reason, String), kept: &mut Kept) {
    for sites in run.sites.files.iter().filter(|sites| sites.rules().any(|rule| rules.contains(&rule))) {
        keep_all(run, sites.file, why.clone(), kept);
    }
}

/// Keeps all sites of a file.
pub(super) fn keep_all(run: &Run, file: FileId, why: (Reason, String), kept: &mut Kept) {
    let (Some(facts), Some(sites)) = (run.world.facts(file), run.sites.of(file)) else { return };
    kept.keep(file, all_places(facts, sites), &why);
}

/// The places by which the sites of a file are kept.
fn all_places(facts: &Facts, sites: &FileSites) -> Vec<Span> {
    let bindings = sites.bindings().map(|id| facts.bindings[id.index()].span);
    let chains = sites.uses.iter().map(|site| facts.syntax.chains[site.chain.index()].root_span);
    let lookups = sites.lookups.iter().map(|site| site.span);
    let texts = sites.texts.iter().map(|site| site.span);
    let members = sites.members.iter().map(|site| site.span);
    bindings.chain(chains).chain(lookups).chain(texts).chain(members).collect()
}

fn delete_file(run: &Run, plan: &mut Plan, file: FileId, rule: usize) {
    let path = run.world.project.file(file).path.clone();
    let before = run.world.project.text(file).unwrap_or_default().to_owned();
    plan.changes.retain(|change| change.path != path);
    plan.changes.push(FileChange { path, before, action: Action::Delete { rule } });
    plan.changes.sort_by(|one, other| one.path.cmp(&other.path));
}

/// Law 4 for the files that change on one side.
fn compare_changed(change: &Changed, kept: &mut Kept, proof: &mut Proof) {
    let Changed { run, composed, new, deleted } = *change;
    let deleted: FxHashSet<FileId> = deleted.iter().map(|(file, _)| *file).collect();
    let results: Vec<(&ComposedFile, Option<Compared>)> = composed
        .files
        .par_iter()
        .with_max_len(1)
        .filter(|file| !file.written.edits.is_empty() && !deleted.contains(&file.file))
        .map(|file| {
            let sites = run.sites.of(file.file).expect("a composed file has sites");
            let refused = file.refusals.iter().map(|refusal| refusal.span).collect();
            (file, piece(|| Pair::new(run, new, file).map(|pair| pair.compare(sites, &refused))))
        })
        .collect();
    for (file, compared) in results {
        let wrong = compared.as_ref().is_none_or(|compared| !compared.wrong.is_empty());
        if wrong {
            blame(run, file.file, compared.map_or_else(Vec::new, |compared| compared.wrong), kept);
            continue;
        }
        let compared = compared.unwrap_or_default();
        proof.proven += compared.proven + imports_of(run, file);
        proof.unchanged += compared.unchanged;
    }
}

/// The rewritten imports of a file.
fn imports_of(run: &Run, file: &ComposedFile) -> usize {
    let imports = run.sites.of(file.file).map_or(0, |sites| sites.imports.len() + sites.modules.len());
    imports.saturating_sub(file.refused_imports())
}

/// The sites that a wrong reference comes from: those of its own name, or all of the file.
fn blame(run: &Run, file: FileId, wrong: Vec<Span>, kept: &mut Kept) {
    let Some(facts) = run.world.facts(file) else { return };
    let Some(sites) = run.sites.of(file) else { return };
    let chains: Vec<_> = wrong
        .iter()
        .filter_map(|span| {
            facts.references.iter().find(|reference| facts.syntax.chains[reference.chain.index()].root_span == *span)
        })
        .collect();
    let bound: FxHashSet<_> = chains.iter().flat_map(|reference| reference.reach.bindings.iter().copied()).collect();
    let own: Vec<Span> =
        sites
            .bindings()
            .filter(|id| bound.contains(id))
            .map(|id| facts.bindings[id.index()].span)
            .chain(wrong.iter().copied().filter(|span| {
                sites.uses.iter().any(|site| facts.syntax.chains[site.chain.index()].root_span == *span)
            }))
            .collect();
    let fresh = own.iter().any(|span| !kept.places.contains_key(&(file, *span)));
    let places = if fresh { own } else { all_places(facts, sites) };
    kept.keep(file, places, &(Reason::Unproven, "the result could not be proven".into()));
}
