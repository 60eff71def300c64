//! Remove a calendar.

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::body::At;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// Removes a calendar that no group and nobody keeps to.
#[utoipa::path(delete, path = "/calendars/{id}", tag = "calendars",
    operation_id = "remove_calendar",
    params(("id" = u64, Path)), responses((status = 204), Problem))]
pub(crate) async fn remove(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
) -> Result<StatusCode, Problem> {
    app.tenant.remove_calendar(acd::CalendarId(id), administrator.by()).await?;
    app.in_force().await?;
    Ok(StatusCode::NO_CONTENT)
}
