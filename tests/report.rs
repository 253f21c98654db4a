//! What the reports look like, on a plan made by hand. Snapshots lie in `snapshots/`.
#![allow(clippy::unwrap_used, reason = "a report that cannot be written fails its test")]

use unshim::audit::{Answers, Holdings, Wish};
use unshim::plan::{Action, FileChange, Note, Plan, Proof, Reason, Refusal, Safety, StringCounts};
use unshim::project::{Loaded, Project, RootConfig};
use unshim::report::{Detail, Screen, View, html, json, summary};
use unshim::rule::{Asked, RuleSet, RuleText};
use unshim::site::Kind;
use unshim::text::{Edit, Edits, LineIndex, Span};

const RULES: &str = r#"
[[rule]]
id = "user-service"
why = "one service"
canonical = "shop.users:UserService"
aliases = ["shop.legacy:UserService"]
"#;

const API: &str = "\u{feff}import os\nfrom shop.legacy import UserService\n";
const REPORT: &str = "import shop.legacy\nprint 'UserService'\n";

fn rules() -> RuleSet {
    let text = RuleText { name: "rules/shop.toml".to_owned(), bytes: RULES.into(), asked: Asked::ByName };
    unshim::rule::read(&[text]).unwrap()
}

fn project() -> Project {
    let files =
        [("shop/api.py", API), ("shop/legacy.py", "from shop.users import UserService\n"), ("shop/report.py", REPORT)];
    Project::new(files.iter().map(|(path, text)| Loaded::text(path, text)).collect(), &RootConfig::default())
}

fn plan() -> Plan {
    let before = API.trim_start_matches('\u{feff}').to_owned();
    let start = before.find("shop.legacy").unwrap();
    let edit = Edit::new(Span::new(start, start + "shop.legacy".len()), "shop.users");
    let note = Note { rule: 0, kind: Kind::ImportFrom, safety: Safety::Safe };
    Plan {
        shims_removed: 1,
        changes: vec![
            FileChange {
                path: "shop/api.py".to_owned(),
                before,
                action: Action::Edit { edits: Edits::new(vec![edit]).unwrap(), notes: vec![note] },
            },
            FileChange {
                path: "shop/legacy.py".to_owned(),
                before: "from shop.users import UserService\n".to_owned(),
                action: Action::Delete { rule: 0 },
            },
        ],
        refusals: vec![
            refusal("shop/report.py", (REPORT, 27), Reason::NotPython, "not valid Python, mentions `UserService`"),
            refusal(
                "tests/test_\u{1b}[2J.py",
                ("\n", 0),
                Reason::AssertsTheShim,
                "asserts\u{7} that the old path works",
            ),
        ],
        mentions: vec![("md".to_owned(), 1_234), ("txt".to_owned(), 2)],
        merges: Vec::new(),
        moves: Vec::new(),
        strings: StringCounts::new(),
    }
}

fn refusal(path: &str, (text, offset): (&str, usize), reason: Reason, says: &str) -> Refusal {
    let position = LineIndex::new(text).position(offset, text);
    let span = Span::empty(offset);
    let kind = Kind::UnreadableMention;
    Refusal { path: path.to_owned(), position, span, rule: 0, kind, reason, text: says.to_owned() }
}

fn summarised(plan: &Plan, screen: &Screen) -> String {
    let (project, rules) = (project(), rules());
    let proof = Proof { references: 1_300, proven: 1_298, refused: 2, unchanged: 77 };
    let view = View { project: &project, rules: &rules, plan, proof };
    let mut out = Vec::new();
    summary::write_rules(&view, screen, &mut out).unwrap();
    summary::write(&view, screen, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn assert_snapshot(name: &str, shown: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, shown));
}

#[test]
fn a_summary_says_what_stays_and_what_is_next() {
    assert_snapshot("summary", &summarised(&plan(), &Screen::plain()));
}

#[test]
fn many_refusals_are_grouped_unless_all_are_asked_for() {
    let mut plan = plan();
    for line in 0..40 {
        let reason = if line % 4 == 0 { Reason::Probe } else { Reason::Rebound };
        let text = "\n".repeat(line);
        plan.refusals.push(refusal("shop/flags.py", (&text, line), reason, "`FLAG` is set from another file"));
    }
    let short = summarised(&plan, &Screen::plain());
    assert_snapshot("summary_grouped", &short);
    let all = summarised(&plan, &Screen { detail: Detail::All, ..Screen::plain() });
    assert_eq!(all.matches("shop/flags.py").count(), 40);
}

#[test]
fn an_empty_plan_says_so() {
    assert_snapshot("summary_empty", &summarised(&Plan::default(), &Screen::plain()));
}

