//! From the names of a tree to its families.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::alias;
use super::canonical::{Reason, choose};
use super::family::{Alias, Family, Other, Spot, What};
use super::likes::{Like, Likes};
use super::look::{Name, Standing};
use super::survey::Survey;
use crate::python::Symbol;
use crate::semantics::{Definition, Origin, World};
use crate::timing::piece;

/// Definitions that are less alike share nothing but a name: to list their members one by one tells nothing.
const COMPARED: f64 = 0.5;

/// What is asked for.
#[derive(Debug, Default)]
pub struct Wish {
    /// The name to keep of its object.
    pub canonical: Option<Symbol>,
    /// Families of nothing but definitions that must stay, and names that only their own file reads, are wanted too.
    pub all: bool,
}

/// The families of a tree, the most costly first.
pub(super) fn families(survey: &Survey, wish: &Wish) -> Vec<Family> {
    let likes = Likes::new(survey);
    let definitions: Vec<&Definition> = likes.heads(survey);
    let gather = Gather { survey, likes: &likes, wish };
    let found =
        definitions.into_par_iter().with_max_len(8).filter_map(|definition| piece(|| gather.family(definition)));
    let mut found: Vec<Family> = found.collect();
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.canonical.cmp(&b.canonical)));
    found
}

struct Gather<'a> {
    survey: &'a Survey<'a>,
    likes: &'a Likes,
    wish: &'a Wish,
}

impl Gather<'_> {
    /// The family of an object, if it has any other name, or anything is like it.
    fn family(&self, definition: &Definition) -> Option<Family> {
        let survey = self.survey;
        let names: Vec<&Name> = self.names_of(definition);
        let first = names.first()?;
        let is_alone = names.len() == 1 && self.likes.is_alone(definition);
        let last = first.route.last().filter(|_| !is_alone)?;
        let place = Spot { file: last.file, span: last.span };
        let (canonical, reasons) = self.canonical(definition, &names);
        let own_route = self.own_route(&canonical, &names);
        let shown = names.iter().filter(|name| !own_route.contains(name.symbol()));
        let mut aliases: Vec<Alias> = shown.map(|name| alias::same(survey, name)).collect();
        for (detour, kind) in self.likes.folded(definition) {
            let names = self.names_of(detour);
            aliases.extend(names.into_iter().map(|name| alias::other(survey, name, (detour, kind))));
        }
        aliases.sort_by(|a, b| a.symbol.cmp(&b.symbol));
        let definitions = self.others(definition);
        let only_kept = definitions.iter().all(|other| other.kept.is_some());
        if aliases.is_empty() && only_kept && !self.wish.all {
            return None;
        }
        let (importers, uses) = read_by(survey, &canonical);
        let what = what(survey, &names, definition);
        let mut family = Family {
            canonical,
            reasons,
            origin: definition.clone(),
            what,
            place,
            importers,
            uses,
            aliases,
            definitions,
            score: 0.0,
        };
        family.score = score(survey, &family);
        Some(family)
    }

    /// The names of an object that are more than an import for its own file alone; the definition's own first.
    fn names_of(&self, definition: &Definition) -> Vec<&Name> {
        let names = self.survey.names_of(definition);
        let mut names: Vec<&Name> = names.filter(|name| self.wish.all || self.survey.is_seen(name)).collect();
        names.sort_by_key(|name| (*name.symbol() != definition.symbol, name.symbol()));
        names.dedup_by(|one, other| one.symbol() == other.symbol());
        names
    }

    fn canonical(&self, definition: &Definition, names: &[&Name]) -> (Symbol, Vec<Reason>) {
        match &self.wish.canonical {
            Some(asked) if names.iter().any(|name| name.symbol() == asked) => (asked.clone(), vec![Reason::Asked]),
            _ => choose(self.survey, definition, names),
        }
    }

    /// The symbols that the canonical one is made of.
    fn own_route(&self, canonical: &Symbol, names: &[&Name]) -> FxHashSet<Symbol> {
        let name = names.iter().find(|name| name.symbol() == canonical);
        let hops = name.into_iter().flat_map(|name| name.route.iter().map(|hop| hop.symbol.clone()));
        hops.chain([canonical.clone()]).collect()
    }

    fn others(&self, definition: &Definition) -> Vec<Other> {
        let likes = self.likes.of(definition).iter();
        let mut others: Vec<Other> = likes.filter_map(|like| self.other(definition, like)).collect();
        others.sort_by(|a, b| {
            let first = |other: &Other| (other.kept.is_some(), std::cmp::Reverse(other.importers));
            first(a).cmp(&first(b)).then_with(|| a.symbol.cmp(&b.symbol))
        });
        others
    }

    fn other(&self, definition: &Definition, like: &Like) -> Option<Other> {
        let survey = self.survey;
        let name = survey.own_name(&like.definition)?;
        let importers = survey.names_of(&like.definition).map(|name| survey.importers(name.symbol())).sum();
        let differs = || {
            let pair = (like.definition.clone(), definition.clone());
            let [own, head] = [&pair.0, &pair.1].map(|definition| Origin::Defined(definition.clone()));
            survey.answers.differences.answer(pair, || survey.world.differences(&own, &head))
        };
        Some(Other {
            symbol: name.symbol().clone(),
            definition: like.definition.clone(),
            place: Spot { file: name.file, span: name.span },
            likeness: like.likeness,
            differs: if like.kept.is_none() && like.likeness >= COMPARED { differs() } else { None },
            importers,
            kept: like.kept,
        })
    }
}

fn what(survey: &Survey, names: &[&Name], definition: &Definition) -> What {
    let own = names.iter().find(|name| *name.symbol() == definition.symbol).map(|name| name.standing);
    match own {
        Some(Standing::Class) => What::Class,
        Some(Standing::Function) => What::Function,
        Some(Standing::Value) => What::Value,
        Some(Standing::Shim | Standing::Import) | None => {
            survey.answers.kinds.answer(definition.clone(), || found_what(survey.world, definition))
        }
    }
}

fn found_what(world: &World, definition: &Definition) -> What {
    let origin = Origin::Defined(definition.clone());
    match world.class(&origin) {
        Some(_) => What::Class,
        None if world.is_function(&origin) => What::Function,
        None => What::Value,
    }
}

fn read_by(survey: &Survey, symbol: &Symbol) -> (usize, u32) {
    survey.readers.get(symbol).map_or((0, 0), |readers| (readers.files.len(), readers.uses))
}

/// Names × importers × paths; who reads the canonical name costs nothing.
fn score(survey: &Survey, family: &Family) -> f64 {
    let decided = family.definitions.iter().filter(|other| other.kept.is_none()).map(|other| &other.symbol);
    let others: FxHashSet<&Symbol> = family.aliases.iter().map(|alias| &alias.symbol).chain(decided).collect();
    let paths: FxHashSet<_> = others.iter().map(|symbol| &symbol.module).chain([&family.canonical.module]).collect();
    let readers = others.iter().filter_map(|symbol| survey.readers.get(*symbol)).flat_map(|readers| &readers.files);
    let quarters: FxHashMap<_, u32> = readers.map(|file| (file, survey.quarters(*file))).collect();
    let read = f64::from(1 + quarters.into_values().sum::<u32>()) / 4.0;
    (others.len() + 1) as f64 * read * paths.len() as f64
}
