//! One rule by itself: from its table as written to a [`Draft`] whose parts hold, or to what is wrong with them.

use std::collections::BTreeMap;

use super::calls::calls;
use super::example::examples;
use super::globs::{Globs, find_bad_glob};
use super::id::find_bad_id;
use super::naming::{read_alias, read_canonical, read_merge, read_move};
use super::problem::{Place, Problem, find_hidden};
use super::reader::Reader;
use super::spelled::find_bad_attribute;
use super::written::{ExceptTable, Key, Members, RuleTable, Written};
use super::{Alias, CallRule, Canonical, Day, Example, Exception, Rule, Shims};
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
    moves: Option<Symbol>,
    runtime_path_changes: bool,
    why: String,
    partial: bool,
    local_names: super::LocalNames,
    shims: super::Shims,
    deadline: Option<Day>,
    modules: super::Modules,
    strings: super::Strings,
    docs: bool,
    exceptions: Vec<Exception>,
    external: bool,
    members: BTreeMap<Identifier, Identifier>,
    calls: Vec<CallRule>,
    drop_tests: Globs,
    examples: Vec<Example>,
}

impl Draft {
    pub(super) fn new(table: Written<RuleTable>, reader: &mut Reader<'_>) -> Self {
        let Written { span, value: table } = table;
        report_gaps(&table, span, reader);
        let canonical = table.canonical.written.and_then(|written| read_canonical(written, reader));
        let kept = canonical.as_ref().map(|written| &written.value);
        let aliases = each(table.aliases, |written| read_alias(written, kept, reader));
        let moves = table.moves.written.and_then(|written| read_move(written, kept, reader));
        let merge = each(table.merge, |written| read_merge(written, kept, reader));
        let calls = calls(table.calls, kept, &merge, reader);
        Self {
            file: reader.file,
            span,
            id: table.id.written.filter(|written| check_id(written, reader)),
            canonical,
            aliases,
            merge,
            rest: Rest {
                moves,
                runtime_path_changes: table.runtime_path_changes.or_default(),
                why: line("why", table.why, reader),
                partial: table.partial.or_default(),
                local_names: table.local_names.or_default(),
                shims: table.shims.or_default(),
                deadline: deadline(table.deadline, reader),
                modules: table.modules.or_default(),
                strings: table.strings.or_default(),
                docs: table.docs.or_default(),
                exceptions: each(table.except, |written| Some(exception(written, reader))),
                external: table.external.or_default(),
                members: members(table.members, reader),
                calls,
                drop_tests: globs(table.drop_tests, reader),
                examples: examples(table.example, reader),
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
            moves: rest.moves,
            runtime_path_changes: rest.runtime_path_changes,
            aliases: self.aliases.into_iter().map(|written| written.value).collect(),
            merge: self.merge.into_iter().map(|written| written.value).collect(),
            partial: rest.partial,
            local_names: rest.local_names,
            shims: rest.shims,
            deadline: rest.deadline,
            modules: rest.modules,
            strings: rest.strings,
            docs: rest.docs,
            exceptions: rest.exceptions,
            external: rest.external,
            members: rest.members,
            calls: rest.calls,
            drop_tests: rest.drop_tests,
            examples: rest.examples,
            declared: (name.to_owned(), line),
        })
    }
}

/// Keys that are missing, and keys that mean nothing without another.
fn report_gaps(table: &RuleTable, span: Span, reader: &mut Reader<'_>) {
    let place = reader.place(span);
    if table.id.is_missing() {
        let help = "add a name in kebab case, such as `id = \"user-service\"`";
        reader.report(Problem::consequence(place, "the rule has no `id`", help));
    }
    if table.canonical.is_missing() {
        let help = "name what is kept, as `canonical = \"pkg.mod:Name\"` or `canonical = \"pkg.mod\"`";
        reader.report(Problem::consequence(place, "the rule has no `canonical`", help));
    }
    report_gaps_of_move(table, reader);
    if table.aliases.is_empty() && table.merge.is_empty() && table.moves.is_missing() {
        let help = "name what shall go, as `aliases = [\"pkg.old:Name\"]`; other objects go under `merge`";
        reader.report(Problem::consequence(place, "the rule has no `aliases` and no `merge`", help));
    }
    let deprecates = table.shims.written.as_ref().is_some_and(|shims| shims.value == Shims::Deprecate);
    if let Some(deadline) = table.deadline.written.as_ref().filter(|_| !deprecates && !table.shims.is_reported) {
        let message = "`deadline` means nothing without `shims = \"deprecate\"`";
        let help = "add `shims = \"deprecate\"`, or take this out";
        reader.report(Problem::consequence(reader.place(deadline.span), message, help));
    }
    if !table.merge.is_empty() {
        return;
    }
    let help = "name the other objects under `merge`, or take this out";
    if let Some(members) = &table.members.written {
        let message = "`members` means nothing without `merge`: an alias has the canonical's attributes";
        reader.report(Problem::consequence(reader.place(members.span), message, help));
    }
    if let Some(calls) = &table.calls.written {
        let message = "`calls` means nothing without `merge`: an alias is called as the canonical is";
        reader.report(Problem::consequence(reader.place(calls.span), message, help));
    }
    if let Some(partial) = table.partial.written.as_ref().filter(|partial| partial.value) {
        let message = "`partial` means nothing without `merge`";
        reader.report(Problem::consequence(reader.place(partial.span), message, help));
    }
}

