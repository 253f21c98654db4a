//! `unshim audit` as typed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::arguments::OutputFormat;

#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  unshim audit                           the families of the whole tree, the most costly first
  unshim audit --name '*Manager'         those that have such a name
  unshim audit --log staging.log         the names in a log, by the objects that they are
  unshim audit --log -                   those in standard input
  unshim audit --propose                 write a rule file for each into rules/
  unshim audit --log FILE --propose      for the names in a log alone
  unshim audit --name Cart --graph svg   a picture
  unshim audit --html audit.html         a page to look around in with a browser
  unshim audit --output-format json      for programs")]
pub(super) struct Audit {
    /// Families with a name in here; the rest of the repository is read all the same
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
    /// Only families with such a name: `*` stands for any letters
    #[arg(long, value_name = "GLOB")]
    pub(super) name: Option<String>,
    /// Take the dotted names out of any text, and group them by object
    #[arg(long, value_name = "FILE", conflicts_with_all = ["name", "graph"])]
    pub(super) log: Option<PathBuf>,
    /// Write a rule file for each family; with `--log` for each that the log names
    #[arg(long, value_name = "DIR", num_args = 0..=1, default_missing_value = "rules", conflicts_with = "graph")]
    pub(super) propose: Option<PathBuf>,
    /// The name to keep, `pkg.mod:Name`: its family alone, with this name as the canonical one
    #[arg(long, value_name = "SYMBOL", conflicts_with_all = ["name", "log"])]
    pub(super) canonical: Option<String>,
    /// List what was left out as well: files that could not be read, names that only their own file sees, missing imports
    #[arg(long)]
    pub(super) show_skipped: bool,
    /// Draw the families that are found
    #[arg(long, value_name = "FORMAT")]
    pub(super) graph: Option<GraphFormat>,
    /// Write the families as one page that a browser shows, with filters, search, members and pictures
    #[arg(long, value_name = "FILE", conflicts_with_all = ["log", "propose", "graph"])]
    pub(super) html: Option<PathBuf>,
    /// Look at every file, also at those that have not changed since the last audit
    #[arg(long)]
    pub(super) no_cache: bool,
    /// How the families are printed
    #[arg(long, value_name = "FORMAT", default_value = "text", conflicts_with_all = ["graph", "propose"])]
    pub(super) output_format: OutputFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum GraphFormat {
    Svg,
    Dot,
    Mermaid,
}
