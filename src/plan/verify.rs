//! The proof: the changed tree is resolved again in memory, and what cannot be shown to be right is refused.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::compare::{Compared, Pair, changed_text};
use super::compose::{Composed, compose};
use super::context::{Kept, Run};
use super::{Action, FileChange, Plan, Proof, Reason, Safety, Verified, delete};
use crate::project::FileId;
use crate::python::syntax::BindKind;
use crate::python::{Identifier, Symbol};
use crate::rule::RuleSet;
use crate::semantics::{Facts, Origin, World};
use crate::site::{Families, Mismatch, find_all, find_in};
use crate::text::Span;

/// After this many rounds what still cannot be proven would be a fault of ours.
const MOST_ROUNDS: usize = 50;

/// The proven plan of `rules` for `world`, or the rules that do not fit the tree.
pub fn plan(world: &World, rules: &RuleSet, safety: Safety) -> Result<Verified, Vec<Mismatch>> {
    let families = Families::new(world, rules)?;
    let sites = find_all(&families);
    let run = Run { world, families: &families, sites: &sites, safety };
    let mut kept = Kept::default();
    for _ in 0..MOST_ROUNDS {
        let composed = compose(run, kept);
        match prove(run, &composed) {
            Ok(verified) => return Ok(verified),
            Err(more) => kept = more,
        }
    }
    let nothing = Kept { everything: true, ..Kept::default() };
    Ok(prove(run, &compose(run, nothing)).expect("a plan without changes leaves the tree as it is"))
}

/// Proves a composed plan, or says what must be kept besides.
fn prove(run: Run, composed: &Composed) -> Result<Verified, Kept> {
    let changed: BTreeMap<String, Option<String>> = composed
        .files
        .iter()
        .filter(|file| !file.written.edits.is_empty())
        .map(|file| {
            let path = run.world.project.file(file.file).path.clone();
            (path, Some(changed_text(&run, file.file, &file.written)))
        })
        .collect();
    let edited = run.world.changed(run.world.project.replace(changed.clone()));
    let emptied = delete::emptied(&run, composed, &edited);
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
    let mut proof = compare_changed(&run, composed, &new, &deleted, &mut kept);
    proof.unchanged += compare_others(&run, composed, &new, &deleted, &mut kept);
    if kept.size() == before {
        keep_unstable(&run, composed, &new, &mut kept);
    }
    if kept.size() > before {
        return Err(kept);
    }
    let mut plan = composed.plan(run);
    for (file, rule) in deleted {
        delete_file(&run, &mut plan, file, rule);
    }
    proof.refused = plan.refusals.len();
    proof.references = proof.proven + proof.refused;
    Ok(Verified { plan, proof })
}

/// Law 5: what a second run would change again is not changed now.
fn keep_unstable(run: &Run, composed: &Composed, new: &World, kept: &mut Kept) {
    let Ok(families) = Families::new(new, run.rules()) else {
        kept.everything = true;
        return;
    };
    let path = |file: FileId| run.world.project.file(file).path.as_str();
    let changed = composed.files.iter().filter(|file| !file.written.edits.is_empty());
    let again = changed.filter_map(|file| new.project.file_by_path(path(file.file)));
    let sites = find_in(&families, again, run.sites);
    let second = compose(
        Run { world: new, families: &families, sites: &sites, safety: run.safety },
        moved_places(run, composed, new),
    );
    for file in second.files.iter().filter(|file| !file.written.edits.is_empty()) {
        let old = run.world.project.file_by_path(&new.project.file(file.file).path).expect("no file is new");
        keep_all(run, old, (Reason::Unproven, "a second run would change it again".into()), kept);
    }
}

/// What is kept, with the places where they stand after the change.
fn moved_places(run: &Run, composed: &Composed, new: &World) -> Kept {
    let moved = |(file, span): &(FileId, Span)| {
        let new_file = new.project.file_by_path(&run.world.project.file(*file).path)?;
        let composed = composed.files.iter().find(|composed| composed.file == *file)?;
        let start = composed.written.edits.landed(span.start())?;
        Some((new_file, Span::new(start, start + span.len())))
    };
    let places = composed.kept.places.iter().filter_map(|(place, why)| Some((moved(place)?, why.clone())));
    Kept { places: places.collect(), ..composed.kept.clone() }
}

/// Keeps all sites of a file.
fn keep_all(run: &Run, file: FileId, why: (Reason, String), kept: &mut Kept) {
    let (Some(facts), Some(sites)) = (run.world.facts(file), run.sites.of(file)) else { return };
    let bindings = sites.bindings().map(|id| facts.bindings[id.index()].span);
    let chains = sites.uses.iter().map(|site| facts.syntax.chains[site.chain.index()].root_span);
    kept.keep(file, bindings.chain(chains), &why);
}

fn delete_file(run: &Run, plan: &mut Plan, file: FileId, rule: usize) {
    let path = run.world.project.file(file).path.clone();
    let before = run.world.project.text(file).unwrap_or_default().to_owned();
    plan.changes.retain(|change| change.path != path);
    plan.changes.push(FileChange { path, before, action: Action::Delete { rule } });
    plan.changes.sort_by(|one, other| one.path.cmp(&other.path));
}

