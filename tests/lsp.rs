//! `unshim lsp` with an editor that follows a script.

use serde_json::{Value, json};

#[path = "lsp/editor.rs"]
mod editor;

use editor::{Changed, Editor, Place, brief, text};

const RULES: &str = "[[rule]]\nid = \"user-service\"\ncanonical = \"shop.users:UserService\"\n\
                     aliases = [\"shop.legacy:UserService\"]\n";
const API: &str = "label = \"\u{1f600}\"; from shop.legacy import UserService  # the service\r\n\r\n\r\n\
                   def make():\r\n    from shop.legacy import UserService as Old\r\n\r\n    return Old, UserService\r\n";
const USE: &str = "import shop.legacy\n\nservice = shop.legacy.UserService()\n";
const API_SHOWN: [&str; 2] = [
    "0:38-49 US101 `UserService` through its shim `shop.legacy`: it is `shop.users:UserService`",
    "4:43-46 US101 `UserService` through its shim `shop.legacy`: it is `shop.users:UserService`",
];

fn shop() -> Place {
    Place::new(&[
        ("rules/shop.toml", RULES),
        ("shop/__init__.py", ""),
        ("shop/users.py", "class UserService:\n    pass\n"),
        ("shop/legacy.py", "from shop.users import UserService\n"),
        ("shop/api.py", API),
        ("shop/a b%20é.py", USE),
    ])
}

fn titles(actions: &[Value]) -> Vec<String> {
    actions.iter().map(|action| text(&action["title"])).collect()
}

#[test]
fn findings_stand_where_the_editor_counts() {
    let place = shop();
    let mut editor = Editor::new(&place);
    editor.open("shop/api.py");
    let shown = editor.diagnostics("shop/api.py");
    assert_eq!(shown.iter().map(brief).collect::<Vec<_>>(), API_SHOWN);
    assert_eq!((&shown[0]["severity"], &shown[0]["source"]), (&json!(2), &json!("unshim")));
    let href = &shown[0]["codeDescription"]["href"];
    let page = editor.ask("workspace/textDocumentContent", json!({ "uri": href }));
    assert!(text(&page["result"]["text"]).starts_with("# US101: "), "{page}");
    assert_eq!(editor.quit(), 0);

    let mut editor = Editor::with(&place, &["utf-16", "utf-8"]);
    editor.open("shop/api.py");
    assert!(editor.shown("shop/api.py")[0].starts_with("0:40-51 "));
    assert_eq!(editor.quit(), 0);
}

#[test]
fn every_fix_is_a_proven_plan() {
    let place = shop();
    for encodings in [["utf-16"], ["utf-8"]] {
        let mut editor = Editor::with(&place, &encodings);
        editor.open("shop/api.py");
        let actions = editor.actions("shop/api.py", (4, 44), None);
        assert_eq!(
            titles(&actions),
            ["here", "in this file", "everywhere (3 files)"]
                .map(|reach| format!("Use `shop.users:UserService` {reach}"))
        );
        let here = API.replace("legacy import UserService as Old", "users import UserService as Old");
        assert_eq!(editor.changed_by(&actions[0]), Changed::from([("shop/api.py".to_owned(), Some(here))]));
        assert_eq!(editor.changed_by(&actions[1]), place.diff("shop/api.py"));
        assert_eq!(editor.changed_by(&actions[2]), place.diff("."));
        assert_eq!(actions[0]["diagnostics"][0]["code"], "US101");
        let versions = actions[2]["edit"]["documentChanges"].as_array().unwrap().iter();
        let versions: Vec<_> = versions.filter_map(|change| change.get("textDocument")).collect();
        assert_eq!(versions[0]["version"], Value::Null, "{versions:?}");
        assert_eq!(versions[1]["version"], 1, "{versions:?}");
        assert_eq!(versions[0]["uri"], place.uri("shop/a b%20é.py").as_str());
        let all = editor.actions("shop/api.py", (0, 0), Some("source.fixAll"));
        assert_eq!(all.len(), 1);
        assert_eq!(all[0]["kind"], "source.fixAll.unshim");
        assert_eq!(editor.changed_by(&all[0]), place.diff("shop/api.py"));
        assert_eq!(titles(&editor.actions("shop/api.py", (2, 0), None)), [""; 0]);
        assert_eq!(titles(&editor.actions("shop/api.py", (4, 44), Some("refactor"))), [""; 0]);
        assert_eq!(editor.quit(), 0);
    }
}

