//! The command line: one file per command, and one table from failures to exit codes.

use std::process::ExitCode;

/// Runs the program on the arguments of the process.
pub fn run() -> ExitCode {
    ExitCode::SUCCESS
}
