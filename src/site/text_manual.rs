//! Aliases inside of literals that are no path: prose, programs, patterns, the fixed text of f-strings. Nobody can say what
//! becomes of such a text, so it is listed and never edited.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use memchr::memmem::{self, Finder};
use rustc_hash::FxHashMap;

use super::find::Visit;
use super::{Act, Families, Kind, TextSite};
use crate::python::syntax::{StringId, StringKind, StringLiteral};
use crate::python::{DottedName, Identifier, Symbol};
use crate::text::{Cover, Search};

/// The modules that a text can name.
#[derive(Debug)]
pub(super) struct AllTold {
    modules: Vec<Told>,
    /// For their last parts.
    lasts: Search,
    /// The modules by these.
    by_last: Vec<Vec<usize>>,
}

/// A module that a text can name, with the search for it, and the aliases in it with their rules.
#[derive(Debug)]
struct Told {
    module: DottedName,
    path: Finder<'static>,
    aliases: Vec<(Symbol, usize)>,
    /// The places of these by the last parts of their names.
    by_name: FxHashMap<&'static str, Vec<usize>>,
}

impl Families<'_> {
    /// The modules of all aliases, and the packages of those that are modules as a whole.
    fn told(&self) -> &AllTold {
        self.told.get_or_init(|| {
            let modules = self.declared_modules().into_iter().filter_map(|(module, rule)| {
                Some((Symbol::new(module.parent()?, DottedName::new(module.last().as_str())), rule))
            });
            let all: Vec<_> = self.existing_symbols().iter().cloned().chain(modules).collect();
            let by_module = all.chunk_by(|(one, _), (other, _)| one.module == other.module);
            let modules: Vec<Told> = by_module.map(|aliases| Told::new(aliases.to_vec())).collect();
            let mut by_last: BTreeMap<Identifier, Vec<usize>> = BTreeMap::new();
            for (index, told) in modules.iter().enumerate() {
                by_last.entry(told.module.last()).or_default().push(index);
            }
            let lasts = Search::new(by_last.keys().map(Identifier::as_str));
            AllTold { modules, lasts, by_last: by_last.into_values().collect() }
        })
    }
}

/// The literals of the file that mention an alias with its module.
pub(super) fn find(visit: &Visit) -> Vec<TextSite> {
    let AllTold { modules, lasts, by_last } = visit.families.told();
    let words = lasts.words(visit.text.as_bytes(), |_| false);
    let (mut spelled, places): (BTreeSet<usize>, Vec<usize>) = words.map(|(last, place)| (last, place.start)).unzip();
    // A value that cannot be read off the source can be spelled by nothing in it.
    let mut is_told = |string: &StringLiteral| match &string.value {
        Some(value) => {
            let lasts: Vec<usize> = lasts.words(value.as_bytes(), |_| false).map(|(last, _)| last).collect();
            spelled.extend(&lasts);
            !lasts.is_empty()
        }
        None => {
            let next = places.partition_point(|place| *place < string.span.start());
            places.get(next).is_some_and(|place| *place < string.span.end())
        }
    };
    let strings = visit.facts.syntax.strings.iter().enumerate();
    let texts = strings.filter(|(_, string)| matches!(string.kind, StringKind::Plain | StringKind::Template));
    let texts: Vec<_> = texts.filter(|(_, string)| is_told(string)).collect();
    if texts.is_empty() {
        return Vec::new();
    }
    let told: BTreeSet<usize> = spelled.into_iter().flat_map(|last| by_last[last].iter().copied()).collect();
    let told = told.into_iter().map(|index| &modules[index]);
    let told: Vec<&Told> = told.filter(|told| told.can_be_in(visit.text)).collect();
    let own = visit.world.module_name(visit.file);
    let warnings = warnings(visit);
    let sites = texts.into_iter().filter_map(|(index, string)| {
        let value = unescaped(string.value(visit.text));
        let is_warning = || warnings.contains(string.span);
        let mut found = told.iter().flat_map(|told| told.mentioned(&value, string.kind));
        let (alias, rule) = found.find(|(alias, _)| alias.module != own || !is_warning())?;
        let is_path = || DottedName::parse(&string.value(visit.text).replacen(':', ".", 1)).is_some();
        (string.kind != StringKind::Plain || !is_path()).then(|| TextSite {
            string: Some(StringId(index as u32)),
            span: string.span,
            kind: Kind::TextManual,
            act: Act::Manual,
            owner: None,
            relative: None,
            path: alias.path(),
            parts: 0,
            target: Err(*rule),
        })
    });
    sites.collect()
}

/// The text of a pattern, in which dots are escaped.
fn unescaped(value: &str) -> Cow<'_, str> {
    if value.contains('\\') { value.replace("\\.", ".").into() } else { value.into() }
}

/// The calls of `warn`: what a shim says in one of its own name is no mention.
fn warnings(visit: &Visit) -> Cover {
    let syntax = &visit.facts.syntax;
    let calls = syntax
        .calls
        .iter()
        .filter(|call| call.callee.is_some_and(|callee| syntax.chains[callee.index()].last().as_str() == "warn"));
    calls.map(|call| call.span).collect()
}

impl Told {
    /// The aliases of one module.
    fn new(aliases: Vec<(Symbol, usize)>) -> Self {
        let module = aliases[0].0.module.clone();
        let mut by_name: FxHashMap<_, Vec<_>> = FxHashMap::default();
        for (place, (alias, _)) in aliases.iter().enumerate() {
            by_name.entry(alias.name.last().as_str()).or_default().push(place);
        }
        Self { path: Finder::new(module.as_str()).into_owned(), module, aliases, by_name }
    }

    /// Whether a file can hold the path of the module, also with its dots escaped.
    fn can_be_in(&self, text: &str) -> bool {
        let has = |part: &str| memmem::find(text.as_bytes(), part.as_bytes()).is_some();
        self.module.parts().rev().all(has)
    }

    /// The aliases that a text names behind the module as a whole; in an f-string the alias can be a field.
    fn mentioned<'t>(&'t self, value: &'t str, kind: StringKind) -> impl Iterator<Item = &'t (Symbol, usize)> {
        let places = self.path.find_iter(value.as_bytes()).filter_map(|at| {
            let behind = &value[at + self.module.as_str().len()..];
            let starts = value[..at].chars().next_back().is_none_or(|c| !is_part(c) && c != '.');
            let ends = behind.chars().next().is_none_or(|c| !is_part(c));
            (starts && ends).then_some(behind)
        });
        let mut places = places.peekable();
        // What stands behind a later one stands behind the first.
        let words = places.peek().into_iter().flat_map(|behind| behind.split(|c| !is_part(c)));
        let named: BTreeSet<usize> = words.filter_map(|word| self.by_name.get(word)).flatten().copied().collect();
        let is_any = places.any(|behind| kind == StringKind::Template && behind.starts_with(['.', ':']));
        let (any, named) = if is_any { (&self.aliases[..], BTreeSet::new()) } else { (&[][..], named) };
        any.iter().chain(named.into_iter().map(|place| &self.aliases[place]))
    }
}

fn is_part(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}
