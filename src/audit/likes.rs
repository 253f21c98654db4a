//! Which objects are like which: detours and copies of another, definitions of one name, near copies.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::alias::of_detour;
use super::family::{AliasKind, Keep};
use super::keep::kept;
use super::lean::Detour;
use super::look::{Name, Standing};
use super::survey::Survey;
use super::twins::{FEWEST_PARTS, Print, near_pairs};
use crate::semantics::{Definition, Origin};
use crate::site::{detour, is_deprecated};
use crate::timing::piece;

/// Another object that is like a head.
#[derive(Debug)]
pub(super) struct Like {
    pub definition: Definition,
    pub likeness: f64,
    pub kept: Option<Keep>,
}

/// Who is like whom.
#[derive(Debug, Default)]
pub(super) struct Likes {
    /// Detours and copies, by the object that they stand for.
    folded: FxHashMap<Definition, Vec<(Definition, AliasKind)>>,
    /// What each of them stands for.
    heads: FxHashMap<Definition, Definition>,
    /// Where the chain of these ends, or some way on.
    ends: FxHashMap<Definition, Definition>,
    likes: FxHashMap<Definition, Vec<Like>>,
}

/// A class or function, where it stands and how much it is read.
struct Piece<'a> {
    name: &'a Name,
    definition: Definition,
    print: &'a Print,
    is_test: bool,
    /// Who reads it, in quarters.
    read: u32,
}

impl Likes {
    pub(super) fn new(survey: &Survey) -> Self {
        let mut likes = Self::default();
        likes.find_other_roots(survey);
        likes.find_detours(survey);
        let pieces = pieces(survey);
        likes.find_copies(survey, &pieces);
        likes.find_namesakes(survey, &pieces);
        likes.find_near(survey, &pieces);
        likes
    }

    /// Every object that stands for no other one, sorted.
    pub(super) fn heads<'a>(&self, survey: &'a Survey) -> Vec<&'a Definition> {
        let mut heads: Vec<_> = survey.objects().collect();
        heads.retain(|definition| !self.heads.contains_key(definition));
        heads.sort();
        heads
    }

    /// The detours and copies of an object, and those of these.
    pub(super) fn folded(&self, definition: &Definition) -> Vec<(&Definition, AliasKind)> {
        let mut found: Vec<(&Definition, AliasKind)> = Vec::new();
        let mut open = vec![definition];
        while let Some(next) = open.pop() {
            for (detour, kind) in self.folded.get(next).into_iter().flatten() {
                found.push((detour, *kind));
                open.push(detour);
            }
        }
        found
    }

    /// Whether nothing is like an object.
    pub(super) fn is_alone(&self, definition: &Definition) -> bool {
        !self.folded.contains_key(definition) && self.of(definition).is_empty()
    }

    pub(super) fn of(&self, definition: &Definition) -> &[Like] {
        self.likes.get(definition).map_or(&[], |likes| likes)
    }

    fn fold(&mut self, detour: &Definition, head: &Definition, kind: AliasKind) {
        let end = self.end(head);
        if end != *detour && !self.heads.contains_key(detour) {
            self.heads.insert(detour.clone(), head.clone());
            self.ends.insert(detour.clone(), end);
            self.folded.entry(head.clone()).or_default().push((detour.clone(), kind));
        }
    }

    /// The object that stands for no other one at the end of a chain of detours; what was passed is led there at once from now on.
    fn end(&mut self, start: &Definition) -> Definition {
        let mut passed = Vec::new();
        let mut end = start.clone();
        while let Some(next) = self.ends.get(&end) {
            passed.push(std::mem::replace(&mut end, next.clone()));
        }
        self.ends.extend(passed.into_iter().map(|passed| (passed, end.clone())));
        end
    }

    /// What a file defines, under the import roots that are not its first.
    fn find_other_roots(&mut self, survey: &Survey) {
        for name in survey.names.iter().filter(|name| name.is_definition()) {
            let first = survey.world.of(name.file).module_name(name.file);
            let own = &name.definition();
            if first != name.symbol().module && own.symbol.module == name.symbol().module {
                let mut head = own.clone();
                head.symbol.module = first;
                self.fold(own, &head, AliasKind::DualRoot);
            }
        }
    }

    /// Subclasses that add nothing, functions that hand on, classes made by `type`.
    fn find_detours(&mut self, survey: &Survey) {
        let mut detours: Vec<&Detour> = survey.detours.iter().collect();
        detours.sort();
        detours.into_iter().for_each(|Detour { own, head, kind }| self.fold(own, head, *kind));
    }

    /// Definitions that are equal, free names included; those of tests stay what they are.
    fn find_copies(&mut self, survey: &Survey, pieces: &[Piece]) {
        let mut equal: FxHashMap<(u64, bool), Vec<usize>> = FxHashMap::default();
        for (index, piece) in pieces.iter().enumerate().filter(|(_, piece)| !piece.is_test) {
            if piece.print.of.parts.len() >= FEWEST_PARTS {
                let is_class = piece.name.standing == Standing::Class;
                equal.entry((piece.print.of.whole, is_class)).or_default().push(index);
            }
        }
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for group in equal.into_values().filter(|group| group.len() > 1) {
            let head = best(survey, &group, pieces);
            pairs.extend(group.into_iter().filter(|other| *other != head).map(|other| (other, head)));
        }
        pairs.sort_unstable();
        let judged = |(other, head): (usize, usize)| {
            let [own, head] = [&pieces[other].definition, &pieces[head].definition];
            let copy = || detour(survey.world, &Origin::Defined(own.clone()), &Origin::Defined(head.clone()));
            let kind = survey.answers.copies.answer((own.clone(), head.clone()), || copy().map(of_detour))?;
            Some((own.clone(), head.clone(), kind))
        };
        let found = pairs.into_par_iter().with_max_len(8).filter_map(|pair| piece(|| judged(pair)));
        for (definition, head, kind) in found.collect::<Vec<_>>() {
            self.fold(&definition, &head, kind);
        }
    }

    /// Classes of one name; the one that is read most is the head of the others.
    fn find_namesakes(&mut self, survey: &Survey, pieces: &[Piece]) {
        let mut named: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (index, piece) in pieces.iter().enumerate().filter(|(_, piece)| piece.name.standing == Standing::Class) {
            if !self.heads.contains_key(&piece.definition) {
                named.entry(piece.definition.symbol.name.last().to_string()).or_default().push(index);
            }
        }
        let groups: Vec<_> = named.into_values().filter(|group| group.len() > 1).collect();
        let judged = |group: Vec<usize>| {
            let head = best(survey, &group, pieces);
            let others = group.iter().filter(|other| **other != head);
            (head, others.map(|other| like(survey, pieces, (*other, head))).collect::<Vec<_>>())
        };
        let groups = groups.into_par_iter().with_max_len(1).map(|group| piece(|| judged(group)));
        for (head, likes) in groups.collect::<Vec<_>>() {
            self.likes.insert(pieces[head].definition.clone(), likes);
        }
    }

    /// Near copies under other names, and functions.
    fn find_near(&mut self, survey: &Survey, pieces: &[Piece]) {
        let prints: Vec<&Print> = pieces.iter().map(|piece| piece.print).collect();
        for (one, other, _) in near_pairs(&prints) {
            let is_class = |index: usize| pieces[index].name.standing == Standing::Class;
            if is_class(one) != is_class(other) {
                continue;
            }
            let head = best(survey, &[one, other], pieces);
            let other = one + other - head;
            let [own, head_definition] = [&pieces[other].definition, &pieces[head].definition];
            let known = self.heads.contains_key(own) || self.heads.contains_key(head_definition);
            let is_listed = |likes: &Vec<Like>| likes.iter().any(|like| like.definition == *own);
            let namesakes = is_class(one) && own.symbol.name == head_definition.symbol.name;
            if !known && !namesakes && !self.likes.get(head_definition).is_some_and(is_listed) {
                let like = like(survey, pieces, (other, head));
                self.likes.entry(head_definition.clone()).or_default().push(like);
            }
        }
    }
}

