//! Sessions with `init` and `rules`.

use super::*;

#[test]
fn a_folder_is_set_up_once() {
    let place = Place::new(&[("shop/__init__.py", ""), ("pyproject.toml", "[project]\nname = \"shop\"\n")]);
    let lines = ["init", "init", "", "diff", "init shop", "init shop/__init__.py"];
    let mut shown: Vec<_> = lines.map(|line| place.session(line)).into();
    place.write("rules/shop.toml", RULES);
    shown.push(place.session("init"));
    shown.push(place.session("init missing"));
    assert_session("init", &shown.join("\n"));
    let starter = fs::read_to_string(place.path().join("rules/example.toml")).expect("text");
    assert!(starter.lines().all(|line| line.is_empty() || line.starts_with('#')), "{starter}");
    let table = fs::read_to_string(place.path().join("pyproject.toml")).expect("text");
    assert_eq!(table.matches("[tool.unshim]").count(), 1, "{table}");
}

#[test]
fn packs_are_listed_and_made_ones_own() {
    let place = Place::new(&[("a.py", "from django.utils.encoding import force_text\n\nprint(force_text(1))\n")]);
    let listed = ["rules", "rules djngo", "rules nothing", "rules --output-format json"];
    let mut shown: Vec<_> = listed.map(|line| place.session(line)).into();
    let django = place.command("rules django").output().expect("the program runs").stdout;
    place.write("rules/django.toml", &String::from_utf8(django).expect("text"));
    shown.extend(["test -q", "diff", "check -q"].map(|line| place.session(line)));
    assert_session("rules", &shown.join("\n"));
    let schema = place.command("schema output").output().expect("the program runs").stdout;
    let validator = jsonschema::validator_for(&serde_json::from_slice(&schema).expect("JSON")).expect("a schema");
    let listed = place.command("rules --output-format json").output().expect("the program runs").stdout;
    assert!(validator.is_valid(&serde_json::from_slice(&listed).expect("JSON")));
}
