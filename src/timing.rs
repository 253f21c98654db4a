//! Where the time of a run goes: stages are measured where they happen, and shown with `--timings`.
//!
//! Measuring changes nothing but what is shown here. With one thread the figures of a stage within another are part of
//! the outer's; with several threads a stage that many run at once counts the time of each. What of the work of a stage is
//! in no piece waits for nobody and is waited for: one thread does it.

use std::fmt::Write;
use std::mem;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

/// What is known of this run; unset unless somebody wants to know.
static MEASURED: OnceLock<Mutex<Measured>> = OnceLock::new();

#[derive(Default)]
struct Measured {
    /// In the order in which they began.
    stages: Vec<Stage>,
    /// Those of the stage that runs.
    pieces: Pieces,
}

#[derive(Default)]
struct Stage {
    name: &'static str,
    calls: usize,
    /// On the clock.
    passed: Duration,
    /// Of all threads of the process.
    work: Duration,
    pieces: Pieces,
}

/// Work that threads share.
#[derive(Clone, Copy, Default)]
struct Pieces {
    work: Duration,
    /// The work of the longest.
    longest: Duration,
}

impl Pieces {
    fn add(&mut self, other: Self) {
        self.work += other.work;
        self.longest = self.longest.max(other.longest);
    }
}

/// Measures from now on.
pub fn begin() {
    MEASURED.get_or_init(Mutex::default);
}

/// Does the work, and counts it under `name`.
pub fn stage<T>(name: &'static str, work: impl FnOnce() -> T) -> T {
    let Some(all) = MEASURED.get() else { return work() };
    let outer = mem::take(locked(all).opened(name).1);
    let (begun, worked) = (Instant::now(), spent(ClockId::ProcessCPUTime));
    let result = work();
    let (passed, worked) = (begun.elapsed(), spent(ClockId::ProcessCPUTime).saturating_sub(worked));
    let mut all = locked(all);
    let (stage, pieces) = all.opened(name);
    stage.calls += 1;
    stage.passed += passed;
    stage.work += worked;
    stage.pieces.add(*pieces);
    pieces.add(outer);
    result
}

/// Does one of the pieces of work that threads share in a stage, with no such piece inside of it.
pub fn piece<T>(work: impl FnOnce() -> T) -> T {
    let Some(all) = MEASURED.get() else { return work() };
    let begun = spent(ClockId::ThreadCPUTime);
    let result = work();
    let work = spent(ClockId::ThreadCPUTime).saturating_sub(begun);
    locked(all).pieces.add(Pieces { work, longest: work });
    result
}

impl Measured {
    /// The stage of this name, and the pieces of the one that runs.
    fn opened(&mut self, name: &'static str) -> (&mut Stage, &mut Pieces) {
        let place = self.stages.iter().position(|stage| stage.name == name).unwrap_or_else(|| {
            self.stages.push(Stage { name, ..Stage::default() });
            self.stages.len() - 1
        });
        (&mut self.stages[place], &mut self.pieces)
    }
}

fn locked(all: &Mutex<Measured>) -> MutexGuard<'_, Measured> {
    all.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A table of what has been measured; empty if nothing was.
pub fn table() -> String {
    let Some(all) = MEASURED.get() else { return String::new() };
    let mut table = format!(
        "{:<12} {:>7} {:>10} {:>10} {:>10} {:>10}\n",
        "stage", "calls", "ms", "work ms", "shared ms", "longest ms"
    );
    for Stage { name, calls, passed, work, pieces } in &locked(all).stages {
        let _ = write!(table, "{name:<12} {calls:>7}");
        let times = [passed, work, &pieces.work, &pieces.longest];
        // What runs within pieces has none of its own.
        let shown = if name.starts_with('.') { &times[..2] } else { &times[..] };
        for time in shown {
            let _ = write!(table, " {:>10.1}", time.as_secs_f64() * 1e3);
        }
        table.push('\n');
    }
    table
}

/// What a clock of this process or thread has counted.
fn spent(clock: ClockId) -> Duration {
    let time = clock_gettime(clock);
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec.unsigned_abs() as u32)
}
