//! Progress on standard error: only on a terminal, and only for work that takes over half a second.

use std::io::{self, IsTerminal};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long a run may take before anything is drawn.
const PATIENCE: Duration = Duration::from_millis(500);
const TICK: Duration = Duration::from_millis(100);

/// The stages of one run. Dropping it clears the line.
pub(super) struct Progress {
    bar: ProgressBar,
    /// Its end tells the waiting thread that there is nothing to draw any more.
    running: Option<Sender<()>>,
}

impl Progress {
    /// Draws on standard error if that is a terminal.
    pub(super) fn new() -> Self {
        if !io::stderr().is_terminal() {
            return Self::hidden();
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()).with_style(style());
        let (running, ended) = mpsc::channel::<()>();
        let shown = bar.clone();
        thread::spawn(move || {
            if ended.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                shown.set_draw_target(ProgressDrawTarget::stderr());
                shown.enable_steady_tick(TICK);
            }
        });
        Self { bar, running: Some(running) }
    }

    /// Never draws.
    pub(super) fn hidden() -> Self {
        Self { bar: ProgressBar::hidden(), running: None }
    }

    /// The run does something else now: `name`, with a count of what it works on.
    pub(super) fn stage(&self, name: &'static str, count: impl Into<String>) {
        self.bar.set_prefix(name);
        self.bar.set_message(count.into());
    }

    /// Writes to standard error without the bar in between.
    pub(super) fn suspended(&self, write: impl FnOnce()) {
        self.bar.suspend(write);
    }

    /// Takes the bar away: the result is next.
    pub(super) fn end(&mut self) {
        self.running = None;
        self.bar.finish_and_clear();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.end();
    }
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{spinner} {prefix:9} {msg}  {elapsed}").expect("the template is well formed")
}
