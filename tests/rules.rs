//! Rule files: every malformed one with what is said about it, the laws across files, and what is taken without a word.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "rules/examples.rs"]
mod examples;

use std::fs;
use std::path::{Path, PathBuf};

use unshim::python::Identifier;
use unshim::rule::{Asked, LocalNames, Modules, Problems, RuleSet, RuleText, Shims, read, read_locations};

/// The files of a folder of the repository, sorted.
fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries.filter(|path| path.is_file()).collect();
    files.sort();
    files
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_str().unwrap().to_owned()
}

fn named(name: &str, bytes: impl Into<Vec<u8>>) -> RuleText {
    RuleText { name: name.to_owned(), bytes: bytes.into(), asked: Asked::ByName }
}

fn found(name: &str, bytes: impl Into<Vec<u8>>) -> RuleText {
    RuleText { asked: Asked::ByFolder, ..named(name, bytes) }
}

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => "../snapshots/rules",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name.to_owned(), text);
    });
}

const CAKE: &str = "[[rule]]\nid = \"cake\"\ncanonical = \"bakery.cake:Cake\"\naliases = [\"bakery.old:Cake\"]\n";

fn read_one(text: &str) -> Result<RuleSet, Problems> {
    read(&[named("rules/cake.toml", text)])
}

#[test]
fn every_malformed_file_is_refused_with_place_and_help() {
    let files = files("tests/rules/malformed");
    assert!(files.len() >= 45);
    for path in &files {
        let bytes = fs::read(path).unwrap();
        assert!(bytes.starts_with(b"# "), "{} does not say what is wrong with it", path.display());
        let name = stem(path);
        let problems = read(&[named(&format!("rules/{name}.toml"), bytes)]).expect_err(&name);
        let text = problems.render(false);
        assert_eq!(text.matches("\nerror: ").count() + usize::from(text.starts_with("error: ")), problems.count());
        assert_eq!(text.matches("= help: ").count(), problems.count(), "{name}: each problem says what would be right");
        snapshot(&name, &text);
    }
}

#[test]
fn no_snapshot_is_left_of_a_file_that_is_gone() {
    let known: Vec<_> = files("tests/rules/malformed").iter().map(|path| stem(path)).collect();
    let stray = files("snapshots/rules").into_iter().filter(|path| !path.to_str().unwrap().contains("across-files"));
    assert_eq!(stray.filter(|path| !known.contains(&stem(path))).collect::<Vec<_>>(), Vec::<PathBuf>::new());
}

#[test]
fn problems_of_all_files_are_shown_at_once() {
    let tart = "[[rule]]\nid = \"cake\"\ncanonical = \"bakery.tart:Tart\"\naliases = [\"bakery.old:Cake\"]\n";
    let problems = read(&[named("rules/cake.toml", CAKE), named("rules/tart.toml", tart)]).unwrap_err();
    assert_eq!((problems.count(), problems.file_count()), (2, 1));
    snapshot("across-files", &problems.render(false));
}

#[test]
fn the_last_line_counts_problems_and_files() {
    let broken = CAKE.replace("bakery.old", "bakery..old");
    let problems =
        read(&[named("a.toml", &*broken), named("b.toml", &*broken.replace("cake\"", "Cake\""))]).unwrap_err();
    let text = problems.render(false);
    assert_eq!(text.lines().last(), Some("3 problems in 2 rule files · nothing was done"));
}

#[test]
fn every_shipped_rule_is_valid_alone_and_with_all_others() {
    let shipped = [files("rules"), files("rules/packs")].concat();
    let texts: Vec<_> = shipped.iter().map(|path| named(&stem(path), fs::read(path).unwrap())).collect();
    for text in &texts {
        if let Err(problems) = read(std::slice::from_ref(text)) {
            panic!("{problems}");
        }
        assert!(text.bytes.starts_with(b"# "), "{} does not say what it shows", text.name);
    }
    let rules = read(&texts).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(rules.rules.len() >= texts.len());
}

