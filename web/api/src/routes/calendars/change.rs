//! Change a calendar.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::CalendarPatch;
use utoipa::ToSchema;

use super::{CalendarOut, DateSpans, Span, dates, week};
use crate::app::App;
use crate::body::{At, Body};
use crate::clock::now_ms;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Deserialize, ToSchema)]
pub(crate) struct CalendarChange {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    zone: Option<String>,
    #[serde(default)]
    week: Option<Vec<Vec<Span>>>,
    #[serde(default)]
    dates: Option<Vec<DateSpans>>,
}

/// Changes what is named and leaves the rest. Doors turn at once.
#[utoipa::path(patch, path = "/calendars/{id}", tag = "calendars", operation_id = "change_calendar",
    params(("id" = u64, Path)), request_body = CalendarChange,
    responses((status = 200, body = CalendarOut), Problem))]
pub(crate) async fn change(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
    Body(asked): Body<CalendarChange>,
) -> Result<Json<CalendarOut>, Problem> {
    let patch = CalendarPatch {
        name: asked.name.as_deref(),
        zone: asked.zone.as_deref(),
        week: asked.week.map(week).transpose()?,
        dates: asked.dates.map(dates),
    };
    let id = acd::CalendarId(id);
    let calendar = app.tenant.change_calendar(id, patch, administrator.by()).await?;
    app.in_force().await?;
    Ok(Json(CalendarOut::of(calendar, now_ms())?))
}
