//! The JSON Schema and the reader of rule files say the same: same keys, same files taken, same files refused.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use unshim::rule::{Asked, RuleText, read, schema};

/// Malformed files that the schema lets through, and why it can't refuse them.
const BEYOND_A_SCHEMA: [(&str, &str); 21] = [
    ("calls-constant", "Python has a grammar of its own"),
    ("calls-name-twice", "compares two names"),
    ("calls-other-names", "compares two names"),
    ("calls-same-pattern", "compares two patterns"),
    ("calls-starred", "Python has a grammar of its own"),
    ("calls-unbound", "compares two names"),
    ("except-bad-glob", "globs have a grammar of their own"),
    ("example-file-and-folder", "compares two paths"),
    ("law-alias-in-two-rules", "compares two rules"),
    ("law-circle", "compares two rules"),
    ("law-circle-of-three", "compares three rules"),
    ("law-equal-ids", "compares two rules"),
    ("law-kept-alias", "compares two rules"),
    ("law-kept-in-module", "compares two rules"),
    ("law-own-canonical", "compares two names"),
    ("law-own-package", "compares two names"),
    ("law-own-star", "compares two names"),
    ("law-part-of-class", "compares two names"),
    ("law-part-of-module", "compares two rules"),
    ("symbol-init", "would have to name all that is an identifier and yet no name"),
    ("symbol-keyword", "would have to list the keywords of Python"),
];

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries.filter(|path| path.is_file()).collect();
    files.sort();
    files
}

fn parsed_schema() -> Value {
    serde_json::from_str(&schema()).unwrap()
}

fn validator() -> jsonschema::Validator {
    let schema = parsed_schema();
    assert!(jsonschema::meta::is_valid(&schema));
    jsonschema::validator_for(&schema).unwrap()
}

/// The file as editors see it; `None` if it is no TOML.
fn document(path: &Path) -> Option<Value> {
    toml::from_str(&String::from_utf8(fs::read(path).unwrap()).ok()?).ok()
}

#[test]
fn the_schema_accepts_every_shipped_rule() {
    let validator = validator();
    for path in [files("rules"), files("rules/packs")].concat() {
        let errors: Vec<_> = validator.iter_errors(&document(&path).unwrap()).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", path.display());
    }
}

#[test]
fn the_schema_refuses_what_is_malformed_by_shape() {
    let validator = validator();
    let mut accepted = BTreeSet::new();
    for path in files("tests/rules/malformed") {
        if document(&path).is_some_and(|document| validator.is_valid(&document)) {
            accepted.insert(path.file_stem().unwrap().to_str().unwrap().to_owned());
        }
    }
    let known: BTreeSet<_> = BEYOND_A_SCHEMA.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(accepted, known);
}

/// The keys that the reader knows, as it lists them to people.
fn keys_of_the_reader(table: &str) -> BTreeSet<String> {
    let file = RuleText { name: "a.toml".into(), bytes: table.into(), asked: Asked::ByName };
    let text = read(&[file]).unwrap_err().render(false);
    let list = text.lines().find(|line| line.contains("its keys are")).unwrap().split_once("its keys are").unwrap().1;
    list.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn keys_of_the_schema(definition: &str) -> BTreeSet<String> {
    let schema = parsed_schema();
    let properties = schema.pointer(&format!("/definitions/{definition}/properties")).unwrap();
    properties.as_object().unwrap().keys().cloned().collect()
}

#[test]
fn schema_and_reader_know_the_same_keys() {
    assert_eq!(keys_of_the_schema("RuleTable"), keys_of_the_reader("[[rule]]\nxyzzy = 1\n"));
    assert_eq!(keys_of_the_schema("ExceptTable"), keys_of_the_reader("[[rule]]\nexcept = [{ xyzzy = 1 }]\n"));
    assert_eq!(keys_of_the_schema("ExampleTable"), keys_of_the_reader("[[rule]]\n[[rule.example]]\nxyzzy = 1\n"));
    for key in keys_of_the_schema("RuleTable") {
        let file = RuleText {
            name: "a.toml".into(),
            bytes: format!("[[rule]]\n{key} = 1999-12-31\n").into(),
            asked: Asked::ByName,
        };
        let text = read(&[file]).unwrap_err().render(false);
        assert!(text.contains(&format!("`{key}` takes ")), "the reader does not look at `{key}`: {text}");
    }
}

#[test]
fn every_key_is_described_and_every_default_is_one_that_the_schema_takes() {
    let schema = parsed_schema();
    for definition in ["RuleTable", "ExceptTable", "ExampleTable"] {
        let table = &schema["definitions"][definition];
        let required: Vec<_> = table["required"].as_array().unwrap().iter().map(|key| key.as_str().unwrap()).collect();
        for (key, property) in table["properties"].as_object().unwrap() {
            let description = property["description"].as_str().unwrap();
            assert!(description.ends_with('.') && !description.contains('\n'), "{key}: {description}");
            let mut alone = property.clone();
            alone["definitions"] = schema["definitions"].clone();
            let validator = jsonschema::validator_for(&alone).unwrap();
            let values = property["examples"]
                .as_array()
                .into_iter()
                .flatten()
                .chain(property.get("default").filter(|value| !value.is_null()));
            let values: Vec<_> = values.collect();
            assert!(values.iter().all(|value| validator.is_valid(value)), "{key}: {values:?}");
            let is_optional = property.get("default").is_some() || key == "move";
            assert_eq!(required.contains(&key.as_str()), !is_optional, "{key} without a default");
        }
    }
}
