//! Go back to an old version.

use axum::Json;
use axum::extract::State;

use super::VersionWritten;
use crate::app::App;
use crate::body::At;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// Writes a new version that equals an old one. People and phones stay as they are.
#[utoipa::path(post, path = "/versions/{id}/restore", tag = "versions",
    operation_id = "restore_version",
    params(("id" = u64, Path)), responses((status = 200, body = VersionWritten), Problem))]
pub(crate) async fn restore(
    State(app): State<App>,
    administrator: Administrator,
    At(version): At<u64>,
) -> Result<Json<VersionWritten>, Problem> {
    let version = app.tenant.restore(version, administrator.by()).await?;
    app.in_force().await?;
    Ok(Json(VersionWritten { version }))
}