#[test]
fn one_place_takes_what_belongs_to_it_along_and_nothing_else() {
    let place = Place::new(&[
        ("rules/new.toml", "[[rule]]\nid = \"new\"\ncanonical = \"new:New\"\naliases = [\"old:Old\"]\n"),
        ("new.py", "class New: ...\n"),
        ("old.py", "from new import New as Old\n"),
        ("use.py", "from old import Old\nimport old\n\nprint(Old(), old.Old)\n"),
    ]);
    let mut editor = Editor::new(&place);
    editor.open("use.py");
    for (at, after) in [
        ((0, 17), "from new import New\nimport old\n\nprint(New(), old.Old)\n"),
        ((3, 18), "from old import Old\nimport new\n\nprint(Old(), new.New)\n"),
    ] {
        let here = &editor.actions("use.py", at, None)[0];
        assert_eq!(here["title"], "Use `new:New` here");
        assert_eq!(editor.changed_by(here), Changed::from([("use.py".to_owned(), Some(after.to_owned()))]));
    }
    assert_eq!(editor.quit(), 0);
}

#[test]
fn findings_follow_what_is_typed() {
    let place = shop();
    let mut editor = Editor::new(&place);
    editor.open("shop/api.py");
    assert_eq!(editor.shown("shop/api.py"), API_SHOWN);
    editor.change("shop/api.py", 2, "from shop.users import UserService\n");
    assert_eq!(editor.shown("shop/api.py"), [""; 0]);
    // Of what is typed quickly the last counts.
    for version in 3..40 {
        editor.change("shop/api.py", version, &"\n".repeat(version as usize));
    }
    editor.change("shop/api.py", 40, "from shop.legacy import (\n    UserService,\n)\n");
    assert_eq!(editor.actions("shop/api.py", (1, 6), None).len(), 3);
    editor.change("shop/api.py", 41, "from shop.legacy import (");
    editor.change("shop/api.py", 42, API);
    let versions = editor.actions("shop/api.py", (0, 40), None)[0]["edit"]["documentChanges"].clone();
    assert_eq!(versions[0]["textDocument"]["version"], 42);
    // What another file does counts as well, saved or not.
    editor.open("shop/legacy.py");
    editor.change("shop/legacy.py", 2, "class UserService:\n    pass\n");
    let shown = loop {
        let shown = editor.diagnostics("shop/api.py");
        if shown.iter().any(|one| text(&one["message"]).contains("left alone")) {
            break shown;
        }
    };
    let message = text(&shown[0]["message"]);
    assert!(message.contains("\nleft alone (another-object): ") && message.contains("\nhelp: "), "{message}");
    assert_eq!(titles(&editor.actions("shop/api.py", (0, 40), None)), [""; 0]);
    editor.close("shop/legacy.py");
    assert_eq!(editor.actions("shop/api.py", (0, 40), None).len(), 3);
    editor.close("shop/api.py");
    while editor.shown("shop/api.py") != [""; 0] {}
    assert_eq!(editor.quit(), 0);
}

#[test]
fn rules_are_told_where_they_are_wrong_and_taken_up_when_they_are_right() {
    let place = shop();
    place.write("rules/shop.toml", &RULES.replace("aliases", "alias"));
    let mut editor = Editor::new(&place);
    editor.open("shop/api.py");
    let shown = editor.diagnostics("rules/shop.toml");
    assert!(brief(&shown[0]).starts_with("3:0-5 - "), "{shown:?}");
    editor.save("rules/shop.toml", RULES);
    assert_eq!(editor.shown("rules/shop.toml"), [""; 0]);
    assert_eq!(editor.shown("shop/api.py"), API_SHOWN);
    editor.save(
        "rules/shop.toml",
        &(RULES.to_owned() + "[[rule]]\nid = \"b\"\ncanonical = \"shop.x:No\"\naliases = [\"shop.y:No\"]\n"),
    );
    let shown = editor.shown("rules/shop.toml");
    assert_eq!(shown, ["4:0-0 - the canonical symbol `shop.x:No` is not in the tree"]);
    assert_eq!(editor.shown("shop/api.py"), API_SHOWN, "the other rule counts");
    assert_eq!(editor.quit(), 0);
}

#[test]
fn no_fix_is_made_from_a_file_that_is_another_by_now() {
    let place = shop();
    let mut editor = Editor::new(&place);
    editor.open("shop/api.py");
    assert_eq!(editor.shown("shop/api.py"), API_SHOWN);
    let moved = format!("# one more line\n{USE}");
    place.write("shop/a b%20é.py", &moved);
    let actions = editor.actions("shop/api.py", (0, 40), None);
    let everywhere = editor.changed_by(&actions[2]);
    assert_eq!(everywhere, place.diff("."));
    assert!(everywhere["shop/a b%20é.py"].as_ref().unwrap().starts_with("# one more line\n"));
    assert_eq!(editor.quit(), 0);
}

