//! A recorded day, lived again beside the centre: as it was, as it is now, with a policy tried.
//!
//! What living again has to assume stands in [`sim::replay`]. One day at a time, on a thread of its
//! own that nobody waits for: neither SQL nor a policy of it runs on the centre's.

mod fold;
mod read;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use acd::GroupId;
use control::{Replay, ReplayFailed, Replayed, Trial};
use plugin_host::RoutingPolicy as Seats;
use store::{Group, RoutingPolicy, Selection, Settings, Tenant};
use tokio::sync::{mpsc, oneshot, watch};

use crate::plan::PlanSource;
use crate::plugins::{Chosen, Plugins, setting};
pub use crate::replay::fold::Scope;
pub use crate::replay::read::{DAY_FACTS_MAX, RecordedDay};

/// A day of 40,000 calls takes 27 s of CPU even in a build that is not optimised.
const LIVED_WITHIN: Duration = Duration::from_secs(120);

/// Who waits for the answer, and for how long.
struct Asker {
    reply: oneshot::Sender<Result<Replayed, ReplayFailed>>,
    done: watch::Sender<f64>,
    until: Instant,
}

/// Lives days again until nobody can ask any more.
pub(crate) async fn answer(plans: PlanSource, mut replays: mpsc::Receiver<Replay>) {
    while let Some(Replay { trial, done, reply, turn }) = replays.recv().await {
        let asker = Asker { reply, done, until: Instant::now() + LIVED_WITHIN };
        if let Some((asker, lived)) = lived(&plans, trial, asker).await {
            // Whoever hears the answer may ask again at once.
            drop(turn);
            let _ = asker.reply.send(lived);
        }
    }
}

/// `None` when the thread it was lived on is lost, and the asker with it.
async fn lived(
    plans: &PlanSource,
    trial: Trial,
    asker: Asker,
) -> Option<(Asker, Result<Replayed, ReplayFailed>)> {
    let prepared = match prepared(plans, trial, &asker).await {
        Ok(prepared) => prepared,
        Err(failed) => return Some((asker, Err(failed))),
    };
    let thread = tokio::task::spawn_blocking(move || {
        let lived = prepared.live(&asker);
        (asker, lived)
    });
    thread.await.inspect_err(|error| tracing::error!(%error, "a day was not lived again")).ok()
}

/// All that a thread needs to live the day.
struct Prepared {
    day: RecordedDay,
    plan: acd::Plan,
    now: Seats,
    tried: Seats,
}

async fn prepared(
    plans: &PlanSource,
    trial: Trial,
    asker: &Asker,
) -> Result<Prepared, ReplayFailed> {
    let PlanSource { tenant, plugins } = plans;
    let plan = tenant.plan().await.map_err(journal)?;
    let scope = Scope::of(&plan, &trial.groups);
    let policy = RoutingPolicy::of_word(&trial.policy).ok_or_else(|| ReplayFailed::NoPlugin {
        label: trial.policy.clone(),
        why: "there is no such policy".to_owned(),
    })?;
    let settings = trial.settings.into_iter().map(|(id, value)| (id, setting(value)));
    let settings: Settings = settings.collect();
    let mut groups = plan.groups.clone();
    for group in groups.iter_mut().filter(|group| trial.groups.contains(&group.id)) {
        (group.policy, group.settings) = (policy.clone(), settings.clone());
    }
    let day = trial.day;
    let now = policies(plugins, tenant, (&plan.groups, &plan.selection), &[]).await?;
    let tried = policies(plugins, tenant, (&groups, &plan.selection), &trial.groups).await?;
    let go_on = &mut |share| asker.goes_on(share / 3.0);
    let read = RecordedDay::read(tenant, day, scope, go_on).await;
    let read = read.map_err(|failed| asker.why_not(failed))?;
    if read.calls() == 0 {
        return Err(ReplayFailed::NoCalls);
    }
    Ok(Prepared { day: read, plan: plan.acd(day.from.0), now, tried })
}

impl Prepared {
    fn live(mut self, asker: &Asker) -> Result<Replayed, ReplayFailed> {
        let third = |nth: f64, policy: &mut Seats| {
            let go_on = &mut |share| asker.goes_on((nth + share) / 3.0);
            let lived = self.day.live(self.plan.clone(), policy, go_on);
            lived.ok_or_else(|| asker.why_not(ReplayFailed::Stopped))
        };
        let (now, tried) = (third(1.0, &mut self.now)?, third(2.0, &mut self.tried)?);
        Ok(Replayed { was: self.day.was().clone(), now, tried })
    }
}

impl Asker {
    fn goes_on(&self, share: f64) -> bool {
        self.done.send_replace(share);
        !self.reply.is_closed() && Instant::now() < self.until
    }

    fn why_not(&self, failed: ReplayFailed) -> ReplayFailed {
        let too_late = failed == ReplayFailed::Stopped && !self.reply.is_closed();
        if too_late { ReplayFailed::TimeUp { max_s: LIVED_WITHIN.as_secs() } } else { failed }
    }
}

/// The policies of groups and of freed agents, with clean records, for a day that is lived again. A
/// plugin that cannot be run leaves the built-in order, as it does for live calls; but groups of
/// `must` must have theirs.
///
/// # Errors
///
/// When one of those cannot be run.
pub async fn policies(
    plugins: &Plugins,
    company: &Tenant,
    (groups, selection): (&[Group], &Selection),
    must: &[GroupId],
) -> Result<Seats, ReplayFailed> {
    let mut seats = Seats::new();
    if let Chosen::Plugin(plugin) = plugins.of_freed(company, selection).await {
        seats.set_picker(Some(plugin));
    }
    let chosen: BTreeMap<GroupId, Chosen> = plugins.of_groups(company, groups).await;
    for (group, chosen) in chosen {
        match chosen {
            Chosen::Plugin(plugin) => seats.set(group, Some(plugin)),
            Chosen::Missing { label, why } if must.contains(&group) => {
                return Err(ReplayFailed::NoPlugin { label, why });
            }
            Chosen::BuiltIn | Chosen::Missing { .. } => (),
        }
    }
    Ok(seats)
}

fn journal(error: store::Error) -> ReplayFailed {
    ReplayFailed::Journal(error.to_string())
}
