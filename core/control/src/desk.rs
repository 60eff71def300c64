//! The two ends of the counter between web and switch.

use std::sync::Arc;

use acd::{Actor, AgentId, CallId, GroupId, Time, Wish};
use tokio::sync::{Semaphore, broadcast, mpsc, oneshot, watch};

use crate::{
    Board, DecisionsAsked, DecisionsTried, Draft, IndicatorAsk, IndicatorFailed, PluginCard,
    PluginCheck, PluginRefused, Previewed, Replay, Replaying, Trial,
};

/// Commands that wait for the switch. A click is one command: more than this at once is a fault.
const COMMANDS_MAX: usize = 256;

/// Uploads that wait for the host: each holds a file of up to 4 MiB, and an administrator uploads
/// one at a time.
const CHECKS_MAX: usize = 4;

/// Recorded days lived again at once: each keeps a core busy that calls may need.
const REPLAYS_MAX: usize = 1;

/// Drafts of indicators that wait: one a keystroke of a few administrators.
const INDICATOR_ASKS_MAX: usize = 16;

/// Facts a slow listener may lag behind before it loses the oldest (and is told so).
const FACTS_MAX: usize = 4_096;

/// One line of the journal on its way to live listeners, in the journal's own words.
#[derive(Clone, Debug)]
pub struct Line {
    pub at: Time,
    pub call: Option<u64>,
    pub kind: &'static str,
    /// The fact's body as JSON text.
    pub body: Arc<str>,
}

/// Something asked of the switch. Every command is answered.
#[derive(Debug)]
pub enum Command {
    /// The plan in the store changed: read it and put it in force. Answers with the version.
    PlanChanged { reply: oneshot::Sender<Result<u64, Refused>> },
    /// Somebody wants an agent on, off or on a break.
    Wish { agent: AgentId, wish: Wish, by: Actor, reply: oneshot::Sender<Result<(), Refused>> },
    /// Somebody ends an agent's wrap-up.
    EndWrapUp { agent: AgentId, reply: oneshot::Sender<Result<(), Refused>> },
    /// Somebody gives a group's plugin another chance.
    Forgive { group: GroupId, reply: oneshot::Sender<Result<(), Refused>> },
    /// Somebody gives the plugin another chance that chooses calls for freed agents.
    ForgiveSelection { reply: oneshot::Sender<Result<(), Refused>> },
    /// Somebody tries a policy on decisions that were taken.
    TryDecisions { asked: DecisionsAsked, reply: oneshot::Sender<Result<DecisionsTried, Refused>> },
    /// Somebody wants the question at which a plugin failed, as the text of a file.
    FailureCase { id: u64, reply: oneshot::Sender<Result<String, Refused>> },
    /// Somebody changes what becomes of a live call.
    Steer { call: CallId, steer: Steer, by: Actor, reply: oneshot::Sender<Result<(), Refused>> },
}

/// What a supervisor does with a live call.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Steer {
    /// A waiting caller goes to another group's line.
    Move { to: GroupId },
    /// A waiting caller gets another priority.
    Promote { priority: i32 },
    /// A caller who talks goes to a group's line.
    Transfer { to: GroupId },
    /// A caller who keeps his place is not called back any more.
    EndCallback,
}

/// Why the switch did not do it.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Refused {
    #[error("there is no such agent in the plan in force")]
    NoSuchAgent,
    #[error("there is no such live call")]
    NoSuchCall,
    #[error("there is no such group in the plan in force")]
    NoSuchGroup,
    #[error("the call does not wait")]
    NotWaiting,
    #[error("the caller does not talk with an agent")]
    NotTalking,
    #[error("the caller does not wait for a callback")]
    NoCallback,
    #[error("no plugin is at work for the group")]
    NoPlugin,
    #[error("the question of no such failure is kept")]
    NoSuchFailure,
    #[error("{label} cannot be run: {why}")]
    NotRun { label: String, why: String },
    #[error("the plan could not be read: {0}")]
    Plan(String),
    #[error("the switch is not running")]
    Gone,
    #[error("the switch has too many commands waiting")]
    Busy,
    #[error("another recorded day is being lived again")]
    Replaying,
}

/// The web's end. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Handle {
    commands: mpsc::Sender<Command>,
    checks: mpsc::Sender<PluginCheck>,
    replays: mpsc::Sender<Replay>,
    indicators: mpsc::Sender<IndicatorAsk>,
    turns: Arc<Semaphore>,
    board: watch::Receiver<Arc<Board>>,
    facts: broadcast::Sender<Arc<Line>>,
}

/// The switch's end.
#[derive(Debug)]
pub struct Desk {
    pub commands: mpsc::Receiver<Command>,
    pub checks: mpsc::Receiver<PluginCheck>,
    pub replays: mpsc::Receiver<Replay>,
    pub indicators: mpsc::Receiver<IndicatorAsk>,
    pub board: watch::Sender<Arc<Board>>,
    pub facts: broadcast::Sender<Arc<Line>>,
}

