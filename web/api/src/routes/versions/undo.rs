//! Take the newest change back.

use axum::Json;
use axum::extract::State;

use super::VersionWritten;
use crate::app::App;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// Takes the newest change of the plan back, by a new version. Twice is none.
#[utoipa::path(post, path = "/versions/undo", tag = "versions", operation_id = "undo",
    responses((status = 200, body = VersionWritten), Problem))]
pub(crate) async fn undo(
    State(app): State<App>,
    administrator: Administrator,
) -> Result<Json<VersionWritten>, Problem> {
    let version = app.tenant.undo(administrator.by()).await?;
    app.in_force().await?;
    Ok(Json(VersionWritten { version }))
}
