//! Signals that ask the program to stop, noticed between two steps instead of in the middle of one.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::{SigId, flag, low_level};

/// While this lives, a signal is noted and does not end the program. Afterwards signals are ignored: the program is
/// about to say what was done.
#[derive(Debug)]
pub(super) struct Interrupts {
    /// The signal that came last; 0 if none.
    caught: Arc<AtomicUsize>,
    handlers: Vec<SigId>,
}

impl Interrupts {
    pub(super) fn noted() -> io::Result<Self> {
        let caught = Arc::new(AtomicUsize::new(0));
        let note = |signal| flag::register_usize(signal, Arc::clone(&caught), signal as usize);
        let handlers = [SIGHUP, SIGINT, SIGTERM].into_iter().map(note).collect::<io::Result<_>>()?;
        Ok(Self { caught, handlers })
    }

    /// The number of the signal that came, if one came.
    pub(super) fn caught(&self) -> Option<i32> {
        let signal = self.caught.load(Ordering::SeqCst);
        (signal != 0).then_some(signal as i32)
    }
}

impl Drop for Interrupts {
    fn drop(&mut self) {
        for handler in self.handlers.drain(..) {
            low_level::unregister(handler);
        }
    }
}
