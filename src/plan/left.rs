//! The change without the places that a review leaves as they are: another plan, which is proven like any other.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::alone::{Start, seen};
use super::compose::Composed;
use super::context::{Kept, Run};
use super::verify::planned;
use super::{Action, FileChange, Objection, Plan, Reason, Safety, Verified, moves};
use crate::project::FileId;
use crate::rule::RuleSet;
use crate::semantics::World;
use crate::site::Mismatch;
use crate::text::Span;

/// A stretch of lines that a change replaces, by which a decision on it is known again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stretch {
    pub path: String,
    /// The lines as they are; empty where lines are added.
    pub span: Span,
    /// What they become; `None` if the file goes.
    pub becomes: Option<String>,
}

/// What a review decides on a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    Accept,
    Leave,
}

/// The stretches that stay as they are, by path.
#[derive(Clone, Debug, Default)]
pub struct Left(BTreeMap<String, Vec<Span>>);

impl<'s> FromIterator<&'s Stretch> for Left {
    fn from_iter<I: IntoIterator<Item = &'s Stretch>>(stretches: I) -> Self {
        let mut left = Self::default();
        for stretch in stretches {
            left.0.entry(stretch.path.clone()).or_default().push(stretch.span);
        }
        left
    }
}

/// The proven plan of `rules` in which nothing that is `left` changes.
///
/// What needs those places stays with them. Where they cannot be told from the rest of their file, all of it stays.
pub fn plan_without(
    world: &World,
    rules: &RuleSet,
    safety: Option<Safety>,
    left: &Left,
) -> Result<Verified, Vec<Mismatch>> {
    let has_moves = rules.rules.iter().any(|rule| rule.moves.is_some());
    let mut closed = Closed::default();
    if has_moves {
        // A definition that moves takes its lines along: places are told by their files only.
        closed.files.extend(left.0.keys().cloned());
    }
    loop {
        let world = &world.changed(world.project.narrowed(|path| !closed.files.contains(path)));
        let mut verified = match has_moves {
            true => moves::plan(world, rules, safety, &closed.moves)?,
            false => planned(world, rules, safety, &Start::Without(left))?.0,
        };
        if !closed.close(left, rules, &verified.plan) {
            closed.explain(&mut verified.plan);
            return Ok(verified);
        }
    }
}

/// What stays as a whole.
#[derive(Default)]
struct Closed {
    files: BTreeSet<String>,
    /// Rules whose definition does not move.
    moves: BTreeSet<usize>,
}

impl Closed {
    /// Closes what a plan changes although it is left; whether there was anything.
    fn close(&mut self, left: &Left, rules: &RuleSet, plan: &Plan) -> bool {
        let touched: Vec<_> = plan.changes.iter().filter(|change| left.is_touched(change)).collect();
        let mut is_new = false;
        for change in &touched {
            is_new |= match change.action {
                Action::Create { rule, .. } => self.moves.insert(rule),
                _ => self.files.insert(change.path.clone()),
            };
        }
        assert!(touched.is_empty() || is_new || self.close_moves(rules), "what may not be edited does not change");
        !touched.is_empty()
    }

    /// Closes all definitions, where it is not clear which of them makes a file.
    fn close_moves(&mut self, rules: &RuleSet) -> bool {
        let before = self.moves.len();
        self.moves.extend(0..rules.rules.len());
        self.moves.len() > before
    }

    /// Says of the files that stay who wants it so.
    fn explain(&self, plan: &mut Plan) {
        let own = plan.refusals.iter_mut().filter(|refusal| self.files.contains(&refusal.path));
        for refusal in own.filter(|refusal| refusal.reason == Reason::NotEdited) {
            (refusal.reason, refusal.text) = why();
        }
    }
}

impl Left {
    fn is_touched(&self, change: &FileChange) -> bool {
        let Some(spans) = self.0.get(&change.path) else { return false };
        match &change.action {
            Action::Edit { edits, .. } => edits.as_slice().iter().any(|edit| {
                let lines = whole_lines(&change.before, edit.span);
                spans.iter().any(|span| meets(*span, lines))
            }),
            Action::Delete { .. } | Action::Create { .. } => true,
        }
    }

    /// Whether a span of a file lies in something that is left.
    pub(super) fn holds(&self, path: &str, span: Span) -> bool {
        self.0.get(path).is_some_and(|spans| spans.iter().any(|own| own.overlaps(span)))
    }

