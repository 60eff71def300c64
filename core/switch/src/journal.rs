//! Writes facts in batches, and lets live listeners hear them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use std::{io, iter, thread};

use acd::Time;
use centre::Fact;
use control::Line;
use store::{Journal, JournalLine};
use tokio::sync::{broadcast, mpsc};
use tokio::time::sleep;

/// A batch waits at most this long for company.
const BATCH_TIME: Duration = Duration::from_millis(10);

/// Lines of one transaction.
const BATCH_MAX: usize = 1_024;

/// Between two tries of a batch that could not be written.
const RETRY_TIME: Duration = Duration::from_millis(500);

/// Gives the writer a thread with a runtime that has timers and no sockets: waking it is a futex,
/// while a worker waits for a hundred sockets at once and is woken through one more.
pub(crate) fn on_its_thread(
    writing: impl Future<Output = ()> + Send + 'static,
) -> io::Result<thread::JoinHandle<()>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    thread::Builder::new().name("journal".to_owned()).spawn(move || runtime.block_on(writing))
}

/// Writes until every sender is gone. A batch that cannot be written is tried again for ever:
/// facts are never dropped, and the switch stops taking calls when too many wait.
pub(crate) async fn write(
    mut journal: Journal,
    mut facts: mpsc::UnboundedReceiver<Fact>,
    behind: Arc<AtomicUsize>,
    listeners: broadcast::Sender<Arc<Line>>,
) {
    let mut batch: Vec<Fact> = Vec::with_capacity(BATCH_MAX);
    // Listens to the queue only when there was nothing for a while: waking this task for a fact
    // costs the centre's thread as much as sending a datagram.
    while facts.recv_many(&mut batch, BATCH_MAX).await > 0 {
        loop {
            if batch.len() < BATCH_MAX {
                sleep(BATCH_TIME).await;
                let room = BATCH_MAX - batch.len();
                batch.extend(iter::from_fn(|| facts.try_recv().ok()).take(room));
            }
            if batch.is_empty() {
                break;
            }
            let lines: Vec<JournalLine> = batch.iter().map(JournalLine::of).collect();
            while let Err(error) = journal.append(&lines).await {
                tracing::error!(%error, lines = lines.len(), "the journal could not be written");
                sleep(RETRY_TIME).await;
            }
            behind.fetch_sub(batch.len(), Ordering::Relaxed);
            batch.clear();
            tell(&listeners, lines);
        }
    }
    if let Err(error) = journal.close().await {
        tracing::warn!(%error, "the journal was not closed in order");
    }
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