#[test]
fn what_lies_elsewhere_is_nothing_to_us() {
    let place = shop();
    let mut editor = Editor::new(&place);
    for uri in ["untitled:1", "file:///elsewhere/a.py", "file://%", "file:///%ff", "x", ""] {
        let document = json!({ "uri": uri, "languageId": "python", "version": 1, "text": API });
        editor.tell("textDocument/didOpen", json!({ "textDocument": document }));
        let at = json!({ "line": 0, "character": 0 });
        let params = json!({ "textDocument": { "uri": uri }, "range": { "start": at, "end": at }, "context": { "diagnostics": [] } });
        assert_eq!(editor.ask("textDocument/codeAction", params)["result"], json!([]), "{uri}");
    }
    editor.open("shop/api.py");
    let shown = editor.wait(|message| message["method"] == "textDocument/publishDiagnostics");
    assert_eq!(shown["params"]["uri"], place.uri("shop/api.py").as_str());
    assert_eq!(editor.quit(), 0);
}

#[test]
fn the_folder_may_be_a_link() {
    let place = shop();
    let links = Place::new(&[]);
    editor::link(&place.path(), &links.path().join("shop link"));
    let mut editor = Editor::silent(&place, &["lsp", "--stdio"]);
    let root = links.uri("shop link");
    editor.ask("initialize", json!({ "processId": null, "rootUri": root, "capabilities": {} }));
    editor.tell("initialized", json!({}));
    let uri = format!("{root}/shop/api.py");
    let document = json!({ "uri": uri, "languageId": "python", "version": 1, "text": API });
    editor.tell("textDocument/didOpen", json!({ "textDocument": document }));
    let shown = editor.wait(|message| message["params"]["uri"] == uri.as_str());
    assert_eq!(shown["params"]["diagnostics"].as_array().unwrap().len(), 2);
    assert_eq!(shown["params"]["diagnostics"][0].get("codeDescription"), None);
    assert_eq!(editor.quit(), 0);
}

#[test]
fn what_cannot_be_understood_is_an_error_and_no_end() {
    let place = shop();
    let mut editor = Editor::silent(&place, &["lsp"]);
    let code = |answer: &Value| answer["error"]["code"].as_i64();
    assert_eq!(code(&editor.ask("textDocument/codeAction", json!({}))), Some(-32002));
    editor.send_raw(b"Content-Length: 3\r\n\r\n{{{");
    assert_eq!(code(&editor.wait(|message| message["id"].is_null())), Some(-32700));
    editor.send(&json!([1]));
    assert_eq!(code(&editor.wait(|message| message["id"].is_null())), Some(-32600));
    editor.send(&json!({ "id": 7, "method": "shutdown" }));
    assert_eq!(code(&editor.wait(|message| message["id"] == 7)), Some(-32600));
    assert_eq!(code(&editor.ask("initialize", json!({ "capabilities": 1 }))), Some(-32602));
    let start = json!({ "processId": null, "rootUri": null, "capabilities": {} });
    assert!(editor.ask("initialize", start.clone())["result"].is_object());
    assert_eq!(code(&editor.ask("initialize", start)), Some(-32600));
    assert_eq!(code(&editor.ask("textDocument/hover", json!({}))), Some(-32601));
    assert_eq!(code(&editor.ask("textDocument/codeAction", json!({ "range": 1 }))), Some(-32602));
    assert_eq!(
        code(&editor.ask("workspace/textDocumentContent", json!({ "uri": "unshim:///US999.md" }))),
        Some(-32602)
    );
    editor.tell("textDocument/didOpen", json!(3));
    editor.tell("textDocument/didChange", json!({ "contentChanges": [] }));
    editor.tell("no/such", json!(null));
    assert_eq!(editor.ask("shutdown", json!(null))["error"], Value::Null);
    assert_eq!(code(&editor.ask("textDocument/codeAction", json!({}))), Some(-32600));
    editor.tell("exit", json!(null));
    assert_eq!(editor.end(), 0);
}

#[test]
fn to_leave_without_shutdown_is_an_error() {
    let place = shop();
    let mut editor = Editor::silent(&place, &["lsp"]);
    editor.tell("exit", Value::Null);
    assert_eq!(editor.end(), 1);
    assert_eq!(Editor::silent(&place, &["lsp"]).end(), 1);
    for garbage in [
        "no header\r\n\r\n",
        "Content-Length: many\r\n\r\n",
        "Content-Type: x\r\n\r\n",
        "Content-Length: 99999999999999\r\n\r\n{}",
    ] {
        let mut editor = Editor::silent(&place, &["lsp"]);
        editor.send_raw(garbage.as_bytes());
        assert_eq!(editor.end(), 1, "{garbage}");
    }
    let mut editor = Editor::new(&place);
    editor.open("shop/api.py");
    assert_eq!(editor.end(), 1);
}
