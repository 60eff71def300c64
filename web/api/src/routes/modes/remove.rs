//! Remove a mode.

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::body::At;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// Removes a mode. If it is pressed the plan returns.
#[utoipa::path(delete, path = "/modes/{id}", tag = "modes", operation_id = "remove_mode",
    params(("id" = u64, Path)), responses((status = 204), Problem))]
pub(crate) async fn remove(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
) -> Result<StatusCode, Problem> {
    app.tenant.remove_mode(id, administrator.by()).await?;
    app.in_force().await?;
    Ok(StatusCode::NO_CONTENT)
}
