//! Standard output, through a pager where people read a long result on a terminal.
//!
//! As with git: `UNSHIM_PAGER`, else `PAGER`, else `less`; empty or `cat` is none. What a repository says counts for nothing.

use std::env;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, StdoutLock, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;

use super::arguments::{self, Arguments, OutputFormat};

/// What a shell ends with that does not find a program.
const NOT_THERE: i32 = 127;

/// The oldest `less` that was seen to hand links on.
const LESS_WITH_LINKS: u32 = 590;

/// Where the result goes.
pub(super) enum Output {
    Plain(BufWriter<StdoutLock<'static>>),
    /// The pager begins with the first byte, so that nothing is hidden from those who wait for it.
    Waiting(Pager),
    Paged(Child, BufWriter<ChildStdin>),
}

/// A pager that has not begun.
pub(super) enum Pager {
    /// A command for the shell.
    Named(String),
    Less,
}

impl Output {
    pub(super) fn new(arguments: &Arguments) -> Self {
        let is_read = io::stdout().is_terminal() && is_long(arguments.command.as_ref());
        match wanted().filter(|_| is_read) {
            Some(pager) => Self::Waiting(pager),
            None => Self::plain(),
        }
    }

    fn plain() -> Self {
        Self::Plain(BufWriter::new(io::stdout().lock()))
    }

    /// Whether links come through to a terminal.
    pub(super) fn takes_links(&self) -> bool {
        match self {
            Self::Waiting(pager) => pager.takes_links(),
            Self::Plain(_) | Self::Paged(..) => io::stdout().is_terminal(),
        }
    }

    /// Writes what is left, and waits until the reader is done.
    pub(super) fn finish(self) -> io::Result<()> {
        match self {
            Self::Plain(mut out) => out.flush(),
            Self::Waiting(_) => Ok(()),
            Self::Paged(mut pager, out) => {
                let written = out.into_inner().map(drop).map_err(io::IntoInnerError::into_error);
                match pager.wait()?.code() {
                    Some(NOT_THERE) => Err(io::Error::other("no such pager: see `PAGER` and `UNSHIM_PAGER`")),
                    _ => written,
                }
            }
        }
    }

    fn begin(&mut self) -> io::Result<&mut dyn Write> {
        if let Self::Waiting(pager) = self {
            *self = started(pager)?.unwrap_or_else(Self::plain);
        }
        match self {
            Self::Plain(out) => Ok(out),
            Self::Paged(_, out) => Ok(out),
            Self::Waiting(_) => unreachable!("it has begun"),
        }
    }
}

impl Pager {
    /// Only a `less` that is new enough, and asked to hand on what is no text.
    fn takes_links(&self) -> bool {
        let name = match self {
            Self::Less => "less",
            Self::Named(line) => line.split_whitespace().next().unwrap_or_default(),
        };
        if name != "less" || env::var("LESS").is_ok_and(|options| !options.contains('R')) {
            return false;
        }
        let Ok(about) = Command::new("less").arg("--version").output() else { return false };
        let version = String::from_utf8_lossy(&about.stdout);
        let number = version.split_whitespace().nth(1).and_then(|number| number.parse::<u32>().ok());
        number.is_some_and(|number| number >= LESS_WITH_LINKS)
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.begin()?.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.begin()?.flush()
    }
}

/// The pager that the user names, or git's choice of one.
fn wanted() -> Option<Pager> {
    match ["UNSHIM_PAGER", "PAGER"].into_iter().find_map(|variable| env::var(variable).ok()) {
        None => Some(Pager::Less),
        Some(named) if named.trim().is_empty() || named.trim() == "cat" => None,
        Some(named) => Some(Pager::Named(named)),
    }
}

/// `None` if there is no `less`.
fn started(pager: &Pager) -> io::Result<Option<Output>> {
    let mut command = match pager {
        Pager::Less => Command::new("less"),
        Pager::Named(line) => {
            let mut shell = Command::new("sh");
            shell.arg("-c").arg(line);
            shell
        }
    };
    if env::var_os("LESS").is_none() {
        // It ends by itself if all fits, shows colours, and leaves the text on the screen.
        command.env("LESS", "FRX");
    }
    let mut child = match command.stdin(Stdio::piped()).spawn() {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        spawned => spawned?,
    };
    // An interrupt is for the pager: it goes on, and this waits for it.
    signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::default())?;
    let input = child.stdin.take().expect("the pager reads from a pipe");
    Ok(Some(Output::Paged(child, BufWriter::new(input))))
}

/// Commands whose result is read from its beginning.
fn is_long(command: Option<&arguments::Command>) -> bool {
    match command {
        Some(arguments::Command::Diff(diff)) => diff.output_format == OutputFormat::Text,
        Some(arguments::Command::Audit(audit)) => audit.output_format == OutputFormat::Text && audit.graph.is_none(),
        Some(arguments::Command::Explain(explain)) => explain.output_format == OutputFormat::Text,
        Some(arguments::Command::Log(log)) => log.output_format == OutputFormat::Text,
        _ => false,
    }
}
