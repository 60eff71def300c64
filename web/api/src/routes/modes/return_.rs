//! Return from the mode.

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// Back to the plan itself.
#[utoipa::path(post, path = "/modes/return", tag = "modes", operation_id = "return_from_mode",
    responses((status = 204), Problem))]
pub(crate) async fn return_(
    State(app): State<App>,
    administrator: Administrator,
) -> Result<StatusCode, Problem> {
    app.tenant.return_from_mode(administrator.by()).await?;
    app.in_force().await?;
    Ok(StatusCode::NO_CONTENT)
}