fn report_gaps_of_move(table: &RuleTable, reader: &mut Reader<'_>) {
    let external = table.external.written.as_ref().is_some_and(|external| external.value);
    if let Some(moves) = table.moves.written.as_ref().filter(|_| external) {
        let help = "take one of the two out: what an installed package holds stays where it is";
        let message = "`move` means nothing with `external`";
        reader.report(Problem::consequence(reader.place(moves.span), message, help));
    }
    if let Some(changes) = table.runtime_path_changes.written.as_ref().filter(|_| table.moves.is_missing()) {
        let help = "name the new place under `move`, or take this out";
        let message = "`runtime-path-changes` means nothing without `move`";
        reader.report(Problem::consequence(reader.place(changes.span), message, help));
    }
}

/// A day of the calendar.
fn deadline(text: Key<String>, reader: &mut Reader<'_>) -> Option<Day> {
    let written = text.written.filter(|written| !written.value.is_empty())?;
    let day = Day::parse(&written.value);
    if day.is_none() {
        let help = "write the last day as year, month and day: `deadline = \"2027-03-01\"`";
        reader.report(Problem::new(reader.place(written.span), "the deadline is no day of the calendar", help));
    }
    day
}

/// The items of a list that hold.
pub(super) fn each<T, U>(list: Key<Vec<Written<T>>>, read: impl FnMut(Written<T>) -> Option<U>) -> Vec<U> {
    list.or_default().into_iter().filter_map(read).collect()
}

fn check_id(written: &Written<String>, reader: &mut Reader<'_>) -> bool {
    let fault = find_bad_id(&written.value);
    let holds = fault.is_none();
    if let Some(fault) = fault {
        reader.report_fault("the id", written, fault);
    }
    holds
}

/// One visible line; may be empty.
pub(super) fn line(key: &str, text: Key<String>, reader: &mut Reader<'_>) -> String {
    let Some(written) = text.written else {
        return String::new();
    };
    if let Some(fault) = find_hidden(&written.value) {
        let place = reader.place(reader.within(&written, fault.range));
        reader.report(Problem::new(place, format!("`{key}` {}", fault.message), fault.help));
    }
    written.value
}

fn exception(written: Written<ExceptTable>, reader: &mut Reader<'_>) -> Exception {
    let Written { span, value: table } = written;
    let place = reader.place(span);
    if table.paths.is_empty() {
        let help = "name the files that stay, as `paths = [\"**/migrations/**\"]`";
        reader.report(Problem::consequence(place, "the exception has no `paths`", help));
    }
    if table.why.is_missing() || table.why.written.as_ref().is_some_and(|why| why.value.trim().is_empty()) {
        let help = "say in one line why these files stay, as `why = \"frozen\"`: reports repeat it";
        reader.report(Problem::consequence(place, "the exception has no `why`", help));
    }
    Exception { paths: globs(table.paths, reader), why: line("why", table.why, reader) }
}

fn globs(list: Key<Vec<Written<String>>>, reader: &mut Reader<'_>) -> Globs {
    Globs::new(each(list, |written| match find_bad_glob(&written.value) {
        None => Some(written.value),
        Some(fault) => {
            reader.report_fault("the glob", &written, fault);
            None
        }
    }))
}

fn members(members: Key<Members>, reader: &mut Reader<'_>) -> BTreeMap<Identifier, Identifier> {
    let mut read = |written: Written<String>| match find_bad_attribute(&written.value) {
        None => Some(Identifier::new(&written.value)),
        Some(fault) => {
            reader.report_fault("the member", &written, fault);
            None
        }
    };
    let pairs = members.or_default().0.into_iter().map(|(old, new)| (read(old), read(new)));
    pairs.filter_map(|(old, new)| old.zip(new)).collect()
}
