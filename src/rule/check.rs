//! One rule by itself: from its table as written to a [`Draft`] whose parts hold, or to what is wrong with them.

use std::collections::BTreeMap;

use super::globs::{Globs, find_bad_glob};
use super::problem::{Fault, Place, Problem, find_hidden, quoted};
use super::spelled::{Spelled, find_bad_identifier, read_spelled};
use super::table::Reader;
use super::written::{ExceptTable, Key, Members, RuleTable, Written};
use super::{Alias, Canonical, Exception, Rule};
use crate::python::{Identifier, Symbol};
use crate::text::Span;

/// A rule of which every part that is there holds by itself.
pub(super) struct Draft {
    /// Index of the file.
    pub(super) file: usize,
    /// The header of the rule.
    pub(super) span: Span,
    pub(super) id: Option<Written<String>>,
    pub(super) canonical: Option<Written<Canonical>>,
    pub(super) aliases: Vec<Written<Alias>>,
    pub(super) merge: Vec<Written<Symbol>>,
    rest: Rest,
}

/// The parts that mean nothing to other rules.
#[derive(Default)]
struct Rest {
    why: String,
    partial: bool,
    local_names: super::LocalNames,
    shims: super::Shims,
    modules: super::Modules,
    exceptions: Vec<Exception>,
    external: bool,
    members: BTreeMap<Identifier, Identifier>,
    drop_tests: Globs,
}

impl Draft {
    pub(super) fn new(table: Written<RuleTable>, reader: &mut Reader<'_>) -> Self {
        let Written { span, value: table } = table;
        report_gaps(&table, span, reader);
        let canonical = table.canonical.0.and_then(|written| canonical(written, reader));
        let kept = canonical.as_ref().map(|written| &written.value);
        let aliases = each(table.aliases, |written| alias(written, kept, reader));
        let merge = each(table.merge, |written| merged(written, kept, reader));
        Self {
            file: reader.file,
            span,
            id: table.id.0.and_then(|written| id(written, reader)),
            canonical,
            aliases,
            merge,
            rest: Rest {
                why: line("why", table.why, reader),
                partial: table.partial.or_default(),
                local_names: table.local_names.or_default(),
                shims: table.shims.or_default(),
                modules: table.modules.or_default(),
                exceptions: each(table.except, |written| Some(exception(written, reader))),
                external: table.external.or_default(),
                members: members(table.members, reader),
                drop_tests: globs("drop-tests", table.drop_tests, reader),
            },
        }
    }

    pub(super) fn place(&self, span: Span) -> Place {
        Place { file: self.file, span }
    }

    /// The checked rule, if it has all that a rule needs. `name` and `line` say where it is declared.
    pub(super) fn finish(self, name: &str, line: u32) -> Option<Rule> {
        let rest = self.rest;
        Some(Rule {
            id: self.id?.value,
            why: rest.why,
            canonical: self.canonical?.value,
            aliases: self.aliases.into_iter().map(|written| written.value).collect(),
            merge: self.merge.into_iter().map(|written| written.value).collect(),
            partial: rest.partial,
            local_names: rest.local_names,
            shims: rest.shims,
            modules: rest.modules,
            exceptions: rest.exceptions,
            external: rest.external,
            members: rest.members,
            drop_tests: rest.drop_tests,
            declared: (name.to_owned(), line),
        })
    }
}

