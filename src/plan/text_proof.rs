//! The proof of strings: each path leads where it led, and each patch reaches the code that it reached.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::compose::ComposedFile;
use super::context::Kept;
use super::patches::kept;
use super::verify::{Changed, keep_all};
use super::{Objection, Reason};
use crate::project::FileId;
use crate::python::syntax::{ChainId, StringId};
use crate::python::{DottedName, Symbol};
use crate::semantics::{Facts, Origin, World};
use crate::site::{Act, Hit, Reader, Standing, Target, TextSite, cells};
use crate::text::Span;

/// Proves every string that names an alias; returns how many were rewritten.
pub(super) fn prove_texts(change: &Changed, kept: &mut Kept) -> usize {
    let mut proof = TextProof { change, kept, places: FxHashMap::default() };
    let mut proven = 0;
    for file in &change.composed.files {
        let Some(sites) = change.run.sites.of(file.file).filter(|sites| !sites.texts.is_empty()) else { continue };
        let Some(pair) = proof.pair(file) else { continue };
        proven += sites.texts.iter().filter(|site| proof.prove(&pair, site)).count();
    }
    proven
}

struct TextProof<'a> {
    change: &'a Changed<'a>,
    kept: &'a mut Kept,
    /// The chains of changed files by where they begin.
    places: FxHashMap<FileId, FxHashMap<u32, ChainId>>,
}

/// A file before and after.
struct Pair<'a> {
    file: &'a ComposedFile,
    new_file: FileId,
    after: Arc<Facts>,
    text: &'a str,
    /// The strings and chains of the new text by where they begin.
    strings: FxHashMap<u32, StringId>,
    chains: FxHashMap<u32, ChainId>,
}

