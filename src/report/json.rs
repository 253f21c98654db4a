//! The machine output, version 1. Keys and codes never change meaning; paths are relative to the tree and `/`-separated.

use std::collections::BTreeMap;
use std::io::{self, Write};

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use super::audit_json::AuditOutput;
use super::check_json::{CheckOutput, FindingOutput};
use super::examples::TestOutput;
use super::explain_json::ExplainOutput;
use super::harmless::write_json;
use super::log_json::LogOutput;
use super::logged::LoggedOutput;
use super::merges;
use super::packs::PacksOutput;
use super::page::PageOutput;
use super::strings::{self, StringsOutput};
use super::totals::Totals;
use super::view::View;
use super::why::why;
use crate::plan::{self, Action, Note, Outcome, Reason, Safety};
use crate::project::Project;
use crate::rule::RuleSet;
use crate::semantics::{Difference, Differs};
use crate::site::Kind;
use crate::text::Shape;

/// The version of every output below.
pub(super) const VERSION: u8 = 1;

/// What `unshim` prints with `--output-format json`.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only its schema is asked for")]
enum Output<'a> {
    Diff(DiffOutput<'a>),
    Check(CheckOutput<'a>),
    CheckLine(FindingOutput<'a>),
    Test(TestOutput<'a>),
    Audit(AuditOutput<'a>),
    Explain(ExplainOutput),
    Page(PageOutput),
    Log(LogOutput<'a>),
    Logged(LoggedOutput),
    Packs(PacksOutput<'a>),
}

/// `unshim diff --output-format json`
#[derive(Serialize, JsonSchema)]
struct DiffOutput<'a> {
    version: u8,
    /// Sorted by path.
    changes: Vec<Change<'a>>,
    /// Places left alone, sorted by path and offset.
    refusals: Vec<Refusal<'a>>,
    proof: Proof,
    summary: Summary<'a>,
}

/// The change of one file.
#[derive(Serialize, JsonSchema)]
struct Change<'a> {
    path: &'a str,
    action: ActionName,
    /// Sorted and disjoint. Empty for a file that is deleted, one with the whole text for a file that is created.
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum ActionName {
    Edit,
    Delete,
    Create,
}

/// The bytes from `start` up to `end` of the file as it is become `text`, in the file's encoding.
#[derive(Serialize, JsonSchema)]
struct Edit<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    rule: &'a str,
    kind: Kind,
    #[schemars(with = "SafetyName")]
    safety: Safety,
    /// One sentence for people: what makes it as sure as it is.
    why: &'static str,
}

/// How sure a rewritten place is.
#[derive(JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(dead_code, reason = "only its schema is asked for")]
enum SafetyName {
    Manual,
    Risky,
    Safe,
}

/// A place that stays as it is.
#[derive(Serialize, JsonSchema)]
struct Refusal<'a> {
    path: &'a str,
    /// From 1.
    line: u32,
    /// From 1, in characters.
    column: u32,
    rule: &'a str,
    kind: Kind,
    reason: Reason,
    /// One sentence for people.
    text: &'a str,
}

/// A definition that has a new place.
#[derive(Serialize, JsonSchema)]
struct MoveOutput<'a> {
    rule: &'a str,
    /// `pkg.mod:Name`
    from: String,
    to: String,
}

/// The numbers of the proof.
#[derive(Serialize, JsonSchema)]
struct Proof {
    /// References to the families seen.
    references: usize,
    /// Rewritten, and shown to end at the canonical origin.
    proven: usize,
    /// Left alone, with a reason.
    refused: usize,
    /// Other references, shown to end where they ended before.
    unchanged: usize,
}

#[derive(Serialize, JsonSchema)]
struct Summary<'a> {
    /// Files read.
    files: usize,
    edited: usize,
    deleted: usize,
    created: usize,
    edits: usize,
    shims_removed: usize,
    shims_held: usize,
    /// Mentions that are neither code nor a path, by file ending; never edited.
    mentions: BTreeMap<&'a str, usize>,
    /// Aliases that are other objects, by rule and name.
    merges: Vec<MergeOutput<'a>>,
    /// Definitions that have a new place; pickles that exist keep the old path.
    moves: Vec<MoveOutput<'a>>,
    /// Strings and configuration values that concern an alias, by kind.
    strings: Vec<StringsOutput>,
}

/// An alias that is another object, and how it differs from what the rule makes of it.
#[derive(Serialize, JsonSchema)]
struct MergeOutput<'a> {
    rule: &'a str,
    /// `pkg.mod:Name`
    alias: String,
    canonical: String,
    outcome: Outcome,
    /// `null` if one of the two is no class or function of the tree.
    differs: Option<Vec<DifferenceOutput<'a>>>,
}

/// One way of differing.
#[derive(Serialize, JsonSchema)]
pub(super) struct DifferenceOutput<'a> {
    what: Differs,
    /// `null` for the class or function as a whole.
    member: Option<&'a str>,
    /// `null` where only the canonical has the member.
    alias: Option<StretchOutput<'a>>,
    /// `null` where only the alias has the member.
    canonical: Option<StretchOutput<'a>>,
}