#[test]
fn what_is_not_written_has_its_default() {
    let rule = read_one(CAKE).unwrap().rules.remove(0);
    assert_eq!((rule.id.as_str(), rule.why.as_str()), ("cake", ""));
    assert_eq!((rule.partial, rule.external), (false, false));
    assert_eq!(rule.local_names, LocalNames::Canonical);
    assert_eq!((rule.shims, rule.modules), (Shims::Remove, Modules::DeleteEmpty));
    assert!(rule.merge.is_empty() && rule.exceptions.is_empty() && rule.members.is_empty());
    assert!(rule.drop_tests.is_empty() && rule.examples.is_empty());
    assert_eq!(rule.declared, ("rules/cake.toml".to_owned(), 1));
}

#[test]
fn every_key_arrives() {
    let text = r#"
# two lines above
[[rule]]
id = "tart"
why = "one tart"
canonical = "bakery.tart:Tart"
aliases = ["bakery.old:*", "bakery.old:Cake.Tart"]
merge = ["bakery.pie:Pie"]
partial = true
local-names = "keep"
shims = "keep"
modules = "keep"
external = true
except = [{ paths = ["a/*.py"], why = "frozen" }, { paths = ["b/**"], why = "not ours" }]
drop-tests = ["tests/**"]
[rule.members]
bake = "make"
[[rule.example]]
why = "a tart"
before = { "tart.py" = "a", "old.py" = "b" }
after = { "tart.py" = "c" }
refusals = ["tart.py:2 probe", "old.py:1 held"]
[[rule.example]]
before."tart.py" = "a"
"#;
    let rules = read_one(text).unwrap();
    assert_eq!(rules.names(), ["Pie", "Tart", "old"]);
    let modules: Vec<_> = rules.declared_modules().iter().map(ToString::to_string).collect();
    assert_eq!(modules, ["bakery.old", "bakery.pie", "bakery.tart"]);
    let rule = &rules.rules[0];
    assert_eq!(rule.declared.1, 3);
    assert_eq!(rule.canonical.to_string(), "bakery.tart:Tart");
    assert_eq!(
        rule.aliases.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["bakery.old:*", "bakery.old:Cake.Tart"]
    );
    assert_eq!(rule.merge[0].to_string(), "bakery.pie:Pie");
    assert_eq!((rule.local_names, rule.shims, rule.modules), (LocalNames::Keep, Shims::Keep, Modules::Keep));
    assert_eq!((rule.partial, rule.external), (true, true));
    assert_eq!(rule.exception("b/c/d.py").map(|exception| exception.why.as_str()), Some("not ours"));
    assert_eq!(rule.exception("a/b/c.py"), None);
    assert!(rule.drop_tests.matches("tests/unit/test_a.py"));
    let example = &rule.examples[0];
    assert_eq!((example.why.as_str(), example.line, example.before.len()), ("a tart", 18, 2));
    assert_eq!(example.after.get("tart.py").map(String::as_str), Some("c"));
    assert_eq!(example.refusals, ["old.py:1 held", "tart.py:2 probe"]);
    assert_eq!(rule.examples[1].after, rule.examples[1].before);
    assert_eq!(rule.members.get(&Identifier::new("bake")).map(ToString::to_string).as_deref(), Some("make"));
}

#[test]
fn marks_and_line_ends_of_other_systems_are_no_problem() {
    let text = format!("\u{feff}{}", CAKE.replace('\n', "\r\n"));
    assert!(read_one(&text).is_ok());
    let problems = read_one(&text.replace("bakery.old", "bakery..old")).unwrap_err().render(false);
    assert!(problems.contains("rules/cake.toml:4:20") && !problems.contains('\u{240d}'), "{problems}");
}

