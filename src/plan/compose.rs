//! From sites to a plan: file by file, again and again until what stays holds nothing that goes.

use std::borrow::Cow;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::context::{Draft, Kept, Run};
use super::emit::{Unwritten, Written, write};
use super::names::{Round, Settled};
use super::patches::{self, Patches};
use super::refuse::{Refused, Stays, refusal};
use super::text::{Decision, Texts};
use super::wish::Wishes;
use super::{
    Action, FileChange, Note, Objection, Plan, Reason, Refusal, calls, chains, configs, deprecate, followed, leftover,
    loads, lookup, members, names, refuse, strings,
};
use crate::project::FileId;
use crate::python::syntax::{ChainId, ScopeId};
use crate::python::{DottedName, Symbol};
use crate::site::{FileSites, Held, Holder, Kind, LookupSite, Reader, Standing, Target, TextSite, UseSite};
use crate::text::Span;
use crate::timing::piece;

/// A plan that has not been proven, and what it keeps.
pub(super) struct Composed {
    pub files: Vec<ComposedFile>,
    pub kept: Kept,
}

/// What happens to one file.
pub(super) struct ComposedFile {
    pub file: FileId,
    pub written: Written,
    pub refusals: Vec<Refusal>,
    /// The shims that go from it.
    pub removed: Vec<Note>,
    /// The modules that changed with a string behind them, each with the new one.
    pub moved: FxHashMap<ChainId, DottedName>,
    kept: Keeps,
}

/// What a file wants kept.
struct Keeps {
    held: Vec<Held>,
    unmerged: Vec<Symbol>,
    /// The sites of a statement that could not be written, and why.
    unwritten: (Vec<Span>, Objection),
    /// Sites of any file that must stay, because a string does.
    keeps: Vec<(FileId, Span, Objection)>,
    /// Names that a string spells, which keep their spelling.
    named: Vec<Symbol>,
}

/// A file whose names are decided, before its strings are.
pub(super) struct Staged<'a> {
    pub sites: Cow<'a, FileSites>,
    /// `None` if the file is not Python.
    pub settled: Option<Settled>,
}

/// Composes all files. What a refused site needs is kept, which can make further sites stay, until nothing new is kept.
pub(super) fn compose(run: Run, mut kept: Kept) -> Composed {
    for site in &run.sites.files {
        kept.hold(held_by_holders(&site.holders));
    }
    configs::hold(&run, &mut kept);
    loop {
        let staged: Vec<_> =
            run.sites.files.par_iter().with_max_len(1).map(|sites| piece(|| stage(run, &kept, sites))).collect();
        let patches = Patches::new(run, &kept, &staged);
        let texts = Texts { run, kept: &kept, staged: &staged, patches: &patches };
        let files: Vec<_> =
            staged.par_iter().with_max_len(1).filter_map(|staged| piece(|| file(&texts, staged))).collect();
        drop(staged);
        let widened = patches.widened(run);
        let before = kept.size();
        keep_readers(run, &mut kept, &widened);
        keep_more(&mut kept, &files);
        configs::hold(&run, &mut kept);
        if kept.size() == before {
            return Composed { files, kept };
        }
    }
}

/// Decides the names of a file.
fn stage<'a>(run: Run<'a>, kept: &Kept, sites: &'a FileSites) -> Staged<'a> {
    let sites = kept.detoured(&run, sites);
    let settled = run.draft(&sites, kept).map(|draft| settle(&draft, kept));
    Staged { sites, settled }
}

/// Keeps what would come to read a name that a patch replaces: an import, an attribute, or the module's own alias.
fn keep_readers(run: Run, kept: &mut Kept, widened: &[(Symbol, Reader, Symbol)]) {
    for (old, reader, new) in widened {
        let Some(facts) = run.world.facts(reader.file) else { continue };
        let why = (Reason::PatchWidens, format!("a patch of `{new}` would reach what reads this, and does not now"));
        match patches::kept(run, old, reader) {
            Some((file, span, _)) => kept.keep(file, [span], &why),
            None => {
                let own = facts.scopes[ScopeId::MODULE.index()].names.get(&old.name.root()).into_iter().flatten();
                kept.keep(reader.file, own.map(|id| facts.bindings[id.index()].span), &why);
            }
        }
    }
}

