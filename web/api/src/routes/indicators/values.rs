//! What an indicator came to on days that are over.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::{DayOutcome, IndicatorId};
use utoipa::{IntoParams, ToSchema};

use super::preview::OutcomeOut;
use crate::app::App;
use crate::body::{Asked, At};
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Deserialize, IntoParams)]
pub(crate) struct Span {
    /// `2026-03-02`
    from: String,
    /// Included.
    to: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct IndicatorValues {
    days: Vec<DayOut>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = IndicatorDay)]
struct DayOut {
    day: String,
    /// The version by which it was worked out.
    version: u64,
    people: Vec<PersonValue>,
}

#[derive(Serialize, ToSchema)]
struct PersonValue {
    agent: u64,
    #[serde(flatten)]
    outcome: OutcomeOut,
}

/// Values of closed days, by person. They were written when the day was over and never change.
#[utoipa::path(get, path = "/indicators/{id}/values", tag = "indicators",
    operation_id = "indicator_values", params(("id" = u64, Path), Span),
    responses((status = 200, body = IndicatorValues), Problem))]
pub(crate) async fn values(
    State(app): State<App>,
    _: Administrator,
    At(id): At<u64>,
    Asked(span): Asked<Span>,
) -> Result<Json<IndicatorValues>, Problem> {
    let id = app.tenant.indicator_history(IndicatorId(id)).await?.id;
    let days = app.tenant.indicator_days(id, (&span.from, &span.to)).await?.into_iter();
    let person = |row: store::DayValue| PersonValue {
        agent: row.agent.0,
        outcome: OutcomeOut::of_day(row.outcome),
    };
    let day = |day: store::IndicatorDay| DayOut {
        version: day.version.0,
        people: day.values.into_iter().map(person).collect(),
        day: day.day,
    };
    Ok(Json(IndicatorValues { days: days.map(day).collect() }))
}

impl OutcomeOut {
    fn of_day(outcome: DayOutcome) -> OutcomeOut {
        let none = OutcomeOut { value: None, sample: None, why: None, least: None, words: None };
        match outcome {
            DayOutcome::Value { value, sample, note } => {
                OutcomeOut { value: Some(value), sample: Some(sample), words: note, ..none }
            }
            DayOutcome::TooFew { sample, least } => OutcomeOut {
                sample: Some(sample),
                why: Some("too_few"),
                least: Some(least),
                ..none
            },
            DayOutcome::NoNumber => OutcomeOut { why: Some("no_number"), ..none },
            DayOutcome::Said(words) => OutcomeOut { why: Some("said"), words: Some(words), ..none },
        }
    }
}
