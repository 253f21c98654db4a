//! Patches and who they reach: a patch of a name takes effect on the code that reads that name while it runs, so both
//! move together or not at all.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use super::compose::Staged;
use super::context::{Kept, Run};
use super::text::{Course, Texts, is_declared};
use super::wish::{EntryWish, Needed};
use super::{Objection, Reason, Safety, chains};
use crate::project::FileId;
use crate::python::syntax::{BindKind, ScopeId};
use crate::python::{DottedName, Symbol};
use crate::site::{Hit, Reader, Target, Via};
use crate::text::Span;

/// Where the readers of each name read it after the change, as far as that can be said before it is written.
#[derive(Debug, Default)]
pub(super) struct Patches {
    /// By the new place, with the old one.
    readers: FxHashMap<Symbol, Vec<(Symbol, Reader)>>,
    /// The names that are read at each new place.
    olds: FxHashMap<Symbol, BTreeSet<Symbol>>,
    /// The new places of the readers of each name, each with one of these.
    places: FxHashMap<Symbol, BTreeMap<Symbol, Reader>>,
}

impl Patches {
    /// Nothing is worked out if no string of the tree is a patch.
    pub(super) fn new(run: Run, kept: &Kept, staged: &[Staged]) -> Self {
        let mut patches = Self::default();
        if patched(run).next().is_none() {
            return patches;
        }
        let texts = Texts { run, kept, staged, patches: &Self::default() };
        for (cell, readers) in &run.sites.runtime {
            for reader in readers {
                let place = place(&texts, cell, reader);
                patches.readers.entry(place.clone()).or_default().push((cell.clone(), *reader));
                patches.olds.entry(place.clone()).or_default().insert(cell.clone());
                patches.places.entry(cell.clone()).or_default().entry(place).or_insert(*reader);
            }
        }
        patches
    }

    /// Where a patch of the name `hit.symbol` shall lead.
    pub(super) fn course(&self, texts: &Texts, hit: &Hit) -> Course {
        let cell = &hit.symbol;
        let places = self.places.get(cell);
        let place = match places.map_or(0, BTreeMap::len) {
            0 if !is_declared(hit) => texts.renamed(cell).unwrap_or_else(|| cell.clone()),
            0 if texts.run.allows_risky(hit.rule) => {
                return Course::To { path: hit.target.clone(), safety: Safety::Risky };
            }
            0 => {
                let text = format!("nothing reads `{cell}` when it runs: the patch has no effect, and had none before");
                return Course::Stays((Reason::PatchWithoutEffect, text));
            }
            1 => places.and_then(BTreeMap::first_key_value).expect("there is one").0.clone(),
            _ => return Course::Stays(self.parted(texts, cell)),
        };
        if place == *cell {
            return match is_declared(hit) {
                true => Course::Stays((Reason::Patched, format!("what reads `{cell}` stays, and so does its patch"))),
                false => Course::Unchanged,
            };
        }
        match self.olds.get(&place).is_some_and(|olds| olds.iter().any(|old| old != cell)) {
            true if !texts.run.allows_text(hit.rule, Safety::Risky) => Course::Stays((
                Reason::PatchWidens,
                format!(
                    "as a patch of `{place}` it would reach code that it does not reach now; `strings = \"all\"` allows that"
                ),
            )),
            true => Course::To { path: place, safety: Safety::Risky },
            false => Course::To { path: place, safety: Safety::Safe },
        }
    }

    /// The code that would come to read a name which a string patches and goes on to patch: the name that it reads now, and
    /// that one.
    pub(super) fn widened(&self, run: Run) -> Vec<(Symbol, Reader, Symbol)> {
        let patched: FxHashSet<&Symbol> = patched(run).collect();
        let readers = patched.iter().flat_map(|cell| {
            let readers = self.readers.get(*cell).map_or(&[][..], |readers| readers);
            readers.iter().map(|(old, reader)| (old.clone(), *reader, (*cell).clone()))
        });
        readers.filter(|(old, ..)| !patched.contains(old)).collect()
    }

