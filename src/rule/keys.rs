//! Which key goes where: the tables of a rule file, key by key, and the words of those keys that take one of a few.

use toml::de::{DeTable, DeValue};

use super::nearest::nearest;
use super::problem::{Problem, quoted};
use super::table::{Given, Reader, Shape, Table, list_of, read_list, span, wrong_type};
use super::written::{ExceptTable, Members, RuleFile, RuleTable, Written};
use super::{LocalNames, Modules, Shims};

/// Keys of the contract that this version does not carry out, with what to do instead.
const LATER: [(&str, &str); 7] = [
    ("move", "move the definition by hand, and name its old place under `aliases`"),
    ("strings", "take the key out: strings that name an alias are reported and hold their shim"),
    ("docs", "take the key out: mentions in comments and documents are counted and stay"),
    ("deadline", "take the key out: it belongs to `shims = \"deprecate\"`, which is not carried out either"),
    ("calls", "take the key out: calls stay as they are written"),
    ("example", "take the examples out: there is no command yet that runs them"),
    ("runtime-path-changes", "take the key out: it belongs to `move`, which is not carried out either"),
];

impl RuleFile {
    /// Reads the whole document; `None` if `rule` is missing or no list.
    pub(super) fn read(document: DeTable<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let mut table = Table::new("a rule file", document);
        let rule = table.take("rule").and_then(|given| read_list(given, reader));
        table.finish(reader);
        rule.map(|rule| Self { rule })
    }
}

impl Shape for RuleTable {
    const ONE: &'static str = "a table";
    const MANY: &'static str = "tables";

    fn sample(key: &str) -> String {
        format!("[[{key}]]")
    }

    fn list_sample(key: &str) -> String {
        Self::sample(key)
    }

    fn read(given: Given<'_, '_>, reader: &mut Reader<'_>) -> Option<Self> {
        let DeValue::Table(table) = given.value else {
            return wrong_type(&given, reader);
        };
        let mut table = Table::new("a rule", table);
        let rule = Self {
            id: table.key("id", reader),
            why: table.key("why", reader),
            canonical: table.key("canonical", reader),
            aliases: table.list("aliases", reader),
            merge: table.list("merge", reader),
            partial: table.key("partial", reader),
            local_names: table.key("local-names", reader),
            shims: table.key("shims", reader),
            modules: table.key("modules", reader),
            except: table.list("except", reader),
            external: table.key("external", reader),
            members: table.key("members", reader),
            drop_tests: table.list("drop-tests", reader),
        };
        table.refuse_later(&LATER, reader);
        table.finish(reader);
        Some(rule)
    }
}

impl Shape for ExceptTable {
    const ONE: &'static str = "a table";
    const MANY: &'static str = "tables";

    fn sample(_: &str) -> String {
        "{ paths = [\"…\"], why = \"…\" }".to_owned()
    }

    fn list_sample(key: &str) -> String {
        format!("{key} = [{}]", Self::sample(key))
    }

    fn read(given: Given<'_, '_>, reader: &mut Reader<'_>) -> Option<Self> {
        let DeValue::Table(table) = given.value else {
            return wrong_type(&given, reader);
        };
        let mut table = Table::new("an exception", table);
        let except = Self { paths: table.list("paths", reader), why: table.key("why", reader) };
        table.finish(reader);
        Some(except)
    }
}

impl Shape for Members {
    const ONE: &'static str = "a table";
    const MANY: &'static str = "tables";

    fn sample(key: &str) -> String {
        format!("{key} = {{ old = \"new\" }}")
    }

    fn list_sample(key: &str) -> String {
        Self::sample(key)
    }

    fn read(given: Given<'_, '_>, reader: &mut Reader<'_>) -> Option<Self> {
        let DeValue::Table(table) = given.value else {
            return wrong_type(&given, reader);
        };
        let mut members = Vec::with_capacity(table.len());
        for (old, new) in table {
            let (key, at) = (old.get_ref().as_ref(), span(new.span()));
            let new = String::read(Given { key, span: at, value: new.into_inner() }, reader);
            let old = Written { span: span(old.span()), value: key.to_owned() };
            members.extend(new.map(|value| (old, Written { span: at, value })));
        }
        Some(Self(members))
    }
}

/// A key that takes one of a few words.
trait Choice: Copy + 'static {
    const WORDS: &'static [(&'static str, Self)];
    /// Words of the contract that this version does not carry out, with what to do instead.
    const LATER: &'static [(&'static str, &'static str)];
}

impl Choice for LocalNames {
    const WORDS: &'static [(&'static str, Self)] = &[("canonical", LocalNames::Canonical), ("keep", LocalNames::Keep)];
    const LATER: &'static [(&'static str, &'static str)] = &[];
}

impl Choice for Shims {
    const WORDS: &'static [(&'static str, Self)] = &[("remove", Shims::Remove), ("keep", Shims::Keep)];
    const LATER: &'static [(&'static str, &'static str)] =
        &[("deprecate", "write `shims = \"keep\"`: sites are rewritten, and the shims stay without a warning")];
}

impl Choice for Modules {
    const WORDS: &'static [(&'static str, Self)] = &[("delete-empty", Modules::DeleteEmpty), ("keep", Modules::Keep)];
    const LATER: &'static [(&'static str, &'static str)] = &[];
}

impl<T: Choice> Shape for T {
    const ONE: &'static str = "a word";
    const MANY: &'static str = "words";

    fn sample(key: &str) -> String {
        format!("{key} = \"{}\"", T::WORDS[0].0)
    }

    fn list_sample(key: &str) -> String {
        format!("{key} = [\"{}\"]", T::WORDS[0].0)
    }

    fn read(given: Given<'_, '_>, reader: &mut Reader<'_>) -> Option<Self> {
        let DeValue::String(word) = &given.value else {
            return wrong_type(&given, reader);
        };
        let found = T::WORDS.iter().find(|(known, _)| known == word).map(|(_, value)| *value);
        if found.is_none() {
            let (message, help) = unknown_word::<T>(given.key, word);
            reader.report(Problem::new(reader.place(given.span), message, help));
        }
        found
    }
}

/// What to say of a word that the key does not take.
fn unknown_word<T: Choice>(key: &str, word: &str) -> (String, String) {
    if let Some((later, help)) = T::LATER.iter().find(|(later, _)| *later == word) {
        return (format!("`{key} = \"{later}\"` is not carried out by this version"), (*help).to_owned());
    }
    let words: Vec<_> = T::WORDS.iter().map(|(known, _)| *known).collect();
    let help = match nearest(word, &words) {
        Some(known) => format!("`{known}` is the nearest of {}", list_of(&words)),
        None => format!("it takes {}", list_of(&words)),
    };
    (format!("`{key}` takes no {}", quoted(word)), help)
}
