//! The command line as typed.

use crate::plan::Safety;
use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

pub(super) use super::audit_arguments::{Audit, GraphFormat};
pub(super) use super::check_arguments::{Check, FindingFormat};
use super::set_up_arguments::{Init, Packs};

const EXAMPLES_AND_EXIT_CODES: &str = "\
Examples:
  unshim                                 what is here, and where to start
  unshim demo                            see all of it on a small built-in project
  unshim audit                           which names are one class
  unshim audit --propose                 write rules for them into rules/
  unshim diff                            what would change, and what is left alone
  unshim apply                           make it; `unshim undo` takes it back
  unshim check                           the gate, for the build

Exit codes:
  0  done, or nothing to do
  1  findings (`check`, `diff --exit-code`), failing examples (`test`)
  2  could not: usage, rules, missing path, unreadable tree
  3  refused before writing: dirty tree, stale plan, locked, edited since
  4  a write failed; everything was rolled back
  130, 143  interrupted; rolled back";

/// Gives every Python class one definition, one name and one import path.
///
/// Rule files say which name is canonical and which are its aliases. `unshim diff` shows what would change,
/// `unshim apply` makes it, all or nothing, and `unshim check` keeps it so.
#[derive(Debug, Parser)]
#[command(name = "unshim", version, after_help = EXAMPLES_AND_EXIT_CODES)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write a commented rule file to begin with; overwrites nothing
    Init(Init),
    /// Find the families: aliases, re-exports, shims, copies
    Audit(Audit),
    /// Say what a name is, by which route, and who uses it; or what a code means
    Explain(Explain),
    /// Show what would change; writes nothing
    Diff(Diff),
    /// Make the change: all files or none
    Apply(Apply),
    /// Take an apply back, byte for byte, or refuse if a file was edited since
    Undo(Undo),
    /// List the applies that can be taken back
    Log(Log),
    /// Fail if an alias is still in use, or a new one appeared
    Check(Check),
    /// Run the examples in the rule files
    Test(Test),
    /// List ready rules for known migrations, or print those of one
    Rules(Packs),
    /// Walk through a small built-in project
    Demo(Demo),
    /// Serve an editor: findings as diagnostics, with fixes that are proven
    Lsp(Lsp),
    /// Print the script that completes the command line in a shell
    Completions(Completions),
    /// Print the manual page of the program or of a command
    Man(Man),
    /// Print a JSON Schema, for editors and for readers of the output
    Schema(Schema),
}

/// Options of every command.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Options of every command")]
pub(super) struct Global {
    /// Rule file or folder, instead of `rules/` and `[tool.unshim]`; may repeat
    #[arg(long, value_name = "PATH", global = true)]
    pub(super) rules: Vec<PathBuf>,
    /// Import root inside the tree, instead of those that are found; may repeat
    #[arg(long, value_name = "FOLDER", global = true)]
    pub(super) root: Vec<String>,
    /// Files that are read but never edited; may repeat
    #[arg(long, value_name = "GLOB", global = true)]
    pub(super) exclude: Vec<String>,
    /// How sure a site must be to be rewritten, instead of what the rules say; `risky` takes imports of aliases that no
    /// longer exist along, and patches that nothing reads
    #[arg(long, value_name = "LEVEL", global = true)]
    pub(super) safety: Option<SafetyLevel>,
    /// Worker threads [default: one a core]
    #[arg(short = 'j', long, value_name = "N", global = true, value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) threads: Option<u16>,
    /// When to use colour; NO_COLOR, FORCE_COLOR and CLICOLOR count with `auto`
    #[arg(long, value_name = "WHEN", global = true, default_value = "auto")]
    pub(super) color: Color,
    /// The result alone
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Every entry of a long list
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
    /// Tell on standard error how long each stage took
    #[arg(long, global = true, hide = true)]
    pub(super) timings: bool,
}

/// What the commits of a branch are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Split {
    /// One for each rule
    Rule,
    /// One for each top-level package
    Package,
    /// One for each group of owners in CODEOWNERS
    Codeowners,
}

/// `--safety` as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum SafetyLevel {
    Safe,
    Risky,
}

