//! Starts a switch: opens everything, then lets it run.

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::thread;
use std::time::Duration;

use acd::{AgentId, Time, Wish};
use centre::{Centre, Config, KeptCallback, What};
use control::{Desk, LastDay};
use media::{Codec, Tune};
use stats::{Limits, Summary};
use store::{Journal, LeftOpen, Recording, Tenant};
use tokio::sync::{mpsc, watch};

use crate::clock::Clock;
use crate::plan::{Loaded, PlanSource};
use crate::plugins::Plugins;
use crate::policies::Policies;
use crate::pool::Pool;
use crate::recorder::{self, Stored, Taped};
use crate::relay::Shared;
use crate::sip_socket::SipSocket;
use crate::tenant::{self, DAY_MS, Ears, RecordingEvent, Stop};
use crate::{board::Names, indicators, intervals, journal, replay};

/// What the operator decides.
#[derive(Clone, Debug)]
pub struct SwitchConfig {
    /// Where SIP is spoken (UDP).
    pub sip: SocketAddr,
    /// The address phones can reach us at, when it is not the one we are bound to.
    pub public_address: Option<IpAddr>,
    /// Where recordings are written.
    pub recordings: PathBuf,
    /// A side that sends no RTP for so long is taken for lost.
    pub media_timeout: Duration,
    /// Live calls at once.
    pub calls_max: usize,
}

/// Why a switch does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("cannot speak SIP on {address}: {error}")]
    Sip { address: SocketAddr, error: io::Error },
    #[error("cannot write recordings to {folder}: {error}")]
    Recordings { folder: PathBuf, error: io::Error },
    #[error("no randomness from the operating system: {0}")]
    Random(getrandom::Error),
    #[error("cannot start a thread: {0}")]
    Thread(io::Error),
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// A running switch.
#[derive(Debug)]
pub struct Switch {
    sip: SocketAddr,
    stop: watch::Sender<Stop>,
    centre: thread::JoinHandle<()>,
    /// The journal's writer: ends when every fact is written.
    journal: thread::JoinHandle<()>,
}

impl Switch {
    /// Where SIP is really spoken, after a port of 0 was chosen.
    pub fn sip(&self) -> SocketAddr {
        self.sip
    }

    /// Takes no new calls, lets the others end for at most `patience`, then ends them. Returns
    /// when the last fact is in the journal.
    pub async fn stop(self, patience: Duration) {
        let _ = self.stop.send(Stop::Drain);
        let centre = self.centre;
        let mut ended = tokio::task::spawn_blocking(move || centre.join());
        if tokio::time::timeout(patience, &mut ended).await.is_err() {
            let _ = self.stop.send(Stop::Now);
            let _ = ended.await;
        }
        let journal = self.journal;
        let _ = tokio::task::spawn_blocking(move || journal.join()).await;
    }
}

/// Starts a switch for one company. Must be called within a multi-threaded tokio runtime, where
/// relays, journal and index will run.
pub async fn start(
    config: SwitchConfig,
    company: Tenant,
    desk: Desk,
    plugins: Plugins,
) -> Result<Switch, StartError> {
    let clock = Clock::start();
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(StartError::Random)?;
    let plans = PlanSource { tenant: company.clone(), plugins };
    let Restored { journal, figures, first_call, first_plan, wishes, served, kept } =
        restore(&plans, clock.now()).await?;
    let Desk { commands, checks, replays, indicators: asks, board: boards, facts: listeners } =
        desk;
    tokio::spawn(plans.plugins.clone().look_at(checks));
    tokio::spawn(replay::answer(plans.clone(), replays));
    let (last_days, last_day) = watch::channel(None);
    tokio::spawn(indicators::answer(plans.clone(), clock, asks, last_days));

    let (facts, facts_to_write) = mpsc::unbounded_channel();
    let behind = Arc::new(AtomicUsize::new(0));
    let writer =
        journal::Writer { journal, facts: facts_to_write, behind: Arc::clone(&behind), listeners };
    let journal = writer.start().map_err(StartError::Thread)?;
    let (pool, ears, stop) = media(&config, company.clone(), clock, last_day)?;
    tokio::spawn(intervals::keep(company, ears.stop.clone()));
    let (address, public_address) = (config.sip, config.public_address);
    let calls_max = config.calls_max;
    let build = move || -> Result<tenant::Tenant, StartError> {
        let socket = SipSocket::bind(address, public_address)
            .map_err(|error| StartError::Sip { address, error })?;
        Ok(tenant::Tenant {
            clock,
            centre: Centre::new(Config {
                seed,
                first_call,
                media_address: public_address,
                calls_max,
            }),
            policies: Policies::default(),
            socket,
            pool,
            commands,
            boards,
            plans,
            journal: facts,
            behind,
            figures,
            wishes,
            mode: None,
            read_again: None,
            served,
            kept,
            dialled: Vec::new(),
            taping: 0,
            draining: false,
            ending: false,
            ended_at: Time::default(),
            day: clock.now().0 / DAY_MS,
            names: Names::default(),
        })
    };
    let (centre, sip) = run_centre(build, ears, first_plan).await?;
    Ok(Switch { sip, stop, centre, journal })
}

