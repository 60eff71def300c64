//! Remove a version.

use axum::extract::State;
use axum::http::StatusCode;
use store::PluginVersionId;

use crate::app::App;
use crate::body::At;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// Removes a version's file, unless a group has it. Uploading the file again brings it back.
#[utoipa::path(delete, path = "/plugins/versions/{id}", tag = "plugins",
    operation_id = "remove_plugin_version",
    params(("id" = u64, Path)), responses((status = 204), Problem))]
pub(crate) async fn remove(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
) -> Result<StatusCode, Problem> {
    app.tenant.remove_plugin_version(PluginVersionId(id), administrator.by()).await?;
    Ok(StatusCode::NO_CONTENT)
}
