//! Keeps the figures by quarter of an hour in step with the journal.

use std::time::Duration;

use stats::Limits;
use store::Tenant;
use tokio::sync::watch;

use crate::tenant::Stop;

/// Often enough for reports of today; what is live stands on the board.
const EVERY: Duration = Duration::from_secs(60);

/// Folds what is new, at the start and then every minute, until the switch stops. What comes after
/// that is folded by the next start.
pub(crate) async fn keep(company: Tenant, mut stop: watch::Receiver<Stop>) {
    loop {
        match company.fold_intervals(Limits::default()).await {
            Ok(folded) => tracing::debug!(facts = folded.facts, seq = folded.seq, "figures kept"),
            // The journal has everything: the next try finds it again.
            Err(error) => tracing::warn!(%error, "figures could not be kept"),
        }
        tokio::select! {
            _ = stop.changed() => return,
            () = tokio::time::sleep(EVERY) => (),
        }
    }
}