/// Keys that are missing, and keys that mean nothing without another.
fn report_gaps(table: &RuleTable, span: Span, reader: &mut Reader<'_>) {
    let place = reader.place(span);
    if table.id.0.is_none() {
        let help = "add a name in kebab case, such as `id = \"user-service\"`";
        reader.report(Problem::absence(place, "the rule has no `id`", help));
    }
    if table.canonical.0.is_none() {
        let help = "name what is kept, as `canonical = \"pkg.mod:Name\"` or `canonical = \"pkg.mod\"`";
        reader.report(Problem::absence(place, "the rule has no `canonical`", help));
    }
    let is_empty = |list: &Key<Vec<Written<String>>>| list.0.as_ref().is_none_or(|written| written.value.is_empty());
    if is_empty(&table.aliases) && is_empty(&table.merge) {
        let help = "name what shall go, as `aliases = [\"pkg.old:Name\"]`; other objects go under `merge`";
        reader.report(Problem::absence(place, "the rule has no `aliases` and no `merge`", help));
    }
    if !is_empty(&table.merge) {
        return;
    }
    let help = "name the other objects under `merge`, or take this out";
    if let Some(members) = &table.members.0 {
        let message = "`members` means nothing without `merge`: an alias has the canonical's attributes";
        reader.report(Problem::absence(reader.place(members.span), message, help));
    }
    if let Some(partial) = table.partial.0.as_ref().filter(|partial| partial.value) {
        let message = "`partial` means nothing without `merge`";
        reader.report(Problem::absence(reader.place(partial.span), message, help));
    }
}

/// The items of a list that hold.
fn each<T, U>(list: Key<Vec<Written<T>>>, read: impl FnMut(Written<T>) -> Option<U>) -> Vec<U> {
    list.or_default().into_iter().filter_map(read).collect()
}

fn id(written: Written<String>, reader: &mut Reader<'_>) -> Option<Written<String>> {
    match find_bad_id(&written.value) {
        None => Some(written),
        Some(fault) => {
            reader.report_fault(&format!("the id {}", quoted(&written.value)), &written, fault);
            None
        }
    }
}

fn find_bad_id(text: &str) -> Option<Fault> {
    let is_kebab =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let starts = text.starts_with(|first: char| first.is_ascii_lowercase());
    if starts && text.split('-').all(is_kebab) {
        return None;
    }
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let meant = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
    let help = match meant.starts_with(|first: char| first.is_ascii_lowercase()) {
        true => format!("write `{meant}`"),
        false => "write small letters, digits and `-`, and begin with a letter: `user-service`".to_owned(),
    };
    Some(Fault::new(0..text.len(), "is not in kebab case", help))
}

fn canonical(written: Written<String>, reader: &mut Reader<'_>) -> Option<Written<Canonical>> {
    let value = match spelled("canonical", &written, reader)? {
        Spelled::Symbol(symbol) => Canonical::Symbol(symbol),
        Spelled::Module(module) => Canonical::Module(module),
        Spelled::Star(module) => {
            let help = format!("name the one symbol that is kept, as `{module}:Name`, or the module, as `{module}`");
            let message = format!("the canonical `{module}:*` is many symbols");
            reader.report(Problem::new(reader.place(written.span), message, help));
            return None;
        }
    };
    Some(Written { span: written.span, value })
}

fn alias(written: Written<String>, canonical: Option<&Canonical>, reader: &mut Reader<'_>) -> Option<Written<Alias>> {
    let value = match spelled("alias", &written, reader)? {
        Spelled::Symbol(symbol) => Alias::Symbol(symbol),
        Spelled::Module(module) => Alias::Module(module),
        Spelled::Star(module) => Alias::Star(module),
    };
    if let Some((message, help)) = canonical.and_then(|canonical| mismatch(&value, canonical)) {
        reader.report(Problem::new(reader.place(written.span), message, help));
        return None;
    }
    Some(Written { span: written.span, value })
}

/// A module among the aliases of a symbol, or a symbol among those of a module.
fn mismatch(alias: &Alias, canonical: &Canonical) -> Option<(String, String)> {
    match (alias, canonical) {
        (Alias::Module(module), Canonical::Symbol(symbol)) => {
            let whole = format!("`{module}:*` for all its names that are `{}`", symbol.name);
            let help = match module.parent() {
                Some(parent) => {
                    format!("write `{parent}:{}` if it is a symbol, {whole} if it is a module", module.last())
                }
                None => format!("write {whole}"),
            };
            Some((format!("the alias `{module}` is a module, and the canonical `{symbol}` is a symbol"), help))
        }
        (Alias::Symbol(_) | Alias::Star(_), Canonical::Module(kept)) => {
            let help = format!("write the module alone, or name a symbol as canonical: `{kept}:Name`");
            Some((format!("the alias `{alias}` is a symbol, and the canonical `{kept}` is a module"), help))
        }
        (Alias::Symbol(_) | Alias::Star(_), Canonical::Symbol(_)) | (Alias::Module(_), Canonical::Module(_)) => None,
    }
}

