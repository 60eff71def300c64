//! Work a draft of an indicator out over the last days.

use axum::Json;
use axum::extract::State;
use control::{Draft, Previewed};
use serde::{Deserialize, Serialize};
use stats::indicator::{Outcome, Reason};
use stats::peers;
use utoipa::ToSchema;

use super::draft::{RuleIn, by};
use super::list::{better, unit};
use crate::app::App;
use crate::body::Body;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Deserialize, ToSchema)]
pub(crate) struct DraftIn {
    /// Its name in formulas; empty when it has none yet.
    #[serde(default)]
    name: String,
    /// The id of the indicator that it would change.
    replaces: Option<u64>,
    #[serde(flatten)]
    rule: RuleIn,
}

/// A draft worked out.
#[derive(Serialize, ToSchema)]
pub(crate) struct PreviewedOut {
    /// The days that are over, at most seven; today alone when none is.
    days: Vec<String>,
    /// The only day is today, and it goes on.
    today: bool,
    unit: &'static str,
    better: &'static str,
    /// Of those with a value.
    #[schema(required)]
    mean: Option<f64>,
    #[schema(required)]
    median: Option<f64>,
    /// Whoever comes first stands first; whoever has no value stands last.
    people: Vec<PersonPreviewed>,
}

#[derive(Serialize, ToSchema)]
struct PersonPreviewed {
    agent: u64,
    name: String,
    #[serde(flatten)]
    outcome: OutcomeOut,
    /// From 1; equal values have equal ranks.
    #[schema(required)]
    rank: Option<usize>,
    by_day: Vec<Option<f64>>,
    /// What the version that it would replace comes to; nothing when it replaces none.
    #[schema(required)]
    before: Option<OutcomeOut>,
}

/// A value, or why there is none.
#[derive(Serialize, ToSchema)]
#[schema(as = IndicatorOutcome)]
pub(super) struct OutcomeOut {
    #[schema(required)]
    pub(super) value: Option<f64>,
    /// How many cases it rests on.
    #[schema(required)]
    pub(super) sample: Option<u32>,
    /// `too_few`, `no_number`, `said`; nothing beside a value.
    #[schema(required)]
    pub(super) why: Option<&'static str>,
    /// The fewest cases, where there were too few.
    #[schema(required)]
    pub(super) least: Option<u32>,
    /// A remark, or the indicator's own words why there is no value.
    #[schema(required)]
    pub(super) words: Option<String>,
}

/// Works a draft out and keeps nothing.
#[utoipa::path(post, path = "/indicators/preview", tag = "indicators",
    operation_id = "preview_indicator", request_body = DraftIn,
    responses((status = 200, body = PreviewedOut), Problem))]
pub(crate) async fn preview(
    State(app): State<App>,
    _: Administrator,
    Body(asked): Body<DraftIn>,
) -> Result<Json<PreviewedOut>, Problem> {
    let DraftIn { name, replaces, rule } = asked;
    let indicators = app.tenant.indicators().await?;
    let rule = rule.rule(&app, &name, &indicators).await?;
    let draft = Draft {
        by: by(&rule),
        more_is_better: rule.better == store::IndicatorBetter::More,
        sample_min: rule.sample_min,
        name,
        replaces,
    };
    let previewed = app.control.preview_indicator(draft).await?;
    Ok(Json(PreviewedOut::of(previewed.map_err(Problem::from)?)))
}

impl PreviewedOut {
    fn of(previewed: Previewed) -> PreviewedOut {
        let Previewed { days, today, scale, people, whole, by_day, before } = previewed;
        let values: Vec<Option<f64>> = whole.iter().map(Outcome::value).collect();
        let ranks = peers::ranks(&values, scale.better);
        let mut before = before.map(Vec::into_iter);
        let mut rows: Vec<PersonPreviewed> = people
            .into_iter()
            .zip(whole)
            .zip(by_day)
            .zip(ranks)
            .map(|((((agent, name), outcome), by_day), rank)| PersonPreviewed {
                agent: agent.0,
                name,
                rank,
                outcome: OutcomeOut::of(outcome),
                by_day,
                before: before.as_mut().and_then(Iterator::next).map(OutcomeOut::of),
            })
            .collect();
        rows.sort_by_key(|row| row.rank.unwrap_or(usize::MAX));
        PreviewedOut {
            days,
            today,
            unit: unit(scale.unit),
            better: better(scale.better),
            mean: peers::mean(&values),
            median: peers::median(&values),
            people: rows,
        }
    }
}

impl OutcomeOut {
    fn of(outcome: Outcome) -> OutcomeOut {
        let none = OutcomeOut { value: None, sample: None, why: None, least: None, words: None };
        match outcome {
            Outcome::Value(it) => OutcomeOut {
                value: Some(it.value),
                sample: Some(it.sample),
                words: it.note,
                ..none
            },
            Outcome::None(Reason::TooFew { sample, least }) => OutcomeOut {
                sample: Some(sample),
                why: Some("too_few"),
                least: Some(least),
                ..none
            },
            Outcome::None(Reason::NoNumber | Reason::NotKnown { .. }) => {
                OutcomeOut { why: Some("no_number"), ..none }
            }
            Outcome::None(Reason::Said(words)) => {
                OutcomeOut { why: Some("said"), words: Some(words), ..none }
            }
        }
    }
}
