//! One centre in the real world: its thread, its loop, and everything that reaches it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use acd::{Achieved, AgentId, Time, Wish};
use centre::{Centre, Fact, Input, KeptCallback, MediaOrder, Output, What};
use control::{Board, Command, LastDay, ModeRow, Refused, Steer};
use stats::Summary;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{MissedTickBehavior, interval, sleep_until};

use crate::board::{Names, board};
use crate::clock::Clock;
use crate::plan::{Loaded, PlanSource};
use crate::policies::Policies;
use crate::pool::{Bound, Pool};
use crate::relay::RelayEvent;
use crate::sip_socket::SipSocket;
use crate::tape;

/// Datagrams handled before anything else gets its turn.
const DATAGRAMS_AT_ONCE: usize = 64;

/// Boards per second are bounded by this: people cannot read faster, and a board is sent whole.
const BOARD_TIME: Duration = Duration::from_millis(200);

/// Journal lines not yet written beyond which no new call is taken: a disk that stands still must
/// not take the memory with it.
const JOURNAL_BEHIND_MAX: usize = 200_000;

/// A plan that could not be read when a mode's time was over is read again after this.
const READ_AGAIN_TIME: Duration = Duration::from_secs(5);

/// How long an end in a hurry may take: a few repeated BYEs and the last recordings.
const END_TIME_MAX: Duration = Duration::from_secs(3);

/// The length of a day of figures.
pub(crate) const DAY_MS: u64 = 86_400_000;

/// What a recording's writer says to the centre, after the index row is written.
#[derive(Debug)]
pub(crate) enum RecordingEvent {
    Stored { call: acd::CallId, bytes: u64, duration_ms: u64, sha256: String },
    Failed { call: acd::CallId, cause: String },
}

/// How to stop.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Stop {
    /// Not at all.
    Run,
    /// Take no new calls; end when the last one has ended.
    Drain,
    /// End every call now.
    Now,
}

/// Everything the loop owns.
pub(crate) struct Tenant {
    pub(crate) clock: Clock,
    pub(crate) centre: Centre,
    pub(crate) policies: Policies,
    pub(crate) socket: SipSocket,
    pub(crate) pool: Pool,
    pub(crate) commands: mpsc::Receiver<Command>,
    pub(crate) boards: watch::Sender<Arc<Board>>,
    pub(crate) plans: PlanSource,
    pub(crate) journal: mpsc::UnboundedSender<Fact>,
    /// Lines sent to the journal and not yet written.
    pub(crate) behind: Arc<std::sync::atomic::AtomicUsize>,
    pub(crate) figures: Summary,
    /// What agents wanted before this process started.
    pub(crate) wishes: BTreeMap<AgentId, Wish>,
    /// Recordings begun and not yet stored or failed.
    pub(crate) taping: usize,
    /// No new calls; the loop ends with the last one.
    pub(crate) draining: bool,
    /// Every call is being ended, since `ended_at`.
    pub(crate) ending: bool,
    pub(crate) ended_at: Time,
    /// Days since 1970 of the figures shown.
    pub(crate) day: u64,
    pub(crate) names: Names,
    /// The mode in force.
    pub(crate) mode: Option<ModeRow>,
    /// When the plan is read again by itself: the mode's time is over, or reading it has failed.
    pub(crate) read_again: Option<Time>,
    /// Codes of modes that agents have dialled, and who did.
    pub(crate) dialled: Vec<(String, AgentId)>,
    /// Who served which caller last, before this process started.
    pub(crate) served: Vec<(String, AgentId)>,
    /// Callers who keep their place since before this process started.
    pub(crate) kept: Vec<KeptCallback>,
}

/// Everything the loop listens to besides the socket and the desk.
pub(crate) struct Ears {
    pub(crate) bound: mpsc::UnboundedReceiver<Bound>,
    pub(crate) relays: mpsc::UnboundedReceiver<RelayEvent>,
    pub(crate) recordings: mpsc::UnboundedReceiver<RecordingEvent>,
    /// What indicators came to on the last day that is closed.
    pub(crate) last_day: watch::Receiver<Option<Arc<LastDay>>>,
    pub(crate) stop: watch::Receiver<Stop>,
}

type PlanReply = oneshot::Sender<Result<u64, Refused>>;
type LoadedSender = mpsc::UnboundedSender<(Result<Loaded, store::Error>, PlanReply)>;

