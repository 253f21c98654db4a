//! Which key goes where: the tables of a rule file, key by key.

use toml::de::{DeTable, DeValue};

use super::reader::Reader;
use super::shape::{Given, Shape};
use super::table::{Kind, Table, report_type, span};
use super::written::{Calls, ExampleTable, ExceptTable, Files, Members, RuleFile, RuleTable, Written};

const FILE: Kind = Kind {
    what: "a rule file",
    keys: &["rule"],
    later: &[],
    help: "everything stands in a table `[[rule]]`: write the key below one",
};

const RULE: Kind = Kind {
    what: "a rule",
    keys: &[
        "id",
        "why",
        "canonical",
        "move",
        "runtime-path-changes",
        "aliases",
        "merge",
        "partial",
        "local-names",
        "shims",
        "deadline",
        "modules",
        "strings",
        "docs",
        "except",
        "external",
        "members",
        "calls",
        "drop-tests",
        "example",
    ],
    later: &[],
    help: "its keys are `id`, `why`, `canonical`, `move`, `runtime-path-changes`, `aliases`, `merge`, `partial`, \
           `local-names`, `shims`, `deadline`, `modules`, `strings`, `docs`, `except`, `external`, `members`, `calls`, \
           `drop-tests` and `example`",
};

const EXCEPTION: Kind =
    Kind { what: "an exception", keys: &["paths", "why"], later: &[], help: "its keys are `paths` and `why`" };

const EXAMPLE: Kind = Kind {
    what: "an example",
    keys: &["why", "before", "after", "refusals"],
    later: &[],
    help: "its keys are `why`, `before`, `after` and `refusals`",
};

impl RuleFile {
    /// Reads the whole document.
    pub(super) fn read(document: DeTable<'_>, reader: &mut Reader<'_>) -> Self {
        let mut table = Table::new(&FILE, document, reader);
        Self { rule: table.list("rule", reader) }
    }
}

impl Shape for RuleTable {
    fn one() -> String {
        "a table".to_owned()
    }

    fn many() -> String {
        "a list of tables".to_owned()
    }

    fn sample(key: &str) -> String {
        format!("[[{key}]]")
    }

    fn list_sample(key: &str) -> String {
        Self::sample(key)
    }

    fn fits(value: &DeValue<'_>) -> bool {
        matches!(value, DeValue::Table(_))
    }

    fn read(given: Given<'_, '_>, reader: &mut Reader<'_>) -> Option<Self> {
        let DeValue::Table(table) = given.value else { return None };
        let mut table = Table::new(&RULE, table, reader);
        Some(Self {
            id: table.key("id", reader),
            why: table.key("why", reader),
            canonical: table.key("canonical", reader),
            moves: table.key("move", reader),
            runtime_path_changes: table.key("runtime-path-changes", reader),
            aliases: table.list("aliases", reader),
            merge: table.list("merge", reader),
            partial: table.key("partial", reader),
            local_names: table.key("local-names", reader),
            shims: table.key("shims", reader),
            deadline: table.key("deadline", reader),
            modules: table.key("modules", reader),
            strings: table.key("strings", reader),
            docs: table.key("docs", reader),
            except: table.list("except", reader),
            external: table.key("external", reader),
            members: table.key("members", reader),
            calls: table.key("calls", reader),
            drop_tests: table.list("drop-tests", reader),
            example: table.list("example", reader),
        })
    }
}

impl Shape for ExceptTable {
    fn one() -> String {
        "a table".to_owned()
    }

    fn many() -> String {
        "a list of tables".to_owned()
    }

    fn sample(key: &str) -> String {
        format!("{key} = {{ paths = [\"…\"], why = \"…\" }}")
    }

    fn list_sample(key: &str) -> String {
        format!("{key} = [{{ paths = [\"…\"], why = \"…\" }}]")
    }

    fn fits(value: &DeValue<'_>) -> bool {
        matches!(value, DeValue::Table(_))
    }

    fn read(given: Given<'_, '_>, reader: &mut Reader<'_>) -> Option<Self> {
        let DeValue::Table(table) = given.value else { return None };
        let mut table = Table::new(&EXCEPTION, table, reader);
        Some(Self { paths: table.list("paths", reader), why: table.key("why", reader) })
    }
}