/// Adds what the files hold.
fn keep_more(kept: &mut Kept, files: &[ComposedFile]) {
    for file in files {
        let Keeps { held, unmerged, unwritten: (spans, why), keeps, named } = &file.kept;
        kept.hold(held.iter().cloned());
        kept.unmerged.extend(unmerged.iter().cloned());
        kept.keep(file.file, spans.iter().copied(), why);
        keeps.iter().for_each(|(file, span, why)| kept.keep(*file, [*span], why));
        kept.named.extend(named.iter().cloned());
    }
}

fn held_by_holders(holders: &[Holder]) -> impl Iterator<Item = Held> + '_ {
    holders.iter().map(|holder| holder.held.clone())
}

fn file(texts: &Texts, staged: &Staged) -> Option<ComposedFile> {
    let Texts { run, kept, .. } = *texts;
    let sites = &*staged.sites;
    let (Some(draft), Some(settled)) = (run.draft(sites, kept), &staged.settled) else { return unreadable(run, sites) };
    let Settled { mut refused, mut wishes, outcomes } = settled.clone();
    let strings = sites.texts.iter().map(|site| texts.decide(&draft, site)).collect();
    let strings = Strings::take(strings, &mut refused, &mut wishes);
    chains::settle(&draft, (kept, &strings.moved), &mut refused, &mut wishes);
    strings.mark(&draft, &mut wishes);
    let moved = strings.moved(&refused);
    members::rename(&draft, &refused, &mut wishes);
    lookup::settle(&draft, kept, &mut refused, &mut wishes);
    calls::settle(&draft, &refused, &mut wishes);
    followed::settle(&draft, kept, &mut refused, &mut wishes);
    leftover::drop_imports(&draft, kept, &outcomes, &mut wishes);
    loads::settle(&draft, kept, &mut refused, &mut wishes);
    deprecate::write(&draft, &mut wishes);
    hold_merges(&draft, kept, &mut refused);
    let removed = wishes.removed_shims();
    refused.refusals.extend(refuse::holders(&draft, &sites.holders, kept));
    let mut unmerged = unmerged(&draft, &refused);
    unmerged.extend(followed::unmerged(&draft, &refused));
    let (mut written, unwritten) = match write(&draft, wishes) {
        Ok(written) if !can_be_encoded(&draft, &written) => (Written::default(), refuse_encoding(&draft)),
        Ok(written) => (written, nothing()),
        Err(unwritten) => (Written::default(), refuse_unwritten(&draft, unwritten)),
    };
    followed::lower(run, &mut written.notes);
    let Refused { mut refusals, held, .. } = refused;
    refusals.sort();
    refusals.dedup();
    let Strings { mut keeps, replaced, named, .. } = strings;
    keeps.extend(replaced.iter().flat_map(|cell| texts.patches.keep_readers(texts, cell)));
    let kept = Keeps { held, unmerged, unwritten, keeps, named };
    Some(ComposedFile { file: sites.file, written, refusals, removed, moved, kept })
}

/// What the strings of a file ask of others.
#[derive(Default)]
struct Strings {
    moved: Vec<UseSite>,
    /// Parallel to them.
    notes: Vec<Note>,
    keeps: Vec<(FileId, Span, Objection)>,
    /// Names that patches go on to replace.
    replaced: FxHashSet<Symbol>,
    named: Vec<Symbol>,
}

impl Strings {
    /// Puts what strings ask of their own file where it belongs.
    fn take(decisions: Vec<Decision>, refused: &mut Refused, wishes: &mut Wishes) -> Self {
        let mut strings = Self::default();
        for decision in decisions {
            wishes.tokens.extend(decision.tokens.into_iter().map(|(span, text, note)| (span, (text, note))));
            refused.refusals.extend(decision.refusal);
            refused.held.extend(decision.held);
            if let Some((site, note)) = decision.moved {
                strings.moved.push(site);
                strings.notes.push(note);
            }
            strings.keeps.extend(decision.keeps);
            strings.replaced.extend(decision.replaced);
            strings.named.extend(decision.named);
        }
        strings
    }
}