/// Runs until told to stop.
pub(crate) async fn run(mut tenant: Tenant, mut ears: Ears, first: Loaded) {
    let (loaded_sender, mut loaded) = mpsc::unbounded_channel();
    let mut boards = interval(BOARD_TIME);
    boards.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut changed = true;
    tenant.put_in_force(first);
    tenant.remember_who_served();
    tenant.keep_places();
    loop {
        let deadline = tenant.centre.deadline().map(|time| tenant.clock.instant(time));
        let read_again = tenant.read_again.map(|time| tenant.clock.instant(time));
        tokio::select! {
            biased;
            stop = ears.stop.changed(), if !tenant.ending => {
                let stop = if stop.is_err() { Stop::Now } else { *ears.stop.borrow_and_update() };
                tenant.stop(stop);
            }
            () = sleep_until(tenant.patience()), if tenant.ending => break,
            Some(command) = tenant.commands.recv() => tenant.obey(command, &loaded_sender),
            Some((plan, reply)) = loaded.recv() => tenant.loaded(plan, reply),
            () = sleep_until(read_again.unwrap_or_else(tokio::time::Instant::now)),
                if read_again.is_some() => tenant.read_plan_again(&loaded_sender),
            Some(bound) = ears.bound.recv() => {
                let relays = tenant.pool.take(bound);
                tenant.handle(Input::RelaysBound(relays));
            }
            Some(event) = ears.relays.recv() => tenant.relay(event),
            Some(event) = ears.recordings.recv() => tenant.recording(event),
            Ok(()) = ears.last_day.changed() => {
                if let Some(day) = &*ears.last_day.borrow_and_update() {
                    tenant.day_closed(day);
                }
            }
            () = sleep_until(deadline.unwrap_or_else(tokio::time::Instant::now)),
                if deadline.is_some() => tenant.handle(Input::TimePassed),
            _ = tenant.socket.readable() => tenant.receive(),
            _ = boards.tick(), if changed => {
                tenant.show();
                changed = false;
                continue;
            }
        }
        changed = true;
        tenant.press_modes(&loaded_sender);
        if tenant.is_done() {
            break;
        }
    }
    tenant.show();
}

impl Tenant {
    fn receive(&mut self) {
        for _ in 0..DATAGRAMS_AT_ONCE {
            let Some((flow, bytes)) = self.socket.take() else { return };
            self.handle(Input::Received { flow, bytes });
        }
    }

    fn handle(&mut self, input: Input) {
        let mut out = Vec::new();
        let now = self.clock.now();
        self.centre.handle(now, input, &mut self.policies, &mut out);
        for output in out {
            match output {
                Output::Send { flow, bytes } => self.socket.send(flow, &bytes),
                Output::Media(order) => {
                    self.taping += usize::from(matches!(order, MediaOrder::StartRecording { .. }));
                    self.pool.obey(order);
                }
                Output::ModePressed { code, agent, .. } => self.dialled.push((code, agent)),
                Output::Tell(fact) => self.tell(fact),
            }
        }
        self.pool.flush();
    }

    fn tell(&mut self, fact: Fact) {
        if let What::Acd(fact_of_engine) = &fact.what {
            self.figures.fold(fact.at, fact_of_engine);
        }
        let behind = self.behind.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        if behind == JOURNAL_BEHIND_MAX {
            tracing::error!(behind, "the journal does not keep up: no new calls are taken");
            self.centre.set_overloaded(true);
        }
        let _ = self.journal.send(fact);
    }