#[test]
fn a_file_in_utf_16_is_named_as_such() {
    let bytes: Vec<u8> = [0xff, 0xfe].into_iter().chain(CAKE.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let problems = read(&[named("rules/cake.toml", bytes)]).unwrap_err().render(false);
    assert!(problems.starts_with("error: the file is encoded as UTF-16"), "{problems}");
}

#[test]
fn files_of_other_tools_in_a_rule_folder_are_skipped() {
    let others = ["", "[rule]\nname = \"x\"\n", "[[rules]]\nid = 1\n", "rule = 7\n", "not = toml = at all\n"];
    for text in others {
        let rules = read(&[found("rules/other.toml", text), found("rules/cake.toml", CAKE)]).unwrap();
        assert_eq!(rules.rules.len(), 1);
        assert!(read(&[named("rules/other.toml", text)]).is_err(), "asked for by name, it is an error: {text}");
    }
    let latin = read(&[found("rules/latin.toml", *b"name = \"g\xe2teau\"")]).unwrap();
    assert!(latin.rules.is_empty());
    let broken = CAKE.replace("[[rule]]", "[[rule]");
    assert!(read(&[found("rules/cake.toml", &*broken)]).is_err(), "it is ours, and broken");
}

#[test]
fn names_of_files_do_not_reach_the_terminal_raw() {
    let problems = read(&[named("rules/\u{1b}[31m\n::error::x\u{202e}.toml", "")]).unwrap_err();
    for text in [problems.render(false), problems.to_string()] {
        assert!(!text.contains(['\u{1b}', '\u{202e}']) && !text.contains("\n::error::"), "{text}");
    }
    assert!(problems.render(true).contains("\u{1b}["), "color is asked for");
}

#[test]
fn one_star_may_serve_several_canonicals_and_a_part_may_agree_with_its_whole() {
    let rule = |id: &str, canonical: &str, alias: &str| {
        format!("[[rule]]\nid = \"{id}\"\ncanonical = \"{canonical}\"\naliases = [\"{alias}\"]\n")
    };
    let stars = rule("cake", "bakery.cake:Cake", "bakery.api:*") + &rule("tart", "bakery.tart:Tart", "bakery.api:*");
    assert!(read_one(&stars).is_ok());
    let part = rule("all", "bakery.new", "bakery.old") + &rule("cake", "bakery.new:Cake", "bakery.old:Cake");
    assert!(read_one(&part).is_ok());
}

#[test]
fn a_project_says_where_its_rules_lie() {
    let locations = |text: &str| read_locations("pyproject.toml", text.as_bytes());
    assert_eq!(locations("[project]\nname = \"shop\"\n").unwrap(), None);
    assert_eq!(locations("broken = = \n").unwrap(), None);
    assert_eq!(locations("[tool.unshim]\n").unwrap(), None);
    let found = locations("[tool.unshim]\nrules = [\"lint/rules\", \"shop.toml\"]\n").unwrap();
    assert_eq!(found, Some(vec!["lint/rules".to_owned(), "shop.toml".to_owned()]));
    let wrong = "[tool.unshim]\nrules = [\"../rules\", \"/etc\", \"\", 7]\nrule = \"x\"\nline-length = 100\n";
    snapshot("across-files-pyproject", &locations(wrong).unwrap_err().render(false));
}

#[test]
fn no_torn_file_brings_the_reader_down() {
    let whole = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/exceptions.toml")).unwrap();
    for cut in 0..whole.len() {
        let mut torn = whole.clone();
        for byte in [b'"', b'[', b'{', b'\\', b'\n', b'\r', b'=', 0, 0x1b, 0xc3] {
            torn[cut] = byte;
            if let Err(problems) = read(&[named("torn.toml", &*torn)]) {
                assert!(!problems.render(true).is_empty());
            }
        }
        if let Err(problems) = read(&[named("torn.toml", &whole[..cut])]) {
            assert!(problems.count() > 0 && problems.render(false).ends_with("nothing was done\n"));
        }
    }
}
