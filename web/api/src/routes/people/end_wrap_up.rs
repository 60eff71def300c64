//! End an agent's wrap-up.

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::body::At;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// Ends the wrap-up before its time. Without one nothing happens.
#[utoipa::path(post, path = "/people/{id}/wrapup/end", tag = "people",
    operation_id = "end_wrap_up", params(("id" = u64, Path)),
    responses((status = 204), Problem))]
pub(crate) async fn end_wrap_up(
    State(app): State<App>,
    _: Administrator,
    At(id): At<u64>,
) -> Result<StatusCode, Problem> {
    app.control.end_wrap_up(acd::AgentId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