    /// Why a patch stays whose readers go different ways.
    fn parted(&self, texts: &Texts, cell: &Symbol) -> Objection {
        let moved = self.places[cell].iter().filter(|(place, _)| *place != cell).min_by_key(|(_, reader)| **reader);
        let file = |reader: &Reader| texts.run.world.project.file(reader.file).path.clone();
        let example =
            moved.map_or_else(String::new, |(place, reader)| format!(": `{}` would read `{place}`", file(reader)));
        (Reason::PatchParts, format!("not all that reads `{cell}` would read one name afterwards{example}"))
    }

    /// The sites by which the readers of a name would go elsewhere.
    pub(super) fn keep_readers(&self, texts: &Texts, cell: &Symbol) -> Vec<(FileId, Span, Objection)> {
        let readers = texts.run.sites.runtime.get(cell).map_or(&[][..], |readers| readers);
        readers.iter().filter_map(|reader| kept(texts.run, cell, reader)).collect()
    }
}

/// The names that strings patch.
fn patched<'a>(run: Run<'a>) -> impl Iterator<Item = &'a Symbol> {
    let texts = run.sites.files.iter().flat_map(|sites| &sites.texts).filter(|site| site.act.is_patch());
    let aliases = texts.filter_map(|site| match &site.target {
        Ok(Target::Symbol(hit)) => Some(&hit.symbol),
        _ => None,
    });
    run.sites.patched.iter().map(|(_, name)| name).chain(aliases)
}

/// The site that must stay for a reader to stay with a name; `None` for the module's own code, which follows its import.
pub(super) fn kept(run: Run, cell: &Symbol, reader: &Reader) -> Option<(FileId, Span, Objection)> {
    let facts = run.world.facts(reader.file)?;
    let span = match reader.via {
        Via::Own => return None,
        Via::Import(binding) => facts.bindings[binding.index()].span,
        Via::Attribute(_) => facts.syntax.chains[reader.chain.index()].root_span,
    };
    let text = format!("a string that stays replaces `{cell}`, which this reads");
    Some((reader.file, span, (Reason::Patched, text)))
}

/// The name that a reader reads after the change.
fn place(texts: &Texts, cell: &Symbol, reader: &Reader) -> Symbol {
    moved(texts, cell, reader).unwrap_or_else(|| cell.clone())
}

fn moved(texts: &Texts, cell: &Symbol, reader: &Reader) -> Option<Symbol> {
    let staged = texts.of(reader.file)?;
    let settled = staged.settled.as_ref()?;
    let draft = texts.run.draft(&staged.sites, texts.kept)?;
    match reader.via {
        Via::Own => {
            let text = settled.outcomes.get(&(ScopeId::MODULE, cell.name.root()))?;
            Some(Symbol::new(cell.module.clone(), DottedName::new(text)))
        }
        Via::Import(binding) => {
            let import = &draft.facts.bindings[binding.index()];
            let BindKind::From(entry) = import.kind else { return None };
            match settled.wishes.entries.get(&(import.statement, entry)) {
                Some((EntryWish::Needed(Needed::From { module, name, .. }), _)) => {
                    Some(Symbol::new(module.clone(), DottedName::new(name)))
                }
                Some((EntryWish::Drop, _)) => {
                    let site = staged.sites.import(binding)?;
                    Some(site.hit.target.clone())
                }
                _ => None,
            }
        }
        Via::Attribute(attributes) => {
            let mut uses = staged.sites.uses_of(reader.chain).iter();
            let site = uses.find(|site| site.attributes == attributes)?;
            match (&site.target, chains::objects(&draft, texts.kept, site)) {
                (Target::Symbol(hit), None) => Some(hit.target.clone()),
                _ => None,
            }
        }
    }
}
