//! An old version against today's plan.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::ChangeOut;
use crate::app::App;
use crate::body::At;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Serialize, ToSchema)]
pub(crate) struct DiffOut {
    /// What going back would change: `before` is today.
    changes: Vec<ChangeOut>,
}

/// What going back to this version would change.
#[utoipa::path(get, path = "/versions/{id}/diff", tag = "versions", operation_id = "diff_version",
    params(("id" = u64, Path)), responses((status = 200, body = DiffOut), Problem))]
pub(crate) async fn diff(
    State(app): State<App>,
    _: Administrator,
    At(version): At<u64>,
) -> Result<Json<DiffOut>, Problem> {
    let changes = app.tenant.diff_to(version).await?;
    Ok(Json(DiffOut { changes: changes.into_iter().map(ChangeOut::of_difference).collect() }))
}
