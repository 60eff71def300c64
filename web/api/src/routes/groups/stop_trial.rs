//! Let a group try nothing out any more.

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::body::At;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// Ends the group's trial: its own policy decides alone.
#[utoipa::path(delete, path = "/groups/{id}/trial", tag = "plugins", operation_id = "stop_trial",
    params(("id" = u64, Path)), responses((status = 204), Problem))]
pub(crate) async fn stop_trial(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
) -> Result<StatusCode, Problem> {
    app.tenant.stop_trial(acd::GroupId(id), administrator.by()).await?;
    app.in_force().await?;
    Ok(StatusCode::NO_CONTENT)
}
