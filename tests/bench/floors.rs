//! What each floor takes on a tree in memory: `cargo bench`. One thread does all of it, so that times tell work.

use std::fmt::Write;
use std::sync::LazyLock;

use divan::counter::BytesCount;
use divan::{Bencher, Divan};
use rayon::iter::ParallelIterator;
use unshim::audit::{Answers, Holdings, Wish};
use unshim::plan::plan;
use unshim::project::{FileId, Loaded, Project, RootConfig};
use unshim::python::{parse, parse_imported};
use unshim::report::{Screen, View, diff};
use unshim::rule::{Asked, RuleSet, RuleText, read};
use unshim::semantics::{Facts, World, collect};
use unshim::site::{Families, find_sides};
use unshim::text::{Edit, Edits, LineIndex, Search, Span, Words};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often each is timed, unless `--sample-count` says otherwise.
const SAMPLES: u32 = 20;
const MODULES: usize = 100;
const FUNCTIONS: usize = 25;
const RULE: &str = "[[rule]]\nid = \"new\"\ncanonical = \"app.new:New\"\naliases = [\"app.old:Old\"]\n";

/// The texts of the modules, all of which go through the shim.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| (0..MODULES).map(module).collect());

fn main() {
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().expect("there is no pool before");
    Divan::default().sample_count(SAMPLES).config_with_args().main();
}

fn module(number: usize) -> String {
    let before = number.saturating_sub(1);
    let mut text = format!("import os\nfrom app.old import Old\nfrom app.module{before} import function0 as other\n");
    for function in 0..FUNCTIONS {
        let _ = write!(
            text,
            "\n\ndef function{function}(first, second=None):\n    \"\"\"Adds {function} to the first.\"\"\"\n    \
             total = Old(first).work({function}) if second else os.path.join(str(first), \"name\")\n    return other(total)\n"
        );
    }
    text
}

fn tree() -> Vec<Loaded> {
    let modules = TEXTS.iter().enumerate().map(|(number, text)| Loaded::text(&format!("app/module{number}.py"), text));
    let family = [
        Loaded::text("app/__init__.py", ""),
        Loaded::text("app/new.py", "class New:\n    def work(self, value):\n        return value\n"),
        Loaded::text("app/old.py", "from app.new import New as Old\n"),
    ];
    modules.chain(family).collect()
}

/// The tree as it is before anything has been asked of it.
fn world() -> World {
    World::new(Project::new(tree(), &RootConfig::default()))
}

/// The tree with the facts of all files, and no name followed.
fn collected() -> World {
    let world = world();
    world.project.par_files().for_each(|file| assert!(world.facts(file).is_some()));
    world
}

fn rules() -> RuleSet {
    let text = RuleText { name: "rule.toml".to_owned(), bytes: RULE.into(), asked: Asked::ByName };
    read(&[text]).expect("the rule is right")
}

/// Times some work on each of the texts.
fn on_texts<T>(bencher: Bencher, work: impl Fn(&str) -> T) {
    let bytes = BytesCount::new(TEXTS.iter().map(String::len).sum::<usize>());
    bencher.counter(bytes).bench_local(|| TEXTS.iter().map(|text| work(text)).collect::<Vec<_>>());
}

#[divan::bench]
fn text_search(bencher: Bencher) {
    let search = Search::new(["Older", "NewName", "old_module", "absent"]);
    on_texts(bencher, |text| search.matches(text.as_bytes()));
}

#[divan::bench]
fn text_words(bencher: Bencher) {
    on_texts(bencher, |text| Words::of(text.as_bytes()));
}

#[divan::bench]
fn text_line_index(bencher: Bencher) {
    on_texts(bencher, LineIndex::new);
}

#[divan::bench]
fn text_edits(bencher: Bencher) {
    on_texts(bencher, |text| {
        let spans = text.match_indices("Old").map(|(start, old)| Span::new(start, start + old.len()));
        Edits::new(spans.map(|span| Edit::new(span, "New")).collect()).expect("none overlaps").apply(text)
    });
}

/// The strict parser alone: what [`python_parse`] takes beyond it is for the lowering of its tree.
#[divan::bench]
fn python_parser(bencher: Bencher) {
    on_texts(bencher, |text| ruff_python_parser::parse_module(text).expect("it is Python"));
}

#[divan::bench]
fn python_parse(bencher: Bencher) {
    on_texts(bencher, |text| parse(text).expect("it is Python"));
}

#[divan::bench]
fn python_parse_imported(bencher: Bencher) {
    on_texts(bencher, |text| parse_imported(text).expect("it is Python"));
}

#[divan::bench]
fn rule_read(bencher: Bencher) {
    bencher.bench_local(rules);
}

#[divan::bench]
fn project_modules(bencher: Bencher) {
    bencher.with_inputs(tree).bench_local_values(|tree| Project::new(tree, &RootConfig::default()));
}

#[divan::bench]
fn semantics_collect(bencher: Bencher) {
    let parsed = || TEXTS.iter().map(|text| parse(text).expect("it is Python")).collect::<Vec<_>>();
    bencher.with_inputs(parsed).bench_local_values(|parsed| {
        parsed.into_iter().zip(&*TEXTS).map(|(syntax, text)| collect(syntax, text)).collect::<Vec<_>>()
    });
}

/// Follows every name of every file.
#[divan::bench]
fn semantics_follow(bencher: Bencher) {
    bencher.with_inputs(collected).bench_local_refs(|world| {
        let files = world.project.par_files();
        files.map(|file| world.facts(file).map_or(0, |facts| followed(world, file, facts))).sum::<usize>()
    });
}

fn followed(world: &World, file: FileId, facts: &Facts) -> usize {
    facts.references.iter().map(|reference| world.chain(file, reference).len()).sum()
}

#[divan::bench]
fn site_find(bencher: Bencher) {
    let rules = rules();
    bencher
        .with_inputs(collected)
        .bench_local_refs(|world| find_sides(&Families::of_sides(world, &rules).expect("the rule fits the tree")));
}

/// Finds, composes and proves.
#[divan::bench]
fn plan_proven(bencher: Bencher) {
    let rules = rules();
    bencher.with_inputs(collected).bench_local_refs(|world| plan(world, &rules, None).expect("the rule fits the tree"));
}

#[divan::bench(sample_count = 5)]
fn audit_all(bencher: Bencher) {
    let wish = Wish { canonical: None, all: false };
    bencher
        .with_inputs(|| (world().fingerprinted(), Answers::default()))
        .bench_local_refs(|(world, answers)| Holdings::new(world, answers, &wish).told_of(world).families.len());
}

#[divan::bench]
fn report_diff(bencher: Bencher) {
    let (world, rules) = (world(), rules());
    let verified = plan(&world, &rules, None).expect("the rule fits the tree");
    let view = View::new(&world.project, &rules, &verified);
    bencher.bench_local(|| {
        let mut out = Vec::new();
        diff::write(&view, &Screen::plain(), &mut out).expect("memory takes it");
        out
    });
}
