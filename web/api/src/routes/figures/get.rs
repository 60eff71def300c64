//! Rows of figures as JSON.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::asked::FiguresAsked;
use super::rows::{Row, number};
use crate::app::App;
use crate::body::Asked;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Serialize, ToSchema)]
pub(crate) struct FiguresOut {
    /// The time zone that says when days begin.
    zone: String,
    from: String,
    to: String,
    /// The last day is not over: what goes on is counted up to now.
    goes_on: bool,
    limits: LimitsOut,
    /// In the order of day, weekday, hour, group and person. Where nothing was booked there is no
    /// row.
    rows: Vec<FiguresRow>,
}

#[derive(Serialize, ToSchema)]
struct LimitsOut {
    in_time_ms: u64,
    short_ms: u64,
    instant_ms: u64,
}

#[derive(Serialize, ToSchema)]
struct FiguresRow {
    /// `2026-03-01`; like all below `null` unless rows are told apart by it.
    #[schema(required)]
    day: Option<String>,
    /// From 0, a Monday, to 6.
    #[schema(required)]
    weekday: Option<u8>,
    /// What the clock on the wall shows, 0 to 23.
    #[schema(required)]
    hour: Option<u8>,
    #[schema(required)]
    group: Option<u64>,
    #[schema(required)]
    person: Option<u64>,
    /// By name: counts, milliseconds (names that end in `_ms`), ratios from 0 to 1. `null`: no
    /// value, for there was nothing to count or divide by.
    #[schema(value_type = BTreeMap<String, Option<f64>>)]
    figures: BTreeMap<&'static str, serde_json::Value>,
    /// The seven service levels by their letters, a to g; `null` for people's rows.
    #[schema(required)]
    service_level: Option<BTreeMap<char, Option<f64>>>,
}

impl FiguresRow {
    fn of(row: Row) -> FiguresRow {
        let figures = row.figures.into_iter().map(|(name, value)| (name, number(value)));
        FiguresRow {
            day: row.key.day,
            weekday: row.key.weekday,
            hour: row.key.hour,
            group: row.key.group.map(|it| it.0),
            person: row.key.person.map(|it| it.0),
            figures: figures.collect(),
            service_level: row.service_levels.map(|levels| levels.into_iter().collect()),
        }
    }
}

/// Figures of some days, folded from the journal.
#[utoipa::path(get, path = "/figures", tag = "figures", operation_id = "get_figures",
    params(FiguresAsked), responses((status = 200, body = FiguresOut), Problem))]
pub(crate) async fn get(
    State(app): State<App>,
    _: Administrator,
    Asked(asked): Asked<FiguresAsked>,
) -> Result<Json<FiguresOut>, Problem> {
    let question = asked.checked(&app).await?;
    let rows = question.rows(&app).await?.into_iter().map(FiguresRow::of).collect();
    let limits = question.limits;
    Ok(Json(FiguresOut {
        zone: question.zone,
        from: question.from_day,
        to: question.to_day,
        goes_on: question.goes_on,
        limits: LimitsOut {
            in_time_ms: limits.in_time_ms,
            short_ms: limits.short_ms,
            instant_ms: limits.instant_ms,
        },
        rows,
    }))
}