/// Opens a counter between the two.
pub fn desk() -> (Handle, Desk) {
    let (command_sender, commands) = mpsc::channel(COMMANDS_MAX);
    let (check_sender, checks) = mpsc::channel(CHECKS_MAX);
    let (replays_sender, replays) = mpsc::channel(REPLAYS_MAX);
    let (indicators_sender, indicators) = mpsc::channel(INDICATOR_ASKS_MAX);
    let (board_sender, board) = watch::channel(Arc::new(Board::default()));
    let (facts, _) = broadcast::channel(FACTS_MAX);
    let facts_sender = facts.clone();
    let handle = Handle {
        commands: command_sender,
        checks: check_sender,
        replays: replays_sender,
        indicators: indicators_sender,
        turns: Arc::new(Semaphore::new(REPLAYS_MAX)),
        board,
        facts: facts_sender,
    };
    (handle, Desk { commands, checks, replays, indicators, board: board_sender, facts })
}

impl Handle {
    /// Returns when the plan in the store is in force: the very next call uses it.
    pub async fn plan_changed(&self) -> Result<u64, Refused> {
        self.ask(|reply| Command::PlanChanged { reply }).await
    }

    /// Sets what an agent wants.
    pub async fn wish(&self, agent: AgentId, wish: Wish, by: Actor) -> Result<(), Refused> {
        self.ask(|reply| Command::Wish { agent, wish, by, reply }).await
    }

    /// Ends an agent's wrap-up now.
    pub async fn end_wrap_up(&self, agent: AgentId) -> Result<(), Refused> {
        self.ask(|reply| Command::EndWrapUp { agent, reply }).await
    }

    /// Moves, promotes or transfers a live call, or ends a callback.
    pub async fn steer(&self, call: CallId, steer: Steer, by: Actor) -> Result<(), Refused> {
        self.ask(|reply| Command::Steer { call, steer, by, reply }).await
    }

    /// Gives a group's plugin another chance, with a clean record.
    pub async fn forgive(&self, group: GroupId) -> Result<(), Refused> {
        self.ask(|reply| Command::Forgive { group, reply }).await
    }

    /// Gives the plugin another chance that chooses calls for freed agents.
    pub async fn forgive_selection(&self) -> Result<(), Refused> {
        self.ask(|reply| Command::ForgiveSelection { reply }).await
    }

    /// Tries a policy on the group's last decisions, beside the centre.
    pub async fn try_decisions(&self, asked: DecisionsAsked) -> Result<DecisionsTried, Refused> {
        self.ask(|reply| Command::TryDecisions { asked, reply }).await
    }

    /// The question at which a plugin failed, by the id of its row on the board: a file's text.
    pub async fn failure_case(&self, id: u64) -> Result<String, Refused> {
        self.ask(|reply| Command::FailureCase { id, reply }).await
    }

    /// Lets the host look at an uploaded file. Takes seconds when there is something to compile;
    /// the centre does not wait for it.
    pub async fn check_plugin(
        &self,
        file: Vec<u8>,
    ) -> Result<Result<PluginCard, PluginRefused>, Refused> {
        let (reply, answer) = oneshot::channel();
        self.checks.try_send(PluginCheck { file, reply }).map_err(|error| full(&error))?;
        answer.await.map_err(|_| Refused::Gone)
    }

    /// Has a recorded day lived again, beside the centre. Refused with [`Refused::Replaying`] while
    /// another one is.
    pub fn replay(&self, trial: Trial) -> Result<Replaying, Refused> {
        let turn = Arc::clone(&self.turns).try_acquire_owned().map_err(|_| Refused::Replaying)?;
        let (done, how_much) = watch::channel(0.0);
        let (reply, answer) = oneshot::channel();
        let replay = Replay { trial, done, reply, turn };
        self.replays.try_send(replay).map_err(|error| full(&error))?;
        Ok(Replaying { done: how_much, answer })
    }

    /// Works a draft of an indicator out over the last days, beside the centre.
    pub async fn preview_indicator(
        &self,
        draft: Draft,
    ) -> Result<Result<Previewed, IndicatorFailed>, Refused> {
        let (reply, answer) = oneshot::channel();
        let ask = IndicatorAsk::Preview { draft, reply };
        self.indicators.try_send(ask).map_err(|error| full(&error))?;
        answer.await.map_err(|_| Refused::Gone)
    }

    /// The indicators in the store have changed. Days that are missing now are closed soon.
    pub fn indicators_changed(&self) -> Result<(), Refused> {
        self.indicators.try_send(IndicatorAsk::Changed).map_err(|error| full(&error))
    }

    /// The board, now and whenever it changes.
    pub fn board(&self) -> watch::Receiver<Arc<Board>> {
        self.board.clone()
    }

    /// Journal lines from now on, as they are written.
    pub fn facts(&self) -> broadcast::Receiver<Arc<Line>> {
        self.facts.subscribe()
    }

    async fn ask<T>(
        &self,
        command: impl FnOnce(oneshot::Sender<Result<T, Refused>>) -> Command,
    ) -> Result<T, Refused> {
        let (reply, answer) = oneshot::channel();
        self.commands.try_send(command(reply)).map_err(|error| full(&error))?;
        answer.await.unwrap_or(Err(Refused::Gone))
    }
}

fn full<T>(error: &mpsc::error::TrySendError<T>) -> Refused {
    match error {
        mpsc::error::TrySendError::Full(_) => Refused::Busy,
        mpsc::error::TrySendError::Closed(_) => Refused::Gone,
    }
}