/// A place of the tree and what stands there, on one line and cut if it is long.
#[derive(Serialize, JsonSchema)]
struct StretchOutput<'a> {
    path: &'a str,
    /// From 1.
    line: u32,
    text: String,
}

/// The JSON Schema of the outputs, with a newline at its end.
pub fn schema() -> String {
    let schema = SchemaSettings::draft07().for_serialize().into_generator().into_root_schema_for::<Output>();
    let text = serde_json::to_string_pretty(&schema).expect("a schema is made of JSON values");
    text + "\n"
}

/// Writes the change as one line of JSON.
pub fn write_diff(view: &View, out: &mut dyn Write) -> io::Result<()> {
    let output = DiffOutput {
        version: VERSION,
        changes: view.plan.changes.iter().map(|change| change_output(view, change)).collect(),
        refusals: view.plan.refusals.iter().map(|refusal| refusal_output(view.rules, refusal)).collect(),
        proof: proof_output(view.proof),
        summary: summary(view),
    };
    write_json(&output, out)
}

fn change_output<'a>(view: &View<'a>, change: &'a plan::FileChange) -> Change<'a> {
    let (action, edits) = match &change.action {
        Action::Delete { .. } => (ActionName::Delete, Vec::new()),
        Action::Create { text, rule } => {
            let (kind, safety) = (Kind::Definition, Safety::Safe);
            let rule = rule_id(view.rules, *rule);
            (ActionName::Create, vec![Edit { start: 0, end: 0, text, rule, kind, safety, why: why(kind, safety) }])
        }
        Action::Edit { edits, notes } => {
            let offset = |at| file_offset(view.shape(&change.path), &change.before, at);
            let edit = |(edit, note): (&'a crate::text::Edit, &Note)| Edit {
                start: offset(edit.span.start()),
                end: offset(edit.span.end()),
                text: &edit.text,
                rule: rule_id(view.rules, note.rule),
                kind: note.kind,
                safety: note.safety,
                why: why(note.kind, note.safety),
            };
            (ActionName::Edit, edits.as_slice().iter().zip(notes).map(edit).collect())
        }
    };
    Change { path: &change.path, action, edits }
}

/// Where the byte at `offset` of the decoded text stands in the file, its mark and its encoding counted.
fn file_offset(shape: Shape, text: &str, offset: usize) -> usize {
    shape.file_offset(text, offset).expect("the proof refuses text that the file's encoding cannot hold")
}

fn refusal_output<'a>(rules: &'a RuleSet, refusal: &'a plan::Refusal) -> Refusal<'a> {
    Refusal {
        path: &refusal.path,
        line: refusal.position.line,
        column: refusal.position.column,
        rule: rule_id(rules, refusal.rule),
        kind: refusal.kind,
        reason: refusal.reason,
        text: &refusal.text,
    }
}

fn proof_output(proof: plan::Proof) -> Proof {
    let plan::Proof { references, proven, refused, unchanged } = proof;
    Proof { references, proven, refused, unchanged }
}

fn summary<'a>(view: &View<'a>) -> Summary<'a> {
    let totals = Totals::of(view.plan);
    Summary {
        files: view.project.files.len(),
        edited: totals.edited,
        deleted: totals.deleted,
        created: totals.created,
        edits: totals.edits,
        shims_removed: totals.shims_removed,
        shims_held: totals.shims_held,
        mentions: view.plan.mentions.iter().map(|(ending, count)| (ending.as_str(), *count)).collect(),
        merges: view.plan.merges.iter().map(|merge| merge_output(view, merge)).collect(),
        moves: view.plan.moves.iter().map(|one| move_output(view, one)).collect(),
        strings: strings::output(&view.plan.strings),
    }
}

fn merge_output<'a>(view: &View<'a>, merge: &'a plan::Merge) -> MergeOutput<'a> {
    let differs = |difference: &'a Difference| difference_output(view.project, difference);
    MergeOutput {
        rule: rule_id(view.rules, merge.rule),
        alias: merge.alias.to_string(),
        canonical: merge.canonical.to_string(),
        outcome: merge.outcome,
        differs: merge.differences.as_ref().map(|all| all.iter().map(differs).collect()),
    }
}

pub(super) fn difference_output<'a>(project: &'a Project, difference: &'a Difference) -> DifferenceOutput<'a> {
    let stretch = |stretch| {
        let (path, line) = merges::place(project, stretch);
        StretchOutput { path, line, text: merges::code(project, stretch) }
    };
    DifferenceOutput {
        what: difference.what,
        member: difference.member.as_deref(),
        alias: difference.own.map(stretch),
        canonical: difference.canonical.map(stretch),
    }
}

fn rule_id(rules: &RuleSet, rule: usize) -> &str {
    rules.rules.get(rule).map_or("", |rule| &rule.id)
}

fn move_output<'a>(view: &View<'a>, one: &plan::Move) -> MoveOutput<'a> {
    MoveOutput { rule: rule_id(view.rules, one.rule), from: one.from.to_string(), to: one.to.to_string() }
}
