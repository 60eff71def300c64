//! The company's own success indicators: what they are worked out by, and what they came to.

pub(crate) mod add;
pub(crate) mod cases;
pub(crate) mod change;
pub(crate) mod check;
mod draft;
pub(crate) mod end;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod preview;
pub(crate) mod values;

use std::collections::BTreeMap;

use serde::Serialize;
use store::{Indicator, IndicatorSource, IndicatorVersion};
use utoipa::ToSchema;

use crate::card::Given;

/// An indicator of the plan.
#[derive(Serialize, ToSchema)]
pub(crate) struct IndicatorOut {
    id: u64,
    /// What formulas call it.
    name: String,
    /// It is not worked out from this day on, as `2026-03-02`.
    #[schema(required)]
    until_day: Option<String>,
    /// In the order of their days.
    versions: Vec<IndicatorVersionOut>,
    /// The id of the version that counts today.
    #[schema(required)]
    in_force: Option<u64>,
}

/// What an indicator is worked out by from a day on: a formula, or a plugin with its settings.
#[derive(Serialize, ToSchema)]
#[schema(as = IndicatorVersion)]
pub(crate) struct IndicatorVersionOut {
    id: u64,
    /// `2026-03-02`, in the company's time zone.
    from_day: String,
    title: String,
    #[schema(required)]
    formula: Option<String>,
    /// The name of a stock plugin, or the word of an uploaded version.
    #[schema(required)]
    plugin: Option<String>,
    settings: BTreeMap<String, Given>,
    /// `seconds`, `count`, `ratio`, `money`.
    unit: &'static str,
    /// `more`, `less`.
    better: &'static str,
    sample_min: u32,
    who: String,
    at_ms: u64,
}

impl IndicatorOut {
    fn of(indicator: Indicator, today: &str) -> IndicatorOut {
        let in_force = indicator.version_on(today).map(|version| version.id.0);
        let Indicator { id, name, until_day, versions } = indicator;
        let versions = versions.into_iter().map(IndicatorVersionOut::of).collect();
        IndicatorOut { id: id.0, name, until_day, versions, in_force }
    }
}

impl IndicatorVersionOut {
    fn of(version: IndicatorVersion) -> IndicatorVersionOut {
        let IndicatorVersion { id, from_day, rule, who, at_ms } = version;
        let (formula, plugin, settings) = match rule.source {
            IndicatorSource::Formula(text) => (Some(text), None, BTreeMap::new()),
            IndicatorSource::Plugin { plugin, settings } => {
                let settings = settings.into_iter().map(|(id, it)| (id, Given::of_store(it)));
                (None, Some(plugin.word()), settings.collect())
            }
        };
        IndicatorVersionOut {
            id: id.0,
            from_day,
            title: rule.title,
            formula,
            plugin,
            settings,
            unit: rule.unit.name(),
            better: rule.better.name(),
            sample_min: rule.sample_min,
            who,
            at_ms,
        }
    }
}