/// All classes and functions that can be compared at the top level of modules, sorted.
fn pieces<'a>(survey: &'a Survey<'a>) -> Vec<Piece<'a>> {
    let own = survey.names.iter().filter(|name| matches!(name.standing, Standing::Class | Standing::Function));
    let pieces = own.filter_map(|name| {
        let definition = &name.definition();
        let print = name.print.as_deref()?;
        let is_test = survey.is_test(name.file);
        let names = survey.names_of(definition).filter_map(|name| survey.readers.get(name.symbol()));
        let files = names.flat_map(|readers| &readers.files);
        let read: u32 = files.map(|file| survey.quarters(*file)).sum();
        Some(Piece { name, definition: definition.clone(), print, is_test, read })
    });
    let mut pieces: Vec<Piece> = pieces.collect();
    pieces.sort_by(|a, b| a.definition.cmp(&b.definition));
    pieces.dedup_by(|one, other| one.definition == other.definition);
    pieces
}

/// The one that no test defines, that is not deprecated by its own text, and that is read most; of several the first.
fn best(survey: &Survey, group: &[usize], pieces: &[Piece]) -> usize {
    let rank = |index: &usize| {
        let Piece { name, is_test, read, .. } = &pieces[*index];
        (!is_test, !(*is_test || says_deprecated(survey, name)), *read, std::cmp::Reverse(*index))
    };
    group.iter().copied().max_by_key(rank).expect("a group has a member")
}

fn says_deprecated(survey: &Survey, name: &Name) -> bool {
    let find = || {
        let text = survey.world.text(name.file).unwrap_or_default();
        let may = ["eprecated", "EPRECATED", "warn"].iter().any(|word| text.contains(word));
        may && is_deprecated(survey.world, &Origin::Defined(name.definition().clone()))
    };
    survey.answers.deprecated.answer(name.definition().clone(), find)
}

fn like(survey: &Survey, pieces: &[Piece], (other, head): (usize, usize)) -> Like {
    let (own, head) = (&pieces[other], &pieces[head]);
    let pair = (own.definition.clone(), head.definition.clone());
    let [origin, canonical] = [&pair.0, &pair.1].map(|definition| Origin::Defined(definition.clone()));
    let kept = survey.answers.kept.answer(pair, || kept(survey.world, (own.name.file, &origin), &canonical));
    Like { definition: own.definition.clone(), likeness: own.print.of.likeness(&head.print.of), kept }
}
