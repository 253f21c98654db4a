//! `unshim check` as typed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unshim check                           exit code 1 if there is a finding
  unshim check -q                        one line a finding
  unshim check --since origin/main       only what is new since then, in whatever file
  unshim check --baseline unshim.baseline --write-baseline
                                         write down what is there now; afterwards the file only becomes smaller
  unshim check --baseline unshim.baseline
                                         fail if there is anything else
  unshim check --output-format sarif     for code scanning; `--help` lists the others
  unshim explain US101                   what a code means, and how to ignore one")]
pub(super) struct Check {
    /// Where findings are looked for
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
    /// Only what this file does not list; what it lists and is settled is a finding too
    #[arg(long, value_name = "FILE", conflicts_with = "since")]
    pub(super) baseline: Option<PathBuf>,
    /// Write the baseline: all findings if there is none yet, else only make it smaller
    #[arg(long, requires = "baseline")]
    pub(super) write_baseline: bool,
    /// Only what the tree of this revision did not have
    #[arg(long, value_name = "REV")]
    pub(super) since: Option<String>,
    /// Look at every file, also at those that have not changed since the last check
    #[arg(long)]
    pub(super) no_cache: bool,
    /// How the findings are printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) output_format: FindingFormat,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FindingFormat {
    /// For people
    Text,
    /// One line for all
    Json,
    /// One line a finding
    JsonLines,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands
    Github,
    /// Code Quality
    Gitlab,
    /// JUnit XML
    Junit,
}
