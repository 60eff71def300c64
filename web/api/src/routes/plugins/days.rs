//! Days that a policy can be tried on.

use acd::{Day, Time};
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use store::zone_of;
use utoipa::ToSchema;

use crate::app::App;
use crate::clock::now_ms;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// Days in the list, and how far it looks back: what people still remember.
const DAYS_MAX: usize = 60;
const DAY_MS: u64 = 86_400_000;

#[derive(Serialize, ToSchema)]
pub(crate) struct RecordedDays {
    /// Where days begin and end: the time zone of the calendars, UTC when there are none or they
    /// differ.
    zone: String,
    /// Newest first, those on which somebody called a group.
    days: Vec<DayOut>,
}

#[derive(Serialize, ToSchema)]
struct DayOut {
    /// `2026-03-02`.
    day: String,
    calls: u64,
}

/// The days of the last two months on which somebody called a group.
#[utoipa::path(get, path = "/plugins/days", tag = "plugins", operation_id = "list_recorded_days",
    responses((status = 200, body = RecordedDays), Problem))]
pub(crate) async fn days(
    State(app): State<App>,
    _: Administrator,
) -> Result<Json<RecordedDays>, Problem> {
    let zone = zone_of(&app.tenant.calendars().await?).to_owned();
    let since_ms = now_ms().saturating_sub(DAYS_MAX as u64 * DAY_MS);
    // The day that is half in the list would be a day with half of its calls.
    let first = Day::name(&zone, Time(since_ms))?;
    let mut days: Vec<DayOut> = Vec::new();
    for (at_ms, calls) in app.tenant.calls_by_quarter(since_ms).await?.into_iter().rev() {
        let day = Day::name(&zone, Time(at_ms))?;
        match days.last_mut().filter(|last| last.day == day) {
            Some(last) => last.calls += calls,
            None if day != first => days.push(DayOut { day, calls }),
            None => break,
        }
    }
    Ok(Json(RecordedDays { zone, days }))
}
