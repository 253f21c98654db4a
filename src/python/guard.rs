//! The strict parser, on input that may make it panic: what it gives up on cannot be read, and the run goes on.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe, catch_unwind};

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

/// From now on the hook of the process is told of no panic that is caught here.
pub fn hush_guarded_panics() {
    let tell = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if !GUARDED.get() {
            tell(panic);
        }
    }));
}
