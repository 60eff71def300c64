//! Let what a group tries out decide.

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::body::At;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// What the group tries out decides from now on, with the settings of the trial.
#[utoipa::path(post, path = "/groups/{id}/trial/promote", tag = "plugins",
    operation_id = "promote_trial",
    params(("id" = u64, Path)), responses((status = 204), Problem))]
pub(crate) async fn promote_trial(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
) -> Result<StatusCode, Problem> {
    app.tenant.promote_trial(acd::GroupId(id), administrator.by()).await?;
    app.in_force().await?;
    Ok(StatusCode::NO_CONTENT)
}
