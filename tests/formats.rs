//! Findings in hostile files: whatever a file is called and holds, each format keeps to its grammar, tells as many findings
//! as there are, and passes nothing on that a terminal or a build server obeys.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::io;

use serde_json::Value;
use unshim::audit::{Answers, Holdings, Wish};
use unshim::plan::{Finding, Safety, findings, plan};
use unshim::project::{Loaded, Project, RootConfig};
use unshim::report::{Detail, Found, Screen, View, check, check_json, github, gitlab, html, junit, sarif, shown_path};
use unshim::rule::{Asked, Day, RuleSet, RuleText};
use unshim::semantics::World;

/// Names of files, with everything that a terminal, a build server, a URI, XML, JSON or a shell gives a meaning to.
const NAMES: [&str; 44] = [
    "plain.py",
    "a b.py",
    " ::error::lead.py",
    "::error::x.py",
    "::error file=a.py,line=1::x.py",
    "::set-output name=a::b.py",
    "::stop-commands::x.py",
    "##[error]x.py",
    "##vso[task.complete result=Failed]x.py",
    "a##[add-mask]x.py",
    "###[group]x.py",
    "new\nline.py",
    "new\r\nline.py",
    "a\n::error::b.py",
    "tab\tname.py",
    "bell\u{7}.py",
    "nul\u{0}.py",
    "\u{1b}[31mred.py",
    "\u{1b}]0;title\u{7}.py",
    "\u{9b}31mcsi.py",
    "del\u{7f}.py",
    "back\u{8}space.py",
    "\u{202e}yp.turned.py",
    "bidi\u{2066}\u{2069}.py",
    "line\u{2028}sep\u{2029}.py",
    "next\u{85}line.py",
    "]]>.py",
    "<script>.py",
    "<!--.py",
    "&amp;.py",
    "'quote\".py",
    "%0A::error::x.py",
    "%25.py",
    "a,b.py",
    "a:b.py",
    "c:/x.py",
    "http:/evil/x.py",
    "back\\slash.py",
    "{\"json\":1}.py",
    "$(shell).py",
    "`tick`.py",
    "\u{fffe}\u{ffff}.py",
    "\u{1f980}/caf\u{e9}.py",
    "-rf.py",
];

/// Contents, each with at least one finding.
const CONTENTS: [&str; 22] = [
    "from old import Old\n",
    "from old import Old  # ::error::x\n",
    "from old import Old  # ##[error]x\n",
    "from old import Old  # ##vso[task.complete]\n",
    "from old import Old  # \u{1b}[2J\u{1b}]0;x\u{7}\n",
    "from old import Old  # \u{9b}2J \u{85} \u{7f}\n",
    "from old import Old  # \u{202e}dne \u{2028} \u{2029} \u{2066}\n",
    "from old import Old  # ]]><x a='\"'>&lt;\n",
    "from old import Old  # %0A::error::x\n",
    "from old import Old  # \u{fffe}\u{ffff}\u{1}\n",
    "from old import Old\r\nimport os\r\n",
    "from old import Old\rimport os\r",
    "\u{c}from old import Old\n",
    "from old import Old; X = Old\n",
    "from old import (\n    Old\n)\n",
    "\"\"\"\n::error::x\n##[error]\n\"\"\"\nfrom old import Old\n",
    "TEXT = '\u{1b}[31m'; from old import Old\n",
    "import old\n\n\ndef run():\n\t\treturn old.Old()\n",
    "from new import New\n\n\u{1d4dd}ame = New\n\u{53d8} = New\n",
    "from old import Old  # unshim: ignore[::error::]\n",
    "from old import Old  # unshim: ignore[##[error]] -- \u{1b}[2J\n",
    "from old import Old as \\\n    Other  # noqa\n",
];

const RULE: &str = "[[rule]]\nid = \"new\"\ncanonical = \"new:New\"\naliases = [\"old:Old\"]\n";

struct Told {
    findings: Vec<Finding>,
    world: World,
    rules: RuleSet,
}

