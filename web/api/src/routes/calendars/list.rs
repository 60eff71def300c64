//! Every calendar.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::CalendarOut;
use crate::app::App;
use crate::clock::now_ms;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Serialize, ToSchema)]
pub(crate) struct Calendars {
    calendars: Vec<CalendarOut>,
}

/// Every calendar, by name.
#[utoipa::path(get, path = "/calendars", tag = "calendars", operation_id = "list_calendars",
    responses((status = 200, body = Calendars), Problem))]
pub(crate) async fn list(
    State(app): State<App>,
    _: Administrator,
) -> Result<Json<Calendars>, Problem> {
    let (rows, now_ms) = (app.tenant.calendars().await?, now_ms());
    let calendars = rows.into_iter().map(|row| CalendarOut::of(row, now_ms));
    Ok(Json(Calendars { calendars: calendars.collect::<Result<_, _>>()? }))
}