impl From<SafetyLevel> for Safety {
    fn from(level: SafetyLevel) -> Self {
        match level {
            SafetyLevel::Safe => Safety::Safe,
            SafetyLevel::Risky => Safety::Risky,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum OutputFormat {
    #[default]
    Text,
    Json,
}

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unshim diff                            the whole tree
  unshim diff src/shop --stat            how much would change below one folder
  unshim diff --side-by-side             both versions of each line in two columns
  unshim diff --rules new.toml           other rules than those in rules/
  unshim diff --html review.html         a page to review it in a browser
  unshim diff | git apply --check        the preview is a patch that git takes
  unshim diff --output-format json       for programs")]
pub(super) struct Diff {
    /// What may be edited; the rest of the repository is read all the same
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
    /// Lines changed a file, as `git diff --stat`
    #[arg(long)]
    pub(super) stat: bool,
    /// Both versions of each line next to each other
    #[arg(long, conflicts_with = "stat")]
    pub(super) side_by_side: bool,
    /// Write the plan into a file for `apply --plan`
    #[arg(long, value_name = "FILE")]
    pub(super) save_plan: Option<PathBuf>,
    /// Write the change as one page for a browser, in place of the lines that are printed
    #[arg(long, value_name = "FILE")]
    pub(super) html: Option<PathBuf>,
    /// Exit with 1 if something would change
    #[arg(long)]
    pub(super) exit_code: bool,
    /// How the change is printed
    #[arg(long, value_name = "FORMAT", default_value = "text", conflicts_with_all = ["stat", "side_by_side"])]
    pub(super) output_format: OutputFormat,
}

#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  unshim apply                           the whole tree, if git has nothing uncommitted
  unshim apply src/shop                  edit below one folder only
  unshim apply --allow-dirty             beside changes that are not committed
  unshim apply --branch unshim/users     as a commit on a new branch; the work tree stays as it is
  unshim apply --verify 'pytest -q'      and take it back if the tests fail
  unshim apply -i                        decide on each hunk; `?` lists the keys
  unshim apply -i --plan mine.plan       and go on tomorrow: a saved plan keeps the decisions
  unshim apply --plan reviewed.plan      what `diff --save-plan` has shown, and nothing else")]
pub(super) struct Apply {
    /// What may be edited; the rest of the repository is read all the same
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
    /// Decide on each hunk on the terminal; what is left out is planned and proven anew. With --plan the decisions are
    /// kept, and the same command goes on
    #[arg(short, long, conflicts_with_all = ["bisect", "split"])]
    pub(super) interactive: bool,
    /// Commit the change to a new branch: planned on HEAD, with the work tree and its index untouched
    #[arg(long, value_name = "NAME", conflicts_with_all = ["plan", "allow_dirty", "allow_no_vcs"])]
    pub(super) branch: Option<String>,
    /// With --branch: several commits, each of which parses and resolves by itself
    #[arg(long, value_name = "BY", requires = "branch")]
    pub(super) split: Option<Split>,
    /// Run a shell command at the top of the changed tree; if it fails, everything is rolled back
    #[arg(long, value_name = "CMD")]
    pub(super) verify: Option<String>,
    /// If the command fails: find the fewest files that make it fail, leave them out, make the rest
    #[arg(long, requires = "verify", conflicts_with = "plan")]
    pub(super) bisect: bool,
    /// Make the change of a saved plan, if nothing that it was made from has changed
    #[arg(long, value_name = "FILE", conflicts_with_all = ["path", "rules", "root", "exclude", "safety"])]
    pub(super) plan: Option<PathBuf>,
    /// Write although git has uncommitted changes
    #[arg(long)]
    pub(super) allow_dirty: bool,
    /// Write although the tree is no git repository
    #[arg(long)]
    pub(super) allow_no_vcs: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unshim undo                            the last apply that still stands
  unshim undo 7f3a                       the one with this id or its beginning: see `unshim log`
                                         the id of an undo takes that one back")]
pub(super) struct Undo {
    /// Which apply, or undo
    pub(super) id: Option<String>,
}

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unshim log                             the newest first, with the ids that `unshim undo` takes
  unshim log --output-format json        for programs

The last 100 are kept, as long as their old files take no more than 256 MiB together; the newest always is.")]
pub(super) struct Log {
    /// How the list is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) output_format: OutputFormat,
}

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unshim explain shop.old:UserService    what it is, by which route, and where it is used
  unshim explain shop.old.UserService    the same
  unshim explain shop/api.py:12          every name on a line
  unshim explain shop/api.py:12:8        the name at a column
  unshim explain US101                   the page of a code that `unshim check` prints
  unshim explain import-cycle            why `unshim diff` leaves a place alone, and what helps")]
pub(super) struct Explain {
    /// `pkg.mod:Name`, `pkg.mod.Name`, `FILE:LINE` or `FILE:LINE:COLUMN`; a code, the reason of a refusal, a kind of site
    #[arg(required = true, value_name = "SYMBOL|FILE:LINE[:COL]|CODE")]
    pub(super) what: Vec<String>,
    /// Look at every file, also at those that have not changed since the last audit
    #[arg(long)]
    pub(super) no_cache: bool,
    /// How the answer is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) output_format: OutputFormat,
}

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unshim test                            exit code 1 if an example fails
  unshim test --rules new.toml           of one rule file
  unshim test --update                   write down what was found; look at it before you commit
  unshim test --output-format json       for programs")]
pub(super) struct Test {
    /// Write what was found into the rule files: `after` and `refusals` of the examples that fail
    #[arg(long)]
    pub(super) update: bool,
    /// How the outcome is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) output_format: OutputFormat,
}

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unshim demo                            in a temporary folder
  unshim demo harbor-demo                in a new folder, to look around in afterwards")]
pub(super) struct Demo {
    /// An empty or new folder that keeps the project
    pub(super) folder: Option<PathBuf>,
}

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unshim schema > rules/schema.json      then `#:schema schema.json` atop a rule file
  unshim schema output                   what `--output-format json` prints")]
pub(super) struct Schema {
    /// Whose schema
    #[arg(default_value = "rules")]
    pub(super) of: SchemaOf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaOf {
    /// Rule files
    Rules,
    /// Machine output: kinds of sites, reasons, codes
    Output,
}

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unshim lsp                             what an editor starts, in the folder of the repository
  unshim lsp --rules migration.toml      with these rules; all options above count for every plan")]
pub(super) struct Lsp {
    /// Speak over standard input and output: the only way there is, and what some editors ask for
    #[arg(long)]
    stdio: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unshim completions bash > ~/.local/share/bash-completion/completions/unshim
  unshim completions zsh > ~/.zfunc/_unshim
  unshim completions fish > ~/.config/fish/completions/unshim.fish")]
pub(super) struct Completions {
    /// Which shell
    pub(super) shell: clap_complete::Shell,
}

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unshim man > unshim.1                  the page of the program
  unshim man apply > unshim-apply.1      that of a command")]
pub(super) struct Man {
    /// Whose page
    #[arg(value_parser = command_name)]
    pub(super) command: Option<String>,
}

fn command_name(text: &str) -> Result<String, String> {
    let program = Arguments::command();
    let is_there = program.get_subcommands().any(|command| command.get_name() == text);
    if is_there { Ok(text.to_owned()) } else { Err("there is no such command: `unshim --help` lists them".to_owned()) }
}