    /// What stays from the beginning.
    pub(super) fn kept(&self, runs: &[Run]) -> Kept {
        let mut kept = Kept { left: std::sync::Arc::new(self.clone()), ..Kept::default() };
        for (path, spans) in &self.0 {
            keep(runs, path, spans, &mut kept);
            let configs = runs[0].sites.configs.iter().filter(|site| site.path == *path);
            let own = configs.filter(|site| spans.iter().any(|span| span.overlaps(site.span)));
            kept.configs.extend(own.map(|site| ((site.path.clone(), site.span), why())));
        }
        kept
    }

    /// The same for a second run, in the tree as it is after the first. Configuration files stay as a whole.
    pub(super) fn again(&self, runs: &[Run], landed: impl Fn(&str, Span) -> Option<Span>) -> Kept {
        let mut kept = Kept::default();
        for (path, spans) in &self.0 {
            let spans: Vec<Span> = spans.iter().filter_map(|span| landed(path, *span)).collect();
            keep(runs, path, &spans, &mut kept);
            let configs = runs[0].sites.configs.iter().filter(|site| site.path == *path);
            kept.configs.extend(configs.map(|site| ((site.path.clone(), site.span), why())));
        }
        kept
    }
}

/// Where a span that no edit of the first run touches stands after it.
pub(super) fn landed(runs: &[Run], first: &[Composed], path: &str, span: Span) -> Option<Span> {
    let file = runs[0].world.project.file_by_path(path)?;
    let own = |composed: &&super::compose::ComposedFile| composed.file == file;
    let start = match first.iter().flat_map(|side| &side.files).find(own) {
        Some(composed) => composed.written.edits.moved(span.start())?,
        None => span.start(),
    };
    Some(Span::new(start, start + span.len()))
}

/// Keeps what stands at these spans of a Python file, and what binds the names that are used there.
fn keep(runs: &[Run], path: &str, spans: &[Span], kept: &mut Kept) {
    for run in runs {
        let Some(file) = run.world.project.file_by_path(path) else { continue };
        let all = seen(run, file).into_iter().chain(names(run, file));
        let own = all.filter(|(shown, _)| spans.iter().any(|span| span.overlaps(*shown)));
        kept.keep(file, own.map(|(_, key)| key), &why());
    }
}

/// The uses of names in a file, each with the imports and shims that bind it.
fn names(run: &Run, file: FileId) -> Vec<(Span, Span)> {
    let (Some(facts), Some(sites)) = (run.world.facts(file), run.sites.of(file)) else { return Vec::new() };
    let own: BTreeSet<_> = sites.bindings().collect();
    let uses = facts.references.iter().flat_map(|reference| {
        let shown = facts.syntax.chains[reference.chain.index()].root_span;
        let bindings = reference.reach.bindings.iter().filter(|id| own.contains(id));
        bindings.map(move |id| (shown, facts.bindings[id.index()].span))
    });
    uses.collect()
}

/// From the first line of a span to the end of its last.
fn whole_lines(text: &str, span: Span) -> Span {
    let start = text[..span.start()].rfind('\n').map_or(0, |end| end + 1);
    let last = span.end().max(span.start() + 1) - 1;
    let end = text.as_bytes()[last..].iter().position(|byte| *byte == b'\n');
    Span::new(start, end.map_or(text.len(), |end| last + end + 1))
}

/// Whether two stretches share a byte, or an empty one stands at an end of the other.
fn meets(one: Span, other: Span) -> bool {
    let is_empty = one.is_empty() || other.is_empty();
    one.overlaps(other) || is_empty && one.start <= other.end && other.start <= one.end
}

