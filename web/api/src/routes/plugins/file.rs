//! Download a version's file.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use store::PluginVersionId;

use crate::app::App;
use crate::body::At;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// The file as it was uploaded.
#[utoipa::path(get, path = "/plugins/versions/{id}/file", tag = "plugins",
    operation_id = "plugin_file", params(("id" = u64, Path)),
    responses((status = 200, content_type = "application/wasm", body = Vec<u8>), Problem))]
pub(crate) async fn file(
    State(app): State<App>,
    _: Administrator,
    At(id): At<u64>,
) -> Result<Response, Problem> {
    let row = app.tenant.plugin_version(PluginVersionId(id)).await?;
    let file = app.tenant.plugin_file(row.id).await?;
    // Names and versions on a card are plain letters, digits and signs that no header minds.
    let named = format!("attachment; filename=\"{}-{}.wasm\"", row.name, row.version);
    let named = HeaderValue::try_from(named).unwrap_or(HeaderValue::from_static("attachment"));
    let media_type = HeaderValue::from_static("application/wasm");
    Ok(([(header::CONTENT_TYPE, media_type), (header::CONTENT_DISPOSITION, named)], file)
        .into_response())
}
