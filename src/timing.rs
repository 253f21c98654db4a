//! Where the time of a run goes: stages are measured where they happen, and shown with `--timings`.
//!
//! Measuring changes nothing but what is shown here. With one thread the figures of a stage within another are part of
//! the outer's; with several threads a stage that many run at once counts the time of each.

use std::fmt::Write;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

/// The stages of this run in the order in which they began; unset unless somebody wants to know.
static STAGES: OnceLock<Mutex<Vec<Stage>>> = OnceLock::new();

#[derive(Default)]
struct Stage {
    name: &'static str,
    calls: usize,
    /// On the clock.
    passed: Duration,
    /// Of all threads of the process.
    work: Duration,
}

/// Measures stages from now on.
pub fn begin() {
    STAGES.get_or_init(Mutex::default);
}

/// Does the work, and counts it under `name`.
pub fn stage<T>(name: &'static str, work: impl FnOnce() -> T) -> T {
    let Some(stages) = STAGES.get() else { return work() };
    let place = entry(stages, name, |_| {});
    let (begun, worked) = (Instant::now(), cpu_time());
    let result = work();
    entry(stages, place, |stage| {
        stage.calls += 1;
        stage.passed += begun.elapsed();
        stage.work += cpu_time().saturating_sub(worked);
    });
    result
}

fn entry(stages: &Mutex<Vec<Stage>>, name: &'static str, change: impl FnOnce(&mut Stage)) -> &'static str {
    let mut stages = stages.lock().unwrap_or_else(PoisonError::into_inner);
    let place = stages.iter().position(|stage| stage.name == name).unwrap_or_else(|| {
        stages.push(Stage { name, ..Stage::default() });
        stages.len() - 1
    });
    change(&mut stages[place]);
    name
}

/// A table of what has been measured; empty if nothing was.
pub fn table() -> String {
    let Some(stages) = STAGES.get() else { return String::new() };
    let stages = stages.lock().unwrap_or_else(PoisonError::into_inner);
    let mut table = format!("{:<12} {:>7} {:>10} {:>10}\n", "stage", "calls", "ms", "work ms");
    for Stage { name, calls, passed, work } in &*stages {
        let (passed, work) = (passed.as_secs_f64() * 1e3, work.as_secs_f64() * 1e3);
        let _ = writeln!(table, "{name:<12} {calls:>7} {passed:>10.1} {work:>10.1}");
    }
    table
}

fn cpu_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec.unsigned_abs() as u32)
}
