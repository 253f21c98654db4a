//! The strict parser, on input that may make it panic: what it gives up on cannot be read, and the run goes on.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// What `parse` gives; `None` if it panics.
pub(super) fn guarded<T>(parse: impl FnOnce() -> T) -> Option<T> {
    GUARDED.set(true);
    let parsed = catch_unwind(AssertUnwindSafe(parse));
    GUARDED.set(false);
    parsed.ok()
}

/// Whether a panic of this thread is expected now, so that nobody need be told of it.
pub fn is_guarded() -> bool {
    GUARDED.get()
}
