//! End a callback: the caller is not called any more.

use axum::extract::State;
use axum::http::StatusCode;
use control::Steer;

use crate::app::App;
use crate::body::At;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// Ends a callback: the caller is not called any more.
#[utoipa::path(post, path = "/calls/{id}/callback/end", tag = "calls",
    operation_id = "end_callback", params(("id" = u64, Path)),
    responses((status = 204), Problem))]
pub(crate) async fn end_callback(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
) -> Result<StatusCode, Problem> {
    let by = acd::Actor::Web { who: administrator.account.name };
    app.control.steer(acd::CallId(id), Steer::EndCallback, by).await?;
    Ok(StatusCode::NO_CONTENT)
}
