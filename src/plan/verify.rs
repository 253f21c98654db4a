//! The proof: the changed tree is resolved again in memory, and what cannot be shown to be right is refused.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::active::keep_active;
use super::compare::{Compared, Pair, changed_text};
use super::compose::{Composed, compose};
use super::context::{Kept, Run};
use super::cycle::{Loading, keep_cycles};
use super::delete::Asked;
use super::flipped::keep_flipped;
use super::merges::merges;
use super::others::compare_others;
use super::{Action, FileChange, Plan, Proof, Reason, Safety, Verified, configs, delete};
use crate::project::FileId;
use crate::rule::RuleSet;
use crate::semantics::{Loader, World};
use crate::site::{Families, Mismatch, find_all, find_in};
use crate::text::Span;

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
pub fn plan(world: &World, rules: &RuleSet, safety: Safety) -> Result<Verified, Vec<Mismatch>> {
    let families = Families::new(world, rules)?;
    let sites = find_all(&families);
    let run = Run { world, families: &families, sites: &sites, safety };
    let mut asked = Asked::default();
    let mut kept = Kept::default();
    for _ in 0..MOST_ROUNDS {
        let proven = settle(run, kept, &mut asked);
        kept = proven.composed.kept.clone();
        let before = kept.size();
        keep_unstable(&run, &proven, &mut kept);
        if kept.size() == before {
            return Ok(proven.verified(run));
        }
    }
    Ok(settle(run, Kept { everything: true, ..Kept::default() }, &mut asked).verified(run))
}

/// A composed plan that holds the laws, but perhaps not the one about a second run.
struct Proven {
    composed: Composed,
    /// The tree after the change.
    new: World,
    deleted: Vec<(FileId, usize)>,
    proof: Proof,
}

/// Composes until what is composed can be proven.
fn settle(run: Run, mut kept: Kept, asked: &mut Asked) -> Proven {
    for _ in 0..MOST_ROUNDS {
        match prove(run, compose(run, kept), asked) {
            Ok(proven) => return proven,
            Err(more) => kept = *more,
        }
    }
    let nothing = Kept { everything: true, ..Kept::default() };
    prove(run, compose(run, nothing), asked)
        .unwrap_or_else(|_| panic!("a plan without changes leaves the tree as it is"))
}

/// Proves a composed plan, or says what must be kept besides.
fn prove(run: Run, composed: Composed, asked: &mut Asked) -> Result<Proven, Box<Kept>> {
    let mut changed: BTreeMap<String, Option<String>> = composed
        .files
        .iter()
        .filter(|file| !file.written.edits.is_empty())
        .map(|file| {
            let path = run.world.project.file(file.file).path.clone();
            (path, Some(changed_text(&run, file.file, &file.written)))
        })
        .collect();
    changed.extend(configs::changed_texts(&run, &composed.kept));
    let edited = run.world.changed(run.world.project.replace(changed));
    let emptied = delete::emptied(&run, &composed, &edited, asked);
    let deleted = emptied.deleted;
    let new = match deleted.is_empty() {
        true => edited,
        false => {
            let gone = deleted.iter().map(|(file, _)| (run.world.project.file(*file).path.clone(), None));
            edited.changed(edited.project.replace(gone.collect()))
        }
    };
    let mut kept = composed.kept.clone();
    let before = kept.size();
    kept.whole.extend(emptied.needed);
    kept.mentions.extend(emptied.refusals);
    let change = Changed { run: &run, composed: &composed, new: &new, deleted: &deleted };
    let mut proof = Proof::default();
    if kept.size() == before {
        proof = compare_changed(&change, &mut kept);
        keep_flipped(&change, &mut kept);
    }
    if kept.size() == before {
        proof.unchanged += compare_others(&change, &mut kept);
        proof.proven += configs::compare(&change, &mut kept);
    }
    if kept.size() == before {
        let loading = Loading { run, old: Loader::new(run.world), new: Loader::new(&new), kept: &composed.kept };
        keep_cycles(&loading, &composed, &mut kept);
        keep_active(&loading, &composed, &mut kept);
    }
    if kept.size() > before {
        return Err(Box::new(kept));
    }
    Ok(Proven { composed, new, deleted, proof })
}

impl Proven {
    fn verified(self, run: Run) -> Verified {
        let mut plan = self.composed.plan(run);
        plan.merges = merges(&run, &self.composed.kept);
        for (file, rule) in self.deleted {
            delete_file(&run, &mut plan, file, rule);
        }
        let refused = plan.refusals.len();
        let proof = Proof { refused, references: self.proof.proven + refused, ..self.proof };
        Verified { plan, proof }
    }
}

