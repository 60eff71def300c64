//! Indicators as web and switch speak of them: a draft to be tried, what it came to, the last day.

use std::collections::BTreeMap;

use acd::AgentId;
use stats::indicator::{Outcome, Scale};
use tokio::sync::oneshot;

use crate::{FieldValue, PluginCard};

/// A stock indicator: its card, and what its figures are.
#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorCard {
    pub card: PluginCard,
    pub scale: Scale,
}

/// What an indicator is worked out by.
#[derive(Clone, Debug, PartialEq)]
pub enum IndicatorBy {
    /// The text of a formula.
    Formula(String),
    /// The name of a stock plugin, or the word of an uploaded version.
    Plugin { plugin: String, settings: Vec<(String, FieldValue)> },
}

/// An indicator that somebody wants to see worked out, and one that it would replace.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Its name in formulas, empty when it has none yet: it cannot be made of itself.
    pub name: String,
    pub by: IndicatorBy,
    pub more_is_better: bool,
    pub sample_min: u32,
    /// The id of the indicator whose version in force is worked out beside it.
    pub replaces: Option<u64>,
}

/// Something asked of those who work indicators out, beside the centre.
#[derive(Debug)]
pub enum IndicatorAsk {
    /// Works a draft out over the last days.
    Preview { draft: Draft, reply: oneshot::Sender<Result<Previewed, IndicatorFailed>> },
    /// The indicators in the store have changed: days that are missing are closed.
    Changed,
}

/// A draft worked out. Everything stands in the order of `people`.
#[derive(Clone, Debug, PartialEq)]
pub struct Previewed {
    /// The days, as `2026-03-02`. When none is over yet it is today alone, as far as it has come.
    pub days: Vec<String>,
    /// The only day is today, and it goes on.
    pub today: bool,
    pub scale: Scale,
    pub people: Vec<(AgentId, String)>,
    /// Over all days.
    pub whole: Vec<Outcome>,
    /// By day; `None` where somebody was not there.
    pub by_day: Vec<Vec<Option<f64>>>,
    /// Over all days, of the version that it would replace.
    pub before: Option<Vec<Outcome>>,
}

/// Why nothing could be worked out.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum IndicatorFailed {
    #[error("the formula cannot be read: {0}")]
    Formula(String),
    #[error("{label} cannot be run: {why}")]
    NotRun { label: String, why: String },
    #[error("the days have more than {max} facts")]
    TooLong { max: usize },
    #[error("the journal could not be read: {0}")]
    Journal(String),
}

/// What the last day that is over came to, for policies: by the names of indicators.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LastDay {
    /// As `2026-03-02`.
    pub day: String,
    /// Whoever has no value is not there.
    pub indicators: Vec<(String, BTreeMap<AgentId, f64>)>,
}
