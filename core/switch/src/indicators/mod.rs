//! Success indicators beside the centre: days that are over are closed, drafts are tried.
//!
//! Formulas are pure and facts are in the store, but plugins need the host, and the web has none:
//! so they are worked out here, in a task of their own that nobody's call waits for.

mod close;
mod preview;
mod rules;
mod tables;

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use acd::Time;
use control::{IndicatorAsk, LastDay};
use store::zone_of;
use tokio::sync::{mpsc, watch};
use tokio::time::sleep_until;

use self::preview::Recent;
use crate::clock::Clock;
use crate::plan::PlanSource;

/// How long after midnight a day is closed: the journal's writer is seconds behind at most.
const AFTER_MIDNIGHT: Duration = Duration::from_secs(120);
/// When the next midnight is not known, or a closing failed.
const AGAIN: Duration = Duration::from_secs(600);

/// Who hears of the last day that is closed.
pub(crate) type LastDays = watch::Sender<Option<Arc<LastDay>>>;

/// Closes days at the start, a little after each midnight and when indicators have changed, and
/// tries drafts, until nobody can ask any more.
pub(crate) async fn answer(
    plans: PlanSource,
    clock: Clock,
    mut asks: mpsc::Receiver<IndicatorAsk>,
    last_days: LastDays,
) {
    let mut recent = Recent::default();
    let mut next = clock.now();
    loop {
        tokio::select! {
            ask = asks.recv() => match ask {
                None => return,
                Some(IndicatorAsk::Changed) => next = close(&plans, clock.now(), &last_days).await,
                Some(IndicatorAsk::Preview { draft, reply }) => {
                    let tried = recent.preview(&plans, clock.now(), draft).await;
                    // Who has asked may have gone.
                    let _ = reply.send(tried);
                }
            },
            () = sleep_until(clock.instant(next)) => {
                next = close(&plans, clock.now(), &last_days).await;
            }
        }
    }
}

/// Closes what is missing, tells of the last day, and says when to come back.
async fn close(plans: &PlanSource, now: Time, last_days: &LastDays) -> Time {
    if let Err(error) = close::close_missing(plans, now).await {
        tracing::error!(%error, "a day could not be closed; it is tried again");
        return now + AGAIN;
    }
    match close::last_day(plans).await {
        Ok(last) => {
            last_days.send_replace(last.map(Arc::new));
        }
        Err(error) => tracing::error!(%error, "the last day's values could not be read"),
    }
    let Ok(calendars) = plans.tenant.calendars().await else { return now + AGAIN };
    match close::today(zone_of(&calendars), now) {
        Ok((_, day)) => day.until + AFTER_MIDNIGHT,
        Err(_) => now + AGAIN,
    }
}