    fn obey(&mut self, command: Command, loaded: &LoadedSender) {
        match command {
            Command::PlanChanged { reply } => self.read_plan(loaded, reply),
            Command::Wish { agent, wish, by, reply } => {
                let known = self.knows(agent);
                if known {
                    self.handle(Input::Wished { agent, wish, by });
                }
                let _ = reply.send(if known { Ok(()) } else { Err(Refused::NoSuchAgent) });
            }
            Command::EndWrapUp { agent, reply } => {
                let known = self.knows(agent);
                if known {
                    self.handle(Input::WrapUpEnded { agent });
                }
                let _ = reply.send(if known { Ok(()) } else { Err(Refused::NoSuchAgent) });
            }
            Command::Forgive { group, reply } => {
                let _ = reply.send(self.policies.forgive(group));
            }
            Command::ForgiveSelection { reply } => {
                let _ = reply.send(self.policies.forgive_selection());
            }
            Command::TryDecisions { asked, reply } => {
                let (plans, taken) = (self.plans.clone(), self.policies.taken(asked.group));
                tokio::spawn(async move {
                    // Who has asked may have gone.
                    let _ = reply.send(tape::tried(plans, asked, taken).await);
                });
            }
            Command::FailureCase { id, reply } => {
                let failed = self.policies.failed(id);
                // Five hundred candidates take a moment to write.
                tokio::task::spawn_blocking(move || {
                    let _ = reply.send(failed.map(|failed| failed.case().write()));
                });
            }
            Command::Steer { call, steer, by, reply } => {
                let allowed = self.may_steer(call, steer);
                if allowed.is_ok() {
                    self.handle(match steer {
                        Steer::Move { to } => Input::CallMoved { call, to, by },
                        Steer::Promote { priority } => Input::CallPromoted { call, priority, by },
                        Steer::Transfer { to } => Input::Transferred { call, to, by },
                        Steer::EndCallback => Input::CallbackEnded { call, by },
                    });
                }
                let _ = reply.send(allowed);
            }
        }
    }

    fn may_steer(&self, call: acd::CallId, steer: Steer) -> Result<(), Refused> {
        let mut calls = self.centre.distribution().calls();
        let view = calls.find(|view| view.call == call).ok_or(Refused::NoSuchCall)?;
        let talks = matches!(view.stage, acd::Stage::Talking { .. });
        let to = match steer {
            Steer::Move { .. } | Steer::Promote { .. } if talks => return Err(Refused::NotWaiting),
            Steer::Transfer { .. } if !talks => return Err(Refused::NotTalking),
            Steer::Move { to } | Steer::Transfer { to } => to,
            Steer::Promote { .. } => return Ok(()),
            Steer::EndCallback if view.callback => return Ok(()),
            Steer::EndCallback => return Err(Refused::NoCallback),
        };
        let known = self.centre.plan().acd.groups.contains_key(&to);
        if known { Ok(()) } else { Err(Refused::NoSuchGroup) }
    }

    /// The store is read beside the loop: the engine never waits for SQL.
    fn read_plan(&self, loaded: &LoadedSender, reply: PlanReply) {
        let (plans, loaded, now) = (self.plans.clone(), loaded.clone(), self.clock.now());
        tokio::spawn(async move {
            let _ = loaded.send((plans.load(now).await, reply));
        });
    }

    fn read_plan_again(&mut self, loaded: &LoadedSender) {
        self.read_again = Some(self.clock.now() + READ_AGAIN_TIME);
        // Nobody waits for the answer.
        let (reply, _) = oneshot::channel();
        self.read_plan(loaded, reply);
    }

    /// A mode pressed by phone is in force as soon as the store knows it, like one pressed on the
    /// page.
    fn press_modes(&mut self, loaded: &LoadedSender) {
        for (code, agent) in std::mem::take(&mut self.dialled) {
            let who = self.names.agents.get(&agent).cloned().unwrap_or_default();
            let (plans, loaded, now) = (self.plans.clone(), loaded.clone(), self.clock.now());
            tokio::spawn(async move {
                if let Err(error) = plans.press(&code, &who, now).await {
                    tracing::error!(%error, "a mode could not be pressed");
                    return;
                }
                let (reply, _) = oneshot::channel();
                let _ = loaded.send((plans.load(now).await, reply));
            });
        }
    }

    /// Policies see what people have achieved on the last closed day.
    fn day_closed(&mut self, day: &LastDay) {
        let mut people: BTreeMap<AgentId, BTreeMap<String, f64>> = BTreeMap::new();
        for (name, figures) in &day.indicators {
            for (&agent, &figure) in figures {
                people.entry(agent).or_default().insert(name.clone(), figure);
            }
        }
        let known =
            people.into_iter().filter_map(|(agent, its)| Some((agent, Achieved::new(its)?)));
        self.handle(Input::DayClosed(Arc::new(acd::LastDay::new(known.collect()))));
    }

    /// Callers meet again who served them last, across a restart too.
    fn remember_who_served(&mut self) {
        for (caller, agent) in std::mem::take(&mut self.served) {
            self.handle(Input::ServedLast { caller, agent });
        }
    }

    /// Callers who keep their place have it again, before anybody's phone registers.
    fn keep_places(&mut self) {
        for kept in std::mem::take(&mut self.kept) {
            let local = self.socket.local();
            let flow = self.socket.flow(kept.from.unwrap_or(local));
            self.handle(Input::CallbackKept { kept: Box::new(kept), flow });
        }
    }