impl Strings {
    /// The modules that move, each with the new one.
    fn moved(&self, refused: &Refused) -> FxHashMap<ChainId, DottedName> {
        let moved = self.moved.iter().filter(|site| !refused.chains.contains(&site.chain));
        let module = |site: &UseSite| match &site.target {
            Target::Symbol(hit) => hit.target.module.clone(),
            Target::Module(hit) => hit.target.clone(),
        };
        moved.map(|site| (site.chain, module(site))).collect()
    }

    /// Gives what is written for strings with their module the notes of the strings.
    fn mark(&self, draft: &Draft, wishes: &mut Wishes) {
        let syntax = &draft.facts.syntax;
        for (site, note) in self.moved.iter().zip(&self.notes) {
            let content = site.text.and_then(|string| syntax.strings[string.index()].content);
            let chain = &syntax.chains[site.chain.index()];
            let whole = chain.span();
            let inside = wishes.tokens.range_mut(Span::empty(whole.start())..=Span::empty(whole.end()));
            inside.filter(|(span, _)| whole.contains(**span)).for_each(|(_, (_, present))| *present = *note);
            if let Some((_, present)) = content.and_then(|content| wishes.tokens.get_mut(&content)) {
                *present = *note;
            }
        }
    }
}

/// After this many rounds what has been decided is left to the proof.
const MOST_ROUNDS: usize = 20;

/// Decides the names of a file. A shim that goes can have been the only use of another: so until no more go.
fn settle(draft: &Draft, kept: &Kept) -> Settled {
    let mut round = Round::default();
    let mut rounds = 0;
    loop {
        let settled = names::settle(draft, kept, &round);
        rounds += 1;
        let gone = leftover::gone(draft, &settled.wishes).into_iter().map(|(span, _)| span).collect();
        let mut needed = round.needed.clone();
        needed.extend(settled.outcomes.values().map(|text| DottedName::new(text).root()));
        let next = Round { gone, needed, outcomes: settled.outcomes.clone() };
        if next == round || rounds == MOST_ROUNDS {
            return settled;
        }
        round = next;
    }
}

fn unreadable(run: Run, sites: &FileSites) -> Option<ComposedFile> {
    let refusals = refuse::unreadable(run.world, sites.file, &sites.holders);
    Some(ComposedFile {
        file: sites.file,
        written: Written::default(),
        refusals,
        removed: Vec::new(),
        moved: FxHashMap::default(),
        kept: Keeps {
            held: Vec::new(),
            unmerged: Vec::new(),
            unwritten: nothing(),
            keeps: Vec::new(),
            named: Vec::new(),
        },
    })
}

/// A shim that is declared and stays because something needs it is listed.
fn hold_merges(draft: &Draft, kept: &Kept, refused: &mut Refused) {
    for shim in &draft.sites.shims {
        let binding = &draft.facts.bindings[shim.binding.index()];
        let symbol = &shim.hit.alias;
        let whole = kept.whole.get(&symbol.module);
        let stays =
            draft.is_kept(kept, &symbol.name.root()) || shim.kind == Kind::ShimStar && is_brought(draft, kept, symbol);
        if !stays || refused.bindings.contains(&shim.binding) {
            continue;
        }
        let text = match whole.filter(|path| !path.is_empty()) {
            Some(path) => format!("`{symbol}` stays: `{path}` needs its module, which would be left empty"),
            None => format!("`{symbol}` stays: places that are left alone need it"),
        };
        let stays = Stays { span: binding.span, kind: shim.kind, reason: Reason::Held, text };
        refused.refusals.push(refusal(draft, stays, shim.hit.rule));
    }
}

/// Whether the name that a star brings along is kept where it comes from.
fn is_brought(draft: &Draft, kept: &Kept, alias: &Symbol) -> bool {
    let route = draft.run.world.symbol(alias).route;
    let before = route.iter().map(|hop| &hop.symbol).find(|symbol| *symbol != alias);
    before.is_some_and(|symbol| kept.keeps(symbol) || kept.whole.contains_key(&symbol.module))
}

