//! Remove a trunk.

use axum::extract::State;
use axum::http::StatusCode;
use store::TrunkId;

use crate::app::App;
use crate::body::At;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// Removes a trunk. Calls under way go on.
#[utoipa::path(delete, path = "/trunks/{id}", tag = "trunks", operation_id = "remove_trunk",
    params(("id" = u64, Path)), responses((status = 204), Problem))]
pub(crate) async fn remove(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
) -> Result<StatusCode, Problem> {
    app.tenant.remove_trunk(TrunkId(id), administrator.by()).await?;
    app.in_force().await?;
    Ok(StatusCode::NO_CONTENT)
}
