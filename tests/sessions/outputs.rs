//! What programs read of every command keeps to the published schema, with nothing in it that the schema does not name.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Place, published};

/// Command lines, and what the schema calls each line that they print.
const LINES: [(&str, &str); 14] = [
    ("diff --output-format json", "DiffOutput"),
    ("diff --safety risky --output-format json harbor", "DiffOutput"),
    ("check --output-format json", "CheckOutput"),
    ("check --output-format json-lines", "FindingOutput"),
    ("test --output-format json", "TestOutput"),
    ("audit --output-format json", "AuditOutput"),
    ("audit --show-skipped --output-format json", "AuditOutput"),
    ("audit --canonical harbor.docks.modes:DockMode --output-format json", "AuditOutput"),
    ("audit --log staging.log --output-format json", "LoggedOutput"),
    ("explain harbor.docks.legacy:DockManager --output-format json", "ExplainOutput"),
    ("explain harbor/api.py:3 harbor/pilot.py:8:30 --output-format json", "ExplainOutput"),
    ("explain US101 held shim-module --output-format json", "PageOutput"),
    ("log --output-format json", "LogOutput"),
    ("rules --output-format json", "PacksOutput"),
];

#[test]
fn every_output_keeps_to_its_schema() {
    let place = Place::new(&[]);
    let names: BTreeSet<&str> = LINES.iter().map(|(_, name)| *name).collect();
    let validators: BTreeMap<&str, _> = names.iter().map(|name| (*name, published::validator(name))).collect();
    let mut printed: BTreeSet<&str> = BTreeSet::new();
    let mut check = |folder: &str| {
        for (line, name) in LINES {
            let output = place.command(line).current_dir(place.path().join(folder)).output().expect("the program runs");
            for one in String::from_utf8(output.stdout).expect("UTF-8").lines() {
                let value: Value = serde_json::from_str(one).expect("JSON");
                let wrong: Vec<String> = validators[name].iter_errors(&value).map(|error| error.to_string()).collect();
                assert!(wrong.is_empty(), "{line}: {wrong:?}\n{one}");
                printed.insert(line);
            }
        }
    };
    place.session("demo walk");
    check("walk");
    place.command("undo").current_dir(place.path().join("walk")).output().expect("the program runs");
    check("walk");
    place.write("walk/harbor/broken.py", "print 'DockManager'\n");
    place.write("walk/rules/demo.toml", include_str!("../../rules/merge.toml"));
    place.write("empty/a.py", "");
    check("walk");
    check("empty");
    assert_eq!(printed.len(), LINES.len(), "{printed:?}");
}

#[test]
fn every_machine_format_and_every_definition_is_looked_at() {
    let program = unshim::cli::command_line();
    let formats = program.get_subcommands().flat_map(|command| {
        let argument = command.get_arguments().find(|argument| argument.get_id() == "output_format");
        let values = argument.map(|argument| argument.get_possible_values()).unwrap_or_default();
        let words = values.into_iter().map(|value| value.get_name().to_owned());
        words.filter(|word| word.starts_with("json")).map(|word| (command.get_name().to_owned(), word))
    });
    for (command, format) in formats {
        let is_it = |line: &str| line.starts_with(&command) && line.contains(&format!("--output-format {format}"));
        assert!(LINES.iter().any(|(line, _)| is_it(line)), "`{command}` in {format}");
    }
    let schema: Value = serde_json::from_str(&unshim::report::json::schema()).expect("JSON");
    for output in schema["anyOf"].as_array().expect("a list") {
        let name = output["$ref"].as_str().expect("a reference").trim_start_matches("#/definitions/");
        assert!(LINES.iter().any(|(_, known)| *known == name), "{name}");
    }
}
