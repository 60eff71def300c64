//! The thread that makes deadlines pass.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use wasmtime::Engine;

use crate::limits::TICK;

/// Ticks without a run after which the thread goes to sleep: a quiet system uses no processor,
/// and a busy one does not wake a thread for every decision.
const QUIET_TICKS: u32 = 100;

/// Moves the engine's epoch on every [`TICK`] while plugins run.
#[derive(Debug)]
pub(crate) struct Ticker {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct Shared {
    /// Runs begun and runs ended: equal when none is under way.
    begun: AtomicU64,
    ended: AtomicU64,
    asleep: AtomicBool,
    over: AtomicBool,
}

/// A run under way, for as long as it lives.
pub(crate) struct Running<'a>(&'a Shared);

impl Ticker {
    pub(crate) fn new(engine: Engine) -> std::io::Result<Self> {
        Self::with(QUIET_TICKS, engine)
    }

    fn with(quiet_ticks: u32, engine: Engine) -> std::io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let seen = Arc::clone(&shared);
        let thread = thread::Builder::new()
            .name("plugin-ticker".into())
            .spawn(move || tick(quiet_ticks, &engine, &seen))?;
        Ok(Self { shared, thread: Some(thread) })
    }

    /// Says that a run begins, and wakes the thread if it sleeps.
    pub(crate) fn run(&self) -> Running<'_> {
        self.shared.begun.fetch_add(1, Ordering::SeqCst);
        if self.shared.asleep.swap(false, Ordering::SeqCst) {
            self.unpark();
        }
        Running(&self.shared)
    }

    fn unpark(&self) {
        if let Some(thread) = &self.thread {
            thread.thread().unpark();
        }
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.ended.fetch_add(1, Ordering::SeqCst);
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.shared.over.store(true, Ordering::SeqCst);
        self.unpark();
        if let Some(thread) = self.thread.take() {
            // The thread only counts; it cannot have failed in a way that matters here.
            drop(thread.join());
        }
    }
}

fn tick(quiet_ticks: u32, engine: &Engine, shared: &Shared) {
    let mut quiet = 0;
    let mut seen = 0;
    while !shared.over.load(Ordering::SeqCst) {
        thread::park_timeout(TICK);
        engine.increment_epoch();
        let begun = shared.begun.load(Ordering::SeqCst);
        let idle = begun == seen && shared.ended.load(Ordering::SeqCst) == begun;
        seen = begun;
        quiet = if idle { quiet + 1 } else { 0 };
        if quiet >= quiet_ticks {
            sleep(shared, begun);
            quiet = 0;
        }
    }
}

/// Sleeps until a run begins. A run that begins meanwhile either sees `asleep` or is seen here.
fn sleep(shared: &Shared, begun: u64) {
    shared.asleep.store(true, Ordering::SeqCst);
    while shared.begun.load(Ordering::SeqCst) == begun && !shared.over.load(Ordering::SeqCst) {
        thread::park_timeout(Duration::from_secs(60));
    }
    shared.asleep.store(false, Ordering::SeqCst);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Waits for something that the thread will do.
    fn until(done: impl Fn() -> bool) {
        while !done() {
            thread::yield_now();
        }
    }

    #[test]
    fn the_clock_sleeps_when_nothing_runs_and_wakes_for_a_run() {
        let ticker = Ticker::with(3, Engine::default()).unwrap();
        let asleep = || ticker.shared.asleep.load(Ordering::SeqCst);
        for _ in 0..3 {
            until(asleep);
            let running = ticker.run();
            until(|| !asleep());
            drop(running);
        }
    }

    #[test]
    fn the_thread_ends_with_the_host() {
        let ticker = Ticker::with(3, Engine::default()).unwrap();
        until(|| ticker.shared.asleep.load(Ordering::SeqCst));
        // Joins the thread: returning at all is the test.
        drop(ticker);
    }
}