#[test]
fn the_machine_output_counts_bytes_of_the_file_and_fits_its_schema() {
    let (project, rules, plan) = (project(), rules(), plan());
    let view = View { project: &project, rules: &rules, plan: &plan, proof: Proof::default() };
    let mut out = Vec::new();
    json::write_diff(&view, &mut out).unwrap();
    let output: serde_json::Value = serde_json::from_slice(&out).unwrap();
    let edit = &output["changes"][0]["edits"][0];
    let (start, end) = (edit["start"].as_u64().unwrap() as usize, edit["end"].as_u64().unwrap() as usize);
    assert_eq!(&API[start..end], "shop.legacy");
    let schema: serde_json::Value = serde_json::from_str(&json::schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(validator.is_valid(&output));
    assert!(!validator.is_valid(&serde_json::json!({"version": 1})));
    assert_snapshot("diff_json", &serde_json::to_string_pretty(&output).unwrap());
}

const OLD: &str = "from base import Base
class Queue(Base):
    limit = 3
    jitter: float = 0.5
    def __init__(self, size, name=''):
        self.size = size
    @staticmethod
    def open(): ...
    @property
    def full(self): return True
    async def put(self, item): ...
    def drain(self, most=1): return flush(self)
    def close(self): ...
";
const NEW: &str = "class Queue:
    limit = 5
    def __init__(self, size, *, name=''):
        self.size = size
        self.jitter = 0.5
    @classmethod
    def open(cls): ...
    def full(self): return True
    def put(self, item): 'Keeps it.'; pass
    def drain(self, most=9): return flush(self)
    def peek(self): ...
def flush(queue): ...
";
const MERGE: &str = r#"
[[rule]]
id = "queue"
canonical = "new:Queue"
merge = ["old:Queue"]
"#;

#[test]
fn other_objects_are_compared_member_by_member() {
    let rule = RuleText { name: "rules/queue.toml".to_owned(), bytes: MERGE.into(), asked: Asked::ByName };
    let rules = unshim::rule::read(&[rule]).unwrap();
    let use_ = "from old import Queue\n\nqueue = Queue(1)\n";
    let files = [("base.py", "class Base: ...\n"), ("old.py", OLD), ("new.py", NEW), ("use.py", use_)];
    let files = files.iter().map(|(path, text)| Loaded::text(path, text)).collect();
    let world = unshim::semantics::World::new(Project::new(files, &RootConfig::default()));
    let verified = unshim::plan::plan(&world, &rules, Safety::Safe).unwrap();
    let view = View::new(&world.project, &rules, &verified);
    let mut out = Vec::new();
    summary::write(&view, &Screen::plain(), &mut out).unwrap();
    assert_snapshot("summary_merges", &String::from_utf8(out).unwrap());
    let mut out = Vec::new();
    json::write_diff(&view, &mut out).unwrap();
    let output: serde_json::Value = serde_json::from_slice(&out).unwrap();
    let schema: serde_json::Value = serde_json::from_str(&json::schema()).unwrap();
    assert!(jsonschema::is_valid(&schema, &output), "{output}");
    assert_eq!(output["summary"]["merges"][0]["differs"][0]["alias"]["text"], "(Base)");
}

#[test]
fn the_page_is_drawn_from_what_people_shall_see() {
    let rule = RuleText { name: "rules/queue.toml".to_owned(), bytes: PAGE_RULE.into(), asked: Asked::ByName };
    let rules = unshim::rule::read(&[rule]).unwrap();
    let files = [
        ("new.py", "class Queue: ...\n"),
        ("old.py", "from new import Queue\n"),
        ("use.py", "\"\"\"Uses\n\n</script>\n\"\"\"\nfrom old import Queue\n\nqueue = Queue()"),
        ("broken.py", "import old\nprint 'it', old.Queue\n"),
    ];
    let files = files.iter().map(|(path, text)| Loaded::text(path, text)).collect();
    let world = unshim::semantics::World::new(Project::new(files, &RootConfig::default()));
    let verified = unshim::plan::plan(&world, &rules, Safety::Safe).unwrap();
    let page = html::change_page(&View::new(&world.project, &rules, &verified), &world);
    assert!(!page.replace(SVG, "").contains("://"), "it names no other place");
    assert_snapshot("page_data", &data_of(&page));
}

/// The name of what pictures are made of, which is no place that is asked.
const SVG: &str = "http://www.w3.org/2000/svg";

/// What a page is drawn from.
fn data_of(page: &str) -> String {
    let (_, rest) = page.split_once("data-word=\"").unwrap();
    let (data, _) = rest.split_once("\">").unwrap().1.split_once("</script>").unwrap();
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    serde_json::to_string_pretty(&data).unwrap()
}

#[test]
fn the_page_of_an_audit_has_members_and_differences() {
    let near = OLD.replace("Queue", "Deque").replace("jitter", "spread");
    let files = [
        ("old.py", OLD),
        ("near.py", &near),
        ("name.py", "from old import Queue\n\nBasket = Queue  # </script>\n"),
        ("use.py", "from name import Basket\n\nBasket(1)\n"),
        ("broken.py", "print 'it'\n"),
    ];
    let files = files.iter().map(|(path, text)| Loaded::text(path, text)).collect();
    let world = unshim::semantics::World::new(Project::new(files, &RootConfig::default())).fingerprinted();
    let page = html::audit_page(&Holdings::new(&world, &Answers::default(), &Wish::default()).told_of(&world));
    assert_snapshot("audit_page_data", &data_of(&page));
}

const PAGE_RULE: &str = r#"
[[rule]]
id = "queue"
why = "One queue."
canonical = "new:Queue"
aliases = ["old:Queue"]
"#;