impl Told {
    fn new(name: &str, content: &str) -> Self {
        let rule = RuleText { name: "rule.toml".into(), bytes: RULE.into(), asked: Asked::ByName };
        let rules = unshim::rule::read(&[rule]).unwrap();
        let files = vec![
            Loaded::text("new.py", "class New:\n    pass\n"),
            Loaded::text("old.py", "from new import New as Old\n"),
            Loaded::text(name, content),
        ];
        let world = World::new(Project::new(files, &RootConfig::default()));
        let findings = findings(&world, &rules, Day::after_epoch(0)).unwrap();
        Self { findings, world, rules }
    }

    fn written(&self, write: impl Fn(&Found, &mut dyn io::Write) -> io::Result<()>) -> String {
        let found =
            Found { findings: &self.findings, rules: &self.rules, project: &self.world.project, compared: false };
        let mut out = Vec::new();
        write(&found, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let is_obeyed = |c: char| c.is_control() && c != '\n' || "\u{202e}\u{2028}\u{2029}\u{2066}\u{2069}".contains(c);
        assert!(!text.chars().any(is_obeyed), "{text:?}");
        assert!(!text.contains("##[") && !text.contains("##vso["), "{text:?}");
        text
    }
}

/// Every hostile file, with what is found in it.
fn all() -> impl Iterator<Item = (&'static str, Told)> {
    let pairs = NAMES.iter().flat_map(|name| CONTENTS.iter().map(move |content| (*name, *content)));
    pairs.map(|(name, content)| {
        let told = Told::new(name, content);
        assert!(told.findings.iter().any(|finding| finding.path == name), "{name:?} {content:?}");
        (name, told)
    })
}

fn no_command(text: &str) {
    assert!(!text.lines().any(|line| line.trim_start().starts_with("::")), "{text}");
}

#[test]
fn text_is_one_line_a_finding_or_shows_its_source() {
    for (_, told) in all() {
        let quiet = Screen { detail: Detail::Quiet, ..Screen::plain() };
        let text = told.written(|found, out| check::write(found, &quiet, out));
        assert_eq!(text.lines().count(), told.findings.len() + 1, "{text}");
        no_command(&text);
        no_command(&told.written(|found, out| check::write(found, &Screen::plain(), out)));
    }
}

#[test]
fn json_gives_every_path_back() {
    for (name, told) in all() {
        let whole: Value = serde_json::from_str(&told.written(check_json::write)).unwrap();
        let lines = told.written(check_json::write_lines);
        let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(whole["findings"].as_array().unwrap(), &lines);
        assert_eq!(lines.len(), told.findings.len());
        assert!(lines.iter().any(|line| line["path"] == name));
    }
}

#[test]
fn sarif_holds_to_its_schema_with_relative_uris() {
    // One pattern of the published schema, that of languages, is no regular expression that all engines take.
    let schema = include_str!("schemas/sarif-2.1.0.json").replace("{2}]?$", "{2}$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (name, told) in all() {
        let log: Value = serde_json::from_str(&told.written(sarif::write)).unwrap();
        let errors: Vec<String> = validator.iter_errors(&log).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
        let results = log["runs"][0]["results"].as_array().unwrap();
        assert_eq!(results.len(), told.findings.len());
        let uris = results.iter().map(|result| &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]);
        let uris: Vec<&str> = uris.map(|uri| uri.as_str().unwrap()).collect();
        assert!(uris.iter().all(|uri| !uri.contains(':') && !uri.starts_with('/')), "{uris:?}");
        assert!(uris.iter().any(|uri| decoded(uri) == name), "{uris:?}");
        let prints: Vec<&Value> = results.iter().map(|result| &result["partialFingerprints"]).collect();
        assert!(prints.iter().enumerate().all(|(index, print)| !prints[..index].contains(print)));
    }
}

