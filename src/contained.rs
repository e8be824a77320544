//! Runs a library that may panic on damaged input, so that neither the program nor its terminal notices.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};

thread_local! {
    static IS_CONTAINED: Cell<bool> = const { Cell::new(false) };
}

/// What `work` returns; `None` if it panics. Nothing `work` has changed may be looked at then.
pub fn contain<T>(work: impl FnOnce() -> T) -> Option<T> {
    let before = IS_CONTAINED.replace(true);
    let done = panic::catch_unwind(AssertUnwindSafe(work)).ok();
    IS_CONTAINED.set(before);
    done
}

/// Whether a panic on this thread would be contained: a panic hook has nothing to tell of it.
pub fn is_contained() -> bool {
    IS_CONTAINED.get()
}

/// Keeps the hook that is set from telling of contained panics.
pub fn keep_quiet() {
    let tell = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if !is_contained() {
            tell(panic);
        }
    }));
}
