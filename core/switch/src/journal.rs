//! Writes facts in batches, and lets live listeners hear them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use acd::Time;
use centre::Fact;
use control::Line;
use store::{Journal, JournalLine};
use tokio::sync::{broadcast, mpsc};
use tokio::time::{sleep, timeout};

/// A batch waits at most this long for company.
const BATCH_TIME: Duration = Duration::from_millis(10);

/// Lines of one transaction.
const BATCH_MAX: usize = 1_024;

/// Between two tries of a batch that could not be written.
const RETRY_TIME: Duration = Duration::from_millis(500);

/// Writes until every sender is gone. A batch that cannot be written is tried again for ever:
/// facts are never dropped, and the switch stops taking calls when too many wait.
pub(crate) async fn write(
    mut journal: Journal,
    mut facts: mpsc::UnboundedReceiver<Fact>,
    behind: Arc<AtomicUsize>,
    listeners: broadcast::Sender<Arc<Line>>,
) {
    let mut batch: Vec<Fact> = Vec::with_capacity(BATCH_MAX);
    while facts.recv_many(&mut batch, BATCH_MAX).await > 0 {
        if batch.len() < BATCH_MAX {
            let more = async { while facts.recv_many(&mut batch, BATCH_MAX).await > 0 {} };
            // The first fact opens the batch; what comes within the time joins it.
            let _ = timeout(BATCH_TIME, more).await;
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

fn tell(listeners: &broadcast::Sender<Arc<Line>>, lines: Vec<JournalLine>) {
    if listeners.receiver_count() == 0 {
        return;
    }
    for line in lines {
        let (at, body) = (Time(line.at_ms), Arc::from(&*line.body));
        let _ = listeners.send(Arc::new(Line { at, call: line.call, kind: line.kind, body }));
    }
}
