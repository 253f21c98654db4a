//! libFuzzer's way into the targets: `FUZZ_TARGET` names the one that is run.
#![no_main]
#![allow(dead_code, reason = "the harness serves the tests of every case as well")]

#[path = "../../harness/case.rs"]
mod case;
#[path = "../../harness/difference.rs"]
mod difference;
#[path = "../mod.rs"]
mod fuzz;
#[path = "../../harness/laws.rs"]
mod laws;
#[path = "../../harness/pipeline.rs"]
mod pipeline;

use std::sync::LazyLock;

use fuzz::targets::Target;

/// Room for the deepest source that the parser is given, as in the program.
const STACK: usize = 64 << 20;

static TARGET: LazyLock<&Target> = LazyLock::new(|| {
    let name = std::env::var("FUZZ_TARGET").expect("FUZZ_TARGET names a target");
    fuzz::targets::ALL.iter().find(|target| target.name == name).expect("FUZZ_TARGET names a target")
});

static POOL: LazyLock<rayon::ThreadPool> = LazyLock::new(|| {
    // libFuzzer's own hook ends the process, also for what is caught where it happens.
    unshim::python::hush_guarded_panics();
    rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(STACK).build().expect("a thread starts")
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let problems = POOL.install(|| (TARGET.run)(bytes));
    assert!(problems.is_empty(), "{}", problems.join("\n"));
});