/// The merged aliases of which a site of this file stays, where the rule wants all or nothing.
fn unmerged(draft: &Draft, refused: &Refused) -> Vec<Symbol> {
    let sites = draft.sites;
    let imports = sites.imports.iter().filter(|site| refused.bindings.contains(&site.binding)).map(|site| &site.hit);
    let shims = sites.shims.iter().filter(|site| refused.bindings.contains(&site.binding)).map(|site| &site.hit);
    let uses =
        sites.uses.iter().filter(|site| refused.chains.contains(&site.chain)).filter_map(|site| match &site.target {
            Target::Symbol(hit) => Some(hit),
            Target::Module(_) => None,
        });
    let reason = |site: &&LookupSite| refused.refusals.iter().any(|refusal| refusal.span == site.span);
    let lookups = sites.lookups.iter().filter(reason).map(|site| &site.hit);
    let merged = imports
        .chain(shims)
        .chain(lookups)
        .chain(uses)
        .filter(|hit| hit.standing == Standing::Merged && !draft.run.rules().rules[hit.rule].partial);
    merged.map(|hit| hit.alias.clone()).collect()
}

/// Everything that shares the statement which could not be written is refused in the next round.
fn refuse_unwritten(draft: &Draft, unwritten: Unwritten) -> (Vec<Span>, (Reason, String)) {
    let statement = draft.facts.syntax.statements[unwritten.statement.index()].span;
    let bindings = draft.facts.bindings.iter().map(|binding| binding.span);
    let chains = draft.facts.syntax.chains.iter().map(|chain| chain.root_span);
    let lookups = draft.sites.lookups.iter().map(|site| site.span);
    let texts = draft.sites.texts.iter().map(|site| site.span);
    let all = bindings.chain(chains).chain(lookups).chain(texts);
    let inside: Vec<_> = all.filter(|span| statement.contains(*span)).collect();
    (inside, (unwritten.reason, unwritten.text))
}

/// Whether the file's encoding, or the layout of a notebook, can hold the new text.
fn can_be_encoded(draft: &Draft, written: &Written) -> bool {
    let shape = draft.run.world.project.file(draft.file).shape().unwrap_or_default();
    written.edits.is_empty() || shape.encode(&written.edits.apply(draft.text)).is_some()
}

fn refuse_encoding(draft: &Draft) -> (Vec<Span>, (Reason, String)) {
    let bindings = draft.sites.bindings().map(|id| draft.facts.bindings[id.index()].span);
    let chains = draft.sites.uses.iter().map(|site| draft.facts.syntax.chains[site.chain.index()].root_span);
    (bindings.chain(chains).collect(), (Reason::Encoding, "the file could not be written as it is encoded".into()))
}

fn nothing() -> (Vec<Span>, (Reason, String)) {
    (Vec::new(), (Reason::Form, String::new()))
}

impl ComposedFile {
    /// How many import sites of the file stay.
    pub(super) fn refused_imports(&self) -> usize {
        let is_import = |refusal: &&Refusal| matches!(refusal.kind, Kind::ImportFrom | Kind::ImportModule);
        self.refusals.iter().filter(is_import).count()
    }
}

impl Composed {
    /// The plan as it would be shown.
    pub(super) fn plan(&self, run: Run) -> Plan {
        let mut plan = Plan::default();
        for file in &self.files {
            plan.refusals.extend(file.refusals.iter().cloned());
            plan.shims_removed += file.removed.len();
            if let Some(sites) = run.sites.of(file.file) {
                let chain = |site: &TextSite| {
                    let facts = run.world.facts(file.file)?;
                    Some(facts.syntax.chains[site.owner?.index()].span())
                };
                strings::add(&mut plan.strings, strings::count(sites, file, chain));
            }
        }
        let project = &run.world.project;
        let change = |file: &ComposedFile| FileChange {
            path: project.file(file.file).path.clone(),
            before: project.text(file.file).unwrap_or_default().to_owned(),
            action: Action::Edit { edits: file.written.edits.clone(), notes: file.written.notes.clone() },
        };
        plan.changes = self.files.par_iter().filter(|file| !file.written.edits.is_empty()).map(change).collect();
        configs::add(&run, self, &mut plan);
        let configs = strings::count_configs(&plan);
        strings::add(&mut plan.strings, configs);
        plan.mentions = project.mentions().iter().map(|(ending, count)| (ending.clone(), *count)).collect();
        plan.refusals.extend(self.kept.mentions.iter().cloned());
        plan.refusals.sort();
        plan.refusals.dedup();
        plan
    }
}
