//! The command line: one file per command, and one table from failures to exit codes.

mod apply;
mod arguments;
mod audit;
mod audit_arguments;
mod bare;
mod base;
mod baseline;
mod bisect;
mod branch;
mod check;
mod check_arguments;
mod completions;
mod demo;
mod diff;
mod explain;
mod failure;
mod flow;
mod hyperlinks;
mod init;
mod log;
mod lsp;
mod packs;
mod pager;
mod progress;
mod propose;
mod recall;
mod review;
mod rules;
mod saved_plan;
mod schema;
mod session;
mod set_up_arguments;
mod since;
mod smallest;
mod split;
mod start;
mod terminal;
mod test;
mod undo;

use std::env;
use std::io::{self, Write};
use std::panic;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use arguments::{Arguments, Command};
use failure::Failure;
use pager::Output;
use progress::Progress;
use session::{Outcome, Session};

use crate::python::hush_guarded_panics;
use crate::timing;

/// Room for the deepest source that the parser is given.
const STACK: usize = 64 << 20;
/// Exit code of a command that found what it looks for.
const FINDINGS: u8 = 1;

/// Runs the program on the arguments of the process.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    hush_guarded_panics();
    let ended = panic::catch_unwind(|| run_in_pool(&arguments)).unwrap_or(Err(Failure::Internal));
    match ended {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(FINDINGS),
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            let message = failure.render(&terminal::error_palette(arguments.global.color));
            // Nobody is left to tell if standard error is closed too.
            let _ = io::stderr().write_all(message.as_bytes());
            ExitCode::from(failure.verdict().0)
        }
    }
}

/// The command line, as the guide and the tests read it.
pub fn command_line() -> clap::Command {
    let mut program = Arguments::command();
    program.build();
    program
}

/// All work is done by worker threads, the command itself included: their stacks are large.
fn run_in_pool(arguments: &Arguments) -> Result<Outcome, Failure> {
    let threads = arguments.global.threads.map_or(0, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build();
    let pool = pool.map_err(|error| Failure::Threads { threads, cause: error.to_string() })?;
    pool.install(|| run_command(arguments))
}

fn run_command(arguments: &Arguments) -> Result<Outcome, Failure> {
    if arguments.global.timings {
        timing::begin();
    }
    let mut out = Output::new(arguments);
    let mut screen = terminal::output_screen(&arguments.global);
    screen.links = hyperlinks::base(arguments, &out).filter(|_| !screen.palette.is_plain());
    let mut session = Session {
        global: &arguments.global,
        folder: env::current_dir().map_err(Failure::Folder)?,
        out: &mut out,
        screen,
        progress: Progress::new(),
    };
    let outcome = match &arguments.command {
        None => start::run(&mut session),
        Some(Command::Init(init)) => init::run(init, &mut session),
        Some(Command::Audit(audit)) => audit::run(audit, &mut session),
        Some(Command::Explain(explain)) => explain::run(explain, &mut session),
        Some(Command::Diff(diff)) => diff::run(diff, &mut session),
        Some(Command::Apply(apply)) => apply::run(apply, &mut session),
        Some(Command::Undo(undo)) => undo::run(undo, &mut session),
        Some(Command::Log(log)) => log::run(log, &mut session),
        Some(Command::Check(check)) => check::run(check, &mut session),
        Some(Command::Test(test)) => test::run(test, &mut session),
        Some(Command::Rules(wanted)) => packs::run(wanted, &mut session),
        Some(Command::Demo(demo)) => demo::run(demo, &mut session),
        Some(Command::Completions(wanted)) => completions::complete(wanted, &mut session),
        Some(Command::Man(man)) => completions::page(man, &mut session),
        Some(Command::Lsp(_)) => lsp::run(&mut session),
        Some(Command::Schema(schema)) => schema::run(schema, &mut session),
    };
    drop(session);
    out.finish()?;
    // The run is no worse if nobody reads them.
    let _ = io::stderr().write_all(timing::table().as_bytes());
    outcome
}