/// Law 5: what a second run would change again is not changed now.
fn keep_unstable(run: &Run, proven: &Proven, kept: &mut Kept) {
    let new = &proven.new;
    let Ok(families) = Families::new(new, run.rules()) else {
        kept.everything = true;
        return;
    };
    let path = |file: FileId| run.world.project.file(file).path.as_str();
    let edited = proven.composed.files.iter().filter(|file| !file.written.edits.is_empty()).map(|file| file.file);
    let changed = edited.chain(proven.deleted.iter().map(|(file, _)| *file));
    let changed = changed.map(|file| (file, new.project.file_by_path(path(file)))).collect();
    let sites = find_in(&families, &changed, run.sites);
    let second = Run { world: new, families: &families, sites: &sites, safety: run.safety };
    if compose(second, Kept::default()).files.iter().all(|file| file.written.edits.is_empty()) {
        return;
    }
    let again = settle(second, Kept::default(), &mut Asked::default());
    let again = again.composed.files.iter().filter(|file| !file.written.edits.is_empty());
    for file in again {
        let old = run.world.project.file_by_path(&new.project.file(file.file).path).expect("no file is new");
        keep_all(run, old, (Reason::Unproven, "a second run would change it again".into()), kept);
    }
}

/// Keeps all sites of a file.
fn keep_all(run: &Run, file: FileId, why: (Reason, String), kept: &mut Kept) {
    let (Some(facts), Some(sites)) = (run.world.facts(file), run.sites.of(file)) else { return };
    let bindings = sites.bindings().map(|id| facts.bindings[id.index()].span);
    let chains = sites.uses.iter().map(|site| facts.syntax.chains[site.chain.index()].root_span);
    let lookups = sites.lookups.iter().map(|site| site.span);
    kept.keep(file, bindings.chain(chains).chain(lookups), &why);
}

fn delete_file(run: &Run, plan: &mut Plan, file: FileId, rule: usize) {
    let path = run.world.project.file(file).path.clone();
    let before = run.world.project.text(file).unwrap_or_default().to_owned();
    plan.changes.retain(|change| change.path != path);
    plan.changes.push(FileChange { path, before, action: Action::Delete { rule } });
    plan.changes.sort_by(|one, other| one.path.cmp(&other.path));
}

/// Law 4 for the files that change.
fn compare_changed(change: &Changed, kept: &mut Kept) -> Proof {
    let Changed { run, composed, new, deleted } = *change;
    let stays = |file: &FileId| !deleted.iter().any(|(gone, _)| gone == file);
    let results: Vec<(FileId, Option<Compared>)> = composed
        .files
        .par_iter()
        .filter(|file| !file.written.edits.is_empty() && stays(&file.file))
        .map(|file| {
            let pair = Pair::new(run, new, file.file, &file.written.edits);
            let sites = run.sites.of(file.file).expect("a composed file has sites");
            let refused = file.refusals.iter().map(|refusal| refusal.span).collect();
            (file.file, pair.map(|pair| pair.compare(sites, &refused)))
        })
        .collect();
    let mut proof = Proof::default();
    for (file, compared) in results {
        let wrong = compared.as_ref().is_none_or(|compared| !compared.wrong.is_empty());
        if wrong {
            blame(run, file, compared.map_or_else(Vec::new, |compared| compared.wrong), kept);
            continue;
        }
        let compared = compared.unwrap_or_default();
        proof.proven += compared.proven + imports_of(run, composed, file);
        proof.unchanged += compared.unchanged;
    }
    proof
}

/// The rewritten imports of a file.
fn imports_of(run: &Run, composed: &Composed, file: FileId) -> usize {
    let refused = composed.files.iter().find(|composed| composed.file == file).map_or(0, |file| file.refused_imports());
    run.sites.of(file).map_or(0, |sites| sites.imports.len() + sites.modules.len()).saturating_sub(refused)
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
    let places: Vec<Span> = match fresh {
        true => own,
        false => {
            let bindings = sites.bindings().map(|id| facts.bindings[id.index()].span);
            let chains = sites.uses.iter().map(|site| facts.syntax.chains[site.chain.index()].root_span);
            bindings.chain(chains).chain(sites.lookups.iter().map(|site| site.span)).collect()
        }
    };
    kept.keep(file, places, &(Reason::Unproven, "the result could not be proven".into()));
}
