//! What the web may ask of the switch, and what the switch shows the web.
//!
//! The web holds a [`Handle`]; the switch holds the [`Desk`] at the other end. Nothing else passes
//! between them, and neither sees the other's crate.

mod board;
mod decisions;
mod desk;
mod indicator;
mod plugin;
mod replay;
mod trial;

pub use crate::board::{
    AgentRow, Board, CallRow, DeviceRow, GroupRow, LISTED_MAX, ModeRow, StageRow, TRIALS_LISTED_MAX,
};
pub use crate::decisions::{DIFFERING_MAX, DecisionsAsked, DecisionsTried, Differing};
pub use crate::desk::{Command, Desk, Handle, Line, Refused, Steer, desk};
pub use crate::indicator::{
    Draft, IndicatorAsk, IndicatorBy, IndicatorCard, IndicatorFailed, LastDay, Previewed,
};
pub use crate::plugin::{
    FailureRow, Field, FieldItem, FieldKind, FieldValue, PluginCard, PluginCheck, PluginFailure,
    PluginKind, PluginRefused, PluginRow, PluginState, SelectionRow,
};
pub use crate::replay::{
    AgentLoad, Decisions, Lived, Replay, ReplayFailed, Replayed, Replaying, Trial,
};
pub use crate::trial::{TrialDifference, TrialHour, TrialRow, TrialStage, TrialTally};