    fn loaded(&mut self, plan: Result<Loaded, store::Error>, reply: PlanReply) {
        let answer = match plan {
            Ok(plan) => {
                // Two readings may overtake one another; the older one is already history.
                if plan.plan.acd.version > self.centre.plan().acd.version {
                    self.put_in_force(plan);
                }
                Ok(self.centre.plan().acd.version)
            }
            Err(error) => {
                tracing::error!(%error, "the plan could not be read; the old one stays in force");
                Err(Refused::Plan(error.to_string()))
            }
        };
        let _ = reply.send(answer);
    }

    fn put_in_force(&mut self, loaded: Loaded) {
        let known: Vec<AgentId> = self.centre.plan().acd.agents.keys().copied().collect();
        let new: Vec<AgentId> = {
            let agents = loaded.plan.acd.agents.keys().copied();
            agents.filter(|agent| known.binary_search(agent).is_err()).collect()
        };
        self.names = loaded.names;
        self.read_again = loaded.mode.as_ref().and_then(|mode| mode.until);
        self.mode = loaded.mode;
        self.policies.choose(loaded.policies);
        self.policies.try_out(loaded.trials);
        self.handle(Input::PlanChanged(Arc::new(loaded.plan)));
        // Whoever is new to this process wants what he wanted last; whoever is new at all is on:
        // an agent added with a few clicks takes the very next call.
        for agent in new {
            let wish = self.wishes.remove(&agent).unwrap_or(Wish::On);
            self.handle(Input::Wished { agent, wish, by: acd::Actor::Rule });
        }
    }

    fn knows(&self, agent: AgentId) -> bool {
        self.centre.plan().acd.agents.contains_key(&agent)
    }

    fn relay(&mut self, event: RelayEvent) {
        match event {
            RelayEvent::Silent { call, side } => self.handle(Input::MediaSilent { call, side }),
            RelayEvent::Key { call, key } => self.handle(Input::KeyPressed { call, key }),
            RelayEvent::RecordingFailed { call, cause } => {
                self.taping = self.taping.saturating_sub(1);
                self.handle(Input::RecordingFailed { call, cause });
            }
        }
    }

    fn recording(&mut self, event: RecordingEvent) {
        self.taping = self.taping.saturating_sub(1);
        self.handle(match event {
            RecordingEvent::Stored { call, bytes, duration_ms, sha256 } => {
                Input::RecordingStored { call, bytes, duration_ms, sha256 }
            }
            RecordingEvent::Failed { call, cause } => Input::RecordingFailed { call, cause },
        });
    }

    fn stop(&mut self, stop: Stop) {
        match stop {
            Stop::Run => (),
            Stop::Drain => {
                self.draining = true;
                self.handle(Input::Drain);
            }
            Stop::Now => {
                self.ending = true;
                self.ended_at = self.clock.now();
                self.handle(Input::EndAll);
            }
        }
    }

    /// Nothing is left to wait for: no call, no file half written, and when it hurries no BYE that
    /// may need repeating.
    fn is_done(&self) -> bool {
        let (calls, legs, _) = self.centre.load();
        (self.draining || self.ending) && calls == 0 && legs == 0 && self.taping == 0
    }

    /// When an end in a hurry is over, whoever has not answered our BYE by then.
    fn patience(&self) -> tokio::time::Instant {
        self.clock.instant(self.ended_at + END_TIME_MAX)
    }

    fn show(&mut self) {
        let now = self.clock.now();
        self.start_day(now);
        if self.behind.load(std::sync::atomic::Ordering::Relaxed) < JOURNAL_BEHIND_MAX / 2 {
            self.centre.set_overloaded(false);
        }
        let mut board = board(now, &self.centre, &self.figures, &self.names, self.mode.as_ref());
        board.plugins = self.policies.rows();
        board.selection = self.policies.selection_row();
        board.trials = self.policies.trial_rows();
        board.failures = self.policies.failure_rows();
        self.boards.send_replace(Arc::new(board));
    }

    /// Figures on the board are of today.
    fn start_day(&mut self, now: Time) {
        let today = now.0 / DAY_MS;
        if self.day != today {
            self.day = today;
            self.figures.start_period(Time(today * DAY_MS));
        }
    }
}