impl<'a> TextProof<'a> {
    fn pair(&self, file: &'a ComposedFile) -> Option<Pair<'a>> {
        let Changed { run, new, .. } = *self.change;
        let new_file = new.project.file_by_path(&run.world.project.file(file.file).path)?;
        let (after, text) = (new.look(new_file)?, new.project.text(new_file)?);
        let strings = after.syntax.strings.iter().enumerate().rev();
        let strings = strings.map(|(index, string)| (string.span.start, StringId(index as u32))).collect();
        let chains = after.syntax.chains.iter().enumerate().rev();
        let chains = chains.map(|(index, chain)| (chain.root_span.start, ChainId(index as u32))).collect();
        Some(Pair { file, new_file, after, text, strings, chains })
    }

    /// Proves one string; whether it was rewritten.
    fn prove(&mut self, pair: &Pair, site: &TextSite) -> bool {
        let Ok(target) = &site.target else { return false };
        let run = self.change.run;
        let Some(path) = self.path(pair, site) else { return false };
        let is_rewritten = path != site.path;
        let (old, new) = (end(run.world, &site.path), end(self.change.new, &path));
        let canonical = new.0 == run.families.target_origin(target);
        let leads = run.families.is_one(&old.0, &new.0) && old.1 == new.1
            || match target {
                Target::Module(_) => canonical && is_rewritten,
                Target::Symbol(hit) => canonical && hit.standing == Standing::Merged && old.1 == new.1,
            };
        if !leads && !matches!(old.0, Origin::Unknown(_)) {
            self.blame(pair.file.file, site, is_rewritten, (Reason::Unproven, "the result could not be proven".into()));
        } else if let Target::Symbol(hit) = target
            && site.act.is_patch()
            && site.parts == site.path.parts().count()
        {
            self.prove_patch((pair, site), hit, &path);
        }
        is_rewritten
    }

    /// What a string stands for after the change; `None` if it is gone with its statement.
    fn path(&self, pair: &Pair, site: &TextSite) -> Option<DottedName> {
        if site.act == Act::PatchKeyword {
            let at = pair.file.written.edits.landed(site.span.start())?;
            let name = pair.text[at..].split(|c: char| c != '_' && !c.is_alphanumeric()).next()?;
            return Some(site.path.parent()?.child(name));
        }
        if site.string.is_none() {
            return Some(site.path.clone());
        }
        let string = pair.strings.get(&self.moved(pair.file, site.span)?)?;
        let string = &pair.after.syntax.strings[string.index()];
        let value = string.value(pair.text);
        let Some(owner) = site.owner else {
            let name = value.trim_start_matches('.').replacen(':', ".", 1);
            let is_relative = value.starts_with('.');
            return Some(match site.relative.as_ref().filter(|_| is_relative) {
                Some((_, base)) => base.child(&name),
                None => DottedName::new(&name),
            });
        };
        let facts = self.change.run.world.facts(pair.file.file)?;
        let chain = &facts.syntax.chains[owner.index()];
        let at = pair.file.written.edits.landed(chain.root_span.start())? as u32;
        Some(self.change.new.module_at(pair.new_file, &pair.after, *pair.chains.get(&at)?)?.child(value))
    }

    fn moved(&self, file: &ComposedFile, span: Span) -> Option<u32> {
        Some(file.written.edits.moved(span.start())? as u32)
    }

    /// Every reader of the name that was patched reads the one that is patched now.
    fn prove_patch(&mut self, (pair, site): (&Pair, &TextSite), hit: &Hit, path: &DottedName) {
        let run = self.change.run;
        let new = match path.parent().map(|parent| end(self.change.new, &parent)) {
            Some((Origin::Module(module), rest)) if rest.is_empty() => {
                Symbol::new(module, DottedName::new(path.last().as_str()))
            }
            _ => return,
        };
        let readers = run.sites.runtime.get(&hit.symbol).map_or(&[][..], |readers| readers);
        let lost: Vec<Reader> =
            readers.iter().copied().filter(|reader| !self.reads(reader, &new).unwrap_or(true)).collect();
        if lost.is_empty() {
            return;
        }
        let path = run.world.project.file(lost[0].file).path.clone();
        let why = format!("what reads `{}` in `{path}` would read another name than `{new}`", hit.symbol);
        self.blame(pair.file.file, site, site.path != new.path(), (Reason::PatchParts, why));
        for reader in lost {
            match kept(*run, &hit.symbol, &reader) {
                Some((file, span, why)) if !self.kept.places.contains_key(&(file, span)) => {
                    self.kept.keep(file, [span], &why);
                }
                Some((file, _, why)) => keep_all(run, file, why, self.kept),
                None => drop(self.kept.named.insert(hit.symbol.clone())),
            }
        }
    }

    /// Whether a reader reads `name` in the changed tree; `None` if it is gone.
    fn reads(&mut self, reader: &Reader, name: &Symbol) -> Option<bool> {
        let Changed { run, new, composed, .. } = *self.change;
        let new_file = new.project.file_by_path(&run.world.project.file(reader.file).path)?;
        let facts = run.world.look(reader.file)?;
        let start = facts.syntax.chains[reader.chain.index()].root_span.start();
        let found = composed.files.binary_search_by_key(&reader.file, |file| file.file);
        let at = match found {
            Ok(index) => composed.files[index].written.edits.landed(start)?,
            Err(_) => start,
        };
        let after = new.look(new_file)?;
        let places = self.places.entry(new_file).or_insert_with(|| {
            let chains = after.references.iter().map(|reference| reference.chain);
            chains.map(|chain| (after.syntax.chains[chain.index()].root_span.start, chain)).collect()
        });
        let reference = &after.references[places.get(&(at as u32))?.index()];
        Some(cells(new, new_file, &after, reference).iter().any(|(cell, _)| cell == name))
    }

    /// A rewritten string stays in the next round; one that stays needs the name that it spells.
    fn blame(&mut self, file: FileId, site: &TextSite, is_rewritten: bool, why: Objection) {
        if is_rewritten {
            self.kept.keep(file, [site.span], &why);
        } else if let Ok(Target::Symbol(hit)) = &site.target {
            self.kept.named.insert(hit.symbol.clone());
            self.kept.symbols.insert(hit.symbol.clone());
        }
    }
}

/// Where a path ends: what its first names are, as far as modules and classes can be followed, and the names behind.
pub(super) fn end(world: &World, path: &DottedName) -> (Origin, Vec<String>) {
    let mut parts = path.parts().map(str::to_owned).collect::<Vec<_>>().into_iter();
    let root = parts.next().expect("a path has a first name");
    let mut origin = Origin::Module(DottedName::new(&root));
    while let Some(name) = parts.next() {
        let next = match &origin {
            Origin::Module(module) => Some(world.symbol(&Symbol::new(module.clone(), DottedName::new(&name))).origin),
            Origin::Outside(path) => Some(Origin::Outside(path.child(&name))),
            defined => world.nested(defined, &crate::python::Identifier::new(&name)).map(|nested| nested.origin),
        };
        match next {
            Some(next) => origin = next,
            None => return (origin, std::iter::once(name).chain(parts).collect()),
        }
    }
    (origin, Vec::new())
}
