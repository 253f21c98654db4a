//! Code in prose: each snippet is a file of its own beside the tree, and is rewritten and proven as code is.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::compare::Pair;
use super::super::compose::{ComposedFile, compose};
use super::super::context::{Kept, Run};
use super::host::Host;
use super::{Noted, Settled};
use crate::document::mention::{is_labelled_as_history, lines_around, tells_history};
use crate::document::snippet::Snippet;
use crate::project::FileId;
use crate::python::parse;
use crate::semantics::World;
use crate::site::{Families, find_in};
use crate::text::Span;

/// A snippet that may hold a site, and its file in the tree that is made for the snippets.
struct Piece {
    host: usize,
    snippet: Snippet,
    path: String,
}

/// The edits of the snippets of each host.
pub(super) fn edits(settled: Settled, hosts: &[Host]) -> Vec<Vec<Noted>> {
    let mut all = vec![Vec::new(); hosts.len()];
    let pieces = pieces(settled.run, hosts);
    if pieces.is_empty() {
        return all;
    }
    let texts = pieces.iter().map(|piece| (piece.path.clone(), Some(piece.snippet.text.clone())));
    let world = settled.run.world.changed(settled.run.world.project.replace(texts.collect()));
    let Ok(families) = Families::new(&world, settled.run.rules()) else { return all };
    let ids: FxHashMap<FileId, &Piece> =
        pieces.iter().filter_map(|piece| Some((world.project.file_by_path(&piece.path)?, piece))).collect();
    // The files are new: none of them stands for a file of the tree before.
    let visited = ids.keys().enumerate().map(|(index, id)| (FileId(u32::MAX - index as u32), Some(*id))).collect();
    let sites = find_in(&families, &visited, settled.run.sites);
    let run = Run { world: &world, families: &families, sites: &sites, safety: settled.run.safety };
    let composed = compose(run, without_places(&settled.composed.kept));
    let rewritten: Vec<&ComposedFile> = composed.files.iter().filter(|file| is_wanted(&run, file)).collect();
    let changed: BTreeMap<_, _> = rewritten
        .iter()
        .filter_map(|file| {
            let piece = ids.get(&file.file)?;
            Some((piece.path.clone(), Some(file.written.edits.apply(&piece.snippet.text))))
        })
        .collect();
    let new = settled.new.changed(settled.new.project.replace(changed));
    let mut inline: Vec<(usize, Span, String)> = Vec::new();
    let mut found: Vec<(&Piece, &ComposedFile)> = Vec::new();
    for file in rewritten {
        let Some(piece) = ids.get(&file.file).filter(|_| is_proven(&run, &new, file)) else { continue };
        if piece.snippet.is_inline(hosts[piece.host].text) {
            inline.push((piece.host, piece.snippet.place(), file.written.edits.apply(&piece.snippet.text)));
        }
        found.push((piece, file));
    }
    for (piece, file) in found.into_iter().filter(|(piece, _)| !reads_alike(hosts, piece, &inline)) {
        let Some(edits) = piece.snippet.edits(hosts[piece.host].text, &file.written.edits) else { continue };
        all[piece.host].extend(edits.into_iter().zip(file.written.notes.iter().copied()));
    }
    all
}

/// The snippets that spell a name of the rules.
fn pieces(run: &Run, hosts: &[Host]) -> Vec<Piece> {
    let names: FxHashSet<&str> = run.rules().names().into_iter().collect();
    let is_part = |c: char| c == '_' || c.is_alphanumeric();
    let spells = |text: &str| text.split(|c| !is_part(c)).any(|word| names.contains(word));
    let mut pieces = Vec::new();
    for (index, host) in hosts.iter().enumerate() {
        let snippets = host.snippets().into_iter().enumerate();
        for (number, (snippet, _)) in snippets.filter(|(_, (snippet, _))| spells(&snippet.text)) {
            pieces.push(Piece { host: index, snippet, path: format!("{}:{number}.py", host.path) });
        }
    }
    pieces
}

/// What is kept of the code, without places: snippets are files of their own.
fn without_places(kept: &Kept) -> Kept {
    Kept {
        symbols: kept.symbols.clone(),
        modules: kept.modules.clone(),
        whole: kept.whole.clone(),
        unmerged: kept.unmerged.clone(),
        everything: kept.everything,
        ..Kept::default()
    }
}

/// Whether every edit of a snippet is one that a rule wants there.
fn is_wanted(run: &Run, file: &ComposedFile) -> bool {
    let path = &run.world.project.file(file.file).path;
    let host = path.rsplit_once(':').map_or(path.as_str(), |(host, _)| host);
    let wants = |rule: usize| run.rules().rules[rule].docs && run.rules().rules[rule].exception(host).is_none();
    !file.written.edits.is_empty()
        && file.written.notes.iter().all(|note| wants(note.rule))
        && !tells_names_apart(run.world.project.text(file.file).unwrap_or_default(), file)
}

/// Whether a snippet shows the old name as an old one, or beside the new one, so that both would read alike.
fn tells_names_apart(text: &str, file: &ComposedFile) -> bool {
    let whole = Span::new(0, text.len());
    let tells = file.written.edits.as_slice().iter().any(|edit| {
        let renames = edit.text.contains(" as ") && !edit.span.of(text).contains(" as ");
        renames || tells_history(text, whole, edit.span)
    });
    tells || imports(&file.written.edits.apply(text)) < imports(text)
}

fn imports(text: &str) -> usize {
    parse(text).map_or(0, |syntax| syntax.binds.iter().filter(|bind| bind.kind.is_import()).count())
}

/// Whether the prose around a snippet tells of the past, or has what the snippet would become beside it.
fn reads_alike(hosts: &[Host], piece: &Piece, inline: &[(usize, Span, String)]) -> bool {
    let text = hosts[piece.host].text;
    let place = piece.snippet.place();
    if !piece.snippet.is_inline(text) {
        return is_labelled_as_history(text, place);
    }
    let whole = Span::new(0, text.len());
    let Some((_, _, becomes)) = inline.iter().find(|(host, other, _)| (*host, *other) == (piece.host, place)) else {
        return false;
    };
    let around = lines_around(text, whole, place);
    let is_near = |other: Span| around.as_bytes().as_ptr_range().contains(&text[other.range()].as_ptr());
    let twins = inline.iter().filter(|(host, other, new)| *host == piece.host && *other != place && new == becomes);
    tells_history(text, whole, place) || around.contains(becomes) || twins.into_iter().any(|twin| is_near(twin.1))
}

/// Law 4 for a snippet.
fn is_proven(run: &Run, new: &World, file: &ComposedFile) -> bool {
    let Some(pair) = Pair::new(run, new, file) else { return false };
    let sites = run.sites.of(file.file).expect("a composed file has sites");
    let refused: FxHashSet<Span> = file.refusals.iter().map(|refusal| refusal.span).collect();
    pair.compare(sites, &refused).wrong.is_empty()
}
