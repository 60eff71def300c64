//! Add a calendar.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use store::NewCalendar;
use utoipa::ToSchema;

use super::{CalendarOut, DateSpans, Span, dates, week};
use crate::app::App;
use crate::body::Body;
use crate::clock::now_ms;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Deserialize, ToSchema)]
pub(crate) struct CalendarIn {
    name: String,
    zone: String,
    /// Seven days, Monday first.
    week: Vec<Vec<Span>>,
    #[serde(default)]
    dates: Vec<DateSpans>,
}

/// Adds a calendar.
#[utoipa::path(post, path = "/calendars", tag = "calendars", operation_id = "add_calendar",
    request_body = CalendarIn, responses((status = 201, body = CalendarOut), Problem))]
pub(crate) async fn add(
    State(app): State<App>,
    administrator: Administrator,
    Body(asked): Body<CalendarIn>,
) -> Result<(StatusCode, Json<CalendarOut>), Problem> {
    let (name, zone) = (asked.name.as_str(), asked.zone.as_str());
    let new = NewCalendar { name, zone, week: week(asked.week)?, dates: dates(asked.dates) };
    let calendar = app.tenant.add_calendar(new, administrator.by()).await?;
    app.in_force().await?;
    Ok((StatusCode::CREATED, Json(CalendarOut::of(calendar, now_ms())?)))
}