/// What the last run left behind.
struct Restored {
    journal: Journal,
    figures: Summary,
    first_call: u64,
    first_plan: Loaded,
    wishes: BTreeMap<AgentId, Wish>,
    served: Vec<(String, AgentId)>,
    kept: Vec<KeptCallback>,
}

async fn restore(plans: &PlanSource, now: Time) -> Result<Restored, StartError> {
    let company = &plans.tenant;
    let mut journal = Journal::open(company).await?;
    let LeftOpen { closed, kept } = journal.close_open().await?;
    if closed > 0 {
        tracing::warn!(calls = closed, "the last run left calls open; they are closed now");
    }
    if !kept.is_empty() {
        tracing::info!(callbacks = kept.len(), "callers of the last run keep their place");
    }
    Ok(Restored {
        journal,
        figures: figures_of_today(company, now).await?,
        first_call: company.last_call().await?.0 + 1,
        first_plan: plans.load(now).await?,
        wishes: company.last_wishes().await?,
        served: company.served_last(now.0).await?,
        kept,
    })
}

/// Starts what carries sound and writes it down.
fn media(
    config: &SwitchConfig,
    company: Tenant,
    clock: Clock,
    last_day: watch::Receiver<Option<Arc<LastDay>>>,
) -> Result<(Pool, Ears, watch::Sender<Stop>), StartError> {
    let (taped, tapes) = mpsc::unbounded_channel();
    let folder = config.recordings.clone();
    let (recorder, _) = recorder::start(folder.clone(), taped)
        .map_err(|error| StartError::Recordings { folder, error })?;
    let (recording_events, recordings) = mpsc::unbounded_channel();
    tokio::spawn(index(company, tapes, recording_events));
    let (relay_events, relays) = mpsc::unbounded_channel();
    let media_timeout = config.media_timeout;
    let tune = Arc::new(Tune::new());
    let shared = Shared { clock, tune, recorder, events: relay_events, media_timeout };
    let (pool, bound) = Pool::new(tokio::runtime::Handle::current(), config.sip.ip(), shared);
    let (stop, stopping) = watch::channel(Stop::Run);
    Ok((pool, Ears { bound, relays, recordings, last_day, stop: stopping }, stop))
}

/// Gives the centre its thread; returns when it is bound or has failed to.
async fn run_centre(
    build: impl FnOnce() -> Result<tenant::Tenant, StartError> + Send + 'static,
    ears: Ears,
    first_plan: Loaded,
) -> Result<(thread::JoinHandle<()>, SocketAddr), StartError> {
    let (bound_to, bound_at) = tokio::sync::oneshot::channel();
    let thread = thread::Builder::new().name("centre".to_owned());
    let centre = thread.spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let Ok(runtime) = runtime else { return };
        runtime.block_on(async {
            match build() {
                Ok(tenant) => {
                    let _ = bound_to.send(Ok(tenant.socket.local()));
                    tenant::run(tenant, ears, first_plan).await;
                }
                Err(error) => {
                    let _ = bound_to.send(Err(error));
                }
            }
        });
    });
    let centre = centre.map_err(StartError::Thread)?;
    let gone = || StartError::Thread(io::Error::other("the centre's thread has no runtime"));
    let sip = bound_at.await.map_err(|_| gone())??;
    Ok((centre, sip))
}

/// Today's figures are a fold of today's facts: a restart resets nothing.
async fn figures_of_today(company: &Tenant, now: Time) -> Result<Summary, StartError> {
    let mut figures = Summary::new(Limits::default());
    let midnight_ms = now.0 / DAY_MS * DAY_MS;
    let mut after = company.seq_before(midnight_ms).await?;
    loop {
        let page = company.facts_after(after).await?;
        let Some(last) = page.last() else { return Ok(figures) };
        after = last.seq;
        for kept in &page {
            let fact = kept.fact()?;
            if let What::Acd(what) = &fact.what {
                figures.fold(fact.at, what);
            }
        }
    }
}

/// Writes the index row of each complete file, then lets the centre tell it.
async fn index(
    company: Tenant,
    mut tapes: mpsc::UnboundedReceiver<Taped>,
    events: mpsc::UnboundedSender<RecordingEvent>,
) {
    while let Some(taped) = tapes.recv().await {
        let event = match taped {
            Taped::Stored(stored) => match company.add_recording(&row(&stored)).await {
                Ok(()) => RecordingEvent::Stored {
                    call: stored.call,
                    bytes: stored.bytes,
                    duration_ms: stored.duration_ms,
                    sha256: stored.sha256,
                },
                Err(error) => {
                    let cause = error.to_string();
                    RecordingEvent::Failed { call: stored.call, cause }
                }
            },
            Taped::Failed { call, cause } => RecordingEvent::Failed { call, cause },
        };
        let _ = events.send(event);
    }
}

fn row(stored: &Stored) -> Recording {
    Recording {
        call: stored.call,
        path: stored.path.clone(),
        sha256: stored.sha256.clone(),
        bytes: stored.bytes,
        duration_ms: stored.duration_ms,
        started_ms: stored.started.0,
        codec: match stored.codec {
            Codec::Pcmu => "pcmu",
            Codec::Pcma => "pcma",
        }
        .to_owned(),
    }
}
