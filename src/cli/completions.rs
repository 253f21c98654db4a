//! `unshim completions` and `unshim man`: what shells and `man` know of the command line.

use super::arguments::{Completions, Man};
use super::command_line;
use super::failure::Failure;
use super::session::{Outcome, Session};

/// Prints the script that completes the command line in a shell.
pub(super) fn complete(completions: &Completions, session: &mut Session) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(completions.shell, &mut command_line(), "unshim", &mut script);
    session.out.write_all(&script)?;
    Ok(Outcome::Done)
}

/// Prints the page of the program, or of one command.
pub(super) fn page(man: &Man, session: &mut Session) -> Result<Outcome, Failure> {
    let program = command_line();
    let shown = match &man.command {
        Some(name) => program.find_subcommand(name).cloned().unwrap_or(program),
        None => program,
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(shown).render(&mut page)?;
    session.out.write_all(with_sections(&String::from_utf8_lossy(&page)).as_bytes())?;
    Ok(Outcome::Done)
}

/// Examples and exit codes below headings of their own, their lines as they are, man-pages(7).
fn with_sections(page: &str) -> String {
    let page = page.replace(".SH EXTRA\nExamples:\n", ".SH EXAMPLES\n.nf\n");
    page.replace("\nExit codes:\n", "\n.SH \"EXIT STATUS\"\n")
}