fn why() -> Objection {
    (Reason::LeftByReviewer, "the review leaves this place as it is".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;
    use crate::project::{Loaded, Project, RootConfig};
    use crate::rule::{Asked, RuleText, read};

    const RULE: &str =
        "[[rule]]\nid = \"new\"\ncanonical = \"new:New\"\naliases = [\"old:Old\"]\nstrings = \"all\"\ndocs = true\n";
    const NEW: (&str, &str) = ("new.py", "class New:\n    pass\n");
    const OLD: (&str, &str) = ("old.py", "from new import New as Old\n");

    /// What becomes of each file that changes, without the lines of these files in which a word stands.
    fn changed(rule: &str, files: &[(&str, &str)], left: &[(&str, &str)]) -> BTreeMap<String, Option<String>> {
        let loaded = files.iter().map(|(path, text)| Loaded::in_memory(path, text.as_bytes().to_vec())).collect();
        let world = World::new(Project::new(loaded, &RootConfig::default()));
        let text = RuleText { name: "rule.toml".into(), bytes: rule.into(), asked: Asked::ByName };
        let rules = read(&[text]).unwrap();
        let stretches: Vec<Stretch> = left
            .iter()
            .map(|(path, word)| {
                let text = files.iter().find(|(own, _)| own == path).map_or("", |(_, text)| text);
                let start = text.find(word).unwrap_or_default();
                Stretch { path: (*path).into(), span: whole_lines(text, Span::new(start, start)), becomes: None }
            })
            .collect();
        let left: Left = stretches.iter().collect();
        let verified = match stretches.is_empty() {
            true => plan(&world, &rules, None).unwrap(),
            false => plan_without(&world, &rules, None, &left).unwrap(),
        };
        assert!(!verified.plan().changes.iter().any(|change| left.is_touched(change)));
        verified.plan().changes.iter().map(|change| (change.path.clone(), change.after())).collect()
    }

    fn paths(changes: &BTreeMap<String, Option<String>>) -> Vec<&str> {
        changes.keys().map(String::as_str).collect()
    }

    #[test]
    fn an_import_that_is_left_holds_its_shim_and_no_other() {
        let user = "from old import Old\n\nOld()\n";
        let files = [NEW, OLD, ("a.py", user), ("b.py", user)];
        assert_eq!(paths(&changed(RULE, &files, &[])), ["a.py", "b.py", "old.py"]);
        assert_eq!(paths(&changed(RULE, &files, &[("b.py", "import Old")])), ["a.py"]);
        assert_eq!(paths(&changed(RULE, &files, &[("old.py", "import")])), ["a.py", "b.py"]);
    }

    #[test]
    fn a_use_that_is_left_takes_its_import_along_and_leaves_the_rest_of_the_file() {
        let text = "from old import Old\n\nOld()\n\n\ndef f():\n    import old\n\n    return old.Old\n";
        let changes = changed(RULE, &[NEW, OLD, ("a.py", text)], &[("a.py", "Old()")]);
        let after = "from old import Old\n\nOld()\n\n\ndef f():\n    import new\n\n    return new.New\n";
        assert_eq!(changes, [("a.py".to_owned(), Some(after.to_owned()))].into());
    }

    #[test]
    fn a_line_without_a_site_that_is_left_leaves_its_file() {
        let new = ("new.py", "class New:\n    pass\n\n\nOTHER = 1\n");
        let text = "from new import OTHER\nfrom old import Old\n\nOld()\n";
        let files = [new, OLD, ("a.py", text), ("b.py", "from old import Old\n")];
        assert!(
            changed(RULE, &files, &[])["a.py"]
                .as_ref()
                .is_some_and(|text| text.starts_with("from new import OTHER, New\n"))
        );
        assert_eq!(paths(&changed(RULE, &files, &[("a.py", "OTHER")])), ["b.py"]);
    }

    #[test]
    fn prose_and_configuration_are_left_line_by_line() {
        let text = "\"\"\"Uses :class:`old.Old`.\"\"\"\nfrom old import Old\n";
        let config = "first: old.Old\nsecond: old.Old\n";
        let files = [NEW, OLD, ("a.py", text), ("a.yaml", config)];
        let changes = changed(RULE, &files, &[("a.py", "Uses"), ("a.yaml", "first")]);
        assert!(changes["a.py"].as_ref().is_some_and(|text| text.contains("`old.Old`") && text.contains("from new")));
        assert_eq!(changes["a.yaml"].as_deref(), Some("first: old.Old\nsecond: new.New\n"));
        assert!(!changes.contains_key("old.py"));
    }

    #[test]
    fn a_definition_whose_new_file_is_left_does_not_move() {
        let rule = "[[rule]]\nid = \"move\"\ncanonical = \"pkg.a:Thing\"\nmove = \"pkg.b:Thing\"\n";
        let files =
            [("pkg/__init__.py", ""), ("pkg/a.py", "class Thing:\n    pass\n"), ("c.py", "from pkg.a import Thing\n")];
        assert_eq!(paths(&changed(rule, &files, &[])), ["c.py", "pkg/a.py", "pkg/b.py"]);
        assert_eq!(paths(&changed(rule, &files, &[("pkg/b.py", "")])), [""; 0]);
        let deep = rule.replace("pkg.b:", "pkg.c.d:");
        assert_eq!(paths(&changed(&deep, &files, &[])), ["c.py", "pkg/a.py", "pkg/c/__init__.py", "pkg/c/d.py"]);
        let new = [("pkg/c/__init__.py", ""), ("pkg/c/d.py", ""), ("c.py", "from")];
        assert_eq!(paths(&changed(&deep, &files, &new)), [""; 0]);
        // What others read of the old place stays there.
        assert_eq!(paths(&changed(rule, &files, &[("c.py", "from")])), ["pkg/a.py", "pkg/b.py"]);
    }
}