fn merged(written: Written<String>, canonical: Option<&Canonical>, reader: &mut Reader<'_>) -> Option<Written<Symbol>> {
    let place = reader.place(written.span);
    let (message, help) = match (spelled("merge", &written, reader)?, canonical) {
        (Spelled::Symbol(symbol), Some(Canonical::Symbol(_)) | None) => {
            return Some(Written { span: written.span, value: symbol });
        }
        (Spelled::Symbol(symbol), Some(Canonical::Module(kept))) => (
            format!("`{symbol}` can't be merged into `{kept}`, which is a module"),
            format!("name the symbol that it becomes as the canonical of a rule of its own: `{kept}:{}`", symbol.name),
        ),
        (Spelled::Module(module), _) => (
            format!("`merge` takes symbols, and `{module}` is a module"),
            match module.parent() {
                Some(parent) => format!("write `{parent}:{}`, with a colon before the name", module.last()),
                None => format!("name its symbols one by one, as `{module}:Name`"),
            },
        ),
        (Spelled::Star(module), _) => (
            "`merge` takes symbols one by one, and no `*`".to_owned(),
            format!("name each object that shall become another, as `{module}:Name`"),
        ),
    };
    reader.report(Problem::new(place, message, help));
    None
}

fn spelled(what: &str, written: &Written<String>, reader: &mut Reader<'_>) -> Option<Spelled> {
    match read_spelled(&written.value) {
        Ok(spelled) => Some(spelled),
        Err(fault) => {
            reader.report_fault(&format!("the {what} {}", quoted(&written.value)), written, fault);
            None
        }
    }
}

/// One visible line; may be empty.
fn line(key: &str, text: Key<String>, reader: &mut Reader<'_>) -> String {
    let Some(written) = text.0 else {
        return String::new();
    };
    if let Some(fault) = find_hidden(&written.value) {
        reader.report_fault(&format!("`{key}`"), &written, fault);
    }
    written.value
}

fn exception(written: Written<ExceptTable>, reader: &mut Reader<'_>) -> Exception {
    let Written { span, value: table } = written;
    let place = reader.place(span);
    if table.paths.0.as_ref().is_none_or(|paths| paths.value.is_empty()) {
        let help = "name the files that stay, as `paths = [\"**/migrations/**\"]`";
        reader.report(Problem::absence(place, "the exception has no `paths`", help));
    }
    if table.why.0.as_ref().is_none_or(|why| why.value.trim().is_empty()) {
        let help = "say in one line why these files stay, as `why = \"frozen\"`: reports repeat it";
        reader.report(Problem::absence(place, "the exception has no `why`", help));
    }
    Exception { paths: globs("paths", table.paths, reader), why: line("why", table.why, reader) }
}

fn globs(key: &str, list: Key<Vec<Written<String>>>, reader: &mut Reader<'_>) -> Globs {
    Globs::new(each(list, |written| match find_bad_glob(&written.value) {
        None => Some(written.value),
        Some(fault) => {
            reader.report_fault(&format!("{} in `{key}`", quoted(&written.value)), &written, fault);
            None
        }
    }))
}

fn members(members: Key<Members>, reader: &mut Reader<'_>) -> BTreeMap<Identifier, Identifier> {
    let mut read = |written: Written<String>| match find_bad_identifier(&written.value) {
        None => Some(Identifier::new(&written.value)),
        Some(fault) => {
            reader.report_fault(&format!("the member {}", quoted(&written.value)), &written, fault);
            None
        }
    };
    let pairs = members.or_default().0.into_iter().map(|(old, new)| (read(old), read(new)));
    pairs.filter_map(|(old, new)| old.zip(new)).collect()
}
