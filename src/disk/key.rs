//! The wait for a key: the terminal is raw meanwhile, and as it was before when a signal ends the wait.

use std::io::{self, Stdin};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

use super::apply::ApplyError;
use super::interrupt::Interrupts;

/// How long a signal may have to wait until it is looked at.
const PATIENCE: Timespec = Timespec { tv_sec: 0, tv_nsec: 50_000_000 };

/// What `read` makes of the next key on standard input.
///
/// # Errors
/// [`ApplyError::Interrupted`] if a signal comes first. No error leaves the terminal raw.
pub fn with_key<T>(read: impl FnOnce() -> T) -> Result<T, ApplyError> {
    let failed = |cause| ApplyError::failed("read from", "the terminal", cause);
    let interrupts = Interrupts::noted().map_err(failed)?;
    let stdin = io::stdin();
    let _raw = Raw::new(&stdin).map_err(failed)?;
    loop {
        if let Some(signal) = interrupts.caught() {
            return Err(ApplyError::Interrupted { signal });
        }
        match poll(&mut [PollFd::new(&stdin, PollFlags::IN)], Some(&PATIENCE)) {
            Ok(0) | Err(Errno::INTR) => {}
            Ok(_) => return Ok(read()),
            Err(cause) => return Err(failed(cause.into())),
        }
    }
}

/// While this lives, keys are neither shown nor gathered into lines.
struct Raw<'s> {
    stdin: &'s Stdin,
    before: Termios,
}

impl<'s> Raw<'s> {
    fn new(stdin: &'s Stdin) -> io::Result<Self> {
        let before = tcgetattr(stdin)?;
        let mut raw = before.clone();
        raw.make_raw();
        raw.output_modes = before.output_modes;
        tcsetattr(stdin, OptionalActions::Drain, &raw)?;
        Ok(Self { stdin, before })
    }
}

impl Drop for Raw<'_> {
    fn drop(&mut self) {
        // A terminal that is gone needs nothing any more.
        let _ = tcsetattr(self.stdin, OptionalActions::Drain, &self.before);
    }
}
