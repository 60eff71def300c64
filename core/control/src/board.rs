//! What is happening now, as one value that is replaced whole.

use acd::{Activity, AgentId, CallId, GroupId, Time, Why, Wish};
use stats::GroupFigures;

use crate::{FailureRow, PluginRow, SelectionRow, TrialRow};

/// Rows of one list on a board: a page cannot show more, and a board is sent whole.
pub const LISTED_MAX: usize = 500;

/// The same of plugins on trial, each of which brings a day of figures along.
pub const TRIALS_LISTED_MAX: usize = 20;

/// One moment of one contact centre.
#[derive(Clone, Debug, Default)]
pub struct Board {
    /// When this was true.
    pub at: Time,
    /// The plan version in force.
    pub plan: u64,
    /// Figures of today over all groups.
    pub totals: GroupFigures,
    pub groups: Vec<GroupRow>,
    /// At most [`LISTED_MAX`].
    pub agents: Vec<AgentRow>,
    /// Live calls, at most [`LISTED_MAX`], oldest first.
    pub calls: Vec<CallRow>,
    /// Registered phones, at most [`LISTED_MAX`].
    pub devices: Vec<DeviceRow>,
    /// The mode in force.
    pub mode: Option<ModeRow>,
    /// Plugins at work, one row for each group that has one: those in trouble first, at most
    /// [`LISTED_MAX`].
    pub plugins: Vec<PluginRow>,
    /// The plugin that chooses calls for freed agents, if there is one.
    pub selection: Option<SelectionRow>,
    /// Plugins on trial: those in trouble first, at most [`TRIALS_LISTED_MAX`].
    pub trials: Vec<TrialRow>,
    /// Questions at which plugins of groups failed, deciding or on trial: the last few, newest
    /// first.
    pub failures: Vec<FailureRow>,
}

/// The mode in force, who pressed it, and when it returns by itself.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ModeRow {
    pub mode: u64,
    pub name: String,
    pub since: Time,
    pub until: Option<Time>,
    pub who: String,
}

/// One group now, with its figures of today.
#[derive(Clone, Debug)]
pub struct GroupRow {
    pub group: GroupId,
    pub name: String,
    pub waiting: u32,
    /// When the caller who has waited longest entered.
    pub longest_since: Option<Time>,
    pub talking: u32,
    pub figures: GroupFigures,
    pub open: bool,
    /// Somebody has opened or closed it, whatever its hours say.
    pub by_hand: bool,
    /// When its hours will open or close it.
    pub next_turn: Option<Time>,
}

/// One agent now.
#[derive(Clone, Debug)]
pub struct AgentRow {
    pub agent: AgentId,
    pub name: String,
    pub wish: Wish,
    pub activity: Activity,
    pub since: Time,
    pub call: Option<CallId>,
    pub handled_today: u32,
    pub missed_today: u32,
    /// The groups served, for the tiles' counts.
    pub groups: Vec<GroupId>,
    /// When ringing or wrap-up ends by itself.
    pub until: Option<Time>,
    /// The wish takes effect only when he is done with what he does now.
    pub pending: bool,
}

/// One live call.
#[derive(Clone, Debug)]
pub struct CallRow {
    pub call: CallId,
    pub caller: String,
    pub group: GroupId,
    pub entered: Time,
    pub stage: StageRow,
    pub agent: Option<AgentId>,
    /// When the stage began.
    pub since: Time,
    pub priority: i32,
    /// Place in line, from 1; `None` unless he waits.
    pub place: Option<u32>,
    /// Why he waits.
    pub why: Option<Why>,
    pub estimate_ms: Option<u64>,
    /// He has hung up and keeps his place.
    pub callback: bool,
}

/// Where a call stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum StageRow {
    Waiting,
    Offered,
    Talking,
}

/// One registered phone.
#[derive(Clone, Debug)]
pub struct DeviceRow {
    pub agent: AgentId,
    pub sip_user: String,
    pub contact: String,
    pub user_agent: String,
}
