//! Sessions of the gate: baselines that only become smaller, what is new since a revision, pages, formats.

use std::fs;

use super::{Place, assert_session, shop};

/// The exit code of `unshim` with these arguments, and what it prints.
fn ended(place: &Place, line: &str) -> (i32, String) {
    let output = place.command(line).output().expect("the program runs");
    (output.status.code().expect("it ends by itself"), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn a_baseline_only_becomes_smaller() {
    let place = shop();
    place.commit();
    let check = "check -q --baseline shop.baseline";
    let write = format!("{check} --write-baseline");
    let read = || fs::read_to_string(place.path().join("shop.baseline")).expect("it is there");
    assert_eq!(ended(&place, check).0, 2, "there is none yet");
    assert_eq!((ended(&place, &write).0, ended(&place, check).0), (0, 0));
    assert!(read().contains(r#"{"path":"shop/api.py","code":"US101","symbol":"shop.legacy:UserService","count":1}"#));
    place.write("shop/new.py", "from shop.legacy import UserService\n");
    let (code, out) = ended(&place, &write);
    assert!(code == 1 && out.contains("shop/new.py:1:25: US101") && !read().contains("shop/new.py"), "{out}");
    place.write("shop/new.py", "");
    place.write("shop/api.py", "import os\n\nfrom shop.users import UserService\n");
    let (code, out) = ended(&place, check);
    assert!(code == 1 && out.contains("shop.baseline:2:1: US301"), "{out}");
    assert_eq!(ended(&place, &format!("{check} shop/legacy.py")).0, 0, "what lies elsewhere is not looked at");
    assert_eq!((ended(&place, &write).0, ended(&place, check).0), (0, 0));
    assert!(!read().contains("shop/api.py") && read().contains("shop/legacy.py"));
    place.write("shop.baseline", "{\"unshim-baseline\":1}\n<<<<<<< ours\n");
    assert_eq!(ended(&place, check).0, 2, "it is none any more");
}

#[test]
fn a_baseline_in_the_tree_holds_nothing() {
    let place = shop();
    place.commit();
    place.session("check --baseline base.json --write-baseline");
    assert!(place.session("apply --allow-dirty").contains("1 file changed, 1 deleted"));
}

#[test]
fn only_what_is_new_since_a_revision_is_told() {
    let place = shop();
    assert_eq!(ended(&place, "check --since HEAD").0, 2, "there is no history");
    place.write("shop/mid.py", "class Thing:\n    pass\n");
    place.write("shop/user.py", "from shop.mid import Thing\n\nThing()\n");
    place.commit();
    let mut shown = vec![place.session("check -q --since HEAD"), place.session("check -q --since gone")];
    shown.push(place.session("check -q --since --help"));
    place.write("shop/mid.py", "from shop.legacy import UserService as Thing\n");
    shown.push(place.session("check -q --since HEAD"));
    shown.push(place.session("check -q --since HEAD shop/user.py"));
    fs::rename(place.path().join("shop/api.py"), place.path().join("shop/moved.py")).expect("it can be moved");
    shown.push(place.session("check -q --since HEAD"));
    assert_session("since", &shown.join("\n"));
}

#[test]
fn a_rule_whose_canonical_symbol_came_later_found_nothing_before() {
    let place = shop();
    let users = fs::read_to_string(place.path().join("shop/users.py")).expect("it is there");
    place.write("shop/users.py", "");
    place.commit();
    place.write("shop/users.py", &users);
    let (code, out) = ended(&place, "check -q --since HEAD");
    assert!(code == 1 && out.contains("shop/api.py:1"), "{out}");
}

#[test]
fn every_format_ends_with_the_same_code() {
    let place = shop();
    place.commit();
    for format in ["text", "json", "json-lines", "sarif", "github", "gitlab", "junit"] {
        assert_eq!(ended(&place, &format!("check --output-format {format}")).0, 1, "{format}");
        assert_eq!(ended(&place, &format!("check shop/users.py --output-format {format}")).0, 0, "{format}");
    }
    assert_eq!(ended(&place, "diff --output-format sarif").0, 2);
}

#[test]
fn codes_reasons_and_kinds_are_explained_without_a_tree() {
    let place = Place::new(&[]);
    let lines = ["explain US101", "explain import-cycle shim-getattr", "explain us203 --output-format json"];
    assert_session("explain_pages", &lines.map(|line| place.session(line)).join("\n"));
}

#[test]
fn a_comment_ignores_with_a_reason() {
    let place = shop();
    place.write("shop/api.py", "from shop.legacy import UserService  # unshim: ignore[US101]\n");
    place.write("shop/b.py", "from shop.legacy import UserService  # unshim: ignore[US101] -- the plug-in API\n");
    place.write("shop/c.py", "import os  # unshim: ignore[US101] -- the plug-in API\n");
    assert_session("ignore", &place.session("check"));
}

#[test]
fn shells_and_man_know_every_command() {
    let place = Place::new(&[]);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let (code, script) = ended(&place, &format!("completions {shell}"));
        assert!(code == 0 && script.contains("explain"), "{shell}");
    }
    assert!(ended(&place, "man").1.contains("unshim"));
    assert!(ended(&place, "man check").1.contains("baseline"));
    assert!(ended(&place, "man").1.contains(".SH EXAMPLES\n.nf\n"));
    assert!(ended(&place, "man").1.contains(".SH \"EXIT STATUS\"\n"));
    assert_eq!(ended(&place, "man nothing").0, 2);
}
