//! Why a command failed: one table from failures to exit codes and hints.

use std::io;

use super::init::STARTER;
use crate::disk::{ApplyError, DirtKind, PlanError, ReadError, SeedError, StaleFile};
use crate::report::{Palette, counted, number, shown_path, shown_text};
use crate::rule::{Problems, RuleSet};
use crate::site::Mismatch;

/// The editor ended the language server without `shutdown` (Language Server Protocol, "Exit Notification").
const CUT_OFF: u8 = 1;
/// Could not: usage, rules, a missing path, an unreadable tree.
const COULD_NOT: u8 = 2;
/// Refused before anything was written.
const REFUSED: u8 = 3;
/// A write failed; everything was rolled back.
const ROLLED_BACK: u8 = 4;
/// What shells add to the number of the signal that ended a program.
const SIGNALLED: u8 = 128;

/// Files listed below a message.
const MOST_LISTED: usize = 10;

#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error("no rules found")]
    NoRules { is_repository: bool, has_starter: bool },
    #[error("no rules in {}", quoted_list(.paths))]
    NoRulesIn { paths: Vec<String> },
    #[error("the rules are not right")]
    Rules(#[from] Problems),
    #[error("the rules do not fit the tree")]
    Mismatch { lines: Vec<String> },
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    Apply(#[from] ApplyError),
    #[error("change `{id}` of this tree is under way, or was cut off")]
    OpenChange { id: String },
    #[error("cannot read the journals: {0}")]
    Journals(io::Error),
    #[error("a tree without git has no branches")]
    NoBranches,
    #[error("the command fails without the change too")]
    FailsAnyway,
    #[error("a review needs a terminal to ask on")]
    NoTerminal,
    #[error("the review of the plan is not through: {} not decided", counted(*.open, "hunk"))]
    Unreviewed { open: usize },
    #[error("cannot watch signals: {0}")]
    Signals(io::Error),
    #[error(transparent)]
    Plan(#[from] PlanError),
    #[error(transparent)]
    Seed(#[from] SeedError),
    #[error("cannot tell the current folder: {0}")]
    Folder(io::Error),
    #[error("cannot start {threads} threads: {cause}")]
    Threads { threads: usize, cause: String },
    #[error("cannot write the result: {0}")]
    Output(#[from] io::Error),
    #[error("cannot write the rule file {}: {cause}", shown_path(.path))]
    RuleFile { path: String, cause: io::Error },
    #[error("cannot write the page {}: {cause}", shown_path(.path))]
    Page { path: String, cause: io::Error },
    #[error("there is no baseline {}", shown_path(.path))]
    MissingBaseline { path: String },
    #[error("{}:{line}: no baseline: {what}", shown_path(.path))]
    WrongBaseline { path: String, line: usize, what: String },
    #[error("cannot read or write the baseline {}: {cause}", shown_path(.path))]
    BaselineFile { path: String, cause: io::Error },
    #[error("a tree without git has no revisions")]
    NoHistory,
    #[error("cannot read the log {}: {cause}", shown_path(.path))]
    Log { path: String, cause: io::Error },
    #[error("nothing is known of `{what}`")]
    NotExplained { what: String, help: String },
    #[error("no Python file lies below the import root `{root}`")]
    EmptyRoot { root: String },
    #[error("the editor went away without `shutdown`")]
    CutOff,
    #[error("there is no pack `{name}`")]
    UnknownPack { name: String, meant: Option<&'static str> },
    #[error("a law of the program itself is broken")]
    Internal,
}

impl Failure {
    /// What the tree says against the rules, each with the place of its rule.
    pub(super) fn mismatch(mismatches: &[Mismatch], rules: &RuleSet) -> Self {
        let lines = mismatches.iter().flat_map(|Mismatch { rule, message, help }| {
            let rule = &rules.rules[*rule];
            let (file, line) = &rule.declared;
            let place =
                format!("  {}:{line}  rule `{}`: {}", shown_path(file), shown_text(&rule.id), shown_text(message));
            [place, format!("    {}", shown_text(help))]
        });
        Failure::Mismatch { lines: lines.collect() }
    }

    pub(super) fn not_explained(what: &str, help: impl Into<String>) -> Self {
        Failure::NotExplained { what: what.to_owned(), help: help.into() }
    }

    /// The reader of the result went away: the rest is of no use to anybody.
    pub(super) fn is_closed_pipe(&self) -> bool {
        matches!(self, Failure::Output(cause) if cause.kind() == io::ErrorKind::BrokenPipe)
    }

    /// The exit code, and what to do about it.
    pub(super) fn verdict(&self) -> (u8, &str) {
        match self {
            Failure::NoRules { has_starter: true, .. } => {
                (COULD_NOT, "take the `#` away in front of its lines, or let `unshim audit --propose` write rules")
            }
            Failure::NoRules { .. } => (
                COULD_NOT,
                "`unshim audit --propose` writes some for what is here, `unshim init` a commented one, \
                 `unshim rules` has ready ones",
            ),
            Failure::NoRulesIn { .. } => {
                (COULD_NOT, "a rule file holds `[[rule]]` with `id`, `canonical` and `aliases`")
            }
            Failure::Rules(_) | Failure::Mismatch { .. } | Failure::Output(_) | Failure::Signals(_) => (COULD_NOT, ""),
            Failure::Read(ReadError::Glob { .. }) => {
                (COULD_NOT, "in patterns `*`, `**`, `?`, `[…]` and `{…,…}` have a meaning")
            }
            Failure::Read(ReadError::Commit { .. }) => {
                (COULD_NOT, "commit something first, or see what `git log` says")
            }
            Failure::Read(ReadError::Revision { .. }) => {
                (COULD_NOT, "name a branch, a tag or a commit that is there: a shallow clone has few")
            }
            Failure::Read(_) => (COULD_NOT, "name a folder or file that exists and can be read"),
            Failure::Apply(error) => apply_verdict(error),
            Failure::OpenChange { .. } => {
                (REFUSED, "if no `unshim` is at work, `unshim undo` or `unshim apply` takes it back first")
            }
            Failure::Journals(_) => (COULD_NOT, "they lie in `unshim/` in the git directory"),
            Failure::NoBranches => (COULD_NOT, "`unshim apply --allow-no-vcs` changes it in place"),
            Failure::FailsAnyway => (ROLLED_BACK, "every file is as it was · make the command succeed first"),
            Failure::NoTerminal => (COULD_NOT, "`unshim apply` without `-i` makes all of the change"),
            Failure::Unreviewed { .. } => (REFUSED, "nothing was written · go on with `unshim apply -i --plan`"),
            Failure::Plan(error) => plan_verdict(error),
            Failure::Seed(_) => (COULD_NOT, "name a new folder, or none for a temporary one"),
            Failure::RuleFile { cause, .. } if cause.kind() == io::ErrorKind::NotADirectory => {
                (COULD_NOT, "name the folder that shall have `rules/`")
            }
            Failure::RuleFile { .. } => {
                (COULD_NOT, "it is as it was: see who else writes it, and run the command again")
            }
            Failure::Page { .. } => {
                (COULD_NOT, "name a new file in a folder that is there, or a page of an earlier run")
            }
            Failure::Folder(_) => (COULD_NOT, "change to a folder that exists"),
            Failure::Threads { .. } => (COULD_NOT, "ask for fewer with `-j`"),
            Failure::MissingBaseline { .. } => (COULD_NOT, "`--write-baseline` writes one of what is found now"),
            Failure::WrongBaseline { .. } => {
                (COULD_NOT, "settle the line, or delete the file and write a new one with `--write-baseline`")
            }
            Failure::BaselineFile { .. } => (COULD_NOT, "name a file that can be read and written"),
            Failure::NoHistory => (COULD_NOT, "`--baseline FILE` compares without git"),
            Failure::Log { .. } => (COULD_NOT, "name a file that can be read, or `-` for standard input"),
            Failure::NotExplained { help, .. } => (COULD_NOT, help),
            Failure::EmptyRoot { .. } => (COULD_NOT, "`--root` takes a folder inside the tree, as seen from its top"),
            Failure::CutOff => (CUT_OFF, ""),
            Failure::UnknownPack { .. } => (COULD_NOT, "`unshim rules` lists them"),
            Failure::Internal => (COULD_NOT, "please report it, with the lines above"),
        }
    }

    /// The message as shown on standard error.
    pub(super) fn render(&self, palette: &Palette) -> String {
        if let Failure::Rules(problems) = self {
            return problems.render(!palette.is_plain());
        }
        let (error, faint) = (palette.error, palette.faint);
        let mut lines = vec![format!("{error}error{error:#}: {}", shown_text(&self.to_string()))];
        lines.extend(self.details());
        let (_, hint) = self.verdict();
        if !hint.is_empty() {
            lines.push(format!("  {faint}help{faint:#}      {hint}"));
        }
        lines.join("\n") + "\n"
    }

    /// Lines between the message and the hint.
    fn details(&self) -> Vec<String> {
        match self {
            Failure::NoRules { is_repository, has_starter } => {
                let end = if *is_repository { ", up to the repository's top" } else { " (no git repository around)" };
                let mut lines = vec![format!("  searched  rules/, [tool.unshim] in pyproject.toml{end}")];
                lines.extend(has_starter.then(|| format!("  found     {STARTER}, of which no line is a rule yet")));
                lines
            }
            Failure::Mismatch { lines } => lines.clone(),
            Failure::UnknownPack { meant: Some(meant), .. } => vec![format!("  did you mean `{meant}`?")],
            Failure::Apply(error) => apply_details(error),
            Failure::Plan(PlanError::Stale { files } | PlanError::Another { files }) => listed(files, stale_line),
            _ => Vec::new(),
        }
    }
}

fn plan_verdict(error: &PlanError) -> (u8, &'static str) {
    match error {
        PlanError::Stale { .. } | PlanError::Another { .. } => {
            (REFUSED, "nothing was written · save the plan again with `unshim diff --save-plan`")
        }
        PlanError::File { action: "write", .. } => {
            (COULD_NOT, "name a file in a folder that is there and can be written")
        }
        _ => (COULD_NOT, "`unshim diff --save-plan` writes one into a new file"),
    }
}

fn apply_verdict(error: &ApplyError) -> (u8, &'static str) {
    match error {
        ApplyError::Dirty { .. } => (REFUSED, "commit or stash first, or pass `--allow-dirty` · nothing was written"),
        ApplyError::NoRepository => (REFUSED, "commit it to git first, or pass `--allow-no-vcs` · nothing was written"),
        ApplyError::Git(_) => (COULD_NOT, "see whether `git status` works here, or pass `--allow-dirty`"),
        ApplyError::Stale { .. } => (REFUSED, "nothing was written · run `unshim diff` again"),
        ApplyError::Locked { .. } => (REFUSED, "wait until it is done · nothing was written"),
        ApplyError::Unclear { .. } => (
            REFUSED,
            "nothing was written · make each file what it was (its old text is in the journal), then try again",
        ),
        ApplyError::Edited { .. } => (REFUSED, "nothing was written · an undo gives back all files or none"),
        ApplyError::UndoneAlready { .. } => (REFUSED, "`unshim undo` with the id of that undo makes the change again"),
        ApplyError::UnknownId { .. } | ApplyError::AmbiguousId { .. } => (COULD_NOT, "`unshim log` lists them"),
        ApplyError::BranchExists { .. } => {
            (REFUSED, "choose another name, or delete that branch · nothing was written")
        }
        ApplyError::BranchName { .. } => (COULD_NOT, "git-check-ref-format(1) says what a name may be"),
        ApplyError::CheckFailed { .. } => {
            (ROLLED_BACK, "every file is as it was · `--bisect` leaves out what makes it fail")
        }
        ApplyError::Failed { .. } => (ROLLED_BACK, "every file is as it was"),
        ApplyError::Interrupted { signal } => (
            u8::try_from(*signal).map_or(SIGNALLED, |signal| SIGNALLED.saturating_add(signal)),
            "every file is as it was",
        ),
        ApplyError::Torn { .. } => (ROLLED_BACK, "rename the old contents back, or `git restore` these files"),
    }
}

fn apply_details(error: &ApplyError) -> Vec<String> {
    match error {
        ApplyError::Dirty { dirt } => listed(dirt, |dirt| {
            let why = match dirt.why {
                DirtKind::Changed => "changed",
                DirtKind::Staged => "staged",
                DirtKind::Untracked => "would be changed, and git does not keep it",
            };
            format!("{}  ({why})", shown_path(&dirt.path))
        }),
        ApplyError::Unclear { files, journal } => {
            let mut lines = listed(files, stale_line);
            lines.push(format!("  journal   {}", shown_path(journal)));
            lines
        }
        ApplyError::AmbiguousId { ids, .. } => listed(ids, |id| shown_text(id).into_owned()),
        ApplyError::Stale { files } | ApplyError::Edited { files, .. } => listed(files, stale_line),
        ApplyError::Torn { left, .. } => {
            left.iter().map(|file| format!("  {} lies in {}", shown_path(&file.path), shown_path(&file.old))).collect()
        }
        _ => Vec::new(),
    }
}

fn stale_line(file: &StaleFile) -> String {
    format!("{}  ({})", shown_path(&file.path), shown_text(&file.why))
}

/// One line each for the first few, and a count of the rest.
fn listed<T>(items: &[T], line: impl Fn(&T) -> String) -> Vec<String> {
    let mut lines: Vec<_> = items.iter().take(MOST_LISTED).map(|item| format!("  {}", line(item))).collect();
    if items.len() > MOST_LISTED {
        lines.push(format!("  … and {} more", number(items.len() - MOST_LISTED)));
    }
    lines
}

fn quoted_list(paths: &[String]) -> String {
    paths.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", ")
}
