//! Aliases inside of literals that are no path: prose, programs, patterns, the fixed text of f-strings. Nobody can say what
//! becomes of such a text, so it is listed and never edited.

use memchr::memmem;
use rustc_hash::FxHashMap;

use super::find::Visit;
use super::{Act, Kind, TextSite};
use crate::python::syntax::{StringId, StringKind};
use crate::python::{DottedName, Symbol};
use crate::text::Span;

/// The literals of the file that mention an alias with its module.
pub(super) fn find(visit: &Visit) -> Vec<TextSite> {
    let modules = module_aliases(visit);
    let mut known: FxHashMap<&DottedName, bool> = FxHashMap::default();
    let mut spelled: Vec<&(Symbol, usize)> = Vec::new();
    for declared in visit.families.existing_symbols().iter().chain(&modules) {
        let module = &declared.0.module;
        if *known.entry(module).or_insert_with(|| spells(visit.text, module)) {
            spelled.push(declared);
        }
    }
    if spelled.is_empty() {
        return Vec::new();
    }
    let strings = visit.facts.syntax.strings.iter().enumerate();
    let texts = strings.filter(|(_, string)| matches!(string.kind, StringKind::Plain | StringKind::Template));
    let warnings = warnings(visit);
    let sites = texts.filter_map(|(index, string)| {
        let is_warning = |alias: &Symbol| {
            alias.module == visit.world.module_name(visit.file)
                && warnings.iter().any(|call| call.contains(string.span))
        };
        let value = string.value(visit.text);
        if DottedName::parse(&value.replacen(':', ".", 1)).is_some() && string.kind == StringKind::Plain {
            return None;
        }
        let value = value.replace("\\.", ".");
        let found = spelled.iter().find(|(alias, _)| mentions(&value, alias, string.kind) && !is_warning(alias));
        found.map(|(alias, rule)| TextSite {
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

/// The calls of `warn`: what a shim says in one of its own name is no mention.
fn warnings(visit: &Visit) -> Vec<Span> {
    let syntax = &visit.facts.syntax;
    let calls = syntax
        .calls
        .iter()
        .filter(|call| call.callee.is_some_and(|callee| syntax.chains[callee.index()].last().as_str() == "warn"));
    calls.map(|call| call.span).collect()
}

/// The modules that are aliases as a whole, as symbols of their packages.
fn module_aliases(visit: &Visit) -> Vec<(Symbol, usize)> {
    let modules = visit.families.declared_modules().into_iter().filter_map(|(module, rule)| {
        Some((Symbol::new(module.parent()?, DottedName::new(module.last().as_str())), rule))
    });
    modules.collect()
}

/// Whether the file can hold the path of a module, also with its dots escaped.
fn spells(text: &str, module: &DottedName) -> bool {
    let mut last_first = module.parts().rev();
    last_first.all(|part| memmem::find(text.as_bytes(), part.as_bytes()).is_some())
}

/// Whether a text names the module as a whole and the alias behind it; in an f-string the alias can be a field.
fn mentions(value: &str, alias: &Symbol, kind: StringKind) -> bool {
    let module = alias.module.as_str();
    let mut rest = value;
    let mut before = None;
    while let Some(at) = rest.find(module) {
        let last = rest[..at].chars().next_back().or(before);
        let behind = &rest[at + module.len()..];
        let starts = last.is_none_or(|c| !is_part(c) && c != '.');
        let ends = behind.chars().next().is_none_or(|c| !is_part(c));
        let is_prefix = kind == StringKind::Template && behind.starts_with(['.', ':']);
        if starts && ends && (is_prefix || has_word(behind, alias.name.last().as_str())) {
            return true;
        }
        before = module.chars().next_back();
        rest = behind;
    }
    false
}

fn has_word(text: &str, word: &str) -> bool {
    text.split(|c| !is_part(c)).any(|part| part == word)
}

fn is_part(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}