/// Law 4 for the files that change.
fn compare_changed(run: &Run, composed: &Composed, new: &World, deleted: &[(FileId, usize)], kept: &mut Kept) -> Proof {
    let stays = |file: &FileId| !deleted.iter().any(|(gone, _)| gone == file);
    let results: Vec<(FileId, Option<Compared>)> = composed
        .files
        .par_iter()
        .filter(|file| !file.written.edits.is_empty() && stays(&file.file))
        .map(|file| {
            let path = &run.world.project.file(file.file).path;
            let new_file = new.project.file_by_path(path).expect("a changed file stays in the tree");
            let pair = Pair { old: run.world, new, old_file: file.file, new_file, edits: &file.written.edits };
            let sites = run.sites.of(file.file).expect("a composed file has sites");
            let refused = file.refusals.iter().map(|refusal| refusal.span).collect();
            (file.file, pair.compare(run, sites, &refused))
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
            bindings.chain(chains).collect()
        }
    };
    kept.keep(file, places, &(Reason::Unproven, "the result could not be proven".into()));
}

/// Law 4 for files that do not change but can see what does: every name that goes is read by nobody.
fn compare_others(run: &Run, composed: &Composed, new: &World, deleted: &[(FileId, usize)], kept: &mut Kept) -> usize {
    let gone = gone_names(run, composed, deleted);
    if gone.is_empty() {
        return 0;
    }
    let changed: FxHashSet<FileId> =
        composed.files.iter().filter(|file| !file.written.edits.is_empty()).map(|file| file.file).collect();
    let files = (0..run.world.project.files.len() as u32).map(FileId);
    let others: Vec<FileId> = files.filter(|file| !changed.contains(file) && spells(run, *file, &gone)).collect();
    let results: Vec<(usize, Vec<Symbol>)> =
        others.par_iter().map(|file| compare_other(run, new, *file, &gone)).collect();
    let mut unchanged = 0;
    for (count, broken) in results {
        unchanged += count;
        kept.symbols.extend(broken);
    }
    unchanged
}

/// The names of shims that go, and of the files that go.
fn gone_names(run: &Run, composed: &Composed, deleted: &[(FileId, usize)]) -> FxHashSet<Identifier> {
    let mut gone: FxHashSet<Identifier> = deleted.iter().map(|(file, _)| run.world.module_name(*file).last()).collect();
    for file in &composed.files {
        let (Some(sites), Some(facts)) = (run.sites.of(file.file), run.world.facts(file.file)) else { continue };
        if !file.removed.is_empty() {
            gone.extend(sites.shims.iter().map(|shim| facts.bindings[shim.binding.index()].name.clone()));
        }
    }
    gone
}

fn spells(run: &Run, file: FileId, names: &FxHashSet<Identifier>) -> bool {
    let bytes = run.world.project.file(file).searchable();
    names.iter().any(|name| memchr::memmem::find(bytes, name.as_str().as_bytes()).is_some())
}

/// How many references of an unchanged file end where they ended, and the aliases that it turns out to need.
fn compare_other(run: &Run, new: &World, file: FileId, gone: &FxHashSet<Identifier>) -> (usize, Vec<Symbol>) {
    let path = &run.world.project.file(file).path;
    let Some(new_file) = new.project.file_by_path(path) else { return (0, Vec::new()) };
    let (Some(facts), Some(_)) = (run.world.facts(file), new.facts(new_file)) else { return (0, Vec::new()) };
    let mut unchanged = 0;
    let mut broken = Vec::new();
    let mut compare = |old: crate::semantics::Resolution, now: &Origin| match old.origin == *now {
        true => unchanged += 1,
        false => broken.extend(old.route.into_iter().map(|hop| hop.symbol)),
    };
    for (index, binding) in facts.bindings.iter().enumerate() {
        if binding.kind.is_import() && reads_gone(facts, binding, gone) {
            let id = crate::python::syntax::BindingId(index as u32);
            compare(run.world.binding(file, id), &new.binding(new_file, id).origin);
        }
    }
    for reference in &facts.references {
        let chain = &facts.syntax.chains[reference.chain.index()];
        let by_star = !reference.reach.stars.is_empty() && gone.contains(&chain.root);
        if !by_star && !chain.attributes.iter().any(|(name, _)| gone.contains(name)) {
            continue;
        }
        let (old, now) = (run.world.chain(file, reference), new.chain(new_file, reference));
        for (old, now) in old.into_iter().zip(now) {
            compare(old.resolution, &now.resolution.origin);
        }
    }
    (unchanged, broken)
}

/// Whether an import entry names something that goes.
fn reads_gone(facts: &Facts, binding: &crate::semantics::Binding, gone: &FxHashSet<Identifier>) -> bool {
    use crate::python::syntax::StatementKind;
    match (&binding.kind, &facts.syntax.statements[binding.statement.index()].kind) {
        (BindKind::From(entry), StatementKind::From(from)) => {
            gone.contains(&from.names[*entry].name)
                || from.module.as_ref().is_some_and(|module| module.parts().any(|part| gone.contains(part)))
        }
        (BindKind::Import(entry), StatementKind::Import(names)) => {
            names[*entry].module.parts().any(|part| gone.contains(part))
        }
        _ => false,
    }
}
