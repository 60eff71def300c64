//! Writes facts in batches, and lets live listeners hear them.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use std::{io, iter, thread};

use acd::Time;
use centre::Fact;
use control::Line;
use store::{Journal, JournalLine};
use tokio::runtime::Handle;
use tokio::sync::{broadcast, mpsc};

/// A batch waits at most this long for company.
const BATCH_TIME: Duration = Duration::from_millis(50);

/// Lines of one transaction.
const BATCH_MAX: usize = 1_024;

/// Between two tries of a batch that could not be written.
const RETRY_TIME: Duration = Duration::from_millis(500);

/// The journal's writer.
pub(crate) struct Writer {
    pub(crate) journal: Journal,
    pub(crate) facts: mpsc::UnboundedReceiver<Fact>,
    /// Facts that are not written yet.
    pub(crate) behind: Arc<AtomicUsize>,
    pub(crate) listeners: broadcast::Sender<Arc<Line>>,
}

impl Writer {
    /// Gives the writer a thread of its own. Waking a thread costs as much as sending a datagram,
    /// so this one wakes itself, once for each batch, and nobody else wakes it while facts come.
    pub(crate) fn start(self) -> io::Result<thread::JoinHandle<()>> {
        let runtime = Handle::current();
        thread::Builder::new().name("journal".to_owned()).spawn(move || {
            let _inside = runtime.enter();
            self.write();
        })
    }

    /// Writes until every sender is gone. A batch that cannot be written is tried again for ever:
    /// facts are never dropped, and the switch stops taking calls when too many wait.
    fn write(mut self) {
        let mut batch: Vec<Fact> = Vec::with_capacity(BATCH_MAX);
        // Listens to the queue only when there was nothing for a while.
        while self.facts.blocking_recv_many(&mut batch, BATCH_MAX) > 0 {
            nap(&mut self.facts, &mut batch);
            while !batch.is_empty() {
                let lines: Vec<JournalLine> = batch.iter().map(JournalLine::of).collect();
                let mut next = Vec::with_capacity(BATCH_MAX);
                while let Err(error) = self.append(&lines, &mut next) {
                    tracing::error!(%error, lines = lines.len(), "the journal could not be written");
                    thread::sleep(RETRY_TIME);
                }
                self.behind.fetch_sub(batch.len(), Ordering::Relaxed);
                batch = next;
                tell(&self.listeners, lines);
            }
        }
        if let Err(error) = Handle::current().block_on(self.journal.close()) {
            tracing::warn!(%error, "the journal was not closed in order");
        }
    }

    /// Has a batch written and meanwhile collects the next. Looks for the answer when the next
    /// batch is due, and is not woken by it.
    fn append(&mut self, lines: &[JournalLine], next: &mut Vec<Fact>) -> Result<(), store::Error> {
        let mut writing = pin!(self.journal.append(lines));
        let mut unwoken = Context::from_waker(Waker::noop());
        loop {
            match writing.as_mut().poll(&mut unwoken) {
                Poll::Ready(written) => return written,
                Poll::Pending => nap(&mut self.facts, next),
            }
        }
    }
}

/// Waits until a batch is due, and adds to it what came meanwhile.
fn nap(facts: &mut mpsc::UnboundedReceiver<Fact>, batch: &mut Vec<Fact>) {
    thread::sleep(BATCH_TIME);
    let room = BATCH_MAX.saturating_sub(batch.len());
    batch.extend(iter::from_fn(|| facts.try_recv().ok()).take(room));
}

fn tell(listeners: &broadcast::Sender<Arc<Line>>, lines: Vec<JournalLine>) {
    if listeners.receiver_count() == 0 {
        return;
    }
    for line in lines {
        let (at, body) = (Time(line.at_ms), Arc::from(&*line.body));
        let _ = listeners.send(Arc::new(Line { at, call: line.call, kind: line.kind, body }));
    }
}
