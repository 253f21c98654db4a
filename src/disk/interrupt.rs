//! Signals that ask the program to stop, noticed between two steps instead of in the middle of one.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};

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
        IS_IDLE.store(false, Ordering::SeqCst);
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

/// While this lives a signal ends the program at once, unless a change is under way just then.
///
/// For work between one change and the next: there is nothing to take back, and nobody should have to wait.
#[derive(Debug)]
pub struct Idle {
    handlers: Vec<SigId>,
}

/// What a signal is asked before it ends the program.
static IS_IDLE: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);
/// How many [`Idle`] live.
static IDLERS: AtomicUsize = AtomicUsize::new(0);

/// What shells add to the number of the signal that ended a program.
const SIGNALLED: i32 = 128;

impl Idle {
    pub fn new() -> io::Result<Self> {
        IDLERS.fetch_add(1, Ordering::SeqCst);
        IS_IDLE.store(true, Ordering::SeqCst);
        let end = |signal| flag::register_conditional_shutdown(signal, SIGNALLED + signal, Arc::clone(&IS_IDLE));
        Ok(Self { handlers: [SIGHUP, SIGINT, SIGTERM].into_iter().map(end).collect::<io::Result<_>>()? })
    }
}

impl Drop for Idle {
    fn drop(&mut self) {
        IS_IDLE.store(false, Ordering::SeqCst);
        IDLERS.fetch_sub(1, Ordering::SeqCst);
        for handler in self.handlers.drain(..) {
            low_level::unregister(handler);
        }
    }
}

impl Drop for Interrupts {
    fn drop(&mut self) {
        IS_IDLE.store(IDLERS.load(Ordering::SeqCst) > 0, Ordering::SeqCst);
        for handler in self.handlers.drain(..) {
            low_level::unregister(handler);
        }
    }
}