impl Shape for Members {
    fn one() -> String {
        "a table".to_owned()
    }

    fn many() -> String {
        "a list of tables".to_owned()
    }

    fn sample(key: &str) -> String {
        format!("{key} = {{ old = \"new\" }}")
    }

    fn list_sample(key: &str) -> String {
        format!("{key} = [{{ old = \"new\" }}]")
    }

    fn fits(value: &DeValue<'_>) -> bool {
        matches!(value, DeValue::Table(_))
    }

    fn read(given: Given<'_, '_>, reader: &mut Reader<'_>) -> Option<Self> {
        let DeValue::Table(table) = given.value else { return None };
        Some(Self(texts(table, reader, |given| String::sample(given.key))))
    }
}

impl Shape for Calls {
    fn one() -> String {
        "a table".to_owned()
    }

    fn many() -> String {
        "a list of tables".to_owned()
    }

    fn sample(key: &str) -> String {
        format!("{key} = {{ \"Old.create(ctx)\" = \"make(ctx)\" }}")
    }

    fn list_sample(key: &str) -> String {
        Self::sample(key)
    }

    fn fits(value: &DeValue<'_>) -> bool {
        matches!(value, DeValue::Table(_))
    }

    fn read(given: Given<'_, '_>, reader: &mut Reader<'_>) -> Option<Self> {
        let DeValue::Table(table) = given.value else { return None };
        // Without quotes the dots of a call make tables.
        Some(Self(texts(table, reader, |_| "\"Old.create(ctx)\" = \"make(ctx)\"".to_owned())))
    }
}

impl Shape for ExampleTable {
    fn one() -> String {
        "a table".to_owned()
    }

    fn many() -> String {
        "a list of tables".to_owned()
    }

    fn sample(key: &str) -> String {
        format!("[[rule.{key}]]")
    }

    fn list_sample(key: &str) -> String {
        Self::sample(key)
    }

    fn fits(value: &DeValue<'_>) -> bool {
        matches!(value, DeValue::Table(_))
    }

    fn read(given: Given<'_, '_>, reader: &mut Reader<'_>) -> Option<Self> {
        let DeValue::Table(table) = given.value else { return None };
        let mut table = Table::new(&EXAMPLE, table, reader);
        Some(Self {
            why: table.key("why", reader),
            before: table.key("before", reader),
            after: table.key("after", reader),
            refusals: table.list("refusals", reader),
        })
    }
}

impl Shape for Files {
    fn one() -> String {
        "a table".to_owned()
    }

    fn many() -> String {
        "a list of tables".to_owned()
    }

    fn sample(key: &str) -> String {
        format!("{key} = {{ \"pkg/mod.py\" = \"…\" }}")
    }

    fn list_sample(key: &str) -> String {
        Self::sample(key)
    }

    fn fits(value: &DeValue<'_>) -> bool {
        matches!(value, DeValue::Table(_))
    }

    fn read(given: Given<'_, '_>, reader: &mut Reader<'_>) -> Option<Self> {
        let DeValue::Table(table) = given.value else { return None };
        // Without quotes the dots of a path make tables.
        Some(Self(texts(table, reader, |given| match given.value {
            DeValue::Table(_) => "\"pkg/mod.py\" = \"…\"".to_owned(),
            _ => format!("\"{}\" = \"…\"", given.key),
        })))
    }
}

/// The entries of a table of strings; those of another type are reported with a sample of what would be right.
fn texts(
    table: DeTable<'_>,
    reader: &mut Reader<'_>,
    sample: impl Fn(&Given<'_, '_>) -> String,
) -> Vec<(Written<String>, Written<String>)> {
    let mut texts = Vec::with_capacity(table.len());
    for (key, value) in table {
        let value = Given { key: key.get_ref(), span: span(value.span()), value: value.into_inner() };
        let Some(text) = value.value.as_str() else {
            report_type(&value, String::one(), sample(&value), reader);
            continue;
        };
        let text = Written { span: value.span, value: text.to_owned() };
        texts.push((Written { span: span(key.span()), value: key.get_ref().to_string() }, text));
    }
    texts
}
