//! End a loan before its time.

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::body::At;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// Ends a loan now. A call under way goes on.
#[utoipa::path(delete, path = "/loans/{group}/{person}", tag = "loans", operation_id = "end_loan",
    params(("group" = u64, Path), ("person" = u64, Path)), responses((status = 204), Problem))]
pub(crate) async fn end(
    State(app): State<App>,
    administrator: Administrator,
    At((group, person)): At<(u64, u64)>,
) -> Result<StatusCode, Problem> {
    app.tenant.end_loan(acd::AgentId(person), acd::GroupId(group), administrator.by()).await?;
    app.in_force().await?;
    Ok(StatusCode::NO_CONTENT)
}