fn decoded(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri.bytes();
    while let Some(byte) = rest.next() {
        let mut digit = || char::from(rest.next().unwrap()).to_digit(16).unwrap() as u8;
        bytes.push(if byte == b'%' { digit() * 16 + digit() } else { byte });
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn github_gets_one_command_a_finding() {
    for (_, told) in all() {
        let text = told.written(github::write);
        assert_eq!(text.lines().count(), told.findings.len());
        for (line, finding) in text.lines().zip(&told.findings) {
            let (properties, message) = line.strip_prefix("::error ").unwrap().split_once("::").unwrap();
            let keys: Vec<&str> = properties.split(',').map(|one| one.split_once('=').unwrap().0).collect();
            assert!(
                ["file,line,endLine,col,endColumn,title", "file,line,endLine,title"].contains(&keys.join(",").as_str())
            );
            assert!(!properties.contains(':') && message.starts_with(finding.code.as_str()), "{line}");
        }
    }
}

#[test]
fn gitlab_gets_an_array_with_fingerprints() {
    for (name, told) in all() {
        let issues: Vec<Value> = serde_json::from_str(&told.written(gitlab::write)).unwrap();
        assert_eq!(issues.len(), told.findings.len());
        assert!(issues.iter().any(|issue| issue["location"]["path"] == name));
        let prints: Vec<&Value> = issues.iter().map(|issue| &issue["fingerprint"]).collect();
        assert!(prints.iter().enumerate().all(|(index, print)| !prints[..index].contains(print)));
    }
}

#[test]
fn junit_is_well_formed() {
    for (_, told) in all() {
        let text = told.written(junit::write);
        let document = roxmltree::Document::parse(&text).unwrap();
        let failures = document.descendants().filter(|node| node.has_tag_name("failure")).count();
        assert_eq!(failures, told.findings.len());
        assert_eq!(document.root_element().attribute("failures").unwrap(), failures.to_string());
    }
}

#[test]
fn fingerprints_stay_when_lines_move() {
    let prints = |content: &str| {
        let log: Value = serde_json::from_str(&Told::new("use.py", content).written(sarif::write)).unwrap();
        let results = log["runs"][0]["results"].as_array().unwrap().clone();
        results.into_iter().map(|result| result["partialFingerprints"].clone()).collect::<Vec<_>>()
    };
    let before = prints("from old import Old\n\nOld()\n");
    assert_eq!(before, prints("import os\n\n\nfrom old import Old  # moved\n\nOld()\n"));
    assert_ne!(before, prints("from old import Old\nfrom old import Old\n\nOld()\n"));
}

/// A page is the same whatever it shows, but for its data and the word that is made of it. Each name and each content
/// comes up in every fifth pair.
#[test]
fn a_page_holds_hostile_text_in_its_data_alone() {
    let mut frames: [Option<String>; 2] = Default::default();
    for (name, told) in all().step_by(5) {
        let verified = plan(&told.world, &told.rules, Safety::Risky).unwrap();
        let page = html::change_page(&View::new(&told.world.project, &told.rules, &verified), &told.world);
        let data = data_of(&page, &mut frames[0]);
        let told_paths = ["files", "refusals"].iter().flat_map(|key| data[key].as_array().unwrap());
        let changes = verified.plan().changes.iter().map(|change| &change.path);
        let planned = changes.chain(verified.plan().refusals.iter().map(|refusal| &refusal.path));
        assert!(
            told_paths.map(|one| one["path"].as_str().unwrap()).eq(planned.map(|path| shown_path(path))),
            "{name:?}"
        );
        data_of(
            &html::audit_page(&Holdings::new(&told.world, &Answers::default(), &Wish::default()).told_of(&told.world)),
            &mut frames[1],
        );
    }
}

/// The data of a page whose rest is the frame.
fn data_of(page: &str, frame: &mut Option<String>) -> Value {
    let (before, rest) = page.split_once("data-word=\"").unwrap();
    let (word, rest) = rest.split_once("\">").unwrap();
    let (data, after) = rest.split_once("</script>").unwrap();
    let rest = [before, after].concat().replace(word, "<word>");
    assert_eq!(*frame.get_or_insert_with(|| rest.clone()), rest);
    let is_obeyed = |c: char| c.is_control() || "<>&\u{202e}\u{2028}\u{2029}\u{2066}\u{2069}".contains(c);
    assert!(!data.chars().any(is_obeyed), "{data:?}");
    serde_json::from_str(data).unwrap()
}
